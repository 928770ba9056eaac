"""Reading the calendar; a year that nobody has written down yet reads as the law has it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from mokmin.foundation.calendar import access, rules
from mokmin.foundation.calendar.kinds import THINGS, DatedThing, Due, Move
from mokmin.foundation.calendar.models import ElectedTerm, FiscalYear, Holiday
from mokmin.foundation.calendar.rules import LawfulDay
from mokmin.foundation.calendar.states import HolidayKind
from mokmin.lib.working_days import WorkingDays

why_not_manage_calendar = access.why_not_manage_calendar
FIRST_YEAR = rules.FIRST_YEAR
YEARS_AHEAD = rules.YEARS_AHEAD

MARGIN = timedelta(days=60)
"""More than any run of days of rest, so that counting never leaves what was read."""


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A public holiday; one that was never written down has nobody and no time of change."""

    on: date
    name: str
    kind: HolidayKind
    source: str
    is_predicted: bool = False
    added_by: str = ""
    changed_by: str = ""
    changed_at: datetime | None = None
    removed_at: datetime | None = None

    @property
    def rests_anyway(self) -> bool:
        """Whether nobody works on that day of the week as it is."""
        return not WorkingDays({}).is_working_day(self.on)


COLUMNS = (
    "on", "name", "kind", "source", "is_predicted", "added_by", "changed_by", "changed_at",
    "removed_at",
)  # fmt: skip
"""Those of a row, in its order."""


def holiday_rows(first: date, last: date) -> list[HolidayRow]:
    """The public holidays from one day to another, both included, in order; in one query."""
    return [row for row in _rows(first, last) if row.removed_at is None]


def holidays(first: date, last: date) -> dict[date, str]:
    """Names of the public holidays from one day to another, both included."""
    return {row.on: row.name for row in holiday_rows(first, last)}


def working_days(first: date, last: date) -> WorkingDays:
    """The working days of a stretch; outside of it only weekends rest."""
    return WorkingDays(holidays(first, last))


def is_working_day(day: date) -> bool:
    """Whether people work on that day."""
    return working_days(day, day).is_working_day(day)


def add_working_days(day: date, count: int) -> date:
    """The working day that is so many after (before, when negative) that day.

    The day itself does not count; 0 gives the day itself, or the next working day.
    """
    reach = timedelta(days=2 * abs(count)) + MARGIN
    return working_days(day - reach, day + reach).add(day, count)


def working_days_between(first: date, last: date) -> int:
    """Working days after the first day, up to and with the last; negative backwards."""
    return working_days(min(first, last), max(first, last)).between(first, last)


def _rows(first: date, last: date) -> Iterator[HolidayRow]:
    """Every row of those days, taken out or not, and the lawful days of years without any row."""
    kept: dict[int, list[HolidayRow]] = {}
    found = Holiday.objects.filter(on__range=(date(first.year, 1, 1), date(last.year, 12, 31)))
    for on, name, kind, *others in found.order_by("on").values_list(*COLUMNS):
        kept.setdefault(on.year, []).append(HolidayRow(on, name, HolidayKind(kind), *others))
    for year in range(first.year, last.year + 1):
        for day in kept.get(year) or [_lawful(day) for day in rules.lawful_days(year)]:
            if first <= day.on <= last:
                yield day


def _lawful(day: LawfulDay) -> HolidayRow:
    return HolidayRow(day.on, day.name, day.kind, day.source)


@dataclass(frozen=True, slots=True)
class YearOfHolidays:
    """What the page of one year shows.

    `unlisted` are lawful days that nobody has decided on: a newer edition may know of more days.
    """

    year: int
    rows: Sequence[HolidayRow]
    removed: Sequence[HolidayRow]
    unlisted: Sequence[LawfulDay]

    @property
    def resting(self) -> int:
        """How many working days the year has fewer for its public holidays."""
        return sum(not row.rests_anyway for row in self.rows)


def year_of_holidays(year: int) -> YearOfHolidays:
    """The public holidays of a year, and what was taken out of them."""
    found = list(_rows(date(year, 1, 1), date(year, 12, 31)))
    known = {row.on for row in found}
    return YearOfHolidays(
        year=year,
        rows=[row for row in found if row.removed_at is None],
        removed=[row for row in found if row.removed_at],
        unlisted=[day for day in rules.lawful_days(year) if day.on not in known],
    )


def holiday(day: date) -> HolidayRow | None:
    """The public holiday of a day, unless there is none or it was taken out."""
    return next(iter(holiday_rows(day, day)), None)


def record(day: date) -> Holiday | None:
    """The row of a day, for its history; None when it was never written down."""
    return Holiday.objects.filter(on=day).first()


def holidays_changed_at() -> datetime | None:
    """When a public holiday was last written, changed or taken out."""
    changed: datetime | None = Holiday.objects.aggregate(at=Max("changed_at"))["at"]
    return changed


