"""A stretch of the calendar as one ordered value: `2023`, `2023-H1`, `2023-Q2`, `2023-04`."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from mokmin.lib.errors import Refusal
from mokmin.lib.korean import josa, quoted

YEARS = range(1900, 2200)

LENGTHS = (12, 6, 3, 1)
"""Months in a year, a half (반기), a quarter (분기) and a month; each is made of the next."""

_PARTS = {6: "반기는 1과 2만", 3: "분기는 1부터 4까지만", 1: "달은 1월부터 12월까지만"}

_FORMS = (
    re.compile(
        r"(?P<year>[0-9]{4})"
        r"(?:-H(?P<half>[0-9])|-Q(?P<quarter>[0-9])|-(?P<month>[0-9]{2}))?"
    ),
    re.compile(
        r"(?P<year>[0-9]{4}) ?년도? ?"
        r"(?:(?P<half>[상하])반기|(?P<quarter>[0-9])(?:/4)? ?분기|(?P<month>[0-9]{1,2}) ?월)?"
    ),
)


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A year, half, quarter or month: the `number`-th stretch of `months` months of its year.

    Ordered by first day, the longer one first, so that a sorted list reads as an outline. The
    fiscal year (회계연도) of a local government is the calendar year (지방자치법 제140조), so every
    period of the calendar is a period of the budget too.
    """

    year: int
    months: int = 12
    number: int = 1

    def __post_init__(self) -> None:
        if self.months not in LENGTHS:
            raise ValueError(f"a period has {LENGTHS} months, not {self.months}")
        if self.year not in YEARS:
            raise Refusal(f"연도는 {YEARS[0]}년부터 {YEARS[-1]}년까지만 적을 수 있습니다.")
        if self.number not in range(1, 12 // self.months + 1):
            raise Refusal(f"{_PARTS.get(self.months, '연도는 하나만')} 있습니다.")

    @classmethod
    def containing(cls, day: date, *, months: int = 12) -> "Period":
        """The period of that many months in which the day lies."""
        return cls(day.year, months, (day.month - 1) // months + 1)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read the text form or the Korean label; anything else is refused with the reason."""
        found = next(filter(None, (form.fullmatch(text.strip()) for form in _FORMS)), None)
        if found is None:
            raise Refusal(
                f"{josa(quoted(text), '은/는')} 기간으로 읽을 수 없습니다. "
                "2023, 2023-H1, 2023-Q2, 2023-04처럼 적어 주세요."
            )
        year = int(found["year"])
        if half := found["half"]:
            return cls(year, 6, {"상": 1, "하": 2}.get(half) or int(half))
        if quarter := found["quarter"]:
            return cls(year, 3, int(quarter))
        if month := found["month"]:
            return cls(year, 1, int(month))
        return cls(year)

    def __str__(self) -> str:
        part = {12: "", 6: f"-H{self.number}", 3: f"-Q{self.number}", 1: f"-{self.number:02}"}
        return f"{self.year}{part[self.months]}"

    @property
    def label(self) -> str:
        """`2023년`, `2023년 상반기`, `2023년 2분기`, `2023년 4월`."""
        half = "상반기" if self.number == 1 else "하반기"
        part = {12: "", 6: f" {half}", 3: f" {self.number}분기", 1: f" {self.number}월"}
        return f"{self.year}년{part[self.months]}"

    @property
    def first_on(self) -> date:
        return date(self.year, (self.number - 1) * self.months + 1, 1)

    @property
    def last_on(self) -> date:
        month = self.number * self.months
        return date(self.year, month, monthrange(self.year, month)[1])

    def __contains__(self, other: "date | Period") -> bool:
        if isinstance(other, Period):
            return self.first_on <= other.first_on and other.last_on <= self.last_on
        return self.first_on <= other <= self.last_on

    def __lt__(self, other: "Period") -> bool:
        return (self.first_on, -self.months) < (other.first_on, -other.months)

    def next(self) -> "Period":
        """The period of the same length that follows."""
        return self._moved(1)

    def previous(self) -> "Period":
        """The period of the same length that comes before."""
        return self._moved(-1)

    def _moved(self, steps: int) -> "Period":
        in_a_year = 12 // self.months
        year, place = divmod(self.year * in_a_year + self.number - 1 + steps, in_a_year)
        return Period(year, self.months, place + 1)

    @property
    def parent(self) -> "Period | None":
        """The next longer period it is part of; None for a year."""
        place = LENGTHS.index(self.months)
        return Period.containing(self.first_on, months=LENGTHS[place - 1]) if place else None

    @property
    def children(self) -> tuple["Period", ...]:
        """The next shorter periods it is made of; none for a month."""
        shorter = LENGTHS[LENGTHS.index(self.months) + 1 :]
        return self.split(shorter[0]) if shorter else ()

    def split(self, months: int) -> tuple["Period", ...]:
        """All periods of that many months inside of it, in order."""
        if months not in LENGTHS or months > self.months:
            raise ValueError(f"{self} has no parts of {months} months")
        first = (self.number - 1) * self.months // months + 1
        return tuple(
            Period(self.year, months, first + place) for place in range(self.months // months)
        )
