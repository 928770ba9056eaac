"""The only ways to write to the trail; row changes are written by the database itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from django.db import connection, models, transaction

from mokmin.foundation.tenancy.context import current_tenant_id
from mokmin.foundation.tenancy.models import TenantModel
from mokmin.foundation.trail import rules
from mokmin.foundation.trail.context import request_id
from mokmin.lib.uid import new_uid

REQUEST_ID_LENGTH = 64

OPEN = """
WITH fresh AS MATERIALIZED (SELECT nextval('trail_act_id_seq') AS id)
SELECT id, coalesce(current_setting(%s, true), ''), set_config(%s, id::text, true) FROM fresh
"""

CLOSE = """
WITH done AS (
    INSERT INTO trail_act (tenant_id, id, uid, verb, actor_person_id, actor_name, reason,
                           request_id, at, subject_table, subject_id, subject_uid, subject_title)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
)
SELECT set_config(%s, %s, true) FROM done
"""


class Doer(Protocol):
    """Whoever acts; `access.actor.Actor` is one."""

    @property
    def person_id(self) -> int | None:
        """Person in the municipality; None for a visitor and for the system."""

    @property
    def name(self) -> str:
        """Name as the trail keeps it."""


class OpenAct:
    """An act whose block is still running, inside the one that was open before it."""

    def __init__(self, tenant_id: int, act_id: int, outer: str) -> None:
        self.tenant_id = tenant_id
        self.id = act_id
        self.uid = new_uid()
        self.outer = outer
        self._subject: models.Model | None = None
        self._subject_id: int | None = None

    def about(self, subject: models.Model) -> None:
        """Say which row the act is about; its title is taken when the block ends."""
        if subject.pk is None:
            raise ValueError("an act is about a row that has been saved")
        self._subject, self._subject_id = subject, subject.pk

    @property
    def subject(self) -> tuple[str, int | None, str, str]:
        """Table, id, uid and title of what the act is about, as they are now."""
        if self._subject is None:
            return "", None, "", ""
        table = self._subject._meta.db_table
        return table, self._subject_id, getattr(self._subject, "uid", ""), _title(self._subject)


@contextmanager
def act(
    verb: str, *, actor: Doer, at: datetime, about: models.Model | None = None, reason: str = ""
) -> Iterator[OpenAct]:
    """One transaction and one act, to which every row that changes in the block belongs.

    An act inside another has its own changes; afterwards the outer one goes on. Nothing is left
    when the block raises. Rows of another municipality never belong to it.
    """
    with transaction.atomic():
        running = _open(current_tenant_id())
        if about is not None:
            running.about(about)
        yield running
        _close(running, [verb, actor.person_id, actor.name[: rules.NAME_LENGTH], reason], at=at)


def purge_salt(table: str, row_id: int) -> bool:
    """Forget what a row's personal values were hashed with (파기), so that no guess can be tried.

    Answers whether there was anything to forget; the forgetting itself is a change of the act.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT trail_purge_salt(%s, %s)", [table, row_id])
        return bool(cursor.fetchone()[0])


def _setting(tenant_id: int) -> str:
    """Each municipality has its own open act: a transaction may visit several of them."""
    return f"app.act_{tenant_id}"


def _open(tenant_id: int) -> OpenAct:
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [_setting(tenant_id), _setting(tenant_id)])
        act_id, outer, _ = cursor.fetchone()
    return OpenAct(tenant_id, act_id, outer)


def _close(done: OpenAct, said: list[str | int | None], *, at: datetime) -> None:
    values = [done.tenant_id, done.id, done.uid, *said, request_id.get()[:REQUEST_ID_LENGTH], at]
    with connection.cursor() as cursor:
        cursor.execute(CLOSE, [*values, *done.subject, _setting(done.tenant_id), done.outer])


def _title(subject: models.Model) -> str:
    trailed = subject.trailed if isinstance(subject, TenantModel) else None
    columns = trailed.personal if trailed else ()
    fields = [field for field in subject._meta.concrete_fields if field.column in columns]
    personal = [str(field.value_from_object(subject) or "") for field in fields]
    return rules.title(str(subject), personal=personal, instead=str(subject._meta.verbose_name))
