"""Sets a checkout up: `python3 -m tools.setup run|dev`; does only what is not yet done."""

import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from tools import frontend_steps, python_steps
from tools.place import SETUP_LOG, VAR
from tools.problem import Problem, from_error
from tools.work import Step, Work, show

LEVELS = ("run", "dev")
INTERRUPTED = 130


def steps(level: str) -> list[Step]:
    """Everything that is still to be done."""
    python = python_steps.steps(level)
    fresh = python_steps.MAKE in python
    return [*python, *frontend_steps.steps(fresh=fresh)]


def set_up(level: str) -> None:
    """Do what is not yet done; nothing at all, not even a lock, when all is done."""
    started = time.monotonic()
    if not steps(level):
        return
    with only_one():
        Work(SETUP_LOG).all(steps(level))
    show(f"준비를 마쳤습니다({time.monotonic() - started:.1f}초).")


@contextmanager
def only_one() -> Iterator[None]:
    """Keep other set-ups of this checkout out until we and our tools are gone."""
    VAR.mkdir(exist_ok=True)
    handle = os.open(VAR / "setup.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
            raise Problem(
                f"다른 준비 작업이 이 폴더에서 돌고 있습니다(프로세스 {holder}). "
                f"끝난 뒤 다시 실행해 주세요.",
                f"Another set-up is running in this folder (process {holder}). "
                f"Run again when it is done.",
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
        # Children keep the lock too, should we be killed while one still writes.
        os.set_inheritable(handle, True)  # noqa: FBT003 - it takes no name
        yield
    finally:
        os.close(handle)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Set up and translate what went wrong into an exit code and two clear lines."""
    if len(arguments) != 1 or arguments[0] not in LEVELS:
        show("python3 -m tools.setup run|dev")
        return 2
    signal.signal(signal.SIGTERM, _stop)
    try:
        set_up(arguments[0])
    except KeyboardInterrupt:
        show("\n준비를 멈췄습니다. 같은 명령을 다시 실행하시면 이어서 합니다.")
        return INTERRUPTED
    except OSError as error:
        problem = from_error(error)
        if problem is None:
            raise
        problem.tail = [str(error)]
        show(str(problem))
        return 1
    except Problem as problem:
        show(str(problem))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
