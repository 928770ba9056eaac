"""Reading settings and the access log."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from mokmin.foundation.access import access, rules
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.models import (
    AccessEntry,
    AccessPurge,
    AccessReview,
    AccessSeal,
    Settings,
)
from mokmin.foundation.access.states import Handling
from mokmin.foundation.tenancy.keyset import Order, Window, stretch
from mokmin.foundation.tenancy.lookup import Lookup
from mokmin.lib.period import Period

why_not_staff = access.why_not_staff
why_not_change_settings = access.why_not_change_settings
why_not_see_parts = access.why_not_see_parts
why_not_see_trail = access.why_not_see_trail
why_not_verify_trail = access.why_not_verify_trail
why_not_see_access_log = access.why_not_see_access_log
why_not_review_access_log = access.why_not_review_access_log

SETTINGS_TABLE: str = Settings._meta.db_table

SEALED = """
SELECT count(*) FILTER (WHERE day >= kept_from), count(*) FILTER (WHERE day < kept_from),
       ARRAY(SELECT DISTINCT day FROM access_accessentry
              WHERE day BETWEEN %(first)s AND %(last)s
                AND day NOT IN (SELECT day FROM access_accessseal) ORDER BY day)
  FROM access_accessseal, (SELECT coalesce(max(before), '-infinity') AS kept_from
                             FROM access_accesspurge) AS purge
 WHERE day BETWEEN %(first)s AND %(last)s
"""

SEALS = """
SELECT coalesce(s.day, (c.after ->> 'day')::date), s.id IS NOT NULL, s.format, s.entry_count,
       s.digest, s.hash, decode(substr(c.after ->> 'hash', 3), 'hex'),
       d.entry_count, d.digest
  FROM access_accessseal s
  FULL JOIN (SELECT * FROM trail_change
              WHERE table_name = 'access_accessseal' AND operation = 'insert') c
    ON c.row_id = s.id
  LEFT JOIN LATERAL access_digest(s.day, s.format) d ON s.day BETWEEN %s AND %s
 ORDER BY coalesce(s.id, c.row_id)
"""
"""Each seal with what the trail noted when it was made, and with what its day holds now."""


_SETTINGS = Lookup(Settings, "true")


def settings() -> Settings:
    """The municipality's choices; the defaults, unsaved, when it has made none yet."""
    return _SETTINGS() or Settings()


ORDERS = {"at": Order("day", "id")}


def entries(  # one argument per filter of the page
    *,
    window: Window,
    since: date | None = None,
    until: date | None = None,
    handling: str = "",
    word: str = "",
    subjects: Collection[str] | None = None,
) -> Sequence[AccessEntry]:
    """A stretch of the entries, filtered; `word` looks in identifier, name, page and reason.

    `subjects` are uids of people, of one of whom the data must have been.
    """
    found: QuerySet[AccessEntry] = AccessEntry.objects.all()
    if since:
        found = found.filter(day__gte=since)
    if until:
        found = found.filter(day__lte=until)
    if handling:
        found = found.filter(handling=handling)
    if word:
        found = found.filter(
            Q(identifier__icontains=word)
            | Q(name__icontains=word)
            | Q(page__icontains=word)
            | Q(reason__icontains=word)
        )
    if subjects is not None:
        found = found.filter(subject_uids__overlap=list(subjects))
    return window.turned(list(stretch(found, window, ORDERS, key="id")))


ORDERS_OF_REVIEWS = {"month": Order("month", "id")}


def reviews(*, window: Window) -> Sequence[AccessReview]:
    """A stretch of the monthly checks."""
    found = AccessReview.objects.all()
    return window.turned(list(stretch(found, window, ORDERS_OF_REVIEWS, key="id")))


def last_review(month: Period) -> AccessReview | None:
    """The newest check of a month."""
    return AccessReview.objects.filter(month=str(month)).order_by("-id").first()


@dataclass(frozen=True, slots=True)
class MonthOfAccess:
    """What the monthly check looks at."""

    entry_count: int
    download_count: int
    failed_sign_in_count: int
    person_count: int


def month(first: date, last: date) -> MonthOfAccess:
    """Counts of one month of the access log."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE handling = 'download'),"
            " count(*) FILTER (WHERE handling = 'sign_in_failed'),"
            " count(DISTINCT person_uid) FILTER (WHERE person_uid <> '')"
            " FROM access_accessentry WHERE day BETWEEN %s AND %s",
            [first, last],
        )
        return MonthOfAccess(*cursor.fetchone())


def digest_of(day: date) -> tuple[int, bytes]:
    """Number of entries of a day and the SHA-256 over them, in the present format."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_count, digest FROM access_digest(%s, %s)", [day, rules.SEAL_FORMAT]
        )
        count, digest = cursor.fetchone()
    return int(count), bytes(digest)


