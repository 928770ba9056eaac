"""Doing the steps of a job: one line of progress each, tools' output kept in a log."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tools.place import ROOT
from tools.problem import Problem, from_output

TAIL_LINES = 12
TAIL_LINES_OF_KNOWN = 3
LONGEST_LINE = 150
TICK_SECONDS = 1.0
COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True)
class Step:
    """One thing that is still to be done."""

    label: str
    do: Callable[["Work"], None]


class Work:
    """Runs tools for the steps of one job."""

    def __init__(self, log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_bytes(b"")
        self.log = log

    def all(self, steps: Sequence[Step]) -> None:
        """Do every step in order."""
        for number, step in enumerate(steps, 1):
            with progress(f"[{number}/{len(steps)}] {step.label}"):
                step.do(self)

    def run(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
    ) -> None:
        """Run one tool quietly; raise the Problem its output speaks of when it fails."""
        start = self.log.stat().st_size
        with self.log.open("ab") as output:
            output.write(f"$ {' '.join(map(str, command))}\n".encode("utf-8", "replace"))
            output.flush()
            code = watch(command, env=env, cwd=cwd, output=output)
        if code:
            raise self._failure(command, code, start)

    def _failure(self, command: Sequence[str | Path], code: int, start: int) -> Problem:
        text = self.log.read_bytes()[start:].decode("utf-8", "replace")
        lines = [line for line in COLOURS.sub("", text).splitlines() if line.strip()]
        known = from_output(text)
        problem = known or _unknown(command, code, self.log)
        problem.tail = [
            line[:LONGEST_LINE]
            for line in lines[1:][-(TAIL_LINES_OF_KNOWN if known else TAIL_LINES) :]
        ]
        return problem


def _unknown(command: Sequence[str | Path], code: int, log: Path) -> Problem:
    name = " ".join(Path(word).name for word in command[:3])
    place = os.path.relpath(log, ROOT)
    return Problem(
        f"'{name}'이(가) 실패했습니다(종료 코드 {code}). 자세한 내용은 {place}에 있습니다.",
        f"'{name}' failed (exit code {code}). See {place} for details.",
    )


def watch(
    command: Sequence[str | Path],
    *,
    output: IO[bytes],
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
) -> int:
    """Run a tool to its end, one dot a second, and stop it when we are stopped."""
    # Open descriptors are inherited on purpose: the set-up lock lasts as long as its last child.
    process = subprocess.Popen(
        list(map(str, command)),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=dict(env if env is not None else child_environment()),
        cwd=cwd,
        close_fds=False,
    )
    try:
        while True:
            try:
                return process.wait(TICK_SECONDS)
            except subprocess.TimeoutExpired:
                show(".", end="")
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def child_environment() -> dict[str, str]:
    """Our environment without what would lead pip, uv or Python into another environment."""
    led_astray = {
        *("PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH", "PYTHONSTARTUP", "VIRTUAL_ENV"),
        *("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_CONSTRAINT", "PIP_REQUIREMENT"),
        *("UV_PYTHON", "UV_SYSTEM_PYTHON", "UV_TARGET", "UV_PREFIX", "UV_CONSTRAINT"),
        *("UV_OVERRIDE", "UV_PROJECT", "UV_WORKING_DIR", "UV_NO_VERIFY_HASHES"),
    }
    env = {name: value for name, value in os.environ.items() if name not in led_astray}
    env |= {"PYTHONUTF8": "1", "PIP_USER": "0", "NO_COLOR": "1"}
    return env | _home_of_our_own()


def _home_of_our_own() -> dict[str, str]:
    """A home for caches when the user has none to write in (a service account, a changed uid)."""
    if os.access(os.path.expanduser("~"), os.W_OK | os.X_OK):
        return {}
    home = ROOT / "var" / "cache" / "home"
    home.mkdir(parents=True, exist_ok=True)
    return {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}


@contextmanager
def progress(label: str) -> Iterator[None]:
    """One line: what is being done, a dot a second, and how long it took."""
    started = time.monotonic()
    show(f"{label} ", end="")
    yield
    show(f" {time.monotonic() - started:.1f}초")


def show(text: str, *, end: str = "\n") -> None:
    """Print at once, whatever the terminal can show."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), end=end, flush=True)
