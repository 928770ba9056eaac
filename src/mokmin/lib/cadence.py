"""How often something falls due: 월, 분기, 반기, 연, or 수시 (ad hoc)."""

from datetime import date
from enum import StrEnum

from mokmin.lib.period import Period


class Cadence(StrEnum):
    """A rhythm of the calendar; what it asks for falls due on the last day of each period."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    AD_HOC = "ad_hoc"

    @property
    def label(self) -> str:
        """월, 분기, 반기, 연, 수시."""
        return _LABELS[self]

    @property
    def months(self) -> int | None:
        """Months from one due date to the next; None when ad hoc."""
        return _MONTHS.get(self)

    def period_of(self, day: date) -> Period | None:
        """The period in which the day lies; None when ad hoc."""
        return Period.containing(day, months=self.months) if self.months else None

    def next_due(self, after: date) -> Period | None:
        """The first period whose last day comes after that date; None when ad hoc."""
        period = self.period_of(after)
        return period.next() if period and period.last_on == after else period

    def due_between(self, first_on: date, last_on: date) -> tuple[Period, ...]:
        """All periods whose last day lies in the range, both ends included; none when ad hoc."""
        due = []
        period = self.period_of(first_on)
        while period and period.last_on <= last_on:
            due.append(period)
            period = period.next() if period.last_on < last_on else None
        return tuple(due)


_LABELS = {
    Cadence.MONTHLY: "월",
    Cadence.QUARTERLY: "분기",
    Cadence.HALF_YEARLY: "반기",
    Cadence.YEARLY: "연",
    Cadence.AD_HOC: "수시",
}

_MONTHS = {
    Cadence.MONTHLY: 1,
    Cadence.QUARTERLY: 3,
    Cadence.HALF_YEARLY: 6,
    Cadence.YEARLY: 12,
}
