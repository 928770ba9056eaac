"""Clears away at night what nobody needs any more, with a grace in which it can come back.

A content and an upload of the same content never meet: both ask for the same lock first.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from mokmin.foundation.access.actor import SYSTEM
from mokmin.foundation.files import actions, queries
from mokmin.foundation.files.models import Blob, StoredFile
from mokmin.foundation.trail import actions as trail

STRETCH = 500
ARRIVALS_KEPT = timedelta(days=1)
VERB = "sweep_files"


def expire(at: datetime) -> int:
    """Forget files past their day; how many there were."""
    past = StoredFile.objects.filter(kept_until__lte=at)
    if not past.exists():
        return 0
    with trail.act(VERB, actor=SYSTEM, at=at):
        gone, _ = past.delete()
    return gone


def mark(at: datetime) -> None:
    """Note since when nothing has a content; what is used again is no longer noted."""
    lonely = _unreferenced()
    lonely.filter(unreferenced_at__isnull=True).update(unreferenced_at=at)
    used = Blob.objects.filter(unreferenced_at__isnull=False).exclude(pk__in=lonely.values("pk"))
    used.update(unreferenced_at=None)


def unneeded(*, before: datetime) -> Sequence[int]:
    """Contents (ids) that nothing has had since before then."""
    return list(_long_unreferenced(before).values_list("pk", flat=True))


@transaction.atomic
def remove_unneeded(blob_id: int, *, before: datetime, at: datetime) -> bool:
    """Remove the row, then the content, while nobody can be about to use it.

    Should the row survive a failing commit, nothing has it: the next night removes it.
    """
    blob = _long_unreferenced(before).filter(pk=blob_id).first()
    if blob is None or not actions.holds_alone(blob.sha256):
        return False
    with trail.act(VERB, actor=SYSTEM, at=at):
        gone, _ = _long_unreferenced(before).filter(pk=blob_id).delete()
    if gone:
        queries.store().remove(blob.sha256)
    return bool(gone)


def orphans(*, before: datetime) -> Sequence[str]:
    """Contents on disk, written before then, that no row speaks of: what was rolled back left."""
    kept = (each for each in queries.store().all() if each.sha256 and each.written_at < before)
    found: list[str] = []
    while digests := [each.sha256 for each in islice(kept, STRETCH)]:
        rows = set(Blob.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
        found += [digest for digest in digests if digest not in rows]
    return found


@transaction.atomic
def remove_orphan(sha256: str, *, before: datetime) -> bool:
    """Look again once nobody can be about to use it: an upload makes what it finds new."""
    if not actions.holds_alone(sha256):
        return False
    store = queries.store()
    if Blob.objects.filter(sha256=sha256).exists() or not store.is_older(sha256, than=before):
        return False
    store.remove(sha256)
    return True


def clear_incoming(at: datetime) -> int:
    """Delete what began to arrive a day ago and never came to its end."""
    return queries.store().clear_incoming(before=at - ARRIVALS_KEPT)


def _unreferenced() -> QuerySet[Blob]:
    return Blob.objects.exclude(Exists(StoredFile.objects.filter(blob=OuterRef("pk"))))


def _long_unreferenced(before: datetime) -> QuerySet[Blob]:
    return _unreferenced().filter(unreferenced_at__lte=before).order_by("id")
