"""The real `mokmin up` over a folder of its own, and the processes that it keeps."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import dj_database_url
from django.db import connections

from mokmin.lib.postgres import Cluster, server
from tests.environment import ROOT

START, STOP, POLL = 90.0, 30.0, 0.02
DATABASE, WEB, WEB_WORKER, JOBS = "database", "web", "web worker", "job worker"
T = TypeVar("T")


@dataclass(frozen=True)
class House:
    """One running `mokmin up`."""

    process: subprocess.Popen[bytes]
    var: Path

    @property
    def said(self) -> str:
        """All that it has written so far."""
        return (self.var / "up.log").read_text(encoding="utf-8")

    @property
    def port(self) -> int:
        """Where it answers."""
        return int(re.findall(r"http://127\.0\.0\.1:(\d+)/", self.said)[0])

    @property
    def cluster(self) -> Cluster:
        """Its database."""
        return Cluster(self.var / "postgres")

    def run(self, *command: str) -> str:
        """Another command on the same folder, as an operator types it; what it printed."""
        ran = subprocess.run(
            [sys.executable, "-m", "mokmin", *command],
            env=environment(self.var), cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def kill(self, victim: str) -> int:
        """End one of our own processes at once, as soon as there is one; its number."""
        number = until(lambda: self.find(victim), what=f"there is a {victim}")
        os.kill(number, signal.SIGKILL)
        until(lambda: number not in self.family(), what=f"the {victim} is dead")
        return number

    def find(self, victim: str) -> int | None:
        """The number of such a process below our `mokmin up`."""
        family = self.family()
        if victim == DATABASE:
            running = server.find(self.cluster.data)
            return running.pid if running and running.pid in family else None
        mains = [
            number
            for number, (parent, command) in family.items()
            if parent == self.process.pid
            and f"mokmin.surfaces.cli.{'worker' if victim == JOBS else 'web'}" in command
        ]
        if victim == WEB_WORKER:
            mains = [number for number, (parent, _) in family.items() if parent in mains]
        return mains[0] if mains else None

    def family(self) -> dict[int, tuple[int, str]]:
        """Every live process below our `mokmin up`: its parent and its command line."""
        everyone = dict(_processes())
        ours = {self.process.pid}
        while more := {n for n, (parent, _) in everyone.items() if parent in ours} - ours:
            ours |= more
        return {n: found for n, found in everyone.items() if n in ours - {self.process.pid}}

    def left(self) -> list[int]:
        """Processes that work in our folder or were told of it, by whomever they were adopted."""
        mark = f"MOKMIN_VAR={self.var}\0".encode()
        told = [number for number, _ in _processes() if mark in _read(number, "environ")]
        return [*told, *server.others_in(self.cluster.data)]

    @contextmanager
    def database(self) -> Iterator[None]:
        """Django's connections lead to our database."""
        address = dj_database_url.parse(self.cluster.url("mokmin_app"))
        known = connections["default"].settings_dict
        kept = {name: known[name] for name in address}
        connections.close_all()
        known |= address
        try:
            yield
        finally:
            connections.close_all()
            known |= kept


@contextmanager
def up(var: Path) -> Iterator[House]:
    """`mokmin up` on any free port, until the block ends; the block may end it itself."""
    with (var / "up.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mokmin", "up", "--port", "0"],
            env=environment(var), cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    found = House(process, var)
    try:
        until(lambda: "Ctrl-C" in found.said or process.poll() is not None, START, what="all is up")
        assert process.poll() is None, found.said
        yield found
    finally:
        end(found)


def end(house: House) -> int:
    """As Ctrl-C does; the exit code."""
    if house.process.poll() is None:
        house.process.send_signal(signal.SIGINT)
    return house.process.wait(STOP)


def environment(var: Path) -> dict[str, str]:
    """What an operator would have set, and nothing that the tests have."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MOKMIN_", "DATABASE_", "DJANGO_", "PYTEST_"))
    }
    return {**ours, "MOKMIN_VAR": str(var), "PYTHONPATH": str(ROOT / "src")}


def until(condition: Callable[[], T | None], seconds: float = 30.0, *, what: str) -> T:
    """Poll until there is something; fails at the deadline."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(POLL)
    return found


def _processes() -> Iterator[tuple[int, tuple[int, str]]]:
    for each in Path("/proc").iterdir():
        if each.name.isdigit() and (stat := _read(int(each.name), "stat")):
            state, parent = stat.rpartition(b")")[2].split()[:2]
            if state not in {b"Z", b"X"}:
                command = _read(int(each.name), "cmdline").replace(b"\0", b" ")
                yield int(each.name), (int(parent), command.decode(errors="replace"))


def _read(number: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{number}/{name}").read_bytes()
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return b""
