"""A preparing process as the waiting side sees it: its lines become steps on the screen."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, cast

from mokmin.lib.errors import Refusal
from mokmin.surfaces.cli.screen import Screen, Step

MODULE = "mokmin.surfaces.cli.prepare"


class Preparer:
    """One process that prepares; it loads while we do other things."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._asked: list[tuple[str, Callable[[], None]]] = []
        self._step: Step | None = None
        self._refused = ""
        self.hosts = ""
        """What `external` has found, as `addresses.HOSTS` tells it."""
        # A session of its own: Ctrl-C is ours to answer.
        self.process = subprocess.Popen(
            [sys.executable, "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=os.environ | {"MOKMIN_POOL": "off"},
            start_new_session=True,
        )

    def ask(self, name: str, *, then: Callable[[], None] = lambda: None) -> None:
        """Have a step done after those asked for before; `then` is done here afterwards."""
        self._asked.append((name, then))
        with suppress(BrokenPipeError):  # it has failed already; finish() says why
            self._in.write(f"{name}\n".encode())

    def finish(self) -> None:
        """Wait until all is done; raises Refusal when a step was refused or failed."""
        self._in.close()
        while line := self._out.readline():
            self._hear(*json.loads(line))
        code = self.process.wait()
        if code != 0:
            self._fail(code)

    def stop(self) -> None:
        """End it, if it still runs."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
        for pipe in (self._in, self._out):
            pipe.close()

    @property
    def _in(self) -> IO[bytes]:
        return cast("IO[bytes]", self.process.stdin)

    @property
    def _out(self) -> IO[bytes]:
        return cast("IO[bytes]", self.process.stdout)

    def _hear(self, kind: str, text: str) -> None:
        if kind == "done":
            self._asked.pop(0)[1]()
        elif kind == "step":
            self._step = self._screen.begin(text)
        elif kind == "refused":
            self._refused = text
        elif kind == "hosts":
            self.hosts = text
        elif self._step and kind == "note":
            self._step.note(text)
        elif self._step:
            self._step.end(text)
            self._step = None

    def _fail(self, code: int) -> None:
        if self._step:
            self._screen.dropped(self._step)
        name = self._asked[0][0] if self._asked else MODULE
        told = self._refused or (
            f"준비하지 못했습니다({name}, 종료 코드 {code}). 위의 기록을 살펴 주세요."
        )
        raise Refusal(told)


@contextmanager
def preparing(screen: Screen) -> Iterator[Preparer]:
    """One that is gone afterwards, however it went."""
    preparer = Preparer(screen)
    try:
        yield preparer
    finally:
        preparer.stop()
