"""The only ways in which settings and the access log change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from mokmin.foundation.access import access, queries, rules, signals
from mokmin.foundation.access.actor import SYSTEM, Actor
from mokmin.foundation.access.models import (
    AccessEntry,
    AccessPurge,
    AccessReview,
    AccessSeal,
    Settings,
)
from mokmin.foundation.access.states import Handling
from mokmin.foundation.tenancy.context import current_tenant_id
from mokmin.foundation.trail import actions as trail
from mokmin.lib.errors import Denied, Invalid
from mokmin.lib.korean import SEOUL
from mokmin.lib.period import Period

SEALING = 0x5EA1
"""Advisory lock of those who seal and purge the access log; the second key is the tenant."""


APPENDED = [field.attname for field in AccessEntry._meta.concrete_fields if not field.primary_key]
APPEND = f"""
INSERT INTO access_accessentry ({", ".join(APPENDED)})
VALUES ({", ".join(["%s"] * len(APPENDED))}) RETURNING id
"""
"""A constant: most requests append."""
LENGTHS = {field.name: field.max_length for field in AccessEntry._meta.concrete_fields}


def change_settings(values: Mapping[str, Any], *, actor: Actor, at: datetime) -> Sequence[str]:
    """Change some of the municipality's settings; what else follows from it, in sentences.

    The others keep their value. Nothing is written where nothing changes. Raises Denied for anyone
    but an administrator, Invalid with every wrong field at once.
    """
    if why := access.why_not_change_settings(actor):
        raise Denied(why)
    if unknown := rules.problems_of_setting_names(values):
        raise Invalid(unknown)
    words = {name: word.strip() for name, word in values.get("words", {}).items()}
    wanted = dict(values) | {"words": {name: word for name, word in words.items() if word}}
    wanted = {name: wanted[name] for name in values}
    present = queries.settings()
    if present.pk and all(getattr(present, name) == value for name, value in wanted.items()):
        return ()
    with trail.act("change_settings", actor=actor, at=at) as act:
        settings = _held_settings()
        changed = {name for name, value in wanted.items() if getattr(settings, name) != value}
        for name in changed:
            setattr(settings, name, wanted[name])
        if problems := rules.problems_of_settings(vars(settings)):
            raise Invalid(problems)
        settings.save()
        act.about(settings)
        told = signals.settings_changed.send(Settings, names=changed, actor=actor, at=at)
    return [sentence for _receiver, sentence in told if sentence]


def _held_settings() -> Settings:
    """The row, held: two administrators may save at once, each some of the settings."""
    Settings.objects.get_or_create(tenant_id=current_tenant_id())
    return Settings.objects.select_for_update().get()


@dataclass(frozen=True, slots=True)
class Handled:
    """One handling of personal data, as a page reports it to the log."""

    handling: Handling
    page: str
    subject_uids: Sequence[str] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Whence:
    """Who handled it and from where."""

    actor: Actor
    address: str | None = None
    request_id: str = ""


def log_access(handled: Handled, *, whence: Whence, at: datetime) -> AccessEntry:
    """Append one entry to the access log (접속기록), its texts cut to what the table holds.

    A download without its reason is refused by the table itself.
    """
    actor, subjects = whence.actor, list(handled.subject_uids)
    entry = AccessEntry(
        tenant_id=current_tenant_id(),
        at=at,
        day=at.astimezone(SEOUL).date(),
        identifier=actor.email[: LENGTHS["identifier"]],
        person_uid=actor.person_uid,
        name=actor.name[: LENGTHS["name"]],
        address=whence.address,
        handling=handled.handling,
        page=handled.page[: LENGTHS["page"]],
        subject_uids=subjects,
        subject_count=len(subjects),
        reason=handled.reason[: LENGTHS["reason"]],
        request_id=whence.request_id,
    )
    with connection.cursor() as cursor:
        cursor.execute(APPEND, [getattr(entry, name) for name in APPENDED])
        (entry.pk,) = cursor.fetchone()
    return entry


@transaction.atomic
def seal_access_log(*, today: date, at: datetime) -> int:
    """Seal every day before today that is not sealed yet; the number of days sealed."""
    _alone()
    days = queries.unsealed_days(today)
    if days:
        with trail.act("seal_access_log", actor=SYSTEM, at=at) as act:
            for day in days:
                act.about(_seal(day, at=at))
    return len(days)


def _seal(day: date, *, at: datetime) -> AccessSeal:
    last = queries.last_seal()
    count, digest = queries.digest_of(day)
    link = rules.chained(
        bytes(last.hash) if last else b"",
        day,
        digest,
        entry_count=count,
        seal_format=rules.SEAL_FORMAT,
    )
    return AccessSeal.objects.create(
        day=day, entry_count=count, digest=digest, hash=link, sealed_at=at
    )


@transaction.atomic
def purge_access_log(*, today: date, at: datetime) -> int:
    """Delete sealed entries past the kept period; the number of entries deleted."""
    _alone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT before, gone FROM access_purge(%s)", [today])
        before, count = cursor.fetchone()
    if count:
        with trail.act("purge_access_log", actor=SYSTEM, at=at) as act:
            act.about(AccessPurge.objects.create(before=before, entry_count=count, purged_at=at))
    return int(count)


def _alone() -> None:
    """One at a time per municipality: a nightly task may be delivered twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SEALING, current_tenant_id()])


def review_access_log(month: Period, *, finding: str, actor: Actor, at: datetime) -> AccessReview:
    """Record the monthly check of the access log (월 1회 이상 점검, 안전성 확보조치 기준 §8).

    Raises Denied for anyone but an auditor, Invalid when the month is not over or nothing is said.
    """
    if why := access.why_not_review_access_log(actor):
        raise Denied(why)
    today = at.astimezone(SEOUL).date()
    if problems := rules.problems_of_review(month, finding=finding, today=today):
        raise Invalid(problems)
    with trail.act("review_access_log", actor=actor, at=at, reason=finding[:300]) as act:
        review = AccessReview.objects.create(
            month=str(month),
            entry_count=queries.month(month.first_on, month.last_on).entry_count,
            is_chain_sound=queries.broken_seal(month) is None,
            finding=finding,
            reviewer_name=actor.name,
            reviewed_at=at,
        )
        act.about(review)
    return review
