"""The disposable process: lock oneself in, read the file, answer, die."""

import contextlib
import importlib
import json
import os
import signal
import sys
from types import TracebackType
from typing import Any

from mokmin.lib.sandbox import filter as seccomp
from mokmin.lib.sandbox import kernel, landlock, limits
from mokmin.lib.sandbox.reasons import Reason, Unreadable

OOM_SCORE = "/proc/self/oom_score_adj"

locks: list[str] = []
"""What this process was granted."""


def main(job: dict[str, Any]) -> None:
    """Read what stands at standard input as the job says, and answer at standard output."""
    sys.excepthook = _answer_for
    die_with(job["parent"])
    module, function = job["reader"].split(":")
    reader = getattr(importlib.import_module(module), function)
    lock(folders=job["folders"], seconds=job["seconds"], memory=job["memory"])
    with open(0, "rb", closefd=False) as file:
        file.seek(0)
        _answer({"value": reader(file, **job["options"])})


def die_with(parent: int) -> None:
    """Do not outlive whoever waits for the answer."""
    with contextlib.suppress(OSError, AttributeError):
        kernel.die_with_parent(signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit(1)


def lock(*, folders: list[str], seconds: int, memory: int) -> None:
    """Take every lock that this kernel grants; the order is that in which they allow each other."""
    with contextlib.suppress(OSError), open(OOM_SCORE, "w") as score:
        score.write("1000")
    limits.take(seconds=seconds, memory=memory)
    for name, take in (
        ("namespace", kernel.leave_network),
        ("capabilities", kernel.drop_capabilities),
        ("privileges", kernel.gain_nothing),
        ("landlock", lambda: landlock.restrict(folders)),
        ("seccomp", seccomp.install),
    ):
        # AttributeError: a system that is not Linux.
        with contextlib.suppress(OSError, AttributeError):
            take()
            locks.append(name)


def _answer(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said, ensure_ascii=False, separators=(",", ":")))
    sys.stdout.flush()


def _answer_for(
    kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """Whatever a reader raises is the file's fault; the sentence for it is the parent's."""
    if isinstance(error, Unreadable):
        _answer({"reason": error.reason, "sentence": error.sentence})
    elif issubclass(kind, MemoryError):
        _answer({"reason": Reason.TOO_BIG})
    else:
        _answer({"reason": Reason.BROKEN, "kind": kind.__name__})
