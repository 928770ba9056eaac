"""Reading files: what a record has, what was made for a person, whether all of them are whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.files import access, kinds, rules
from mokmin.foundation.files.models import Blob, FileCheck, FileFault, StoredFile
from mokmin.foundation.files.states import Fault
from mokmin.foundation.records import queries as records
from mokmin.foundation.records.models import Record
from mokmin.foundation.tenancy.context import current_tenant_id
from mokmin.foundation.tenancy.keyset import Order, Window, stretch
from mokmin.lib.blobs import BlobStore
from mokmin.lib.errors import Denied
from mokmin.lib.korean import in_seoul
from mokmin.lib.media import KINDS
from mokmin.lib.media import kinds as media

why_not_see_checks = access.why_not_see_checks
why_not_check = access.why_not_check

OF_PERSON = {"stored": Order("id")}
CHECKS = {"begun": Order("id")}
LOST = "파일의 내용이 보관함에 없습니다. 관리자에게 알려 주세요. 백업에서 되살릴 수 있습니다."


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as lists show it; `why_not_remove` is empty when this person may."""

    uid: str
    name: str
    media_label: str
    size: int
    stored_at: datetime
    stored_by: str
    kept_until: datetime | None
    why_not_remove: str

    @property
    def size_text(self) -> str:
        """`24바이트`, `12.3KB`."""
        return rules.size_text(self.size)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check as lists show it."""

    uid: str
    begun_at: datetime
    ended_at: datetime | None
    is_whole: bool
    blob_count: int
    size_text: str
    fault_count: int

    @property
    def is_running(self) -> bool:
        """Whether it is still going on."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class FaultRow:
    """What a check found, with the names of the files that have the content."""

    fault: Fault
    place: str
    names: tuple[str, ...]


def store() -> BlobStore:
    """Where the contents of the municipality in force lie."""
    return BlobStore(settings.MOKMIN_FILES / str(current_tenant_id()))


def allowed_kinds() -> frozenset[str]:
    """Kinds of files that this installation takes."""
    return frozenset(settings.MOKMIN_FILE_TYPES or (kind.slug for kind in rules.USUAL))


def allowed_suffixes() -> tuple[str, ...]:
    """How names of files end that are taken, for the browser's own dialogue."""
    return tuple(f".{suffix}" for suffix in rules.suffixes_of(allowed_kinds()))


def records_for(actor: Actor) -> QuerySet[Record]:
    """Records whose files this person sees."""
    seen = Q(pk__in=records.visible_to(actor).order_by().values("pk"))
    return Record.objects.filter(seen | Q(kind__in=kinds.open_to(actor)))


def record(uid: str, actor: Actor) -> Record | None:
    """A record, if this person sees its files."""
    return records_for(actor).filter(uid=uid).first()


def visible_to(actor: Actor) -> QuerySet[StoredFile]:
    """Files of records that this person sees, and those made for them."""
    reached = Q(record__in=records_for(actor).values("pk"))
    if actor.person_id is not None:
        reached |= Q(person_id=actor.person_id)
    return StoredFile.objects.filter(reached)


def file(uid: str, actor: Actor) -> StoredFile | None:
    """A file, if this person may have it; whoever hands it out asks whether its day has passed."""
    return visible_to(actor).select_related("blob", "record").filter(uid=uid).first()


def personal(each: StoredFile) -> tuple[str, tuple[str, ...]]:
    """What the access log calls its download, and whom it names; no page where it names nobody."""
    if each.record is None:
        return each.page, tuple(each.subjects)
    return kinds.personal(each.record.kind, each.record.pk, in_seoul(each.stored_at).date())


def of_record(record: Record, actor: Actor) -> Sequence[FileRow]:
    """What is attached to a record that this person sees, oldest first."""
    why_not = why_not_attach(actor, record)
    found = StoredFile.objects.filter(record=record).select_related("blob").order_by("id")
    return [_row(each, actor, why_not) for each in found]


