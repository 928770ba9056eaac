"""A grid of counts, darker where there is more."""

from dataclasses import dataclass
from math import ceil

from mokmin.surfaces.kit.charts import numbers, pieces
from mokmin.surfaces.kit.charts.data import Table, cells
from mokmin.surfaces.kit.charts.numbers import (
    FULL,
    Number,
    Value,
    amount,
    coordinate,
    even,
    known,
    not_negative,
    share,
    written,
)

LEVELS = 4

NAMES = 7
"""Rem for the names of the rows."""


@dataclass(frozen=True, slots=True)
class Heat:
    """One row of values per label, one value per column."""

    title: str
    labels: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    unit: str = "건"
    note: str = ""
    heading: str = "구분"

    def __post_init__(self) -> None:
        even(self.values, len(self.columns))
        if len(self.values) != len(self.labels):
            raise ValueError("a grid needs one row of values per label")
        not_negative(value for row in self.values for value in row)

    @property
    def caption(self) -> str:
        """Unit and note."""
        return numbers.caption(self.unit, self.note)

    @property
    def is_empty(self) -> bool:
        """No cell."""
        return not (self.labels and self.columns)

    @property
    def width(self) -> float:
        """What the widest number and name of a column need, and the names of the rows."""
        texts = [*self.columns, *(written(value) for row in self.values for value in row)]
        longest = max(map(len, texts))
        return NAMES + pieces.columns_width(["0" * longest] * len(self.columns), least=2.4)

    def sentence(self) -> str:
        """Row by row."""
        rows = ". ".join(
            f"{name}: " + ", ".join(
                f"{column} {amount(value, self.unit)}"
                for column, value in zip(self.columns, row, strict=True)
            )
            for name, row in zip(self.labels, self.values, strict=True)
        )  # fmt: skip
        return f"{self.title}. {rows}입니다."

    def drawing(self) -> str:
        """Names of the columns, then one row of cells per label."""
        most = max((value for row in self.values for value in known(row)), default=0)
        head = f'<div class="mk-chart-row"><span></span>{pieces.ticks(self.columns)}</div>'
        rows = "".join(
            f'<div class="mk-chart-row">{pieces.label(name)}'
            f'<svg aria-hidden="true">{self._cells(row, most)}</svg></div>'
            for name, row in zip(self.labels, self.values, strict=True)
        )
        return f'<div class="mk-chart-rows mk-chart-rows--heat">{head}{rows}</div>'

    def _cells(self, row: tuple[Value, ...], most: Number) -> str:
        slot = FULL / len(row)
        return "".join(
            f'<g class="mk-heat-{level(value, most)}"><rect x="{coordinate(slot * at)}"'
            f' width="{coordinate(slot)}" height="100%" rx="4"/>'
            f'<text x="{coordinate(slot * (at + 0.5))}" y="50%">{written(value)}</text></g>'
            for at, value in enumerate(row)
        )

    def table(self) -> Table:
        """The same grid."""
        rows = [(name, *cells(row)) for name, row in zip(self.labels, self.values, strict=True)]
        return Table((self.heading, *self.columns), rows)


def level(value: Value, most: Number) -> int:
    """0 for nothing, else 1 to 4 by the share of the highest value."""
    if not value:
        return 0
    return ceil(share(value, most) * LEVELS / FULL)
