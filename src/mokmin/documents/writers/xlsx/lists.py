"""Lists as Excel files, row by row, in constant memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from mokmin.documents.writers.xlsx import sheets
from mokmin.documents.writers.xlsx.sheets import WIDTHS, Kind, Looks
from mokmin.lib.errors import Denied

MOST_ROWS = 1_048_575
"""What a sheet of Excel holds below its headings."""

ABOUT = "내려받은 정보"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the list; `width` in characters, 0 for the usual one."""

    title: str
    kind: Kind = "text"
    width: int = 0


@dataclass(frozen=True, slots=True)
class List:
    """What is written besides the rows; each of `about` is a line of its own sheet."""

    title: str
    columns: tuple[Heading, ...]
    about: tuple[str, ...] = ()


def write_list(stream: IO[bytes], what: List, rows: Iterable[Sequence[object]]) -> int:
    """Write headings and rows, then return how many rows there were.

    Raises Denied when there are more than a sheet can hold.
    """
    with sheets.workbook(stream, is_long=True) as book:
        looks = sheets.looks(book)
        sheet = book.add_worksheet(sheets.sheet_name(what.title))
        _headings(sheet, what, looks)
        count = 0
        for count, row in enumerate(rows, start=1):
            if count > MOST_ROWS:
                raise Denied("엑셀 한 시트에 담을 수 있는 줄 수를 넘습니다. 조건을 좁혀 주세요.")
            for place, value in enumerate(row):
                sheets.write(sheet, count, place, value, looks)
        if count:
            sheet.autofilter(0, 0, count, len(what.columns) - 1)
        if what.about:
            _about(book, what, count, looks)
        book.set_properties({"title": what.title})
    return count


def _headings(sheet: Worksheet, what: List, looks: Looks) -> None:
    sheets.for_paper(sheet, heading_row=0)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(what.columns):
        sheet.set_column(place, place, column.width or WIDTHS[column.kind])
        sheet.write_string(0, place, column.title, looks.heading)


def _about(book: Workbook, what: List, count: int, looks: Looks) -> None:
    sheet = book.add_worksheet(ABOUT)
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, what.title, looks.title)
    for number, line in enumerate((*what.about, f"{count:,}줄"), start=2):
        sheet.write_string(number, 0, line, looks.plain)
