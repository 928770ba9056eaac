"""What the sandbox forbids on this machine, found out by trying."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
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
    found = read(
        BytesIO(b""), READER, options={"above": os.getpid(), "folder": gettempdir()}, limits=LIMITS
    )
    return Trial(**(found | {"locks": tuple(found["locks"])}))


def tried(_file: IO[bytes], *, above: int, folder: str) -> dict[str, object]:
    """Try, inside the process, what a hostile file might."""
    return {
        "memory": _is_refused(lambda: bytearray(TOO_MUCH)),
        "network": _is_refused(_reach_out),
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


def _reach_out() -> None:
    """No packet leaves: without a network the address is unreachable, and UDP asks nobody."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.connect(("192.0.2.1", 9))


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
