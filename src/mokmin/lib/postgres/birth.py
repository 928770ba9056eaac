"""The making of a new data folder: complete under its name, or not there at all."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from mokmin.lib.postgres import account as accounts
from mokmin.lib.postgres import client, files, places, roles, settings
from mokmin.lib.postgres.account import ServerUser
from mokmin.lib.postgres.binaries import Binaries
from mokmin.lib.postgres.problem import FULL_DISK_WORDS, PostgresProblem, Say, full_disk

ROOM = 150_000_000
"""Bytes that a new cluster and its first minutes need."""

BUILTIN_PROVIDER_SINCE = 17
LAST_LINES = 12


@dataclass(frozen=True)
class Birth:
    """What a new data folder is made of."""

    data: Path
    binaries: Binaries
    account: ServerUser
    fsync: bool

    @property
    def folder(self) -> Path:
        """Where it grows."""
        return places.unfinished(self.data)


def is_born(data: Path) -> bool:
    """Whether `data` holds a cluster; raises PostgresProblem when it holds something else."""
    if (data / "PG_VERSION").is_file():
        return True
    if data.exists() and any(data.iterdir()):
        raise PostgresProblem(
            f"폴더({data})가 비어 있지 않은데 PostgreSQL 데이터도 아닙니다. "
            "폴더를 옮기거나 다른 데이터 폴더를 정해 주세요."
        )
    return False


def give(birth: Birth, *, lock: int, say: Say) -> None:
    """Make the cluster with its roles and its empty database, then give it its name.

    initdb inherits the lock: should this process be killed, the next start waits for initdb.
    """
    if shutil.disk_usage(birth.data.parent).free < ROOM:
        raise PostgresProblem(full_disk(birth.data.parent))
    say(f"PostgreSQL({birth.binaries.version})로 데이터베이스를 처음 만듭니다.")
    if birth.folder.exists():
        shutil.rmtree(birth.folder)
    birth.folder.mkdir(mode=0o700)
    birth.account.own(birth.folder)
    _run(birth, _initdb(birth), lock=lock)
    _run(birth, _single(birth), lock=lock, text=_statements())
    _configure(birth)
    birth.folder.rename(birth.data)
    files.sync_folder(birth.data.parent)


def _initdb(birth: Birth) -> list[str | Path]:
    return [
        birth.binaries.path("initdb"),
        f"--pgdata={birth.folder}",
        f"--username={roles.SUPERUSER}",
        "--auth=peer",
        "--encoding=UTF8",
        *_locale(birth.binaries.major),
        "--text-search-config=simple",
        "--data-checksums",
        "--no-instructions",
        *([] if birth.fsync else ["--no-sync"]),
    ]


def _locale(major: int) -> list[str]:
    # Code-point order, the same on every machine; plain C would make Hangul no letters.
    c_locale = ["--locale=C", "--lc-collate=C", "--lc-ctype=C.UTF-8"]
    if major >= BUILTIN_PROVIDER_SINCE:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", *c_locale]
    return ["--locale-provider=libc", *c_locale]


def _single(birth: Birth) -> list[str | Path]:
    program = birth.binaries.path("postgres")
    quick = [] if birth.fsync else ["-F"]
    return [program, "--single", *quick, "-D", birth.folder, "-c", "exit_on_error=on", "postgres"]


def _statements() -> str:
    # Single-user mode takes one statement a line.
    return "".join(f"{line}\n" for line in [*roles.CREATE, roles.create_database(roles.DATABASE)])


def _run(birth: Birth, program: list[str | Path], *, lock: int, text: str = "") -> None:
    reach = [birth.data.parent, birth.binaries.path("postgres")]
    ran = subprocess.run(
        birth.account.command(program, reach=reach),
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=client.environment(),
        cwd="/",
        pass_fds=[lock],
        check=False,
    )
    if ran.returncode != 0:
        raise _problem(birth, ran.returncode, ran.stdout)


def _problem(birth: Birth, code: int, output: str) -> PostgresProblem:
    lines = output.strip().splitlines()[-LAST_LINES:]
    if any(words in output for words in FULL_DISK_WORDS):
        return PostgresProblem(full_disk(birth.data.parent), log=lines)
    reason = accounts.explain_exit(code)
    return PostgresProblem(reason or "데이터베이스를 처음 만드는 데 실패했습니다.", log=lines)


def _configure(birth: Birth) -> None:
    name = "postgresql.conf"
    written = files.read(birth.folder / name) or ""
    files.write(birth.folder, name, written + settings.INCLUDE, account=birth.account)
    files.write(birth.folder, settings.LOCAL, settings.LOCAL_HEADER, account=birth.account)
