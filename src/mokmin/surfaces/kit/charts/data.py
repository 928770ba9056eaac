"""What charts are made of: series of values, and the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from mokmin.surfaces.kit.charts.numbers import Value, written


@dataclass(frozen=True, slots=True)
class Series:
    """Values with a name, one per label; `tone` gives colour and mark."""

    name: str
    values: tuple[Value, ...]
    tone: str = "main"
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The data of a chart as a table: the first column names the rows, numbers stand at right."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    has_numbers: bool = True


def cells(values: Sequence[Value]) -> tuple[str, ...]:
    """Values as cells of a table."""
    return tuple(written(value) for value in values)


def by_label(
    heading: str, labels: Sequence[str], series: Sequence[Series], *, totals: Sequence[Value] = ()
) -> Table:
    """One row per label, one column per series, and a column of totals when there are any."""
    columns = [cells(each.values) for each in series] + ([cells(totals)] if totals else [])
    headings = [heading, *(each.name for each in series), *(["계"] if totals else [])]
    return Table(tuple(headings), [tuple(row) for row in zip(labels, *columns, strict=True)])
