"""Proves that every content is there and is what it was, stretch by stretch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Sum

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.files import queries, signals
from mokmin.foundation.files.models import Blob, FileCheck, FileFault, StoredFile
from mokmin.foundation.files.states import Fault
from mokmin.foundation.trail import actions as trail
from mokmin.lib import blobs
from mokmin.lib.blobs import Content, KeptContent
from mokmin.lib.errors import Denied

STRETCH_FILES, STRETCH_BYTES = 200, 256_000_000
"""A stretch ends after so many contents or bytes, whichever comes first."""

GIVEN_UP_AFTER = timedelta(hours=20)
"""Less than from one night to the next, so that a check which died does not cost two of them."""

ALREADY = "이미 점검하고 있습니다. 끝난 뒤 다시 시작해 주세요."
MOST_FAULTS = 10_000
PLACE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Looked:
    """What a stretch saw; it is over when it saw nothing."""

    last_id: int
    count: int
    size: int
    faults: tuple[tuple[Fault, str], ...]


def begin(*, job_uid: str, at: datetime) -> FileCheck:
    """A new check, or the open one of the same job, which goes on.

    One that was left open long ago is closed. Raises Denied when another is going on.
    """
    running = FileCheck.objects.select_for_update().filter(ended_at__isnull=True).first()
    if running and running.job_uid == job_uid:
        return running
    if running:
        if at - running.begun_at < GIVEN_UP_AFTER:
            raise Denied(ALREADY)
        _close(running, at=at)
    return FileCheck.objects.create(job_uid=job_uid, begun_at=at)


def whole() -> tuple[int, int]:
    """How many contents there are, and their bytes."""
    found = Blob.objects.aggregate(size=Sum("size"))
    return Blob.objects.count(), found["size"] or 0


def stretch(check: FileCheck) -> Sequence[Blob]:
    """The next contents to look at; none when all have been seen."""
    waiting = Blob.objects.filter(pk__gt=check.last_blob_id).order_by("id")[:STRETCH_FILES]
    found: list[Blob] = []
    size = 0
    for blob in waiting:
        found.append(blob)
        size += blob.size
        if size >= STRETCH_BYTES:
            break
    return found


def look(stretch: Sequence[Blob]) -> Looked:
    """Hash each content as it lies on disk; needs no transaction and may take a while."""
    found = [(_fault(blob), blob) for blob in stretch]
    return Looked(
        last_id=stretch[-1].pk,
        count=len(stretch),
        size=sum(blob.size for blob in stretch),
        faults=tuple((fault, blob.sha256) for fault, blob in found if fault is not None),
    )


def _fault(blob: Blob) -> Fault | None:
    try:
        content = blobs.content_of(queries.store().path(blob.sha256))
    except OSError:
        return Fault.MISSING
    return None if content == Content(blob.sha256, blob.size) else Fault.CHANGED


def looks() -> Iterator[Looked]:
    """The whole store, stretch by stretch, without writing anything down."""
    check = FileCheck()
    while waiting := stretch(check):
        looked = look(waiting)
        check.last_blob_id = looked.last_id
        yield looked


def needed(faults: Sequence[tuple[Fault, str]]) -> Sequence[tuple[Fault, str]]:
    """Faults of contents that some file has: what nothing has cannot be missed."""
    had = StoredFile.objects.filter(blob__sha256__in=[place for _fault, place in faults])
    places = set(had.values_list("blob__sha256", flat=True))
    return [(fault, place) for fault, place in faults if place in places]


def note(check: FileCheck, looked: Looked) -> None:
    """Write down what a stretch saw."""
    check.last_blob_id = looked.last_id
    check.blob_count += looked.count
    check.byte_count += looked.size
    check.save(update_fields=["last_blob_id", "blob_count", "byte_count"])
    _write(check, needed(looked.faults))


def _write(check: FileCheck, faults: Sequence[tuple[Fault, str]]) -> None:
    FileFault.objects.bulk_create(
        [FileFault(found_by=check, fault=fault, place=place) for fault, place in faults],
        ignore_conflicts=True,
    )


def unknown(*, before: datetime) -> Sequence[str]:
    """Paths of files in the store that no row speaks of, written before then."""
    store = queries.store()
    old = (kept for kept in store.all() if kept.written_at < before)
    found: list[str] = []
    while some := list(islice(old, STRETCH_FILES)):
        digests = [kept.sha256 for kept in some if kept.sha256]
        rows = set(Blob.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
        found += [_place(kept) for kept in some if kept.sha256 not in rows]
    return found[:MOST_FAULTS]


def _place(kept: KeptContent) -> str:
    inside = kept.path.relative_to(queries.store().folder).as_posix()
    return inside.encode("utf-8", "replace").decode()[-PLACE_LENGTH:]


def end(check: FileCheck, strangers: Sequence[str], *, actor: Actor, at: datetime) -> int:
    """Close a check that has seen everything, and tell; the number of faults."""
    _write(check, [(Fault.UNKNOWN, place) for place in strangers])
    found = _faults_of(check)
    problems, is_news = len(found), found != _faults_of(_before(check))
    said = f"이상 {problems:,}건" if problems else "이상 없음"
    reason = f"파일 내용 {check.blob_count:,}개를 확인했습니다. {said}."
    with trail.act("check_files", actor=actor, at=at, about=check, reason=reason):
        _close(check, at=at, is_whole=True)
    signals.integrity_checked.send(
        FileCheck, report=check.uid, problems=problems, is_news=is_news, at=at
    )
    return problems


def _before(check: FileCheck) -> FileCheck | None:
    """The last check before this one that saw everything."""
    return FileCheck.objects.filter(is_whole=True, pk__lt=check.pk).order_by("-pk").first()


def _faults_of(check: FileCheck | None) -> set[tuple[str, str]]:
    return set(FileFault.objects.filter(found_by=check).values_list("fault", "place"))


@transaction.atomic
def give_up(check: FileCheck, *, at: datetime) -> None:
    """Close a check that was cancelled."""
    _close(check, at=at)


def _close(check: FileCheck, *, at: datetime, is_whole: bool = False) -> None:
    check.ended_at, check.is_whole = max(at, check.begun_at), is_whole
    check.save(update_fields=["ended_at", "is_whole"])
