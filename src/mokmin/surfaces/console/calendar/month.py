"""The calendar of a month (달력): public holidays, what is due, edges of years and terms."""

from calendar import SATURDAY, SUNDAY, Calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from mokmin.foundation.calendar import queries
from mokmin.foundation.calendar.models import ElectedTerm, FiscalYear
from mokmin.foundation.calendar.queries import HolidayRow
from mokmin.lib.errors import Refusal
from mokmin.lib.korean import date_text
from mokmin.lib.period import YEARS, Period
from mokmin.lib.working_days import WorkingDays
from mokmin.surfaces.console.doors import open_to_staff
from mokmin.surfaces.kit import things
from mokmin.surfaces.kit.forms.base import Filters
from mokmin.surfaces.kit.http import MokminRequest, today

WEEKS = Calendar(SUNDAY)
WEEKDAYS = ("일", "월", "화", "수", "목", "금", "토")
ONE_DAY = timedelta(days=1)


class MonthFilters(Filters):
    """Which month, and whose things."""

    month = forms.CharField(
        label="달",
        required=False,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-11"}),
    )
    whose = forms.ChoiceField(
        label="기한",
        required=False,
        choices=[("", "내가 할 일"), ("all", "모든 사람의 일")],
    )

    def __init__(self, *args: Any, sees_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_all:
            del self.fields["whose"]


@dataclass(frozen=True, slots=True)
class MonthEntry:
    """What stands on a day; `kind` is holiday, due or edge."""

    kind: str
    word: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One cell of the month; `is_saturday` unless it is a public holiday."""

    on: date
    label: str
    is_of_month: bool
    is_today: bool
    rests: bool
    is_saturday: bool
    entries: Sequence[MonthEntry] = ()


@require_safe
@open_to_staff
def month(request: MokminRequest) -> HttpResponse:
    """The month that the address names, else this one."""
    sees_all = queries.why_not_manage_calendar(request.actor) is None
    filters = MonthFilters(request.GET, sees_all=sees_all)
    asked, now = filters.asked, today()
    shown, problem = _asked(asked.get("month", ""), now)
    first, last = shown.first_on, shown.last_on
    holidays = queries.holiday_rows(first, last)
    terms = queries.elected_terms_within(first, last)
    fiscal_years = queries.fiscal_years_touching(first, last)
    whose = None if asked.get("whose") == "all" else (request.actor.person_id or 0)
    entries = _gathered(
        [
            *_holidays(holidays),
            *_dues(first, last, whose),
            *_edges_of_years(fiscal_years),
            *_edges_of_terms(terms),
        ]
    )
    days = WorkingDays({row.on: row.name for row in holidays})
    weeks = [
        [_day(on, shown=shown, now=now, days=days, entries=entries) for on in week]
        for week in WEEKS.monthdatescalendar(shown.year, shown.number)
    ]
    context = {
        "filters": filters,
        "month": shown,
        "problem": problem,
        "weekdays": WEEKDAYS,
        "weeks": weeks,
        "listed": [day for week in weeks for day in week if day.entries],
        "working": days.between(first - ONE_DAY, last),
        "term": terms[-1].label if terms else "",
        "fiscal_year": fiscal_years[-1],
        "previous": _address(request, shown.previous()),
        "following": _address(request, shown.next()),
        "this": _address(request, Period.containing(now, months=1)),
        "why_not_manage": queries.why_not_manage_calendar(request.actor) or "",
    }
    return TemplateResponse(request, "console/calendar/month.html", context)


def _asked(said: str, now: date) -> tuple[Period, str]:
    """The month, and what is wrong with what was asked for, if anything."""
    this = Period.containing(now, months=1)
    if not said:
        return this, ""
    try:
        found = Period.parse(said)
    except Refusal as refusal:
        return this, str(refusal)
    if found.months != 1 or not YEARS[0] < found.year < YEARS[-1]:
        return this, "달을 2026-11처럼 적어 주세요."
    return found, ""


def _address(request: MokminRequest, period: Period) -> str:
    params = request.GET.copy()
    params["month"] = str(period)
    return f"?{params.urlencode()}"


Placed = tuple[date, MonthEntry]


def _holidays(rows: Sequence[HolidayRow]) -> Iterator[Placed]:
    for row in rows:
        note = "예정" if row.is_predicted else ""
        yield row.on, MonthEntry("holiday", row.name, note=note)


def _dues(first: date, last: date, person_id: int | None) -> Iterator[Placed]:
    for thing, due in queries.dues(first, last, person_id):
        url = things.address(thing.slug, due.uid)
        yield due.on, MonthEntry("due", due.title, url, thing.name)


def _edges_of_years(years: Sequence[FiscalYear]) -> Iterator[Placed]:
    for year in years:
        yield year.first_on, MonthEntry("edge", f"{year} 시작")
        yield year.last_on, MonthEntry("edge", f"{year} 종료")
        yield year.closes_on, MonthEntry("edge", f"{year} 출납폐쇄기한")
        yield year.settled_on, MonthEntry("edge", f"{year} 출납사무 완결기한")


def _edges_of_terms(terms: Sequence[ElectedTerm]) -> Iterator[Placed]:
    for term in terms:
        yield term.from_on, MonthEntry("edge", f"{term.label} 시작")
        yield term.until_on - ONE_DAY, MonthEntry("edge", f"{term.label} 종료")


def _gathered(placed: Sequence[Placed]) -> Mapping[date, Sequence[MonthEntry]]:
    found: dict[date, list[MonthEntry]] = defaultdict(list)
    for on, entry in placed:
        found[on].append(entry)
    return found


def _day(
    on: date,
    *,
    shown: Period,
    now: date,
    days: WorkingDays,
    entries: Mapping[date, Sequence[MonthEntry]],
) -> MonthDay:
    is_of_month = on in shown
    return MonthDay(
        on=on,
        label=date_text(on, with_weekday=True),
        is_of_month=is_of_month,
        is_today=on == now,
        rests=not days.is_working_day(on),
        is_saturday=on.weekday() == SATURDAY and on not in days.holidays,
        entries=entries.get(on, ()) if is_of_month else (),
    )
