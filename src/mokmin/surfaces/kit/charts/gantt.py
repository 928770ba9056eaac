"""Plans over time: bars from day to day, what is done of them, and where today is."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import escape

from mokmin.lib.korean import date_range_text, date_text
from mokmin.surfaces.kit.charts import pieces
from mokmin.surfaces.kit.charts.data import Table
from mokmin.surfaces.kit.charts.numbers import FULL, coordinate, share

YEAR = 12
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
MOST_TICKS = 5
TIGHT, LAST = 12, 90
"""Percent of the width: names nearer than the first would meet, one behind the last is cut off."""

TOP, TALL = 22, 56
"""Percent of its row where a bar begins, and how tall it is."""

LAST_DAY = date.max - timedelta(days=1)
"""Behind it there is no other that could be reckoned with."""

OPEN_DAYS = 180
"""How far an open end is drawn beyond everything else."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the plan; without `ends_on` it goes on; `percent` is what is done."""

    label: str
    starts_on: date
    ends_on: date | None
    tone: str = "main"
    percent: int | None = None
    word: str = ""

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError("a bar ends before it starts")

    @property
    def days(self) -> str:
        """`2026. 1. 1.~6. 30.`, or open."""
        if self.ends_on is None:
            return f"{date_text(self.starts_on)}~계속"
        return date_range_text(self.starts_on, self.ends_on)

    @property
    def standing(self) -> str:
        """`정상 60%`"""
        done = "" if self.percent is None else f"{self.percent}%"
        return " ".join(part for part in (self.word, done) if part)


@dataclass(frozen=True, slots=True)
class Gantt:
    """Bars one below the other, all on the same days."""

    title: str
    bars: tuple[Bar, ...]
    today: date
    note: str = ""
    heading: str = "일정"

    @property
    def caption(self) -> str:
        """The days shown, where today is, and the note."""
        first, end = self._range()
        days = date_range_text(first, end - timedelta(days=1))
        today = f"오늘({date_text(self.today)})"
        is_near = first <= self.today < end
        line = f"세로 점선은 {today}입니다." if is_near else f"{today}은 이 기간 밖에 있습니다."
        return " ".join(part for part in (days, line, self.note) if part)

    @property
    def is_empty(self) -> bool:
        """No bar."""
        return not self.bars

    @property
    def width(self) -> float:
        """Bars stretch."""
        return 0

    def sentence(self) -> str:
        """Each bar with its days and how it stands."""
        told = ", ".join(
            f"{bar.label} {bar.days}" + (f"({bar.standing})" if bar.standing else "")
            for bar in self.bars
        )
        return f"{self.title}: {told}. 오늘은 {date_text(self.today)}입니다."

    def _range(self) -> tuple[date, date]:
        """Whole months around all bars."""
        first = min(bar.starts_on for bar in self.bars)
        last = max(bar.ends_on or bar.starts_on for bar in self.bars)
        if any(bar.ends_on is None for bar in self.bars):
            last = max(last, self.today) + timedelta(days=OPEN_DAYS)
        return first.replace(day=1), _month(last, 1)

    def drawing(self) -> str:
        """Names of years or months on top, then the bars."""
        first, end = self._range()
        marks = _ticks(first, end)
        names = "".join(
            pieces.text(name, _at(day, first, end))
            for day, name in marks
            if _at(day, first, end) <= LAST
        )
        lines = "".join(pieces.upright("grid", _at(day, first, end)) for day, _ in marks)
        head = (
            '<div class="mk-chart-row mk-chart-row--head"><span></span>'
            f'<svg aria-hidden="true">{names}</svg></div>'
        )
        rows = "".join(self._row(bar, lines, first, end) for bar in self.bars)
        return f'<div class="mk-chart-rows mk-chart-rows--gantt">{head}{rows}</div>'

    def _row(self, bar: Bar, lines: str, first: date, end: date) -> str:
        stops = end if bar.ends_on is None else min(bar.ends_on, LAST_DAY) + timedelta(days=1)
        left = _at(bar.starts_on, first, end)
        whole = _at(stops, first, end) - left
        done = FULL if bar.percent is None else min(max(bar.percent, 0), FULL)
        is_near = first <= self.today < end
        line = pieces.upright("today", _at(self.today, first, end)) if is_near else ""
        drawn = pieces.bar(bar.tone, left, whole * done / FULL, top=TOP, tall=TALL)
        standing = (
            f'<span class="mk-chart-total mk-tone-{bar.tone}">{pieces.swatch(bar.tone)}'
            f"{escape(bar.standing)}</span>"
            if bar.standing
            else '<span class="mk-chart-total"></span>'
        )
        inside = f"{lines}{_track(left, whole)}{drawn}{line}"
        return (
            f'<div class="mk-chart-row">{pieces.label(bar.label)}'
            f'<svg aria-hidden="true">{inside}</svg>{standing}</div>'
        )

    def table(self) -> Table:
        """Days and standing of each bar."""
        rows = [
            (bar.label, date_text(bar.starts_on),
             date_text(bar.ends_on) if bar.ends_on else "계속", bar.standing or "없음")
            for bar in self.bars
        ]  # fmt: skip
        return Table((self.heading, "시작", "끝", "상태"), rows, has_numbers=False)


def _track(left: float, wide: float) -> str:
    """All that is planned, below what is done."""
    return (
        f'<rect class="mk-chart-track" x="{coordinate(left)}" width="{coordinate(wide)}"'
        f' y="{TOP}%" height="{TALL}%" rx="3"/>'
    )


def _at(day: date, first: date, end: date) -> float:
    """Where a day begins, in percent from the left."""
    return share((day - first).days, (end - first).days)


def _month(day: date, later: int) -> date:
    """The first day of the month that comes so many months later."""
    number = day.year * YEAR + day.month - 1 + later
    if number // YEAR > date.max.year:
        return date.max
    return date(number // YEAR, number % YEAR + 1, 1)


def _ticks(first: date, end: date) -> list[tuple[date, str]]:
    """First days of months, or of years behind the first day, with their names; only a few."""
    months = (end.year - first.year) * YEAR + end.month - first.month
    step = next((each for each in STEPS if months / each <= MOST_TICKS), STEPS[-1])
    if step < YEAR:
        return _months([_month(first, later) for later in range(0, months, step)])
    years = [_month(first, later) for later in range((YEAR + 1 - first.month) % YEAR, months, step)]
    has_room = not years or _at(years[0], first, end) >= TIGHT
    return [(day, str(day.year)) for day in ([first, *years] if has_room else years)]


def _months(days: list[date]) -> list[tuple[date, str]]:
    """Months with their names; the year stands where it is another than before."""
    before = [0, *(day.year for day in days)]
    return [
        (day, f"{day.month}월" if day.year == year else f"{day.year}. {day.month}.")
        for day, year in zip(days, before, strict=False)
    ]
