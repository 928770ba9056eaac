"""Reading notices: the inbox, how many wait, who gets the daily letter, whose calendar it is."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.calendar import queries as calendar
from mokmin.foundation.notices import kinds, rules
from mokmin.foundation.notices.models import (
    UNREAD,
    CalendarFeed,
    Digest,
    Notice,
    NoticeChoice,
)
from mokmin.foundation.orgs import queries_people
from mokmin.foundation.people.models import Account, Person
from mokmin.foundation.tenancy.keyset import Order, Window, stretch
from mokmin.lib.korean import in_seoul

ORDERS = {"waiting": Order(UNREAD, "at", "id"), "at": Order("at", "id")}
"""By the time of the notice; `waiting` puts those that were not read together."""

UNREAD_COUNT = """(SELECT count(*) FROM notices_notice n
                    WHERE n.person_id = someone.id AND n.read_at IS NULL)"""


def actor_and_unread(account: Account, *, on: date) -> tuple[Actor | None, int]:
    """Who an account is here on a day, and how many notices wait for that person; in one query."""
    actor, unread = queries_people.actor_and(account, on=on, also=UNREAD_COUNT)
    return actor, unread or 0


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One line of the inbox."""

    uid: str
    kind: str
    title: str
    body: str
    about: str
    at: datetime
    read_at: datetime | None

    @property
    def kind_label(self) -> str:
        """What it is about, in Korean."""
        return kinds.label(self.kind)


COLUMNS = ("uid", "kind", "title", "body", "about", "at", "read_at")


def own(actor: Actor) -> QuerySet[Notice]:
    """What one person was told; nothing for visitors and the system."""
    return Notice.objects.filter(person_id=actor.person_id or 0)


def inbox(
    actor: Actor, *, state: str = "", kind: str = "", since: date | None = None, window: Window
) -> Sequence[NoticeRow]:
    """A stretch of a person's own notices; `state` is unread, read, or empty for all."""
    found = own(actor)
    if state:
        found = found.filter(read_at__isnull=state == "unread")
    if kind:
        found = found.filter(kind=kind)
    if since:
        found = found.filter(at__date__gte=since)
    rows = stretch(found, window, ORDERS).values_list(*COLUMNS)
    return window.turned([NoticeRow(*row) for row in rows])


def notice(actor: Actor, uid: str) -> NoticeRow | None:
    """One of a person's own notices."""
    row = own(actor).filter(uid=uid).values_list(*COLUMNS).first()
    return NoticeRow(*row) if row else None


def has_digest(actor: Actor) -> bool:
    """Whether this person wants the daily letter; whoever has not chosen gets it."""
    chosen = NoticeChoice.objects.filter(person_id=actor.person_id or 0)
    return chosen.values_list("has_digest", flat=True).first() is not False


def last_digest(actor: Actor) -> Digest | None:
    """The last letter that went to this person."""
    sent = Digest.objects.filter(person_id=actor.person_id or 0, sent_at__isnull=False)
    return sent.order_by("-on").first()


digest_moment = rules.digest_moment


def why_no_digest(at: datetime, *, now: datetime) -> str | None:
    """Why no letters are written now, if so; `at` is the moment for which they were planned."""
    works = calendar.is_working_day(in_seoul(at).date())
    return rules.why_no_digest(at, now=now, is_working_day=works)


def _waiting(until_at: datetime) -> QuerySet[Notice]:
    """What letters of a moment tell: unread, in no letter yet, and of kinds that go into letters.

    Time alone would not do: what was told at 07:59 may be committed, and seen, after 08:00.
    """
    unread = Notice.objects.filter(read_at__isnull=True, told_at__isnull=True, at__lte=until_at)
    return unread.filter(kind__in=kinds.of_digest())


def digest_recipients(on: date, *, until_at: datetime) -> list[int]:
    """Persons with something new since their last letter, who get one of that day and have none
    yet, in the order of their numbers."""
    begun = Digest.objects.filter(person=OuterRef("pk"), on=on)
    refused = NoticeChoice.objects.filter(person=OuterRef("pk"), has_digest=False)
    new = _waiting(until_at).filter(person=OuterRef("pk"))
    found = Person.objects.filter(
        ~Exists(begun), ~Exists(refused), Exists(new), closed_at__isnull=True
    ).exclude(email="")
    return list(found.order_by("pk").values_list("pk", flat=True))


def digest_notices(person_id: int, *, until_at: datetime) -> list[NoticeRow]:
    """What the letter to one person tells, oldest first."""
    found = _waiting(until_at).filter(person_id=person_id)
    rows = found.order_by("at", "id").values_list(*COLUMNS)
    return [NoticeRow(*row) for row in rows]


def feed(actor: Actor) -> CalendarFeed | None:
    """The subscription of this person, without its secret."""
    return CalendarFeed.objects.filter(person_id=actor.person_id or 0).first()


def hash_of(token: str) -> str:
    """What is kept of a secret: it is long and random, so nothing is guessed from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_of(token: str) -> CalendarFeed | None:
    """The subscription that a secret opens, while its person is here."""
    found = CalendarFeed.objects.filter(token_hash=hash_of(token), person__closed_at__isnull=True)
    return found.select_related("person").first()
