"""Cells on their way out of the disposable process: plain JSON, within the limits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from mokmin.lib.sandbox.reasons import Reason, Unreadable
from mokmin.lib.sheets import column_letters

Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column; all count from 1."""

NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""What stands for no letter: a page cannot show it, and a database does not take all of it."""

MOST_NUMBER = 10**18
"""No figure of an office is larger."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a workbook is read."""

    sheets: int = 50
    rows: int = 5_000
    columns: int = 100
    cells: int = 200_000


def rows_within(
    name: str, rows: Iterable[Sequence[Any]], most: Extent, *, taken: int
) -> list[list[Any]]:
    """The rows, without what is empty at their ends; raises Unreadable, naming the cell, at the
    first one beyond the limits. `taken` cells have been read of other sheets.
    """
    found: list[list[Any]] = []
    last = 0
    for number, row in enumerate(rows, start=1):
        plain = _without_empty_end([plain_value(value) for value in row])
        if plain:
            taken += len(plain)
            _judge(name, number, len(plain), most, taken=taken)
            found.extend([] for _ in range(number - last - 1))
            found.append(plain)
            last = number
    return found


def _judge(name: str, row: int, column: int, most: Extent, *, taken: int) -> None:
    if row <= most.rows and column <= most.columns and taken <= most.cells:
        return
    where = f"‘{name}’ 시트의 {column_letters(column)}{row} 칸"
    raise Unreadable(
        Reason.TOO_BIG,
        f"{where}까지 값이 있어 읽지 않았습니다. 시트마다 {most.rows:,}행, {most.columns:,}열까지, "
        f"모두 {most.cells:,}칸까지 읽습니다. 표 밖에 남은 값이 있으면 지우고, 표가 크면 나누어 "
        "저장한 뒤 올려 주세요.",
    )


def is_figure(number: float) -> bool:
    """Whether it can be counted with: neither infinite nor NaN nor of hundreds of digits."""
    return -MOST_NUMBER <= number <= MOST_NUMBER


def plain_value(value: Any) -> Any:
    """One value as JSON: text, number, true, null, or an object that says which kind of time.

    A number that is no figure is the text that it was: a column of numbers refuses it.
    """
    match value:
        case None | str():
            return plain_text(value or "") or None
        case datetime() | date() | time():
            return {type(value).__name__: value.isoformat()}
        case timedelta():
            return _duration(value)
        case bool():
            return value
        case int() | float() if is_figure(value):
            return int(value) if value == int(value) else value
    return str(value)


def plain_text(text: str) -> str:
    """A text without marks that stand for no letter."""
    return NO_TEXT.sub("", text)


def _duration(value: timedelta) -> str:
    """More than a day of hours, as the cell shows it."""
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def _without_empty_end(row: list[Any]) -> list[Any]:
    while row and row[-1] is None:
        row.pop()
    return row


def numbered(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> Iterator[Merged]:
    """Merged ranges that count from 0, counted from 1."""
    for (first_row, first_column), (last_row, last_column) in ranges:
        yield first_row + 1, first_column + 1, last_row + 1, last_column + 1
