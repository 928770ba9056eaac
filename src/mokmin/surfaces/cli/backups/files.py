"""Contents of files in backups: they never change, so all backups of a folder share one copy."""

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from mokmin.lib import place
from mokmin.lib.blobs import BlobStore, Content, content_of
from mokmin.lib.errors import Refusal

FOLDER = "files"
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
EVERY = 20
"""Contents between two notes of how far it is."""

ROWS = """
SELECT b.tenant_id::text, b.sha256, b.size,
       EXISTS (SELECT FROM files_storedfile f
                WHERE f.tenant_id = b.tenant_id AND f.blob_id = b.id)
  FROM files_blob b ORDER BY 1, 2
"""

Listing = Mapping[str, Mapping[str, int]]
"""Tenant (its id as text), hash of a content, its bytes."""

Note = Callable[[str], None]


@dataclass(slots=True)
class Saved:
    """What was put beside a dump; `lost` are contents (tenant/hash) that were not there."""

    listing: dict[str, dict[str, int]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    copied: int = 0

    @property
    def count(self) -> int:
        """How many contents."""
        return sum(map(len, self.listing.values()))

    @property
    def size(self) -> int:
        """How many bytes."""
        return sum(sum(sizes.values()) for sizes in self.listing.values())


def collect(connection: psycopg.Connection[Any], folder: Path, note: Note) -> Saved:
    """Copy every content that the connection's moment knows of and `folder` lacks.

    What nothing has may have been cleared away since; only what a file needs can be lost.
    """
    saved = Saved()
    for tenant, sha256, size, is_needed in _rows(connection):
        content = Content(sha256, size)
        if copied := _copy(content, _live(tenant), _kept(folder, tenant)):
            saved.listing.setdefault(tenant, {})[sha256] = size
            saved.copied += copied == "copied"
        elif is_needed:
            saved.lost.append(f"{tenant}/{sha256}")
        if saved.count % EVERY == 0:
            note(f"파일 내용 {saved.count:,}개")
    return saved


def put_back(listing: Listing, folder: Path, note: Note) -> Iterator[str]:
    """Copy every listed content into the store of this installation; what could not, in words."""
    for number, (tenant, content) in enumerate(_each(listing), start=1):
        if not _copy(content, _kept(folder, tenant), _live(tenant)):
            yield f"백업의 파일 내용({content.sha256[:12]}…)이 없거나 바뀌어 되돌리지 못했습니다."
        if number % EVERY == 0:
            note(f"파일 내용 {number:,}개")


def broken(listing: Listing, folder: Path, note: Note) -> Iterator[str]:
    """Every listed content that is missing beside the dumps or is not what it was."""
    for number, (tenant, content) in enumerate(_each(listing), start=1):
        path = _kept(folder, tenant).path(content.sha256)
        try:
            is_same = content_of(path) == content
        except OSError:
            yield f"백업에 파일 내용({path})이 없습니다."
            continue
        if not is_same:
            yield f"백업의 파일 내용({path})이 바뀌었습니다(SHA-256이 다릅니다)."
        if number % EVERY == 0:
            note(f"파일 내용 {number:,}개")


def clear(folder: Path, listings: list[Listing]) -> int:
    """Delete contents beside the dumps that none of these lists; how many there were."""
    gone = 0
    for home in sorted(each for each in (folder / FOLDER).glob("*") if each.is_dir()):
        wanted = {sha256 for listing in listings for sha256 in listing.get(home.name, {})}
        store = BlobStore(home)
        for kept in list(store.all()):
            if kept.sha256 and kept.sha256 not in wanted:
                store.remove(kept.sha256)
                gone += 1
    return gone


def _rows(connection: psycopg.Connection[Any]) -> Iterator[tuple[str, str, int, bool]]:
    """Contents that the database knows of; none in one that is older than files are."""
    known = connection.execute("SELECT to_regclass('files_blob') IS NOT NULL").fetchone()
    if known and known[0]:
        yield from connection.execute(ROWS)


def _each(listing: Listing) -> Iterator[tuple[str, Content]]:
    for tenant, sizes in sorted(listing.items()):
        for sha256, size in sorted(sizes.items()):
            yield tenant, Content(sha256, size)


def _copy(content: Content, source: BlobStore, target: BlobStore) -> str:
    """`kept` when it was there already, `copied` when it is now, nothing when it cannot be had."""
    path = target.path(content.sha256)
    if path.is_file() and path.stat().st_size == content.size:
        return "kept"
    with _explained(target.folder):
        try:
            stream = source.open(content.sha256)
        except OSError:
            return ""
        with stream, target.received(stream) as received:
            if received.content != content:
                return ""
            target.place(received)
    return "copied"


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in DISK_FULL:
            raise Refusal(
                f"{folder}의 디스크에 빈자리가 없습니다. 비운 뒤 다시 실행해 주세요."
            ) from error
        raise


def _live(tenant: str) -> BlobStore:
    return BlobStore(place.files_dir() / tenant)


def _kept(folder: Path, tenant: str) -> BlobStore:
    return BlobStore(folder / FOLDER / tenant)
