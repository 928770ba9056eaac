"""Numbers of charts: how they are written, and how long they are drawn."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

Number: TypeAlias = int | float | Decimal
Value: TypeAlias = Number | None
"""None: there is no value, which is not the same as 0."""

NO_VALUE = "자료 없음"
DASH = "–"
FULL = 100


def written(value: Value) -> str:
    """`1,234`, `17.5`, or a dash."""
    if value is None:
        return DASH
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def amount(value: Value, unit: str) -> str:
    """A number with its unit, as a sentence says it."""
    return NO_VALUE if value is None else f"{written(value)}{unit}"


def share(part: Number, whole: Number) -> float:
    """Percent of the whole; of nothing, 0."""
    return FULL * float(part) / float(whole) if whole else 0.0


def caption(unit: str, note: str) -> str:
    """`단위: 억 원. 파란 막대는 올해 목표입니다.`"""
    return " ".join(part for part in (f"단위: {unit}." if unit else "", note) if part)


def with_unit(name: str, unit: str) -> str:
    """`값(억 원)`, the heading of a column."""
    return f"{name}({unit})" if unit else name


def coordinate(percent: float) -> str:
    """A percentage as an SVG attribute: a digit behind the point is less than a pixel."""
    return f"{percent:.1f}".removesuffix(".0") + "%"


def known(values: Iterable[Value]) -> list[Number]:
    """The values that there are."""
    return [value for value in values if value is not None]


def total(values: Iterable[Value]) -> Number:
    """Their sum; a value that there is not adds nothing."""
    return sum(known(values), start=0)


def even(rows: Iterable[Iterable[object]], width: int) -> None:
    """Every row has one value per label; anything else is a mistake of the caller."""
    if any(len(list(row)) != width for row in rows):
        raise ValueError(f"every row of a chart needs {width} values, one per label")


def not_negative(values: Iterable[Value]) -> None:
    """Lengths and shares cannot be negative."""
    if any(value < 0 for value in known(values)):
        raise ValueError("this chart cannot show negative values")
