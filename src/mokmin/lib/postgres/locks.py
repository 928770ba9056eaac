"""The two locks of a cluster: one for who starts or stops it, one that its processes hold.

Both are `flock`s, which the kernel frees when their last holder is gone, however it ended.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mokmin.lib.postgres.account import ServerUser
from mokmin.lib.postgres.problem import PostgresProblem, Say

SERVER_LOCK = "mokmin.lock"
POLL = 0.05
PATIENCE = 400.0
SPEAK_AFTER = 1.0


@contextmanager
def launching(path: Path, *, say: Say) -> Iterator[int]:
    """Be the only one who initialises, starts or stops; yields the lock for initdb to inherit.

    Raises PostgresProblem when another process does not finish.
    """
    opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        _wait(opened, say)
        yield opened
    finally:
        os.close(opened)


def hold_server_lock(data: Path, *, account: ServerUser) -> int | None:
    """Take the lock that a server and all its children inherit; None while any of them lives."""
    inside = os.open(data, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
        opened = os.open(SERVER_LOCK, flags, 0o600, dir_fd=inside)
    finally:
        os.close(inside)
    if _taken(opened):
        account.own(opened)
        return opened
    os.close(opened)
    return None


def _wait(opened: int, say: Say) -> None:
    begun = time.monotonic()
    spoken = False
    while not _taken(opened):
        waited = time.monotonic() - begun
        if waited > PATIENCE:
            raise PostgresProblem(
                "다른 프로세스가 데이터베이스를 켜거나 끄는 일을 끝내지 못하고 있습니다. "
                "그 프로세스를 확인한 뒤 다시 실행해 주세요."
            )
        if waited > SPEAK_AFTER and not spoken:
            say("다른 프로세스가 데이터베이스를 켜거나 끄고 있어 기다립니다.")
            spoken = True
        time.sleep(POLL)


def _taken(opened: int) -> bool:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
