"""Calendars to subscribe to (iCalendar, RFC 5545): public holidays, and what is due to a person."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from mokmin.foundation.calendar import queries
from mokmin.foundation.notices import queries as notices
from mokmin.lib.korean import SEOUL
from mokmin.surfaces.kit import things
from mokmin.surfaces.kit.http import MokminRequest, today

MEDIA = "text/calendar; charset=utf-8"
EVER = datetime(queries.FIRST_YEAR, 1, 1, tzinfo=UTC)
"""When days came to be that nobody has written down yet."""

AGAIN = timedelta(hours=6)
"""How often a calendar should ask again."""

YEARS_BACK, YEARS_AHEAD = 1, 2
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FeedDay:
    """One whole day in a calendar."""

    uid: str
    on: date
    title: str
    category: str
    changed_at: datetime
    url: str = ""


@require_safe
@login_not_required
def holidays(request: MokminRequest) -> HttpResponse:
    """The public holidays that this municipality keeps, from last year on, for everybody."""
    now = today()
    rows = queries.holiday_rows(
        date(now.year - YEARS_BACK, 1, 1), date(now.year + queries.YEARS_AHEAD, 12, 31)
    )
    days = [
        FeedDay(
            uid=f"{row.on:%Y%m%d}-holiday@{request.tenant.slug}.mokmin",
            on=row.on,
            title=f"{row.name}(예정)" if row.is_predicted else row.name,
            category=row.kind.label,
            changed_at=row.changed_at or EVER,
        )
        for row in rows
    ]
    name = f"{request.tenant.name} 공휴일"
    changed_at = max(queries.holidays_changed_at() or EVER, _year_began(now))
    response = _answer(_calendar(name, days), changed_at=changed_at)
    patch_cache_control(response, public=True, max_age=3600)
    return response


@require_safe
@login_not_required
def own(request: MokminRequest, token: str) -> HttpResponse:
    """What is open and due to the person whose secret this is; anything else is not there."""
    feed = notices.feed_of(token)
    if feed is None:
        raise Http404
    now = today()
    found = queries.dues(
        date(now.year - YEARS_BACK, 1, 1),
        date(now.year + YEARS_AHEAD, 12, 31),
        feed.person_id,
    )
    days = [
        FeedDay(
            uid=f"{due.uid}-{thing.slug}@{request.tenant.slug}.mokmin",
            on=due.on,
            title=due.title,
            category=thing.name,
            changed_at=due.changed_at,
            url=_whole(request, things.address(thing.slug, due.uid)),
        )
        for thing, due in found
    ]
    touched_at = queries.dues_touched_at() or EVER
    changed_at = max(feed.made_at, touched_at, _year_began(now))
    response = _answer(_calendar(f"{request.tenant.name} 내 기한", days), changed_at=changed_at)
    patch_cache_control(response, private=True, no_cache=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def _year_began(now: date) -> datetime:
    """Which years are in a calendar changes with the year."""
    return datetime.combine(date(now.year, 1, 1), time(), SEOUL)


def _whole(request: MokminRequest, path: str) -> str:
    return request.build_absolute_uri(path) if path else ""


def _calendar(name: str, days: Iterable[FeedDay]) -> bytes:
    made = Calendar()
    made.add("prodid", "-//mokmin//calendar//KO")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", "Asia/Seoul")
    made.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for day in days:
        made.add_component(_event(day))
    return bytes(made.to_ical())


def _event(day: FeedDay) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", day.changed_at.astimezone(UTC))
    event.add("last-modified", day.changed_at.astimezone(UTC))
    event.add("dtstart", day.on)
    event.add("dtend", day.on + ONE_DAY)
    event.add("summary", day.title)
    event.add("categories", [day.category])
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    event.add("x-microsoft-cdo-alldayevent", "TRUE")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    if day.url:
        event.add("url", day.url)
        event.add("description", f"{day.category}\n{day.url}")
    return event


def _answer(content: bytes, *, changed_at: datetime) -> HttpResponse:
    """With what a calendar needs to ask only for what is new."""
    response = HttpResponse(content, content_type=MEDIA)
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response["Last-Modified"] = http_date(int(changed_at.timestamp()))
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return response
