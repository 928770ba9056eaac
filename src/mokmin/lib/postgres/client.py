"""Command lines of PostgreSQL's own programs (psql, pg_dump …) for a database address."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from mokmin.lib.postgres.binaries import Binaries
from mokmin.lib.postgres.problem import PostgresProblem

KEPT = ("PATH", "HOME", "LD_LIBRARY_PATH", "TERM", "PAGER", "LESS", "TMPDIR", "TZ")
"""Of the caller's environment; libpq would follow any PG… it finds there."""


@dataclass(frozen=True)
class Tool:
    """A program, its first arguments (where to connect) and the environment it needs."""

    path: Path
    arguments: tuple[str, ...]
    environment: dict[str, str]

    def command(self, *more: str) -> list[str]:
        """The whole command line."""
        return [str(self.path), *self.arguments, *more]


def tool(binaries: Binaries, name: str, *, url: str) -> Tool:
    """The program `name`, connected to `url`; a password goes by environment, not by argument."""
    address, password = without_password(url)
    secret = {"PGPASSWORD": password} if password else {}
    return Tool(binaries.path(name), (f"--dbname={address}",), environment() | secret)


def environment() -> dict[str, str]:
    """What PostgreSQL's programs get to see: messages in English, so that they can be read here."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8", "LANGUAGE": "C", "PGCLIENTENCODING": "UTF8"}


def without_password(url: str) -> tuple[str, str | None]:
    """The address without its password, and the password."""
    scheme, mark, rest = url.partition("://")
    login, at, place = rest.rpartition("@")
    user, colon, password = login.partition(":")
    if not mark:
        raise PostgresProblem("데이터베이스 주소는 postgresql://로 시작해야 합니다.")
    return f"{scheme}://{user}{at}{place}", unquote(password) if colon else None
