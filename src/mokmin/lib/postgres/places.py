"""Where a cluster keeps what lies outside its data folder: locks, logs and the socket."""

import errno
import hashlib
import os
import socket
import stat
from pathlib import Path

from mokmin.lib.postgres.account import ServerUser
from mokmin.lib.postgres.problem import PostgresProblem

PORT = 5432
"""Never listened on; it only names the socket file."""

SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET = 107
RUNTIME_SETTING = "MOKMIN_RUNTIME_DIR"


def unfinished(data: Path) -> Path:
    """Where a new data folder grows until it is complete."""
    return data.with_name(f"{data.name}.new")


def launcher_lock(data: Path) -> Path:
    """Held while somebody initialises, starts or stops."""
    return data.with_name(f"{data.name}.lock")


def start_log(data: Path) -> Path:
    """What the server says before its own log is open; one start long."""
    return data.with_name(f"{data.name}.start.log")


def log_folder(data: Path) -> Path:
    """The server's log, one file per weekday, each overwritten a week later."""
    return data.with_name(f"{data.name}.log")


def socket_folder(data: Path) -> Path:
    """The short folder of the socket; the same for every process, whatever its environment.

    Not the login session's runtime folder: that one vanishes with the session, the server stays.
    """
    name = hashlib.blake2b(os.fsencode(data), digest_size=8).hexdigest()
    return Path(os.environ.get(RUNTIME_SETTING, "/tmp")) / f"mokmin-{name}"


def open_socket_folder(folder: Path, account: ServerUser) -> None:
    """Make `folder` ready for a server that is known not to run; nobody else may enter it.

    Raises PostgresProblem when the folder is another user's or a server answers in it.
    """
    if len(os.fsencode(folder / SOCKET)) > LONGEST_SOCKET:
        raise PostgresProblem(
            f"소켓 폴더의 이름이 너무 깁니다({folder}). "
            f"{RUNTIME_SETTING}에 더 짧은 폴더를 적어 주세요."
        )
    _verify_parent(folder.parent)
    if not _left_over(folder, account):
        folder.mkdir(mode=0o700)
        account.own(folder)
    _clear(folder)


def close_socket_folder(folder: Path) -> None:
    """Take the folder away after a clean stop; left alone when anything is still in it."""
    try:
        folder.rmdir()
    except OSError:
        return


def _verify_parent(parent: Path) -> None:
    try:
        mode = parent.stat().st_mode
    except FileNotFoundError:
        raise PostgresProblem(
            f"소켓을 둘 폴더({parent})가 없습니다. "
            f"만들거나 {RUNTIME_SETTING}에 다른 폴더를 적어 주세요."
        ) from None
    if mode & (stat.S_IWGRP | stat.S_IWOTH) and not mode & stat.S_ISVTX:
        raise PostgresProblem(
            f"폴더({parent})를 다른 사용자도 고칠 수 있어 소켓을 두기에 안전하지 않습니다. "
            f"{RUNTIME_SETTING}에 다른 폴더를 적어 주세요."
        )


def _left_over(folder: Path, account: ServerUser) -> bool:
    """Whether the folder of an earlier start can be used again."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    if found.st_uid not in {account.uid, os.geteuid()} or found.st_mode != stat.S_IFDIR | 0o700:
        raise PostgresProblem(
            f"소켓 폴더({folder})를 다른 사용자가 만들었거나 다른 사용자에게 열려 있습니다. "
            f"그 폴더를 지우거나 {RUNTIME_SETTING}에 다른 폴더를 적어 주세요."
        )
    if found.st_uid != account.uid:  # a start was killed before it handed the folder over
        folder.rmdir()
        return False
    return True


def _clear(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as knock:
        knock.settimeout(1)
        if knock.connect_ex(os.fsencode(folder / SOCKET)) in {0, errno.EAGAIN}:
            raise PostgresProblem(
                f"다른 PostgreSQL이 소켓 폴더({folder})를 쓰고 있습니다. "
                f"그 서버를 먼저 끄거나 {RUNTIME_SETTING}에 다른 폴더를 적어 주세요."
            )
    for name in (SOCKET, f"{SOCKET}.lock"):
        (folder / name).unlink(missing_ok=True)
