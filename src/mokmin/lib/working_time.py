"""Deadlines of petitions (민원) in working time; every deadline explains itself day by day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from mokmin.lib.errors import Refusal
from mokmin.lib.korean import SEOUL, date_range_text, date_text, in_seoul, josa, moment_text
from mokmin.lib.term import Term, TermUnit
from mokmin.lib.working_days import ONE_DAY, WorkingDays

WORKING_HOURS = ((time(9), time(12)), (time(13), time(18)))
CLOSING = WORKING_HOURS[-1][1]

NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days that do not count, first and last included: 보완기간 from sending to arrival, and such.

    Legal source: 민원처리법 시행령 제20조, 행정절차법 시행령 제11조.
    """

    first_on: date
    last_on: date
    reason: str = "보완기간"

    def __post_init__(self) -> None:
        if self.last_on < self.first_on:
            raise Refusal(f"{self.reason}의 마지막 날이 첫날보다 앞섭니다.")


@dataclass(frozen=True, slots=True)
class DeadlineStep:
    """What a day (or a run of days) adds to a deadline, told in one Korean sentence.

    `counted` is in hours when the term runs in hours, else in whole days; when it is nothing,
    `reason` says why.
    """

    first_on: date
    last_on: date
    counted: timedelta
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a term ends, and how that was counted."""

    received_at: datetime
    term: Term
    due: datetime
    steps: tuple[DeadlineStep, ...]

    def __str__(self) -> str:
        received, due = moment_text(self.received_at), moment_text(self.due)
        return f"{received}에 접수되어 처리기간 {josa(str(self.term), '은/는')} {due}까지입니다."


@dataclass(frozen=True, slots=True)
class _Days:
    """Which days count: all but Saturdays, public holidays and suspended days."""

    working: WorkingDays
    suspensions: Sequence[Suspension]

    def why_suspended(self, day: date) -> str | None:
        covering = (s.reason for s in self.suspensions if s.first_on <= day <= s.last_on)
        return next(covering, None)

    def why_not_counted(self, day: date) -> str | None:
        return self.working.why_not_working(day) or self.why_suspended(day)

    def opening_after(self, at: datetime) -> datetime:
        """The moment itself when it is working time, else the next one that is."""
        return next(
            max(at, opens)
            for day in _days_from(at.date())
            if not self.why_not_counted(day)
            for opens, closes in _hours_on(day)
            if at < closes
        )


def deadline(
    *,
    received_at: datetime,
    term: Term,
    holidays: Mapping[date, str],
    suspensions: Sequence[Suspension] = (),
) -> Deadline:
    """The deadline of a petition received at that instant (민원처리법 제19조, 시행령 제19조).

    Up to five days run in working hours (09–12, 13–18; a day is eight) from the minute of
    receipt; six days and more run in days, the day of receipt included however late it was;
    neither counts Saturdays and public holidays. Weeks, months and years run by the calendar, the
    first day included, and end on the next day when the last one is a Saturday or holiday (민법
    제159조부터 제161조). A term in days ends when its last day closes at 18:00. `holidays` maps
    each public holiday to its name; Sundays need not be among them.
    """
    received = in_seoul(received_at).replace(second=0, microsecond=0)
    days = _Days(WorkingDays(holidays), suspensions)
    if term.hours is not None:
        due, steps = _by_hours(received, term.hours, days)
    elif term.unit is TermUnit.DAY:
        due, steps = _by_days(received.date(), term.amount, days)
    else:
        due, steps = _by_calendar(received.date(), term, days)
    return Deadline(received, term, due, tuple(steps))


def _by_hours(
    received: datetime, hours: timedelta, days: _Days
) -> tuple[datetime, list[DeadlineStep]]:
    start = days.opening_after(received)
    steps = [] if start == received else [_moved_start(received, start)]
    left, due = hours, start
    for day in _days_from(received.date()):
        if reason := days.why_not_counted(day):
            steps.append(_skipped(day, reason))
        elif spans := _spans(day, start, left):
            counted = sum((ends - begins for begins, ends in spans), NOTHING)
            left, due = left - counted, spans[-1][1]
            times = ", ".join(f"{begins:%H:%M}~{ends:%H:%M}" for begins, ends in spans)
            sentence = (
                f"{_named(day)}은 {times}의 {_hours_text(counted)}을 산입합니다"
                f"(누계 {_hours_text(hours - left)})."
            )
            steps.append(DeadlineStep(day, day, counted, "", sentence))
        if not left:
            break
    return due, steps


def _by_days(received: date, amount: int, days: _Days) -> tuple[datetime, list[DeadlineStep]]:
    """The day of receipt is the first; the law asks for no hour here (민원처리법 제19조 제2항)."""
    steps = []
    count = 0
    for day in _days_from(received):
        if reason := days.why_not_counted(day):
            steps.append(_skipped(day, reason))
        else:
            count += 1
            place = f"{count}일째" if count > 1 else "첫날이며 1일째"
            steps.append(
                DeadlineStep(day, day, ONE_DAY, "", f"{_named(day)}은 {place}로 산입합니다.")
            )
        if count == amount:
            break
    return datetime.combine(day, CLOSING, SEOUL), steps


def _by_calendar(first: date, term: Term, days: _Days) -> tuple[datetime, list[DeadlineStep]]:
    """A first day counts even when it is a holiday; only the last day moves (민법 제161조)."""
    last = term.last_by_calendar(first)
    left = (last - first) // ONE_DAY + 1
    sentence = f"{_named(first)}부터 {term}은 역에 따라 {_named(last)}까지 {left}일입니다."
    steps = [DeadlineStep(first, last, NOTHING, "역에 따른 계산", sentence)]
    walked = []
    for day in _days_from(first):
        reason = days.why_suspended(day) or ""
        walked.append((day, reason))
        left -= not reason
        if not left:
            break
    for reason, run in groupby(walked, key=lambda pair: pair[1]):
        steps.append(_run([day for day, _ in run], reason))
    while reason := days.why_not_counted(day) or "":
        sentence = f"말일인 {_named(day)}은 {josa(reason, '이라/라')} 기간이 다음 날로 넘어갑니다."
        steps.append(DeadlineStep(day, day, NOTHING, reason, sentence))
        day += ONE_DAY
    return datetime.combine(day, CLOSING, SEOUL), steps


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += ONE_DAY


def _hours_on(day: date) -> Iterator[tuple[datetime, datetime]]:
    for opens, closes in WORKING_HOURS:
        yield datetime.combine(day, opens, SEOUL), datetime.combine(day, closes, SEOUL)


def _spans(day: date, start: datetime, left: timedelta) -> list[tuple[datetime, datetime]]:
    """The stretches of working time on that day, from the start and while there is time left."""
    spans = []
    for opens, closes in _hours_on(day):
        begins = max(opens, start)
        ends = min(closes, begins + left)
        if begins < ends:
            spans.append((begins, ends))
            left -= ends - begins
    return spans


def _moved_start(received: datetime, start: datetime) -> DeadlineStep:
    sentence = (
        f"{moment_text(received)}에 접수되었으나 산입하는 근무시간이 아니어서 "
        f"{moment_text(start)}부터 셉니다."
    )
    return DeadlineStep(received.date(), received.date(), NOTHING, "근무시간 밖 접수", sentence)


def _skipped(day: date, reason: str) -> DeadlineStep:
    sentence = f"{_named(day)}은 {josa(reason, '이라/라')} 산입하지 않습니다."
    return DeadlineStep(day, day, NOTHING, reason, sentence)


def _run(run: list[date], reason: str) -> DeadlineStep:
    """One step for a run of calendar days that all count or are all suspended."""
    days = f"{date_range_text(run[0], run[-1], with_weekday=True)}의 {len(run)}일"
    if reason:
        sentence = f"{days}은 {josa(reason, '이라/라')} 산입하지 않습니다."
        return DeadlineStep(run[0], run[-1], NOTHING, reason, sentence)
    return DeadlineStep(run[0], run[-1], len(run) * ONE_DAY, "", f"{days}을 산입합니다.")


def _named(day: date) -> str:
    return date_text(day, with_weekday=True)


def _hours_text(length: timedelta) -> str:
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    return " ".join(([f"{hours}시간"] if hours else []) + ([f"{minutes}분"] if minutes else []))
