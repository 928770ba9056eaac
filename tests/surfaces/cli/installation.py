"""An installation of its own in a temporary folder, used through its real commands."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mokmin.lib.postgres import Cluster
from tests.environment import ROOT

PATIENCE = 300.0
OURS = ("MOKMIN_", "DATABASE_", "DJANGO_", "PG")


@dataclass(frozen=True)
class Installation:
    """A `var` folder and the environment that goes with it."""

    var: Path
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def cluster(self) -> Cluster:
        """Its embedded PostgreSQL."""
        return Cluster(self.var / "postgres")

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the test run's own settings."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        ours = {"MOKMIN_VAR": str(self.var), "PYTHONPATH": str(ROOT / "src")}
        return plain | ours | self.env

    def command(self, *words: str | Path) -> list[str]:
        """The command line of one command."""
        return [sys.executable, "-m", "mokmin", *map(str, words)]

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            self.command(*words),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
        )

    def ok(self, *words: str | Path) -> str:
        """Run one command that must succeed; what it printed."""
        ran = self.run(*words)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def processes(self) -> list[str]:
        """Every living process that was started for this folder, PostgreSQL's included."""
        return [name for pid in _pids() if (name := self._ours(pid))]

    def _ours(self, pid: int) -> str:
        try:
            place = f"MOKMIN_VAR={self.var}".encode()
            environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            return ""
        return line if place in environment or f"{self.var}/postgres " in f"{line} " else ""

    @contextmanager
    def up(self, *words: str) -> Iterator["Up"]:
        """`up` or `demo`, running; killed with all its own if the test did not end it."""
        log = self.var.with_name(f"{self.var.name}.log")
        with log.open("w+") as out:
            process = subprocess.Popen(
                self.command(*words),
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
            running = Up(self, process, log)
            try:
                await_that(running.is_ready, running.said)
                yield running
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)
                    process.wait(PATIENCE)

    def remove(self) -> None:
        """Stop the database and leave nothing."""
        if self.var.exists():
            self.run("db", "stop")
            shutil.rmtree(self.var)


@dataclass(frozen=True)
class Up:
    """A running `mokmin up`."""

    installation: Installation
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """Everything printed so far."""
        return self.log.read_text(encoding="utf-8")

    def is_ready(self) -> bool:
        """Whether it says so; an early end is a failure."""
        assert self.process.poll() is None, self.said()
        return "멈추려면 Ctrl-C를 누르세요." in self.said()

    @property
    def address(self) -> str:
        """Where it listens."""
        noted = json.loads((self.installation.var / "up.lock").read_text())
        return str(noted["address"])

    def health(self) -> str:
        """What /healthz answers, empty when it does not."""
        try:
            with urllib.request.urlopen(f"{self.address}healthz", timeout=5) as answer:
                return str(json.load(answer)["status"])
        except OSError:
            return ""

    def children(self, part: str) -> list[int]:
        """Pids of its children whose command line holds these words."""
        pids = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in pids.split() if part in _line(int(pid))]

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal and wait for the end; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def await_that(
    holds: Callable[[], object], told: Callable[[], object] = lambda: "", seconds: float = PATIENCE
) -> None:
    """Poll until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, told()
        time.sleep(0.05)


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
