"""Handling terms (처리기간) of petitions: so many working hours, days, weeks, months or years."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mokmin.lib.errors import Refusal

WORKING_DAY = timedelta(hours=8)
"""What one day counts in a term of five days or fewer (민원처리법 제19조 제1항)."""

MOST_DAYS_IN_HOURS = 5

LONGEST = 1000
"""A term of more units than this is a slip of the pen."""


class TermUnit(StrEnum):
    """What a handling term (처리기간) is counted in."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_UNIT_LABELS = {
    TermUnit.HOUR: "근무시간",
    TermUnit.DAY: "일",
    TermUnit.WEEK: "주",
    TermUnit.MONTH: "개월",
    TermUnit.YEAR: "년",
}

_MONTHS = {TermUnit.MONTH: 1, TermUnit.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Term:
    """A handling term (처리기간): `Term(14, TermUnit.DAY)`."""

    amount: int
    unit: TermUnit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= LONGEST:
            raise Refusal(f"처리기간은 1부터 {LONGEST:,}까지만 적을 수 있습니다.")

    def __str__(self) -> str:
        return f"{self.amount}{_UNIT_LABELS[self.unit]}"

    @property
    def hours(self) -> timedelta | None:
        """Working hours of a term that runs in hours; None when it runs in days."""
        if self.unit is TermUnit.HOUR:
            return timedelta(hours=self.amount)
        if self.unit is TermUnit.DAY and self.amount <= MOST_DAYS_IN_HOURS:
            return self.amount * WORKING_DAY
        return None

    def last_by_calendar(self, first: date) -> date:
        """The last day of a term in weeks, months or years of which `first` is the first day.

        It is the day before the one that corresponds, or the end of a month that has no such day
        (민법 제160조).
        """
        if self.unit is TermUnit.WEEK:
            return first + timedelta(weeks=self.amount) - timedelta(days=1)
        months = self.amount * _MONTHS[self.unit]
        years, place = divmod(first.month - 1 + months, 12)
        year, month = first.year + years, place + 1
        length = monthrange(year, month)[1]
        if first.day > length:
            return date(year, month, length)
        return date(year, month, first.day) - timedelta(days=1)


IMMEDIATE = Term(3, TermUnit.HOUR)
"""`즉시` means within three working hours (민원처리법 시행령 제19조)."""
