"""The only ways in which notices come, are read, go out by mail, and go."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.notices import queries, rules
from mokmin.foundation.notices.kinds import NoticeKind
from mokmin.foundation.notices.models import CalendarFeed, Digest, Notice, NoticeChoice
from mokmin.foundation.notices.queries import NoticeRow
from mokmin.foundation.people.models import Person
from mokmin.foundation.trail import actions as trail
from mokmin.lib.errors import Denied

TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Message:
    """What people are told; `about` is the uid of the thing whose page they are led to.

    The title also goes into the letter, through servers of others: it names nobody and says
    nothing of anybody's career. The body is read here only.
    """

    title: str
    body: str = ""
    about: str = ""


@transaction.atomic
def notify(kind: NoticeKind, message: Message, *, people: Collection[int], at: datetime) -> int:
    """Tell these persons, each once; how many were told.

    Who is closed here is left out. What somebody has not read yet of the same kind about the same
    thing is replaced: the newest word counts.
    """
    return _tell(kind, dict.fromkeys(_addressees(people), message), at=at)


@transaction.atomic
def notify_each(kind: NoticeKind, messages: Mapping[int, Message], *, at: datetime) -> int:
    """Tell each of these persons something of their own; how many were told.

    As `notify`, in as many statements for a thousand as for one.
    """
    told = _addressees(messages.keys())
    return _tell(kind, {person_id: messages[person_id] for person_id in told}, at=at)


def _tell(kind: NoticeKind, messages: Mapping[int, Message], *, at: datetime) -> int:
    abouts = {message.about for message in messages.values() if message.about}
    waiting = Notice.objects.filter(person_id__in=messages, read_at__isnull=True)
    waiting.filter(kind=kind.slug, about__in=abouts).delete()
    Notice.objects.bulk_create(
        Notice(
            person_id=person_id,
            kind=kind.slug,
            title=message.title[: rules.TITLE_LENGTH],
            body=message.body,
            about=message.about,
            at=at,
        )
        for person_id, message in messages.items()
    )
    return len(messages)


def withdraw(kind: NoticeKind, *, still: Iterable[str]) -> int:
    """Delete what was told of things that are no more; `still` are the uids of those there are."""
    count, _ = Notice.objects.filter(kind=kind.slug).exclude(about__in=still).delete()
    return count


def withdraw_unread(kind: NoticeKind, *, about: Collection[str]) -> int:
    """Delete what nobody has read yet about these things (uids); how many were."""
    waiting = Notice.objects.filter(kind=kind.slug, about__in=about, read_at__isnull=True)
    count, _ = waiting.delete()
    return count


def _addressees(people: Collection[int]) -> list[int]:
    found = Person.objects.filter(pk__in=people, closed_at__isnull=True)
    return list(found.order_by("id").values_list("id", flat=True))


def mark_read(uids: Collection[str], *, actor: Actor, at: datetime) -> int:
    """Mark some of one's own notices as read; how many were not before."""
    return queries.own(actor).filter(uid__in=uids, read_at__isnull=True).update(read_at=at)


def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Mark every notice of one's own as read; how many were not before."""
    return queries.own(actor).filter(read_at__isnull=True).update(read_at=at)


def forget(*, before: datetime) -> int:
    """Delete notices of the municipality that are past their time, and what is kept of letters."""
    count, _ = Notice.objects.filter(at__lt=before).delete()
    Digest.objects.filter(until_at__lt=before).delete()
    return count


def choose(*, has_digest: bool, actor: Actor) -> None:
    """Say whether the daily letter is wanted."""
    NoticeChoice.objects.update_or_create(
        person_id=_self(actor), defaults={"has_digest": has_digest}
    )


@dataclass(frozen=True, slots=True)
class BegunDigest:
    """A letter that this worker and no other writes now."""

    id: int
    name: str
    email: str
    notices: list[NoticeRow]


def begin_digest(
    person_id: int, *, on: date, until_at: datetime, at: datetime
) -> BegunDigest | None:
    """Take on the letter of a day to one person; None when another has, or nothing is left.

    Once this is committed nobody else sends it. Whoever dies before `end_digest` or
    `give_back_digest` has perhaps sent it: it is not tried again that day, and the next letter
    tells of the same notices.
    """
    notices = queries.digest_notices(person_id, until_at=until_at)
    person = Person.objects.filter(pk=person_id, closed_at__isnull=True).first()
    if not notices or person is None:
        return None
    try:
        with transaction.atomic():
            begun = Digest.objects.create(
                person=person, on=on, until_at=until_at, notice_count=len(notices), begun_at=at
            )
    except IntegrityError:
        return None
    return BegunDigest(begun.pk, person.name, person.email, notices)


@transaction.atomic
def end_digest(begun: BegunDigest, *, at: datetime) -> None:
    """The letter has gone; what it told is told in no other."""
    Digest.objects.filter(pk=begun.id).update(sent_at=at)
    told = [row.uid for row in begun.notices]
    Notice.objects.filter(uid__in=told).update(told_at=at)


def give_back_digest(digest_id: int) -> None:
    """The mail server has not taken the letter; another attempt may be made."""
    Digest.objects.filter(pk=digest_id, sent_at__isnull=True).delete()


def open_feed(*, actor: Actor, at: datetime) -> str:
    """A secret under which one's own calendar can be read; the former one opens nothing more.

    It is given out here and never again: only its hash is kept.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with trail.act("open_feed", actor=actor, at=at) as act:
        feed, _ = CalendarFeed.objects.update_or_create(
            person_id=_self(actor),
            defaults={"token_hash": queries.hash_of(token), "made_at": at},
        )
        act.about(feed)
    return token


def close_feed(*, actor: Actor, at: datetime) -> None:
    """Make the secret useless; raises Denied when there is none."""
    feed = queries.feed(actor)
    if feed is None:
        raise Denied("만들어 둔 구독 주소가 없습니다.")
    with trail.act("close_feed", actor=actor, at=at, about=feed):
        feed.delete()


def _self(actor: Actor) -> int:
    if actor.person_id is None:
        raise Denied("로그인한 사람만 할 수 있습니다.")
    return actor.person_id
