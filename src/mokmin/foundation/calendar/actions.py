"""The only ways in which the calendar changes; what is counted by it moves in the same act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from mokmin.foundation.access.actor import SYSTEM, Actor
from mokmin.foundation.calendar import access, queries, rules
from mokmin.foundation.calendar.models import ElectedTerm, FiscalYear, Holiday
from mokmin.foundation.calendar.queries import Moved
from mokmin.foundation.tenancy.context import current_tenant_id
from mokmin.foundation.trail import actions as trail
from mokmin.lib.errors import Denied, Invalid
from mokmin.lib.korean import date_text, in_seoul, josa
from mokmin.lib.working_days import WorkingDays

CHANGING = 0xCA1E
"""Advisory lock of those who change the calendar; the second key is the tenant."""


@dataclass(frozen=True, slots=True)
class Seeding:
    """What a seeding has done."""

    years: Sequence[int]
    confirmed: int


@dataclass(frozen=True, slots=True)
class HolidayEntry:
    """What is written down of a public holiday."""

    name: str
    kind: str
    source: str


def seed(*, today: date, at: datetime) -> Seeding:
    """Write down the years that are not there yet; what anybody has entered stays as it is.

    Days of a year that has begun are no longer predictions. Nothing is written twice.
    """
    _alone()
    wanted = rules.years_to_know(today)
    missing = _missing(wanted)
    begun = Holiday.objects.filter(is_predicted=True, on__year__lte=today.year)
    if not missing and not begun.exists():
        return Seeding((), 0)
    with trail.act("seed_calendar", actor=SYSTEM, at=at):
        _write_years(missing, today=today, at=at)
        confirmed = begun.update(is_predicted=False, changed_at=at)
        _write_terms(wanted)
    return Seeding(missing, confirmed)


def add_holiday(
    day: date | None, entry: HolidayEntry, *, reason: str, actor: Actor, at: datetime
) -> Sequence[Moved]:
    """Make a day a public holiday; what moved by it.

    Raises Denied, Invalid (every wrong field at once, also when the day is one already).
    """
    _allow(actor)
    problems = rules.problems_of_day(day) | _problems(entry, reason)
    if "on" not in problems and day and (known := queries.holiday(day)):
        problems["on"] = f"{josa(date_text(day), '은/는')} 이미 공휴일입니다({known.name})."
    if problems or day is None:
        raise Invalid(problems)
    with trail.act("add_holiday", actor=actor, at=at, reason=reason.strip()) as act:
        _begin(day, at=at)
        row, is_new = Holiday.objects.select_for_update().get_or_create(
            on=day, defaults=_words(entry) | {"added_by": actor.name, "changed_at": at}
        )
        if not is_new:
            _revive(row, entry, actor=actor, at=at)
        act.about(row)
        return _shift(day, actor=actor, at=at)


def change_holiday(
    day: date, entry: HolidayEntry, *, reason: str, actor: Actor, at: datetime
) -> None:
    """Correct what a public holiday is called; its day stays, so nothing moves."""
    _allow(actor)
    if problems := _problems(entry, reason):
        raise Invalid(problems)
    with trail.act("change_holiday", actor=actor, at=at, reason=reason.strip()) as act:
        row = _present(day, at=at)
        for name, value in _words(entry).items():
            setattr(row, name, value)
        _touch(row, actor=actor, at=at)
        act.about(row)


def remove_holiday(day: date, *, reason: str, actor: Actor, at: datetime) -> Sequence[Moved]:
    """Make a public holiday an ordinary day again; what moved by it."""
    _allow(actor)
    if problems := rules.problems_of_reason(reason):
        raise Invalid(problems)
    with trail.act("remove_holiday", actor=actor, at=at, reason=reason.strip()) as act:
        row = _present(day, at=at)
        row.removed_at = at
        _touch(row, actor=actor, at=at)
        act.about(row)
        return _shift(day, actor=actor, at=at)


def change_fiscal_year(
    year: int,
    *,
    closes_on: date | None,
    settled_on: date | None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> FiscalYear:
    """Set the closing days of a fiscal year (출납폐쇄기한, 출납사무 완결기한)."""
    _allow(actor)
    problems = rules.problems_of_fiscal_year(year, closes_on=closes_on, settled_on=settled_on)
    problems |= rules.problems_of_reason(reason)
    if problems or closes_on is None or settled_on is None:
        raise Invalid(problems)
    with trail.act("change_fiscal_year", actor=actor, at=at, reason=reason.strip()) as act:
        _alone()
        edges = rules.fiscal_year(year)
        row, _ = FiscalYear.objects.update_or_create(
            year=year,
            defaults={
                "first_on": edges.first_on,
                "last_on": edges.last_on,
                "closes_on": closes_on,
                "settled_on": settled_on,
            },
        )
        act.about(row)
    return row


@dataclass(frozen=True, slots=True)
class TermEntry:
    """What is written down of an elected term."""

    from_on: date | None
    until_on: date | None
    mayor_name: str = ""


def change_elected_term(
    number: int, entry: TermEntry, *, reason: str, actor: Actor, at: datetime
) -> ElectedTerm:
    """Set the days of an elected term and who was elected."""
    _allow(actor)
    _alone()
    from_on, until_on = entry.from_on, entry.until_on
    others = ElectedTerm.objects.exclude(number=number).values_list("from_on", "until_on")
    problems = rules.problems_of_term(
        from_on=from_on,
        until_on=until_on,
        mayor_name=entry.mayor_name,
        others=others,
    ) | rules.problems_of_reason(reason)
    if problems or from_on is None or until_on is None:
        raise Invalid(problems)
    with trail.act("change_elected_term", actor=actor, at=at, reason=reason.strip()) as act:
        row, _ = ElectedTerm.objects.update_or_create(
            number=number,
            defaults={
                "from_on": from_on,
                "until_on": until_on,
                "mayor_name": entry.mayor_name.strip(),
            },
        )
        act.about(row)
    return row


def _allow(actor: Actor) -> None:
    if why := access.why_not_manage_calendar(actor):
        raise Denied(why)


def _problems(entry: HolidayEntry, reason: str) -> dict[str, str]:
    problems = rules.problems_of_holiday(name=entry.name, kind=entry.kind, source=entry.source)
    return problems | rules.problems_of_reason(reason)


def _words(entry: HolidayEntry) -> dict[str, str]:
    return {"name": entry.name.strip(), "kind": entry.kind, "source": entry.source.strip()}


def _alone() -> None:
    """One at a time per municipality: two may seed, or enter the same, at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CHANGING, current_tenant_id()])


