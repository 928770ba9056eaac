"""How much a process that reads a file may take."""

import contextlib
import resource
import signal
from dataclasses import dataclass

OPEN_FILES = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of reading, bytes of memory, bytes of what is answered.

    `patience` is how many seconds one waits for a turn before the reading begins.
    """

    seconds: int = 60
    memory: int = 2 * 1024**3
    answer: int = 16 * 1024**2
    patience: int = 60


LIMITS = Limits()
PROMPT = Limits(seconds=20, patience=5)
"""For a reading whose end a person awaits, with a thread and a transaction of the server."""


def take(*, seconds: int, memory: int) -> None:
    """Put the limits on this process; nobody in it can widen them again.

    The clock of the processor stands one second behind that of the parent, who ends it first.
    """
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    wanted = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds + 1,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
    }
    for kind, value in wanted.items():
        # Systems other than Linux do not know every one; `examine` tells what is in force.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))
