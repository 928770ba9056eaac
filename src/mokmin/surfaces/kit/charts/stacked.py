"""Bars of counts stacked by state, one row per label."""

from dataclasses import dataclass

from django.utils.html import escape

from mokmin.surfaces.kit.charts import pieces
from mokmin.surfaces.kit.charts.data import Series, Table, by_label
from mokmin.surfaces.kit.charts.numbers import (
    Number,
    Value,
    amount,
    coordinate,
    even,
    not_negative,
    share,
    total,
    written,
)


@dataclass(frozen=True, slots=True)
class Stacked:
    """How many of each state, by label; the longest row fills the width."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = "건"
    note: str = ""
    heading: str = "구분"

    def __post_init__(self) -> None:
        even((each.values for each in self.series), len(self.labels))
        not_negative(value for each in self.series for value in each.values)

    @property
    def caption(self) -> str:
        """The unit stands behind every total; only the note is left to say."""
        return self.note

    @property
    def is_empty(self) -> bool:
        """No row or nothing to count."""
        return not (self.labels and self.series)

    @property
    def width(self) -> float:
        """Bars stretch."""
        return 0

    def sentence(self) -> str:
        """Each row with its total and its parts, then all of them."""
        rows = ", ".join(
            f"{name} {self._told([each.values[at] for each in self.series])}"
            for at, name in enumerate(self.labels)
        )
        return f"{self.title}: {rows}. 모두 {self._told(self._sums())}입니다."

    def _told(self, values: list[Value]) -> str:
        parts = ", ".join(
            f"{each.name} {amount(value, self.unit)}"
            for each, value in zip(self.series, values, strict=True)
            if value
        )
        return amount(total(values), self.unit) + (f"({parts})" if parts else "")

    def _sums(self) -> list[Value]:
        return [total(each.values) for each in self.series]

    def _totals(self) -> list[Number]:
        return [total(row) for row in zip(*(each.values for each in self.series), strict=True)]

    def drawing(self) -> str:
        """The legend, then one bar per label."""
        sums = zip(self.series, self._sums(), strict=True)
        entries = [(pieces.swatch(each.tone), each.name, written(found)) for each, found in sums]
        totals = self._totals()
        longest = max(totals)
        rows = "".join(self._row(at, whole, longest) for at, whole in enumerate(totals))
        return f'{pieces.legend(entries)}<div class="mk-chart-rows">{rows}</div>'

    def _row(self, at: int, whole: Number, longest: Number) -> str:
        drawn, rest = self._pieces(at, longest)
        besides = f'<span class="mk-chart-rest">{escape(", ".join(rest))}</span>' if rest else ""
        return (
            f'<div class="mk-chart-row">{pieces.label(self.labels[at])}'
            f'<svg aria-hidden="true">{drawn}</svg>'
            f'<span class="mk-chart-total">{escape(amount(whole, self.unit))}</span>{besides}</div>'
        )

    def _pieces(self, at: int, longest: Number) -> tuple[str, list[str]]:
        """What is drawn of a row, and the words for what is too short to hold its number."""
        drawn, rest, left = "", [], 0.0
        for each in self.series:
            if not (value := each.values[at]):
                continue
            words, part = written(value), share(value, longest)
            if pieces.fits(words, part):
                number = _number(each.tone, words, left, part)
            else:
                number = ""
                rest.append(f"{each.name} {amount(value, self.unit)}")
            drawn += pieces.bar(each.tone, left, part, inner=number)
            left += part
        return drawn, rest

    def table(self) -> Table:
        """One row per label, one column per state, and the totals."""
        totals: list[Value] = [*self._totals()]
        return by_label(self.heading, self.labels, self.series, totals=totals)


def _number(tone: str, words: str, left: float, part: float) -> str:
    """The number in its piece; before it the mark of its state when there is room."""
    middle = left + part / 2
    shape = pieces.mark(tone, -(pieces.DIGIT * len(words) + pieces.MARK) / 2, -5)
    if not shape or not pieces.fits(words, part, besides=pieces.MARK + 4):
        return pieces.text(words, middle)
    return (
        f'<svg class="mk-chart-spot" x="{coordinate(middle)}" y="50%">{shape}'
        f'<text x="{pieces.MARK / 2:g}">{words}</text></svg>'
    )