def unsealed_days(today: date) -> list[date]:
    """Days before today that hold entries and no seal, oldest first."""
    sealed = AccessSeal.objects.values("day")
    days = AccessEntry.objects.filter(day__lt=today).exclude(day__in=sealed)
    return list(days.order_by("day").values_list("day", flat=True).distinct())


def last_seal() -> AccessSeal | None:
    """The newest seal, whose hash the next one continues."""
    return AccessSeal.objects.order_by("-id").first()


def purged_before() -> date | None:
    """Entries of days before this one have been deleted; None when none have been."""
    return AccessPurge.objects.order_by("-before").values_list("before", flat=True).first()


@dataclass(frozen=True, slots=True)
class SealedDays:
    """How many sealed days still have their entries, of how many they were deleted, and the days
    with entries and no seal."""

    kept: int
    purged: int
    unsealed: Sequence[date]


def sealed_days(within: Period) -> SealedDays:
    """How far a period is sealed, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(SEALED, {"first": within.first_on, "last": within.last_on})
        return SealedDays(*cursor.fetchone())


@dataclass(frozen=True, slots=True)
class _Seal:
    """A seal as it lies there, as the trail noted it, and its day as it is now."""

    day: date
    is_there: bool
    format: int
    entry_count: int
    digest: bytes
    hash: bytes
    noted: bytes | None
    count_now: int | None
    digest_now: bytes | None

    def why_broken(self, previous: bytes, *, is_compared: bool) -> str | None:
        """The sentence that says what is wrong with it, if anything is."""
        day = f"{self.day:%Y-%m-%d}"
        if not self.is_there:
            return f"{day}의 봉인이 지워졌습니다. 변경 이력에는 남아 있습니다."
        link = rules.chained(
            previous,
            self.day,
            self.digest,
            entry_count=self.entry_count,
            seal_format=self.format,
        )
        if link != self.hash:
            return f"{day}의 봉인이 앞 봉인과 이어지지 않습니다."
        if self.noted != self.hash:
            return f"{day}의 봉인이 변경 이력에 남은 것과 다릅니다."
        if is_compared and (self.count_now, self.digest_now) != (self.entry_count, self.digest):
            return f"{day}의 접속기록이 봉인한 뒤에 바뀌었습니다."
        return None


def broken_seal(within: Period | None = None) -> str | None:
    """The first seal that does not hold, as a sentence; None when the chain is sound.

    The chain is followed whole and held against the trail, which no seal leaves; days are compared
    with their entries all, or those `within`. Purged days hold by chain and trail alone.
    """
    purged, previous = purged_before() or date.min, b""
    for seal in _seals(within):
        is_compared = (within is None or seal.day in within) and seal.day >= purged
        if why := seal.why_broken(previous, is_compared=is_compared):
            return why
        previous = seal.hash
    return None


def _seals(within: Period | None) -> list[_Seal]:
    """Every seal that is or was there, in the order in which they were made."""
    first, last = (within.first_on, within.last_on) if within else (date.min, date.max)
    with connection.cursor() as cursor:
        cursor.execute(SEALS, [first, last])
        return [_Seal(*(_plain(value) for value in row)) for row in cursor.fetchall()]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


@dataclass(frozen=True, slots=True)
class Standing:
    """How the access log stands on a day; `is_reviewed` speaks of the month before."""

    entry_count: int
    download_count: int
    failed_sign_in_count: int
    is_reviewed: bool
    sealed_until: date | None


def standing(today: date) -> Standing:
    """This month's counts, last month's check and the last seal, in one query."""
    this = Period.containing(today, months=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE handling = %(download)s),"
            " count(*) FILTER (WHERE handling = %(failed)s),"
            " EXISTS (SELECT FROM access_accessreview WHERE month = %(month)s),"
            " (SELECT max(day) FROM access_accessseal)"
            " FROM access_accessentry WHERE day BETWEEN %(first)s AND %(last)s",
            {
                "download": Handling.DOWNLOAD,
                "failed": Handling.SIGN_IN_FAILED,
                "month": str(this.previous()),
                "first": this.first_on,
                "last": this.last_on,
            },
        )
        return Standing(*cursor.fetchone())


def sign_ins(actor: Actor, *, limit: int = 5) -> Sequence[AccessEntry]:
    """A person's own last sign-ins, newest first."""
    own = AccessEntry.objects.filter(person_uid=actor.person_uid, handling=Handling.SIGN_IN)
    return list(own.order_by("-id")[:limit]) if actor.person_uid else []


def sees_whole_trail(actor: Actor) -> bool:
    """Whether the trail is shown whole (auditor) or only for settings and accounts."""
    return access.why_not_verify_trail(actor) is None