def _begin(day: date, *, at: datetime) -> None:
    """Hold the calendar, and write the year down first: its first row hides what the law says."""
    _alone()
    _write_years(_missing([day.year]), today=in_seoul(at).date(), at=at)


def _present(day: date, *, at: datetime) -> Holiday:
    _begin(day, at=at)
    row = Holiday.objects.filter(on=day, removed_at__isnull=True).first()
    if row is None:
        raise Denied("공휴일이 아닌 날입니다. 화면을 새로 열어 확인해 주세요.")
    return row


def _revive(row: Holiday, entry: HolidayEntry, *, actor: Actor, at: datetime) -> None:
    """A day that was taken out is entered again."""
    if row.removed_at is None:
        raise Invalid({"on": f"이미 공휴일입니다({row.name})."})
    for name, value in _words(entry).items():
        setattr(row, name, value)
    row.removed_at = None
    _touch(row, actor=actor, at=at)


def _touch(row: Holiday, *, actor: Actor, at: datetime) -> None:
    row.is_predicted = False
    row.changed_by = actor.name
    row.changed_at = at
    row.save()


def _missing(years: Iterable[int]) -> list[int]:
    """Those of the years that have no row at all."""
    wanted = list(years)
    kept = Holiday.objects.filter(on__year__range=(min(wanted), max(wanted)))
    known = {first.year for first in kept.dates("on", "year")}
    return [year for year in wanted if year not in known]


def _write_years(years: Sequence[int], *, today: date, at: datetime) -> None:
    Holiday.objects.bulk_create(
        Holiday(
            on=day.on,
            name=day.name,
            kind=day.kind,
            source=day.source,
            is_predicted=rules.is_predicted(year, today=today),
            changed_at=at,
        )
        for year in years
        for day in rules.lawful_days(year)
    )
    kept = set(FiscalYear.objects.filter(year__in=years).values_list("year", flat=True))
    FiscalYear.objects.bulk_create(
        queries.lawful_fiscal_year(year) for year in years if year not in kept
    )


def _write_terms(years: range) -> None:
    """The terms of these years that are not written down and meet no other one."""
    first, last = (rules.term_number(date(year, 12, 31)) for year in (years[0], years[-1]))
    kept = list(ElectedTerm.objects.values_list("from_on", "until_on"))
    for number in range(first, last + 1):
        begins, ends = rules.term_days(number)
        if rules.is_free(begins, ends, kept):
            ElectedTerm.objects.create(number=number, from_on=begins, until_on=ends)


def _shift(day: date, *, actor: Actor, at: datetime) -> Sequence[Moved]:
    """Let every room move what it counts in working days."""
    moved = queries.moved_by(WorkingDays(queries.known_days(day)))
    for each in moved:
        each.thing.shift(each.moves, actor, at)
    return moved
