"""Which days are working days (근무일): all but Saturdays, Sundays and public holidays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
WEEKEND = {5: "토요일", 6: "일요일"}


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days under these public holidays; outside of what they cover only weekends rest.

    `holidays` maps each public holiday to its name; Sundays need not be among them.
    """

    holidays: Mapping[date, str]

    def why_not_working(self, day: date) -> str | None:
        """Why nobody works on that day: `공휴일(설날)`, `토요일`; None on a working day."""
        if name := self.holidays.get(day):
            return f"공휴일({name})"
        return WEEKEND.get(day.weekday())

    def is_working_day(self, day: date) -> bool:
        """Whether people work on that day."""
        return self.why_not_working(day) is None

    def add(self, day: date, count: int) -> date:
        """The working day that is so many after (before, when negative) that day.

        The day itself does not count (민법 제157조). 0 gives the day itself, or the next working
        day when it is none (민법 제161조).
        """
        if count == 0:
            return day if self.is_working_day(day) else self.add(day, 1)
        step, left = (ONE_DAY, count) if count > 0 else (-ONE_DAY, -count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Working days after the first day, up to and with the last; negative backwards.

        So `between(day, add(day, n))` is n for every n but 0 from a day of rest.
        """
        if last < first:
            return -self._count(last, first - ONE_DAY)
        return self._count(first + ONE_DAY, last)

    def _count(self, first: date, last: date) -> int:
        """Working days from one to the other, both included."""
        length = (last - first).days + 1
        return sum(self.is_working_day(first + number * ONE_DAY) for number in range(length))
