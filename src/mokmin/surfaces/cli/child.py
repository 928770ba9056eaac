"""The children's side of being supervised: wait for the word, and never outlive the supervisor.

A child's stdin is a pipe of which only the supervisor holds the other end. One byte says that the
database is ready; its end says that the supervisor is gone, however it went.
"""

import ctypes
import os
import signal
import sys
import threading
import time

GO = b"g"
STOP_SECONDS = 15.0
"""How long a child may take to end in order before it is killed."""

PR_SET_PDEATHSIG = 1


def wait_for_go() -> None:
    """Return when all is ready; from then on the supervisor's end is ours as well."""
    if os.read(0, 1) != GO:
        sys.exit(0)
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os.killpg(os.getpid(), signal.SIGKILL)


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent dies (Linux; elsewhere it does nothing)."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def prctl(option: int, value: int) -> None:
    """Tell the kernel something about this process, where it is Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
