"""The only ways in which settings and the access log change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from mokmin.foundation.access import access, queries, rules
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.models import AccessEntry, AccessReview, AccessSeal, Settings
from mokmin.foundation.access.states import Handling
from mokmin.foundation.trail import actions as trail
from mokmin.lib.errors import Denied, Invalid
from mokmin.lib.korean import SEOUL
from mokmin.lib.period import Period


def change_settings(values: Mapping[str, Any], *, actor: Actor, at: datetime) -> Settings:
    """Change some of the municipality's settings; the others keep their value.

    Raises Denied for anyone but an administrator, Invalid with every wrong field at once.
    """
    if why := access.why_not_change_settings(actor):
        raise Denied(why)
    settings = queries.settings()
    for name, value in values.items():
        setattr(settings, name, value)
    settings.words = {name: word.strip() for name, word in settings.words.items() if word.strip()}
    if problems := rules.problems_of_settings(vars(settings)):
        raise Invalid(problems)
    with trail.act("change_settings", actor=actor, at=at) as act:
        settings.save()
        act.about(settings)
    return settings


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
    """Append one entry to the access log (접속기록).

    A download without its reason is refused by the table itself.
    """
    limits = {field.name: field for field in AccessEntry._meta.concrete_fields}
    return AccessEntry.objects.create(
        at=at,
        day=at.astimezone(SEOUL).date(),
        identifier=whence.actor.email,
        person_uid=whence.actor.person_uid,
        name=whence.actor.name[: limits["name"].max_length],
        address=whence.address,
        handling=handled.handling,
        page=handled.page[: limits["page"].max_length],
        subject_uids=list(handled.subject_uids),
        subject_count=len(handled.subject_uids),
        reason=handled.reason,
        request_id=whence.request_id,
    )


@transaction.atomic
def seal_access_log(*, today: date, at: datetime) -> int:
    """Seal every day before today that is not sealed yet; the number of days sealed."""
    days = queries.unsealed_days(today)
    last = queries.last_seal()
    previous = bytes(last.hash) if last else b""
    for day in days:
        count, digest = queries.digest_of(day)
        previous = rules.chained(previous, day, digest)
        AccessSeal.objects.create(
            day=day, entry_count=count, digest=digest, hash=previous, sealed_at=at
        )
    return len(days)


@transaction.atomic
def purge_access_log(*, today: date) -> int:
    """Delete sealed entries past the kept period; the number of entries deleted."""
    before = today - timedelta(days=queries.settings().access_log_days)
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_purge(%s)", [before])
        return int(cursor.fetchone()[0])


def review_access_log(month: Period, *, finding: str, actor: Actor, at: datetime) -> AccessReview:
    """Record the monthly check of the access log (월 1회 이상 점검, 안전성 확보조치 기준 §8).

    Raises Denied for anyone but an auditor, Invalid when the month is not over or nothing is said.
    """
    if why := access.why_not_review_access_log(actor):
        raise Denied(why)
    today = at.astimezone(SEOUL).date()
    if problems := rules.problems_of_review(month, finding=finding, today=today):
        raise Invalid(problems)
    kept_from = today - timedelta(days=queries.settings().access_log_days)
    with trail.act("review_access_log", actor=actor, at=at, reason=finding[:300]) as act:
        review = AccessReview.objects.create(
            month=str(month),
            entry_count=queries.month(month.first_on, month.last_on).entry_count,
            is_chain_sound=queries.broken_seal(kept_from) is None,
            finding=finding,
            reviewer_name=actor.name,
            reviewed_at=at,
        )
        act.about(review)
    return review
