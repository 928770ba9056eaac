"""Lines over time, drawn in percent so that text keeps its size."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from mokmin.surfaces.kit.charts import numbers, pieces
from mokmin.surfaces.kit.charts.data import Series, Table, by_label, cells
from mokmin.surfaces.kit.charts.numbers import (
    FULL,
    Number,
    Value,
    amount,
    coordinate,
    even,
    known,
    written,
)
from mokmin.surfaces.kit.charts.scale import Scale, scale

NEAR = 9
"""Percent of the height that two written values keep between them."""

CLOSE, FEWEST = 15, 3
"""Rem for the names of points, and how many of them always have room."""

FEW = 12
"""A lone line with at most so many points has its values written at them."""


@dataclass(frozen=True, slots=True)
class Line:
    """Values of one or several series along the labels; None leaves a gap."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    note: str = ""
    from_zero: bool = True
    heading: str = "구분"

    def __post_init__(self) -> None:
        even((each.values for each in self.series), len(self.labels))
        if len(self.series) > len(pieces.POINTS):
            raise ValueError(f"more than {len(pieces.POINTS)} lines cannot be told apart")

    @property
    def caption(self) -> str:
        """Unit and note, and a warning when the axis does not start at zero."""
        cut = "" if self.from_zero else "세로축은 0에서 시작하지 않습니다."
        return numbers.caption(self.unit, " ".join(part for part in (self.note, cut) if part))

    @property
    def is_empty(self) -> bool:
        """No value at all."""
        return not self._values()

    @property
    def width(self) -> float:
        """What the values need that are written side by side."""
        return pieces.columns_width(cells(self.series[0].values)) if self._writes_all else 0

    @property
    def _writes_all(self) -> bool:
        return len(self.series) == 1 and len(self.labels) <= FEW

    @property
    def _ticks(self) -> str:
        """Every second name is left out where they would meet on a narrow screen."""
        wanted = len(self.labels) * (max(map(len, self.labels)) + 0.4)
        is_close = wanted > CLOSE and len(self.labels) > FEWEST and not self._writes_all
        return " is-close" if is_close else ""

    def _values(self) -> list[Number]:
        return [value for each in self.series for value in known(each.values)]

    def sentence(self) -> str:
        """Each series from the first label to the last."""
        told = ". ".join(f"{each.name}: {self._told(each)}" for each in self.series)
        return f"{self.title}: {told}입니다."

    def _told(self, series: Series) -> str:
        return ", ".join(
            f"{name} {amount(value, self.unit)}"
            for name, value in zip(self.labels, series.values, strict=True)
        )

    def drawing(self) -> str:
        """Legend; ticks at the left, lines, last values at the right; labels below."""
        measure = scale(self._values(), from_zero=self.from_zero, room=8)
        entries = [(_swatch(each, at), each.name, "") for at, each in enumerate(self.series)]
        lines = "".join(self._line(at, measure) for at in reversed(range(len(self.series))))
        ends = "" if self._writes_all else _ends(self.series, measure)
        return (
            f"{pieces.legend(entries)}"
            f'<div class="mk-chart-lines">{_axis(measure)}'
            f'<svg class="mk-chart-area" aria-hidden="true">{pieces.grid(measure)}{lines}</svg>'
            f"{ends}{pieces.ticks(self.labels, style=self._ticks)}</div>"
        )

    def _line(self, at: int, measure: Scale) -> str:
        series, slot = self.series[at], FULL / len(self.labels)
        spots = [
            None if value is None else (slot * (number + 0.5), measure.height(value))
            for number, value in enumerate(series.values)
        ]
        strokes = "".join(
            f'<line x1="{coordinate(a[0])}" y1="{coordinate(a[1])}" x2="{coordinate(b[0])}"'
            f' y2="{coordinate(b[1])}"/>'
            for a, b in pairwise(spots)
            if a and b
        )
        points = "".join(
            f'<svg class="mk-chart-spot" x="{coordinate(spot[0])}" y="{coordinate(spot[1])}">'
            f"{pieces.POINTS[at]}{self._written(value)}</svg>"
            for spot, value in zip(spots, series.values, strict=True)
            if spot
        )
        return f'<g class="{_style(series)}">{strokes}{points}</g>'

    def _written(self, value: Value) -> str:
        return f'<text dy="-1.1em">{written(value)}</text>' if self._writes_all else ""

    def table(self) -> Table:
        """One row per label, one column per series."""
        return by_label(self.heading, self.labels, self.series)


def _style(series: Series) -> str:
    return f"mk-chart-line mk-tone-{series.tone}{' is-dashed' if series.is_dashed else ''}"


def _swatch(series: Series, at: int) -> str:
    """A piece of the line with its point."""
    return (
        f'<svg class="mk-chart-swatch is-line {_style(series)}" aria-hidden="true">'
        f'<line x2="28" y1="8" y2="8"/><g transform="translate(14 8)">{pieces.POINTS[at]}</g></svg>'
    )


def _axis(measure: Scale) -> str:
    """What the ticks stand for, at the left."""
    texts = [written(tick) for tick in measure.ticks]
    size = " is-wide" if max(map(len, texts)) > 7 else ""  # noqa: PLR2004  # as the stylesheet has it
    drawn = "".join(
        f'<text x="100%" dx="-6" y="{coordinate(measure.height(tick))}">{text}</text>'
        for tick, text in zip(measure.ticks, texts, strict=True)
    )
    return f'<svg class="mk-chart-axis{size}" aria-hidden="true">{drawn}</svg>'


def _ends(series: Sequence[Series], measure: Scale) -> str:
    """The last value of each line, moved apart where two would meet."""
    last = [(each, known(each.values)[-1]) for each in series if known(each.values)]
    placed: list[float] = []
    drawn = ""
    for each, value in sorted(last, key=lambda pair: measure.height(pair[1])):
        height = max([measure.height(value), *(at + NEAR for at in placed[-1:])])
        placed.append(height)
        point = pieces.POINTS[series.index(each)]
        drawn += (
            f'<svg class="mk-chart-spot mk-tone-{each.tone}" y="{coordinate(height)}">'
            f'<g transform="translate(8)">{point}</g><text x="18">{written(value)}</text></svg>'
        )
    return f'<svg class="mk-chart-ends" aria-hidden="true">{drawn}</svg>'
