"""What the launcher says when PostgreSQL cannot be had: one sentence, and the log behind it."""

import errno
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from mokmin.lib.errors import Refusal

Say: TypeAlias = Callable[[str], None]
"""Takes one Korean sentence about what is being done right now."""

FULL_DISK = (errno.ENOSPC, errno.EDQUOT)
FULL_DISK_WORDS = ("No space left on device", "Disk quota exceeded")
NO_PERMISSION = (errno.EACCES, errno.EPERM)


class PostgresProblem(Refusal):
    """PostgreSQL cannot be started, stopped or used; `log` holds its own last lines, if any."""

    def __init__(self, reason: str, *, log: Sequence[str] = ()) -> None:
        super().__init__("\n".join([reason, *(f"    {line}" for line in log)]))
        self.reason = reason
        self.log = tuple(log)


def silent(_sentence: str) -> None:
    """Say nothing."""


def full_disk(folder: Path) -> str:
    """The sentence for a disk (or quota) without room."""
    return f"디스크에 빈자리가 없습니다. 폴더({folder})가 있는 디스크를 비운 뒤 다시 실행해 주세요."


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn the file system's expected refusals into a PostgresProblem; others surface."""
    try:
        yield
    except OSError as error:
        place = error.filename or folder
        if error.errno in FULL_DISK:
            raise PostgresProblem(full_disk(folder)) from error
        if error.errno in NO_PERMISSION:
            raise PostgresProblem(
                f"폴더나 파일({place})에 들어가거나 쓸 권한이 없습니다. 그것을 만든 사용자로 "
                "실행하거나 MOKMIN_VAR로 쓸 수 있는 폴더를 정해 주세요."
            ) from error
        if error.errno == errno.EROFS:
            raise PostgresProblem(
                f"읽기 전용 디스크여서 쓸 수 없습니다({place}). "
                "MOKMIN_VAR로 쓸 수 있는 폴더를 정해 주세요."
            ) from error
        raise
