"""Backup into one file, and restore from it into an empty database."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from mokmin.lib.postgres import client, files
from mokmin.lib.postgres.binaries import Binaries
from mokmin.lib.postgres.client import Tool
from mokmin.lib.postgres.problem import (
    FULL_DISK_WORDS,
    PostgresProblem,
    Say,
    explained,
    full_disk,
    silent,
)

LAST_LINES = 12
TABLE = re.compile(r': (?:dumping contents of|processing data for) table "(.+)"')

OBJECTS = """
SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
 WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
"""


def dump(
    url: str, path: Path, *, binaries: Binaries, snapshot: str = "", say: Say = silent
) -> None:
    """Write the database at `url` into the new file `path`, readable by this user only.

    The role of `url` must see every row (mokmin_backup). `snapshot` is one that an open transaction
    has exported (pg_export_snapshot), to dump just what it sees. The file appears only when it is
    complete.
    Raises PostgresProblem when the file exists already or the dump fails.
    """
    with explained(path.parent):
        _require_free(path)
        partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
        pg_dump = client.tool(binaries, "pg_dump", url=url)
        try:
            _make_private(partial)
            seen = [f"--snapshot={snapshot}"] if snapshot else []
            command = pg_dump.command("--format=custom", "--verbose", f"--file={partial}", *seen)
            failed = "백업하지 못했습니다."
            _run(command, pg_dump, folder=path.parent, failed=failed, progress="받는 중", say=say)
            _sync(partial)
            partial.rename(path)
            files.sync_folder(path.parent)
        finally:
            partial.unlink(missing_ok=True)


def verify(path: Path, *, binaries: Binaries) -> None:
    """Read a dump to its last byte; raises PostgresProblem when any of it is missing or damaged."""
    if not path.is_file():
        raise PostgresProblem(f"백업 파일({path})이 없습니다.")
    command = [str(binaries.path("pg_restore")), "--file=/dev/null", str(path)]
    ran = subprocess.run(
        command, env=client.environment(), capture_output=True, text=True, check=False
    )
    if ran.returncode != 0:
        raise PostgresProblem(
            f"백업 파일({path})이 온전하지 않습니다(잘렸거나 망가졌습니다). 다른 백업을 쓰세요.",
            log=_last(ran.stderr.splitlines()),
        )


def restore(path: Path, url: str, *, binaries: Binaries, say: Say = silent) -> None:
    """Fill the empty database at `url` from `path`: all of it, or nothing.

    The role of `url` must be a superuser. Raises PostgresProblem when the file is not complete, the
    database is not empty, or anything in it cannot be restored.
    """
    with explained(path):
        say("백업 파일을 끝까지 읽어 확인합니다.")
        verify(path, binaries=binaries)
        _require_empty(url, binaries=binaries)
        pg_restore = client.tool(binaries, "pg_restore", url=url)
        command = pg_restore.command(
            "--single-transaction", "--exit-on-error", "--verbose", str(path)
        )
        failed = "되돌리지 못했습니다. 데이터베이스는 비어 있는 그대로입니다."
        _run(
            command, pg_restore, folder=path.parent, failed=failed, progress="되돌리는 중", say=say
        )


def _require_free(path: Path) -> None:
    if path.exists():
        raise PostgresProblem(f"같은 이름의 파일({path})이 이미 있습니다. 다른 이름을 적어 주세요.")
    if not path.parent.is_dir():
        raise PostgresProblem(f"백업을 둘 폴더({path.parent})가 없습니다. 먼저 만들어 주세요.")


def _require_empty(url: str, *, binaries: Binaries) -> None:
    psql = client.tool(binaries, "psql", url=url)
    ran = subprocess.run(
        psql.command("-XAtq", "-c", OBJECTS),
        env=psql.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        raise PostgresProblem(
            "되돌릴 데이터베이스에 접속하지 못했습니다.", log=_last(ran.stderr.splitlines())
        )
    if ran.stdout.strip() != "0":
        raise PostgresProblem(
            "되돌릴 데이터베이스가 비어 있지 않습니다. 빈 데이터베이스를 만들어 지정해 주세요."
        )


def _run(
    command: list[str], tool: Tool, *, folder: Path, failed: str, progress: str, say: Say
) -> None:
    lines: list[str] = []
    tables = 0
    with subprocess.Popen(
        command, env=tool.environment, stderr=subprocess.PIPE, text=True, errors="replace"
    ) as running:
        for line in running.stderr or ():
            lines.append(line.rstrip())
            if table := TABLE.search(line):
                tables += 1
                say(f"{progress}: {tables}번째 표 {table.group(1)}")
    if running.returncode == 0:
        return
    if any(words in line for line in lines for words in FULL_DISK_WORDS):
        raise PostgresProblem(full_disk(folder), log=_last(lines))
    raise PostgresProblem(failed, log=_last(lines))


def _last(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.strip()][-LAST_LINES:]


def _make_private(path: Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600))


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
