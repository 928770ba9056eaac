"""What a server wrote since a moment: its start log and its daily log, read together."""

from pathlib import Path

from mokmin.lib.postgres import files, places
from mokmin.lib.postgres.account import ServerUser
from mokmin.lib.postgres.problem import FULL_DISK_WORDS

LAST_LINES = 12


def prepare(data: Path, account: ServerUser) -> None:
    """Have the log folder there, owned by the user of the server."""
    folder = places.log_folder(data)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.lstat().st_uid != account.uid:
        account.own(folder)


def mark(data: Path) -> dict[Path, int]:
    """How long each log file is now."""
    return {path: path.lstat().st_size for path in _files(data)}


def since(data: Path, marked: dict[Path, int]) -> list[str]:
    """The last lines written since `mark`, oldest first."""
    parts = [files.read(places.start_log(data)) or ""]
    for path in _files(data):
        before = marked.get(path, 0)
        # A file that shrank was begun anew by the weekly rotation.
        offset = before if path.lstat().st_size >= before else 0
        parts.append(files.read(path, offset=offset) or "")
    return "".join(parts).strip().splitlines()[-LAST_LINES:]


def tell_full_disk(lines: list[str]) -> bool:
    """Whether the log says that the disk is full."""
    return any(words in line for line in lines for words in FULL_DISK_WORDS)


def _files(data: Path) -> list[Path]:
    return sorted(places.log_folder(data).glob("postgresql-*.log"))
