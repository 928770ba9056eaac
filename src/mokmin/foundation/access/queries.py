"""Reading settings and the access log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
from mokmin.lib.period import Period

why_not_staff = access.why_not_staff
why_not_change_settings = access.why_not_change_settings
why_not_see_trail = access.why_not_see_trail
why_not_verify_trail = access.why_not_verify_trail
why_not_see_access_log = access.why_not_see_access_log
why_not_review_access_log = access.why_not_review_access_log

SETTINGS_TABLE: str = Settings._meta.db_table

DIGEST = """
SELECT count(*), sha256(convert_to(coalesce(string_agg(to_jsonb(e)::text, E'\\n' ORDER BY id), ''),
                                   'UTF8'))
  FROM access_accessentry e WHERE day = %s
"""

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
SELECT s.day, s.entry_count, s.digest, s.hash, coalesce(e.number, 0), coalesce(e.digest, ''::bytea)
  FROM access_accessseal s
  LEFT JOIN (SELECT day, count(*) AS number,
                    sha256(convert_to(string_agg(to_jsonb(a)::text, E'\\n' ORDER BY id), 'UTF8'))
                        AS digest
               FROM access_accessentry a WHERE day BETWEEN %s AND %s GROUP BY day) e
    ON e.day = s.day
 ORDER BY s.id
"""


def settings() -> Settings:
    """The municipality's choices; the defaults, unsaved, when it has made none yet."""
    return Settings.objects.first() or Settings()


def entries(  # one argument per filter of the page
    *,
    since: date | None = None,
    until: date | None = None,
    handling: str = "",
    word: str = "",
    before_id: int | None = None,
    limit: int = 50,
) -> Sequence[AccessEntry]:
    """Newest entries first, filtered; `word` looks in identifier, name, page and reason."""
    found: QuerySet[AccessEntry] = AccessEntry.objects.order_by("-id")
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
    if before_id is not None:
        found = found.filter(id__lt=before_id)
    return list(found[:limit])


def reviews(limit: int = 24) -> Sequence[AccessReview]:
    """Monthly checks, newest first."""
    return list(AccessReview.objects.order_by("-month", "-id")[:limit])


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
    """Number of entries of a day and the SHA-256 over their canonical JSON."""
    with connection.cursor() as cursor:
        cursor.execute(DIGEST, [day])
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


def broken_seal(within: Period | None = None) -> str | None:
    """The first seal that does not hold, as a sentence; None when the chain is sound.

    The chain is followed whole; days are compared with their entries all, or those `within`.
    Purged days can no longer be compared: they hold by the chain alone.
    """
    purged, previous = purged_before() or date.min, b""
    for day, counted, digest, link, entries in _seals(within):
        if rules.chained(previous, day, digest) != link:
            return f"{day:%Y-%m-%d}의 봉인이 앞 봉인과 이어지지 않습니다."
        is_asked = within is None or day in within
        if is_asked and day >= purged and entries != (counted, digest):
            return f"{day:%Y-%m-%d}의 접속기록이 봉인한 뒤에 바뀌었습니다."
        previous = link
    return None


def _seals(
    within: Period | None,
) -> list[tuple[date, int, bytes, bytes, tuple[int, bytes]]]:
    """Every seal: day, count, digest, hash, and count and digest of what the day holds now."""
    first, last = (within.first_on, within.last_on) if within else (date.min, date.max)
    with connection.cursor() as cursor:
        cursor.execute(SEALS, [first, last])
        return [
            (day, counted, bytes(digest), bytes(link), (number, bytes(now)))
            for day, counted, digest, link, number, now in cursor.fetchall()
        ]


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