def mine(actor: Actor, *, at: datetime, window: Window) -> Sequence[FileRow]:
    """What was made for this person and is still kept."""
    found = StoredFile.objects.filter(person_id=actor.person_id or 0, kept_until__gt=at)
    rows = stretch(found.select_related("blob"), window, OF_PERSON)
    return window.turned([_row(each, actor, None) for each in rows])


def _row(each: StoredFile, actor: Actor, why_not: str | None) -> FileRow:
    return FileRow(
        uid=each.uid,
        name=each.name,
        media_label=media_of(each.blob).label,
        size=each.blob.size,
        stored_at=each.stored_at,
        stored_by=each.stored_by,
        kept_until=each.kept_until,
        why_not_remove=_why_not_remove(each, actor, why_not) or "",
    )


def _why_not_remove(each: StoredFile, actor: Actor, why_not: str | None) -> str | None:
    return access.why_not_remove(
        actor,
        is_own=each.person_id is not None and each.person_id == actor.person_id,
        is_writer=actor.person_id is not None and each.stored_by_id == actor.person_id,
        why_not_attach=why_not,
    )


def why_not_attach(actor: Actor, record: Record) -> str | None:
    """Why this person may not add files to a record that they see."""
    return kinds.why_not_attach(record.kind, actor, record.pk)


def why_not_remove(each: StoredFile, actor: Actor) -> str | None:
    """Why this person may not take a file away."""
    why_not = why_not_attach(actor, each.record) if each.record else None
    return _why_not_remove(each, actor, why_not)


def media_of(blob: Blob) -> media.Media:
    """What kind of file a content is, as it was found when it came."""
    return KINDS.get(blob.media, media.UNKNOWN)


def opened(each: StoredFile) -> IO[bytes]:
    """The content, for reading. Raises Denied when it has been lost."""
    try:
        return store().open(each.blob.sha256)
    except OSError:
        raise Denied(LOST) from None


def checks(*, window: Window) -> Sequence[CheckRow]:
    """The checks, each with how much it found."""
    found = FileCheck.objects.annotate(fault_count=Count("faults"))
    rows = stretch(found, window, CHECKS)
    return window.turned([_check_row(each, each.fault_count) for each in rows])


def _check_row(each: FileCheck, fault_count: int) -> CheckRow:
    return CheckRow(
        uid=each.uid,
        begun_at=each.begun_at,
        ended_at=each.ended_at,
        is_whole=each.is_whole,
        blob_count=each.blob_count,
        size_text=rules.size_text(each.byte_count),
        fault_count=fault_count,
    )


def has_blobs() -> bool:
    """Whether anything is kept at all."""
    return Blob.objects.exists()


def last_whole_check() -> CheckRow | None:
    """The last check that saw everything."""
    found = FileCheck.objects.filter(is_whole=True).order_by("-id").first()
    return _check_row(found, fault_count(found)) if found else None


def check(uid: str) -> CheckRow | None:
    """One check."""
    found = FileCheck.objects.filter(uid=uid).first()
    return _check_row(found, fault_count(found)) if found else None


def faults(uid: str, actor: Actor, *, limit: int) -> Sequence[FaultRow]:
    """What a check found, changed contents first, unknown files last.

    Names are those of files that this person sees.
    """
    found = list(
        FileFault.objects.filter(found_by__uid=uid)
        .order_by("fault", "id")
        .values_list("fault", "place")[:limit]
    )
    places = [place for fault, place in found if fault != Fault.UNKNOWN]
    names: dict[str, list[str]] = {}
    for sha256, name in (
        visible_to(actor)
        .filter(blob__sha256__in=places)
        .order_by("id")
        .values_list("blob__sha256", "name")
    ):
        names.setdefault(sha256, []).append(name)
    return [FaultRow(Fault(fault), place, tuple(names.get(place, ()))) for fault, place in found]


def fault_count(of: FileCheck) -> int:
    """How much a check found."""
    return FileFault.objects.filter(found_by=of).count()