@dataclass(frozen=True, slots=True)
class Moved:
    """What moves of one kind of dated thing."""

    thing: DatedThing
    moves: Sequence[Move]

    @property
    def summary(self) -> str:
        """`인계인수 확인 기한 3건`."""
        return f"{self.thing.name} {len(self.moves):,}건"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change of one day would do, told before it is saved."""

    day: date
    rests_anyway: str
    moved: Sequence[Moved]

    @property
    def count(self) -> int:
        """How many dates move."""
        return sum(len(each.moves) for each in self.moved)


def preview(day: date, *, name: str) -> Preview:
    """What moves if this day is a public holiday of that name; an empty name is none."""
    present = known_days(day)
    after = {on: said for on, said in present.items() if on != day} | ({day: name} if name else {})
    return Preview(
        day=day,
        rests_anyway=WorkingDays({}).why_not_working(day) or "",
        moved=moved_by(WorkingDays(after)),
    )


def known_days(also: date) -> dict[date, str]:
    """Every public holiday that a count may meet: all that is written down, and around a day."""
    edges = Holiday.objects.aggregate(last=Max("on"))
    last = max(edges["last"] or also, also)
    first = min(date(rules.FIRST_YEAR, 1, 1), also)
    return holidays(first, date(last.year + 1, 12, 31))


def moved_by(days: WorkingDays) -> list[Moved]:
    """Everything that would be due on another day under these working days."""
    found = (Moved(thing, thing.recount(days)) for thing in THINGS.values())
    return [each for each in found if each.moves]


def dues(first: date, last: date, person_id: int | None = None) -> list[tuple[DatedThing, Due]]:
    """What is open and due from one day to another, earliest first; of one person, or of all."""
    found = [
        (thing, due) for thing in THINGS.values() for due in thing.dues(first, last, person_id)
    ]
    return sorted(found, key=lambda pair: (pair[1].on, pair[0].slug, pair[1].uid))


def dues_touched_at() -> datetime | None:
    """When anything that can be due has last changed."""
    return max(filter(None, (thing.touched_at() for thing in THINGS.values())), default=None)


def elected_term(day: date) -> ElectedTerm | None:
    """The elected term of a day, as written down or else as the law has it; None before 1995."""
    found = ElectedTerm.objects.filter(from_on__lte=day, until_on__gt=day).first()
    return found or _lawful_term(rules.term_number(day))


def _lawful_term(number: int) -> ElectedTerm | None:
    if number == 0:
        return None
    from_on, until_on = rules.term_days(number)
    return ElectedTerm(number=number, from_on=from_on, until_on=until_on)


def elected_terms_within(first: date, last: date) -> list[ElectedTerm]:
    """The terms that hold on any of these days, earliest first, in one query.

    The lawful ones fill what nobody has written down.
    """
    kept = list(ElectedTerm.objects.order_by("from_on"))
    known = {row.number for row in kept}
    numbers = range(rules.term_number(first), rules.term_number(last) + 1)
    lawful = [term for term in map(_lawful_term, numbers) if term and term.number not in known]
    days = [(row.from_on, row.until_on) for row in kept]
    found = kept + [term for term in lawful if rules.is_free(term.from_on, term.until_on, days)]
    held = (term for term in found if term.from_on <= last and first < term.until_on)
    return sorted(held, key=lambda term: term.from_on)


def elected_terms(today: date) -> list[ElectedTerm]:
    """The terms written down and the lawful ones up to the next, newest first."""
    kept = {row.number: row for row in ElectedTerm.objects.order_by("number")}
    first = rules.term_number(date(rules.FIRST_YEAR, 12, 31))
    numbers = {*kept, *range(first, rules.term_number(today) + 2)}
    found = (kept.get(number) or _lawful_term(number) for number in sorted(numbers, reverse=True))
    return [term for term in found if term]


def fiscal_year(day: date) -> FiscalYear:
    """The fiscal year of a day, as written down or else as the law has it."""
    found = FiscalYear.objects.filter(first_on__lte=day, last_on__gte=day).first()
    return found or lawful_fiscal_year(day.year)


def lawful_fiscal_year(year: int) -> FiscalYear:
    """A fiscal year as the law has it, unsaved."""
    edges = rules.fiscal_year(year)
    return FiscalYear(
        year=year,
        first_on=edges.first_on,
        last_on=edges.last_on,
        closes_on=edges.closes_on,
        settled_on=edges.settled_on,
    )


def fiscal_years(today: date) -> list[FiscalYear]:
    """The fiscal years that everybody keeps and those written down besides, newest first."""
    kept = {row.year: row for row in FiscalYear.objects.order_by("year")}
    years = sorted({*kept, *rules.years_to_know(today)}, reverse=True)
    return [kept.get(year) or lawful_fiscal_year(year) for year in years]


def fiscal_years_touching(first: date, last: date) -> Sequence[FiscalYear]:
    """The fiscal years with an edge or a closing day within, in one query."""
    years = range(first.year - 1, last.year + 1)
    kept: Mapping[int, FiscalYear] = {
        row.year: row for row in FiscalYear.objects.filter(year__in=years)
    }
    return [kept.get(year) or lawful_fiscal_year(year) for year in years]
