"""A workbook as it was read: visible sheets, every cell at its address."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from mokmin.documents.readers.inside.values import NO_TEXT, is_figure, plain_text
from mokmin.lib.korean import SEOUL
from mokmin.lib.media import Media
from mokmin.lib.sheets import column_number

Value = None | str | bool | int | float | datetime | date | time
Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column; all count from 1."""

TIMES: dict[str, Callable[[str], Value]] = {
    "datetime": lambda text: datetime.fromisoformat(text).replace(tzinfo=SEOUL),
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


NAMED = 3
LONGEST_NAME = 40
"""Names in a file may be of any length and number; what is told of them may not."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `rows[0]` is its row 1, and no row ends with an empty cell."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merged: tuple[Merged, ...] = ()

    def at(self, address: str) -> Value:
        """The value at `B3`; None beyond the edge."""
        letters = address.rstrip("0123456789")
        return self.cell(int(address[len(letters) :]), column_number(letters))

    def cell(self, row: int, column: int) -> Value:
        """The value of a cell; both count from 1, and beyond the edge there is nothing."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return cells[column - 1] if 0 < column <= len(cells) else None

    def numbered(self) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """Rows that hold anything, with their numbers."""
        return ((number, row) for number, row in enumerate(self.rows, start=1) if row)


@dataclass(frozen=True, slots=True)
class Workbook:
    """What was read; `told` are sentences that whoever brought the file should see."""

    media: Media
    sheets: tuple[Sheet, ...]
    told: tuple[str, ...] = ()


def sheet_of(said: Mapping[str, Any]) -> Sheet:
    """A sheet from what the disposable process answered."""
    return Sheet(
        name=plain_text(str(said["name"])),
        rows=tuple(tuple(_value(cell) for cell in row) for row in said["rows"]),
        merged=tuple(_range(each) for each in said["merged"]),
    )


def _range(said: Sequence[int]) -> Merged:
    first_row, first_column, last_row, last_column = map(int, said)
    return first_row, first_column, last_row, last_column


def _value(cell: Any) -> Value:
    if isinstance(cell, dict):
        ((kind, text),) = cell.items()
        return TIMES[kind](text)
    if cell is None or (isinstance(cell, str) and not NO_TEXT.search(cell)):
        return cell
    if isinstance(cell, int | float) and is_figure(cell):
        return cell
    raise ValueError("not a value of a cell")


def named(names: Sequence[str]) -> str:
    """`‘계산’, ‘명단’`: the first few names of a file, as they can stand in a sentence."""
    return ", ".join(f"‘{shortened(name)}’" for name in names[:NAMED])


def shortened(name: str) -> str:
    """A name in one line, cut where it gets long."""
    plain = " ".join(plain_text(name).split())
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 1]}…"
