"""Other processes and other users for the launcher's tests, and waiting on what they do."""

import os
import pwd
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from mokmin.lib.postgres import binaries

SOURCE = Path(__file__).resolve().parents[3] / "src"

START = """
import sys
from pathlib import Path
from mokmin.lib.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]), fsync=False)
print(cluster.start(), cluster.status().pid)
"""

WHOLE_LIFE = """
import sys
from pathlib import Path
from mokmin.lib.postgres import Cluster, PostgresProblem
cluster = Cluster(Path(sys.argv[1]), fsync=False)
try:
    print(cluster.start())
    print(cluster.sql("SELECT current_user"))
    print(cluster.stop())
except PostgresProblem as problem:
    print(problem.reason)
"""

PYTHONS = ("/usr/bin/python3", "/usr/local/bin/python3")
REACHABLE = """
import os
import mokmin.lib.postgres
os.stat(os.environ["MOKMIN_PG_BIN"] + "/postgres")
"""

IS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root can act as several users")


def process(code: str, *arguments: object, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """Python code in a process group of its own, with the product on its path."""
    return subprocess.Popen(
        [*before, sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCE), *sys.path])},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    )


def lines_of(started: subprocess.Popen[str]) -> list[str]:
    """What the process printed, once it has ended."""
    output, _ = started.communicate(timeout=120)
    return output.splitlines()


def lines_as(uid: int, code: str, *arguments: object) -> list[str]:
    """What the code prints when the user `uid` runs it; skips where that user cannot get at it.

    The launcher needs nothing but Python itself, so the system's will do.
    """
    for python in (sys.executable, *PYTHONS):
        with suppress(OSError):
            if _run_as(uid, python, REACHABLE).returncode == 0:
                return _run_as(uid, python, code, *arguments).stdout.splitlines()
    pytest.skip("another user may not read this checkout, and there is no other Python 3.11")


def _run_as(uid: int, python: str, *code: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-c", *map(str, code)],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(SOURCE),
            "PYTHONDONTWRITEBYTECODE": "1",
            "MOKMIN_PG_BIN": str(binaries.available()[0].folder),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        user=uid,
        group=uid,
        extra_groups=[],
        cwd="/",
        check=False,
        timeout=120,
    )


def somebody() -> pwd.struct_passwd:
    """An ordinary user of this machine: neither root nor one that root runs the server as."""
    for user in pwd.getpwall():
        if user.pw_uid != 0 and user.pw_name not in {"postgres", "nobody"}:
            return user
    pytest.skip("this machine has no third user")


def until(condition: Callable[[], object], *, seconds: float = 30) -> None:
    """Wait for a condition; fails when it does not come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the awaited condition never came true"
        time.sleep(0.002)


def ended(pid: int) -> bool:
    """Whether a process is gone, or a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in {"Z", "X"}
    except (FileNotFoundError, ProcessLookupError):
        return True
