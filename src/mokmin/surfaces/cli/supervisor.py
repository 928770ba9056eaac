"""Keeps web server and worker running beside the database, and ends all of it in order.

The children have sessions of their own: a Ctrl-C reaches this process alone, which then ends them.
Should it be killed outright, they end themselves (`child`); the database stays and is used again.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

from mokmin.lib import place
from mokmin.lib.errors import Refusal
from mokmin.lib.korean import josa
from mokmin.lib.postgres import roles
from mokmin.surfaces.cli import child
from mokmin.surfaces.cli.screen import Screen

LOOK_SECONDS = 3.0
"""How often the database is looked at; the end of a child is noticed at once."""

HEALTHY_SECONDS = 60.0
"""A child that lived so long begins its back-off anew."""

LONGEST_PAUSE = 30.0
START_SECONDS = 90.0
POLL = 0.05
PR_SET_CHILD_SUBREAPER = 36

Database = Callable[[], bool]
"""Has the database running; True when it had to be started."""


@dataclass
class Child:
    """One kind of child process; restarted with growing pauses."""

    label: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    born: float = 0.0
    failures: int = 0
    due: float = 0.0

    def spawn(self) -> None:
        """Start it; it loads, and waits for `go`."""
        self.born = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", *self.command],
            stdin=subprocess.PIPE,
            bufsize=0,
            env=environment(),
            start_new_session=True,
        )

    def go(self) -> None:
        """The database is there: work."""
        if self.process and self.process.stdin:
            with suppress(BrokenPipeError):
                self.process.stdin.write(child.GO)

    def has_ended(self) -> bool:
        """Whether it is time to note its end."""
        return self.process is not None and self.process.poll() is not None

    def note_end(self) -> int | None:
        """Forget the process, set when to start the next one; its exit code."""
        process, self.process = self.process, None
        if process is None:
            return None
        _close(process)
        now = time.monotonic()
        self.failures = 1 if now - self.born > HEALTHY_SECONDS else self.failures + 1
        self.due = now + min(2.0 ** (self.failures - 1), LONGEST_PAUSE)
        return process.returncode

    def stop(self) -> None:
        """Ask it to end in order; its own processes are its to end."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """End it now, with all its own."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class Supervisor:
    """The children and the database of one `mokmin up`."""

    screen: Screen
    children: Sequence[Child]
    database: Database

    def __post_init__(self) -> None:
        _adopt_orphans()

    def spawn(self) -> None:
        """Start the children; they load while the database is made ready."""
        for each in self.children:
            each.spawn()

    def go(self, is_up: Callable[[], bool]) -> None:
        """Let them work and return when `is_up`; raises Refusal when that does not come."""
        for each in self.children:
            each.go()
        deadline = time.monotonic() + START_SECONDS
        while not is_up():
            self._require_alive()
            if time.monotonic() > deadline:
                raise Refusal("웹 서버가 대답하지 않습니다. 위의 기록을 살펴 주세요.")
            time.sleep(POLL)

    def watch(self) -> None:
        """Restart whatever dies, until KeyboardInterrupt."""
        with _woken_by_children() as wake:
            while True:
                select.select([wake], [], [], self._pause())
                with suppress(BlockingIOError):
                    wake.recv(4096)
                self._look()

    def end(self) -> None:
        """End the children in order; kill those that take too long. Ctrl-C once more kills now."""
        for each in self.children:
            each.stop()
        try:
            self._wait(child.STOP_SECONDS)
        except KeyboardInterrupt:
            self.screen.line("기다리지 않고 끕니다.")
        for each in self.children:
            each.kill()
        self._wait(child.STOP_SECONDS)
        for each in self.children:
            if each.process:
                _close(each.process)
        reap_orphans()

    def _look(self) -> None:
        self._keep_database()
        for each in self.children:
            if each.has_ended():
                code = each.note_end()
                pause = max(0.0, each.due - time.monotonic())
                who = josa(each.label, "이/가")
                self.screen.line(f"{who} 꺼져({_ending(code)}) {pause:.0f}초 뒤에 다시 켭니다.")
        reap_orphans({each.process.pid for each in self.children if each.process})
        for each in self.children:
            if each.process is None and time.monotonic() >= each.due:
                each.spawn()
                each.go()

    def _keep_database(self) -> None:
        try:
            if self.database():
                self.screen.line("데이터베이스가 꺼져 있어 다시 켰습니다.")
        except Refusal as refusal:
            self.screen.line(str(refusal))

    def _pause(self) -> float:
        now = time.monotonic()
        dues = [each.due - now for each in self.children if each.process is None]
        return max(0.0, min([LOOK_SECONDS, *dues]))

    def _require_alive(self) -> None:
        for each in self.children:
            if each.has_ended():
                code = each.process.returncode if each.process else None
                who = josa(each.label, "이/가")
                raise Refusal(f"{who} 켜지지 않았습니다({_ending(code)}). 위의 기록을 살펴 주세요.")

    def _wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while any(each.process and each.process.poll() is None for each in self.children):
            if time.monotonic() > deadline:
                return
            time.sleep(POLL)


def environment() -> dict[str, str]:
    """What web server and worker get to know: not how to become the owner or the backup role."""
    kept_back = {place.SETTINGS[role] for role in (roles.OWNER, roles.BACKUP)}
    return {name: value for name, value in os.environ.items() if name not in kept_back}


@contextmanager
def stopping_by_signal() -> Iterator[None]:
    """SIGTERM and a closed terminal end things as Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = [(number, signal.signal(number, stop)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@contextmanager
def _woken_by_children() -> Iterator[socket.socket]:
    """A socket that becomes readable when a signal arrives, the end of a child among them."""
    ours, theirs = socket.socketpair()
    ours.settimeout(0)
    theirs.settimeout(0)
    handler = signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    try:
        yield ours
    finally:
        signal.set_wakeup_fd(before)
        signal.signal(signal.SIGCHLD, handler)
        ours.close()
        theirs.close()


def _adopt_orphans() -> None:
    """Become the parent of what our children leave behind, so that it can be reaped (Linux)."""
    child.prctl(PR_SET_CHILD_SUBREAPER, 1)


def reap_orphans(ours: Collection[int] = ()) -> None:
    """Reap every ended process that is not one of ours; those are noted by their own means."""
    while True:
        try:
            found: Any = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if found is None or found.si_pid in ours:
            return
        with suppress(ChildProcessError):
            os.waitpid(found.si_pid, os.WNOHANG)


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"{signal.Signals(-code).name} 신호"
    return f"종료 코드 {code}"


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
