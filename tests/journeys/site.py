"""A real server for the browser: granian over a database of its own, as `mokmin up` runs it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests import database
from tests.environment import ROOT, WORKER
from tests.surfaces import planted
from tests.surfaces.routes import Route

NAME = f"mokmin_site_{WORKER}"
PATIENCE = 180.0


@dataclass(frozen=True)
class Site:
    """Where 가람군 and 나래군 answer, and where their mail falls."""

    port: int
    var: Path

    def url(self, path: str = "/", slug: str = "a") -> str:
        """Address of a page of a municipality."""
        return f"http://{slug}.localhost:{self.port}{path}"

    def mails(self) -> list[str]:
        """Every mail sent so far, oldest first."""
        found = sorted((self.var / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        return [path.read_text(encoding="utf-8") for path in found]

    def path_of(self, route: Route, slug: str = "a") -> str:
        """Path of a municipality's own row behind a route, as this site has it."""
        with self.rows():
            return route.url(slug)

    def plant(self) -> None:
        """Rows in every list of both municipalities, once for a site."""
        marker = self.var / "planted"
        if not marker.exists():
            with self.rows():
                planted.plant()
            marker.touch()

    @contextmanager
    def rows(self) -> Iterator[None]:
        """The test reads and writes the site's own rows."""
        database.use(NAME)
        try:
            yield
        finally:
            database.use(database.CLONE)

    def change_settings(self, slug: str = "a", **values: Any) -> None:
        """What an administrator of the municipality would set."""
        with psycopg.connect(database.superuser_dsn(NAME)) as connection:
            for name, value in values.items():
                connection.execute(
                    sql.SQL(
                        "UPDATE access_settings SET {} = %s WHERE tenant_id ="
                        " (SELECT id FROM tenancy_tenant WHERE slug = %s)"
                    ).format(sql.Identifier(name)),
                    [value, f"{slug}-gun"],
                )


@contextmanager
def running(var: Path) -> Iterator[Site]:
    """The site, with web and worker, until the block ends."""
    database.clone(NAME)
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database.app_dsn(NAME),
        "MOKMIN_VAR": str(var),
        "MOKMIN_POOL": "on",
        "PYTHONPATH": str(ROOT / "src"),
    }
    log = (var / "site.log").open("wb")
    python = [sys.executable, "-m"]
    _run([*python, "mokmin", "manage", "collectstatic", "--noinput", "-v", "0"], environment)
    processes = [
        subprocess.Popen([*python, *command], env=environment, stdout=log, stderr=log, cwd=ROOT)
        for command in (
            ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
             "--blocking-threads", "4", "mokmin.config.wsgi:application"],
            ["mokmin", "manage", "worker"],
        )
    ]  # fmt: skip
    try:
        _await(f"http://127.0.0.1:{port}/healthz")
        yield Site(port, var)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(PATIENCE)
        log.close()
        database.drop(NAME)


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, env=environment, check=True, cwd=ROOT)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                assert answer.status == 200
        except OSError:  # refused, reset, too slow, or not well yet
            if time.monotonic() > deadline:
                raise
        else:
            return
