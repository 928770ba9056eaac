"""The only ways in which files come and go."""

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from django.conf import settings
from django.db import connection, transaction

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.files import queries, rules
from mokmin.foundation.files.models import Blob, StoredFile
from mokmin.foundation.records.models import Record
from mokmin.foundation.tenancy.context import current_tenant_id
from mokmin.foundation.trail import actions as trail
from mokmin.lib.blobs import Content
from mokmin.lib.errors import Denied, Invalid
from mokmin.lib.media import Media, sniff

MOST_AT_ONCE = 50
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
NO_ROOM = "서버에 빈자리가 없어 파일을 받지 못했습니다. 관리자에게 알려 주세요."
UNSEEN = "볼 수 없는 기록입니다."


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in; `size` when it is known to be more than what the stream holds."""

    name: str
    stream: IO[bytes]
    size: int = 0


@dataclass(frozen=True, slots=True)
class PersonalContent:
    """Whose data a file holds (uids), and what the access log calls its download."""

    page: str
    subjects: tuple[str, ...] = ()
    reason: str = ""


NOBODY = PersonalContent("")


def attach(record: Record, upload: Upload, *, actor: Actor, at: datetime) -> StoredFile:
    """Attach one file to a record. Raises Denied, Invalid (at `file`)."""
    (made,) = attach_all(record, [upload], actor=actor, at=at)
    return made


def attach_all(
    record: Record, uploads: Sequence[Upload], *, actor: Actor, at: datetime
) -> Sequence[StoredFile]:
    """Attach files to a record, all or none.

    Raises Denied, and Invalid with one sentence at `file` that names every file that is wrong.
    """
    if not queries.records_for(actor).filter(pk=record.pk).exists():
        raise Denied(UNSEEN)
    if why := queries.why_not_attach(actor, record):
        raise Denied(why)
    named = judged(uploads)
    with trail.act("attach_file", actor=actor, at=at, about=record):
        blobs = _kept([(upload.stream, kind) for upload, _name, kind in named], at=at)
        return [
            StoredFile.objects.create(
                blob=blob,
                name=name,
                record=record,
                stored_at=at,
                stored_by=actor.name,
                stored_by_id=actor.person_id,
            )
            for (_upload, name, _kind), blob in zip(named, blobs, strict=True)
        ]


def keep_for(  # one argument per thing that a file made for somebody needs
    person_id: int,
    upload: Upload,
    *,
    actor: Actor,
    at: datetime,
    kept_until: datetime | None = None,
    personal: PersonalContent = NOBODY,
) -> StoredFile:
    """Keep a file that was made for one person, who alone may have it until that day, or for as
    long as the municipality keeps such files.
    """
    until = kept_until or at + timedelta(days=access.settings().export_days)
    with trail.act("keep_file", actor=actor, at=at, reason=personal.reason):
        (blob,) = _kept([(upload.stream, sniff(upload.stream))], at=at)
        return StoredFile.objects.create(
            blob=blob,
            name=rules.cleaned_name(upload.name),
            person_id=person_id,
            kept_until=until,
            stored_at=at,
            stored_by=actor.name,
            stored_by_id=actor.person_id,
            page=personal.page,
            reason=personal.reason,
            subjects=list(personal.subjects),
        )


def remove(each: StoredFile, *, reason: str, actor: Actor, at: datetime) -> None:
    """Take a file away; its content follows some days later, when nothing else has it.

    Raises Denied, Invalid when no reason is given for what belongs to a record.
    """
    if why := queries.why_not_remove(each, actor):
        raise Denied(why)
    if each.record is not None and not reason.strip():
        raise Invalid({"reason": "지우는 까닭을 적어 주세요."})
    with trail.act("remove_file", actor=actor, at=at, about=each.record, reason=reason.strip()):
        each.delete()


def judged(uploads: Sequence[Upload]) -> Sequence[tuple[Upload, str, Media]]:
    """Each upload with the name it will have and what it is.

    Raises Invalid for all that cannot be attached at once; whoever attaches a file later than it
    came asks beforehand.
    """
    if not uploads:
        raise Invalid({"file": "올릴 파일을 골라 주세요."})
    if len(uploads) > MOST_AT_ONCE:
        raise Invalid({"file": f"한 번에 {MOST_AT_ONCE}개까지 올릴 수 있습니다."})
    named = [(each, rules.cleaned_name(each.name), sniff(each.stream)) for each in uploads]
    allowed = queries.allowed_kinds()
    problems = rules.all_problems(
        (
            name,
            rules.problem_of_file(
                name, kind, size=_size(each), allowed=allowed, most=settings.MOKMIN_FILE_BYTES
            ),
        )
        for each, name, kind in named
    )
    if problems and len(named) > 1:
        problems = {"file": f"{problems['file']} 함께 고른 다른 파일도 올리지 않았습니다."}
    if problems:
        raise Invalid(problems)
    return named


def _size(upload: Upload) -> int:
    return max(upload.size, upload.stream.seek(0, os.SEEK_END))


@transaction.atomic
def _kept(streams: Sequence[tuple[IO[bytes], Media]], *, at: datetime) -> Sequence[Blob]:
    """The contents on disk, and the row of each.

    Until the transaction ends, nobody removes the contents; when it is rolled back, they stay
    behind without rows and the nightly task finds them.
    """
    placed = [(_placed(stream), kind) for stream, kind in streams]
    # In one order for everybody: two who bring the same new files would wait for each other.
    rows = {
        content.sha256: Blob.objects.get_or_create(
            sha256=content.sha256,
            defaults={"size": content.size, "media": kind.slug, "stored_at": at},
        )[0]
        for content, kind in sorted(placed, key=lambda each: each[0].sha256)
    }
    return [rows[content.sha256] for content, _kind in placed]


def _placed(stream: IO[bytes]) -> Content:
    store = queries.store()
    try:
        with store.received(stream) as received:
            hold(received.content.sha256)
            store.place(received)
    except OSError as error:
        if error.errno in DISK_FULL:
            raise Denied(NO_ROOM) from None
        raise
    return received.content


def hold(sha256: str) -> None:
    """Keep those who clear away from this content until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_lock(sha256)])


def holds_alone(sha256: str) -> bool:
    """Whether nobody else is about to use this content, now and until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_lock(sha256)])
        return bool(cursor.fetchone()[0])


def _lock(sha256: str) -> int:
    """A number of 63 bits for a content of the municipality in force."""
    return (int(sha256[:16], 16) ^ current_tenant_id()) & (1 << 63) - 1
