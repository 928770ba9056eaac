"""Reading and writing in folders that belong to the less trusted user of the server.

Root works in these folders too, so no name in them is ever followed as a link.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path

from mokmin.lib.postgres.account import ServerUser

MOST = 1 << 20


def read(path: Path, *, offset: int = 0) -> str | None:
    """The text of a regular file from `offset` (at most 1 MiB), or None when there is none."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            return None
        return os.pread(opened, MOST, offset).decode(errors="replace")
    finally:
        os.close(opened)


def write(folder: Path, name: str, text: str, *, account: ServerUser) -> None:
    """Put `text` in place of `name` in one step, so that no reader and no crash sees half of it."""
    if read(folder / name) == text:
        return
    inside = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        _replace(inside, name, text.encode(), account)
    finally:
        os.close(inside)


def _replace(inside: int, name: str, content: bytes, account: ServerUser) -> None:
    fresh = f"{name}.tmp"
    with suppress(FileNotFoundError):
        os.unlink(fresh, dir_fd=inside)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    opened = os.open(fresh, flags, 0o600, dir_fd=inside)
    with os.fdopen(opened, "wb") as file:
        file.write(content)
        file.flush()
        account.own(file.fileno())
        os.fsync(file.fileno())
    os.rename(fresh, name, src_dir_fd=inside, dst_dir_fd=inside)
    os.fsync(inside)


def sync_folder(folder: Path) -> None:
    """Make renames and new names in `folder` survive a power cut."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
