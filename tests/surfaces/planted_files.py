"""Files of both municipalities: one made for the administrator, one attached, and a check."""

from io import BytesIO

from django.utils import timezone

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.files import actions, checking
from mokmin.foundation.files.actions import Upload
from mokmin.foundation.files.models import FileCheck, StoredFile
from mokmin.foundation.records import actions as records
from mokmin.foundation.records.models import Record
from mokmin.foundation.tenancy.context import tenant
from tests import seed

KIND = "order"


def plant(word: str, actor: Actor) -> None:
    """In the municipality in force."""
    parts(word, actor)


def parts(word: str, actor: Actor) -> dict[str, str]:
    """The same, with the addresses of what was planted; the file is this person's."""
    at = timezone.now()
    record = records.register(KIND, word)
    keeper = planted_by()
    actions.attach(record, _upload(word), actor=keeper, at=at)
    kept = actions.keep_for(actor.person_id or 0, _upload(word), actor=actor, at=at)
    check = checking.begin(job_uid=word, at=at)
    checking.end(check, [word], actor=keeper, at=at)
    return {"record": record.uid, "file": kept.uid, "check": check.uid}


def own(actor: Actor) -> str:
    """A file made for this person."""
    return actions.keep_for(
        actor.person_id or 0, _upload("own"), actor=actor, at=timezone.now()
    ).uid


def planted_by() -> Actor:
    """An administrator, who may attach."""
    return Actor(name="심은 사람", roles=frozenset({Role.ADMINISTRATOR}))


def _upload(word: str) -> Upload:
    return Upload(f"{word}.txt", BytesIO(word.encode()))


def kept(slug: str) -> str:
    """The file that was made for the administrator."""
    with tenant(seed.tenant_of(slug).pk):
        return StoredFile.objects.filter(person__isnull=False).order_by("id")[0].uid


def record(slug: str) -> str:
    """The record that has a file."""
    with tenant(seed.tenant_of(slug).pk):
        return Record.objects.filter(files__isnull=False, kind=KIND)[0].uid


def check(slug: str) -> str:
    """The check of the files."""
    with tenant(seed.tenant_of(slug).pk):
        return FileCheck.objects.get().uid
