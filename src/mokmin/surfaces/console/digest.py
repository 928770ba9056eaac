"""The daily letter (알림 메일): what each person has not read, once a morning of working days."""

import logging
import smtplib
from dataclasses import dataclass
from datetime import date, datetime

from django.core.mail import EmailMessage
from django.urls import reverse

from mokmin.foundation.notices import actions, queries
from mokmin.foundation.notices.actions import BegunDigest
from mokmin.foundation.notices.queries import NoticeRow
from mokmin.foundation.tenancy import context
from mokmin.foundation.tenancy import queries as tenancy
from mokmin.lib.errors import Denied
from mokmin.lib.korean import in_seoul, moment_text
from mokmin.surfaces.kit import letters
from mokmin.surfaces.kit.http import site_of

logger = logging.getLogger(__name__)

MOST_TOLD = 30
"""A longer letter is not read either."""


@dataclass(frozen=True, slots=True)
class Told:
    """One notice as the letter tells it: without its body, which is for the eyes of one person."""

    kind: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Morning:
    """One municipality's letters of one day."""

    tenant_id: int
    on: date
    until_at: datetime
    now: datetime


def send(tenant_id: int, *, at: datetime, now: datetime) -> int:
    """Send a municipality's letters of the morning that `at` names; how many went.

    Called again it sends what did not go before, and nothing twice. When the mail server is gone
    the others wait for the next attempt.
    """
    until_at = queries.digest_moment(at)
    morning = Morning(tenant_id, in_seoul(until_at).date(), until_at, now)
    with context.tenant(tenant_id):
        if queries.why_no_digest(at, now=now):
            return 0
        people = queries.digest_recipients(morning.on, until_at=until_at)
    sent = 0
    for person_id in people:
        try:
            sent += _send_one(person_id, morning)
        except Denied as denied:
            logger.warning("daily letters of tenant %s: %s", tenant_id, denied.__cause__)
            if not isinstance(denied.__cause__, smtplib.SMTPRecipientsRefused):
                break
    return sent


def _send_one(person_id: int, morning: Morning) -> bool:
    """Raises Denied when the server does not take it; then it may be tried again."""
    with context.tenant(morning.tenant_id):
        begun = actions.begin_digest(
            person_id, on=morning.on, until_at=morning.until_at, at=morning.now
        )
        if begun is None:
            return False
        letter = _letter(begun, morning)
    try:
        letters.post(letter)
    except Denied:
        with context.tenant(morning.tenant_id):
            actions.give_back_digest(begun.id)
        raise
    with context.tenant(morning.tenant_id):
        actions.end_digest(begun, at=morning.now)
    return True


def _letter(begun: BegunDigest, morning: Morning) -> EmailMessage:
    site = site_of(tenancy.by_id(morning.tenant_id))
    letter = letters.write(
        "console/letters/digest.txt",
        to=begun.email,
        tenant_id=morning.tenant_id,
        name=begun.name,
        count=len(begun.notices),
        until=moment_text(morning.until_at),
        notices=[_told(row, site) for row in begun.notices[:MOST_TOLD]],
        more=max(0, len(begun.notices) - MOST_TOLD),
        inbox=_whole(site, "console:notices"),
        choices=_whole(site, "console:notice-choices"),
    )
    letter.extra_headers["Auto-Submitted"] = "auto-generated"
    return letter


def _told(row: NoticeRow, site: str) -> Told:
    return Told(row.kind_label, row.title, _whole(site, "console:notice", row.uid))


def _whole(site: str, route: str, *parts: str) -> str:
    return f"{site}{reverse(route, args=parts)}" if site else ""
