"""Starts the process that reads a file, waits for its answer, and leaves nothing of it behind."""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import copyfileobj
from threading import BoundedSemaphore
from typing import IO, Any

import mokmin
from mokmin.lib.sandbox.limits import LIMITS, Limits
from mokmin.lib.sandbox.reasons import Reason, Unreadable

logger = logging.getLogger("mokmin.sandbox")

BOOT = (
    "import json, sys; job = json.loads(sys.argv[1]); sys.path[:] = job['path'];"
    "from mokmin.lib.sandbox.child import main; main(job)"
)
BREATH = 0.2
"""Seconds between two looks at whether to go on waiting."""

LAST_BREATH = 0.005
MOUTHFUL = 1 << 16
LAST_WORDS = 4096
"""Bytes kept of what the process complained of."""

LONGEST_SENTENCE = 500
"""Characters of what it says instead of an answer; it may name what stands in the file."""

OUT_OF_MEMORY = (b"memory allocation of", b"MemoryError", b"bad_alloc")
AT_ONCE = 2
"""Files that one process of the product has read at the same time; each may take much memory."""

_room = BoundedSemaphore(AT_ONCE)

Tick = Callable[[], None]


def read(
    file: IO[bytes],
    reader: str,
    *,
    options: Mapping[str, Any] | None = None,
    limits: Limits = LIMITS,
    tick: Tick | None = None,
) -> Any:
    """What `reader` ("package.module:function") makes of the file, as plain JSON.

    `tick` is called several times a second; whatever it raises ends the reading.
    Raises Unreadable, with the reason.
    """
    job = {
        "reader": reader,
        "options": dict(options or {}),
        "path": _import_path(),
        "folders": _library_folders(),
        "seconds": limits.seconds,
        "memory": limits.memory,
        "parent": os.getpid(),
    }
    with _turn(_Watch(limits.patience, tick, Reason.BUSY)), _opened(file) as source:
        watch = _Watch(limits.seconds, tick, Reason.TOO_SLOW)
        answered = _ask(job, source, watch, most=limits.answer)
    return _value(*answered)


class _Watch:
    """How long there is still to wait."""

    def __init__(self, seconds: int, tick: Tick | None, reason: Reason) -> None:
        self._deadline = time.monotonic() + seconds
        self._tick = tick or _nothing
        self._reason = reason

    def look(self) -> float:
        """Seconds until the next look; raises Unreadable with its reason when the time is over."""
        self._tick()
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise Unreadable(self._reason)
        return min(left, BREATH)


def _nothing() -> None:
    """Nobody wants to be asked."""


@contextmanager
def _turn(watch: _Watch) -> Iterator[None]:
    while not _room.acquire(timeout=watch.look()):
        pass
    try:
        yield
    finally:
        _room.release()


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[int]:
    """The file as a descriptor of its own, for reading only; what is not on disk goes there."""
    try:
        number = file.fileno()
    except (OSError, AttributeError):
        with tempfile.TemporaryFile() as copy:
            file.seek(0)
            copyfileobj(file, copy)
            copy.flush()
            with _opened(copy) as source:
                yield source
        return
    file.flush()
    source = _read_only(number)
    try:
        yield source
    finally:
        os.close(source)


def _read_only(number: int) -> int:
    try:
        return os.open(f"/proc/self/fd/{number}", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return os.dup(number)


def _ask(
    job: Mapping[str, Any], source: int, watch: _Watch, *, most: int
) -> tuple[int, bytes, bytes]:
    """How the process ended, what it answered and what it complained of."""
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", "-W", "ignore", "-X", "utf8", "-c", BOOT,
         json.dumps(job)],
        stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        cwd="/", env={}, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            answer, complaint = _listen(process, watch, most=most)
            _await_end(process.pid, watch)
        finally:
            # Its group is found by its number for as long as nobody has asked how it ended.
            os.killpg(process.pid, signal.SIGKILL)
    return process.returncode, answer, complaint


def _listen(process: subprocess.Popen[bytes], watch: _Watch, *, most: int) -> tuple[bytes, bytes]:
    answer, complaint = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        for stream, heard in ((process.stdout, answer), (process.stderr, complaint)):
            if stream is not None:
                selector.register(stream.fileno(), selectors.EVENT_READ, heard)
        while selector.get_map():
            for key, _events in selector.select(watch.look()):
                if part := os.read(key.fd, MOUTHFUL):
                    key.data.extend(part)
                else:
                    selector.unregister(key.fd)
            del complaint[:-LAST_WORDS]
            if len(answer) > most:
                raise Unreadable(Reason.TOO_BIG)
    return bytes(answer), bytes(complaint)


def _await_end(pid: int, watch: _Watch) -> None:
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
        watch.look()
        time.sleep(LAST_BREATH)


def _value(code: int, answer: bytes, complaint: bytes) -> Any:
    """What was answered; the answer itself is as little to be trusted as the file."""
    try:
        said = json.loads(answer)
        if "value" in said:
            return said["value"]
        refusal = Unreadable(
            Reason(said["reason"]), str(said.get("sentence", ""))[:LONGEST_SENTENCE]
        )
        logger.info("a file could not be read: %s %.40s", refusal.reason, said.get("kind", ""))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _death(code, complaint) from None
    raise refusal


def _death(code: int, complaint: bytes) -> Unreadable:
    logger.info("the process that read a file ended with %s", code)
    if any(words in complaint for words in OUT_OF_MEMORY):
        return Unreadable(Reason.TOO_BIG, has_died=True)
    return Unreadable(Reason.DIED, has_died=True)


def _import_path() -> list[str]:
    """Where this process finds its modules; none of it is relative."""
    return [str(Path(entry).resolve()) for entry in sys.path if entry]


@cache
def _library_folders() -> list[str]:
    """What may still be read once the file is open: Python's own folders and ours."""
    paths = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    ours = str(Path(mokmin.__file__).parent)
    return list(dict.fromkeys([*paths, ours, "/lib", "/lib64", "/usr/lib", "/usr/share/zoneinfo"]))
