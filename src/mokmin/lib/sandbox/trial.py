"""What the sandbox forbids on this machine, found out by trying."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from tempfile import gettempdir
from typing import IO

from mokmin.lib.sandbox import child
from mokmin.lib.sandbox.limits import Limits
from mokmin.lib.sandbox.parent import read

READER = "mokmin.lib.sandbox.trial:tried"
LIMITS = Limits(seconds=20, memory=512 * 1024**2)
TOO_MUCH = LIMITS.memory
ELSEWHERE = "/etc/passwd"
"""Every system has it, everybody may read it, and no reader needs it."""

LOOPBACK, OUTSIDE = "127.0.0.1", "192.0.2.1"


@dataclass(frozen=True, slots=True)
class Trial:
    """Whether each thing is forbidden to the process that reads a file."""

    memory: bool
    network: bool
    processes: bool
    writing: bool
    other_files: bool
    locks: tuple[str, ...]


def examine() -> Trial:
    """Start a process and have it try everything. Raises Unreadable when it cannot even start."""
    with neighbour() as port:
        options = {"above": os.getpid(), "folder": gettempdir(), "port": port}
        found = read(BytesIO(b""), READER, options=options, limits=LIMITS)
    return Trial(**(found | {"locks": tuple(found["locks"])}))


@contextmanager
def neighbour() -> Iterator[int]:
    """The port of somebody who listens on this machine, as the database does."""
    with socket.create_server((LOOPBACK, 0)) as door:
        yield door.getsockname()[1]


def tried(_file: IO[bytes], *, above: int, folder: str, port: int) -> dict[str, object]:
    """Try, inside the process, what a hostile file might."""
    return {
        "memory": _is_refused(lambda: bytearray(TOO_MUCH)),
        "network": all(_is_refused(partial(_reach, *way)) for way in _ways(port)),
        "processes": _is_refused(_multiply),
        "writing": _is_refused(lambda: _write(f"{folder}/mokmin-{above}")),
        "other_files": _is_refused(lambda: os.close(os.open(ELSEWHERE, os.O_RDONLY))),
        "locks": child.locks,
    }


def _is_refused(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except (OSError, MemoryError):
        return True
    return False


def _ways(port: int) -> tuple[tuple[socket.SocketKind, str, int], ...]:
    """Where a connection would succeed if nothing forbade it.

    A host without a route reaches nobody outside either, so that alone would prove nothing.
    """
    return (
        (socket.SOCK_STREAM, LOOPBACK, port),
        (socket.SOCK_DGRAM, LOOPBACK, port),
        (socket.SOCK_DGRAM, OUTSIDE, port),
    )


def _reach(kind: socket.SocketKind, host: str, port: int) -> None:
    """Nothing is sent: UDP only asks for a way."""
    with socket.socket(socket.AF_INET, kind) as way:
        way.connect((host, port))


def _multiply() -> None:
    if (other := os.fork()) == 0:
        os._exit(0)
    os.waitpid(other, 0)


def _write(path: str) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(opened, b"x")
    finally:
        os.close(opened)
        os.unlink(path)
