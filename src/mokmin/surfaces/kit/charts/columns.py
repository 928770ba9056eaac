"""Columns on a zero baseline; many or long-named ones lie down as rows."""

from dataclasses import dataclass

from django.utils.html import escape

from mokmin.surfaces.kit.charts import numbers, pieces
from mokmin.surfaces.kit.charts.data import Series, Table, by_label
from mokmin.surfaces.kit.charts.numbers import (
    FULL,
    Value,
    amount,
    even,
    known,
    share,
    written,
)
from mokmin.surfaces.kit.charts.scale import Scale, scale

MOST, LONGEST = 24, 16
"""More columns than this, or longer names, become rows."""

WIDEST = 14
"""Percent of the width that a lone column takes."""


@dataclass(frozen=True, slots=True)
class Columns:
    """One value per label; `strong` are the numbers of those that stand out."""

    title: str
    labels: tuple[str, ...]
    values: tuple[Value, ...]
    unit: str = ""
    note: str = ""
    strong: tuple[int, ...] = ()
    heading: str = "구분"

    def __post_init__(self) -> None:
        even([self.values], len(self.labels))

    @property
    def caption(self) -> str:
        """Unit and note."""
        return numbers.caption(self.unit, self.note)

    @property
    def is_empty(self) -> bool:
        """No label, or no value at all."""
        return not known(self.values)

    @property
    def width(self) -> float:
        """What the values need side by side; rows stretch."""
        return 0 if self._lies else pieces.columns_width([written(v) for v in self.values])

    @property
    def _lies(self) -> bool:
        return len(self.labels) > MOST or max(map(len, self.labels)) > LONGEST

    def sentence(self) -> str:
        """Each label with its value."""
        told = ", ".join(
            f"{name} {amount(value, self.unit)}"
            for name, value in zip(self.labels, self.values, strict=True)
        )
        return f"{self.title}: {told}입니다."

    def drawing(self) -> str:
        """Standing, or lying down."""
        return self._lying() if self._lies else self._standing()

    def _standing(self) -> str:
        measure = scale(known(self.values), room=14)
        drawn = "".join(self._column(at, measure) for at in range(len(self.values)))
        return (
            f'<svg class="mk-chart-area" aria-hidden="true">{pieces.grid(measure)}{drawn}</svg>'
            f"{pieces.ticks(self.labels)}"
        )

    def _column(self, at: int, measure: Scale) -> str:
        value, slot = self.values[at], FULL / len(self.values)
        middle, zero = slot * (at + 0.5), measure.height(0)
        if value is None:
            return pieces.text(written(None), middle, zero, down=-0.8)
        end, wide = measure.height(value), min(slot * 0.56, WIDEST)
        box = pieces.bar(
            self._tone(at), middle - wide / 2, wide, top=min(end, zero), tall=abs(end - zero)
        )
        return box + pieces.text(written(value), middle, end, down=1 if value < 0 else -0.8)

    def _tone(self, at: int) -> str:
        return "main" if at in self.strong or not self.strong else "soft"

    def _lying(self) -> str:
        values = [float(value) for value in known(self.values)]
        low, high = min(*values, 0.0), max(*values, 0.0)
        rows = "".join(self._row(at, low, high - low) for at in range(len(self.values)))
        return f'<div class="mk-chart-rows">{rows}</div>'

    def _row(self, at: int, low: float, span: float) -> str:
        value = self.values[at]
        length = float(value or 0)
        box = pieces.bar(
            self._tone(at), share(min(length, 0) - low, span), share(abs(length), span)
        )
        line = pieces.upright("zero", share(-low, span)) if low else ""
        return (
            f'<div class="mk-chart-row">{pieces.label(self.labels[at])}'
            f'<svg aria-hidden="true">{box if value else ""}{line}</svg>'
            f'<span class="mk-chart-total">{escape(amount(value, self.unit))}</span></div>'
        )

    def table(self) -> Table:
        """One row per label."""
        values = Series(numbers.with_unit("값", self.unit), self.values)
        return by_label(self.heading, self.labels, [values])
