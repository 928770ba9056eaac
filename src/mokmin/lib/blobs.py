"""Files on disk by the hash of their content: written once, never overwritten, proven any time."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

MOUTHFUL = 1 << 20
DIGEST = re.compile(r"[0-9a-f]{64}")
INCOMING = "incoming"
FOLDER_MODE, FILE_MODE = 0o700, 0o600


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds, in two figures; `sha256` in hexadecimal digits."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class KeptContent:
    """A file that lies in the store; `sha256` is empty when its name is none of ours."""

    path: Path
    sha256: str
    written_at: datetime


class BlobStore:
    """One folder of contents, two levels deep: `ab/cd/abcd…`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where a content lies, or would."""
        if not DIGEST.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    @contextmanager
    def received(self, stream: IO[bytes]) -> Iterator["Received"]:
        """The stream on this disk under a passing name, which is gone after the block."""
        self._make(self.folder / INCOMING)
        path = self.folder / INCOMING / secrets.token_hex(16)
        try:
            with open_new(path) as file:
                content = copy(stream, file)
                file.flush()
                os.fsync(file.fileno())
            yield Received(path, content)
        finally:
            path.unlink(missing_ok=True)

    def place(self, received: "Received") -> None:
        """Give the content its lasting name, unless it lies there already, whole.

        The file counts as written now, also when it is an old one.
        """
        path = self.path(received.content.sha256)
        self._make(path.parent)
        if path.exists() and content_of(path) == received.content:
            os.utime(path)
            return
        # Whatever lay there was damaged: what its name promises is this.
        received.path.replace(path)
        _flush(path.parent)

    def open(self, sha256: str) -> IO[bytes]:
        """The content, for reading. Raises OSError when it is not there."""
        return self.path(sha256).open("rb")

    def remove(self, sha256: str) -> None:
        """Forget the content; it may be gone already."""
        self.path(sha256).unlink(missing_ok=True)

    def is_older(self, sha256: str, *, than: datetime) -> bool:
        """Whether a content is there and was written before then."""
        kept = self._kept(self.path(sha256))
        return kept is not None and kept.written_at < than

    def all(self) -> Iterator[KeptContent]:
        """Whatever lies here, in the order of names; what is just arriving left out."""
        yield from self._below(self.folder)

    def clear_incoming(self, *, before: datetime) -> int:
        """Delete what arrived before then and was never given its name; how much it was."""
        return clear_old(self.folder / INCOMING, before=before)

    def _below(self, folder: Path) -> Iterator[KeptContent]:
        if not folder.is_dir():
            return
        for path in sorted(folder.iterdir()):
            if path.is_dir() and not path.is_symlink():
                if path != self.folder / INCOMING:
                    yield from self._below(path)
            elif (found := self._kept(path)) is not None:
                yield found

    def _kept(self, path: Path) -> KeptContent | None:
        try:
            written = path.lstat().st_mtime
        except FileNotFoundError:
            return None
        is_ours = DIGEST.fullmatch(path.name) and self.path(path.name) == path
        return KeptContent(path, path.name if is_ours else "", datetime.fromtimestamp(written, UTC))

    def _make(self, folder: Path) -> None:
        """Make a folder and those above it that are missing, each known to the disk."""
        if folder.is_dir():
            return
        self._make(folder.parent)
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        _flush(folder.parent)


@dataclass(frozen=True, slots=True)
class Received:
    """A content that lies in the store under a passing name."""

    path: Path
    content: Content


def open_new(path: Path) -> IO[bytes]:
    """A new file that only this user may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb")


def copy(source: IO[bytes], target: IO[bytes]) -> Content:
    """Copy from where the source begins, and say what it was."""
    digest, size = hashlib.sha256(), 0
    source.seek(0)
    while part := source.read(MOUTHFUL):
        target.write(part)
        digest.update(part)
        size += len(part)
    return Content(digest.hexdigest(), size)


def content_of(path: Path) -> Content:
    """What lies at a path. Raises OSError when it cannot be read."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return Content(digest.hexdigest(), os.fstat(file.fileno()).st_size)


def clear_old(folder: Path, *, before: datetime) -> int:
    """Delete the files of a folder that were written before then; how many there were."""
    gone = 0
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            is_old = path.lstat().st_mtime < before.timestamp()
        except FileNotFoundError:
            continue
        if is_old and not path.is_dir():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _flush(folder: Path) -> None:
    """Have the disk remember the names in a folder."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
