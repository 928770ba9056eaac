"""The terminal: steps that show their progress and seconds, tables that fit Korean letters."""

import shutil
import sys
import threading
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

TICK = 0.2
SILENT = 1.0
"""Seconds after which a step must have shown a sign of life."""

REPEAT = 10.0
"""Seconds between the signs of life of a step where lines cannot be rewritten (logs, pipes)."""

CLEAR = "\r\x1b[K"


class Step:
    """One thing that is being done; ends with its seconds."""

    def __init__(self, screen: "Screen", label: str) -> None:
        self.label = label
        self.begun = time.monotonic()
        self.noted = ""
        self.spoken = self.begun + SILENT - REPEAT
        self._screen = screen

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self.begun

    def note(self, text: str) -> None:
        """What of it is being done right now."""
        self.noted = text

    def end(self, label: str = "") -> None:
        """It is done; `label` says what came of it."""
        self._screen.ended(self, f"{label or self.label} {self.seconds:.1f}초")


class Screen:
    """Where progress goes; several steps may go on at once."""

    def __init__(self, out: TextIO | None = None, *, is_quiet: bool = False) -> None:
        self.out = out or sys.stdout
        self.is_quiet = is_quiet
        self.can_rewrite = self.out.isatty()
        self._active: list[Step] = []
        self._mutex = threading.Lock()
        self._ticker: threading.Thread | None = None

    def line(self, text: str = "") -> None:
        """A whole line."""
        if not self.is_quiet:
            with self._mutex:
                self._write(f"{text}\n")

    def begin(self, label: str) -> Step:
        """A step that `end`s later."""
        step = Step(self, label)
        with self._mutex:
            self._active.append(step)
            if self._ticker is None and not self.is_quiet:
                self._ticker = threading.Thread(target=self._tick, daemon=True)
                self._ticker.start()
        return step

    @contextmanager
    def step(self, label: str) -> Iterator[Step]:
        """A step as a block; one that fails leaves its line without seconds."""
        step = self.begin(label)
        try:
            yield step
        except BaseException:
            self.dropped(step)
            raise
        if step in self._active:
            step.end()

    def ended(self, step: Step, text: str) -> None:
        """Take a step off and leave its line."""
        with self._mutex:
            if step in self._active:
                self._active.remove(step)
            if not self.is_quiet:
                self._write(f"  {text}\n")

    def forget(self, step: Step) -> None:
        """Take a step off that turned out to be nothing."""
        with self._mutex:
            self._active.remove(step)

    def dropped(self, step: Step) -> None:
        """Take off a step that failed; what went wrong is told elsewhere."""
        with self._mutex:
            if step in self._active:
                self._active.remove(step)
                if not self.is_quiet:
                    self._write(f"  {step.label} ✗\n")

    def _tick(self) -> None:
        while True:
            time.sleep(TICK)
            with self._mutex:
                if not self._active:
                    self._ticker = None
                    return
                self._rewrite() if self.can_rewrite else self._repeat()

    def _rewrite(self) -> None:
        parts = (f"{step.label} {step.seconds:.0f}초 {step.noted}" for step in self._active)
        width = shutil.get_terminal_size().columns - 3
        self.out.write(f"{CLEAR}  {cut(' · '.join(parts), width)}")
        self.out.flush()

    def _repeat(self) -> None:
        now = time.monotonic()
        for step in self._active:
            if now - step.spoken >= REPEAT:
                step.spoken = now
                self._write(f"  … {step.label} {step.noted}".rstrip() + "\n")

    def _write(self, text: str) -> None:
        clear = CLEAR if self.can_rewrite else ""
        self.out.write(clear + text)
        self.out.flush()


def table(rows: Sequence[Sequence[str]], *, gap: str = "  ") -> str:
    """Rows in columns; a Hangul syllable is two columns wide."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = (
        gap.join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def cut(text: str, columns: int) -> str:
    """As much of the text as fits."""
    kept = ""
    for sign in text:
        columns -= width(sign)
        if columns < 0:
            break
        kept += sign
    return kept
