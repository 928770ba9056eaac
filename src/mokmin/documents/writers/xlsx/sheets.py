"""Cells and looks that every Excel file of ours has in common."""

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import IO, Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mokmin.lib.korean import in_seoul

Kind = Literal["text", "number", "date", "moment"]

WIDTHS: Mapping[Kind, int] = {"text": 16, "number": 12, "date": 12, "moment": 17}
PATTERNS: Mapping[Kind, str] = {
    "text": "@", "number": "#,##0.##########", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"
}  # fmt: skip
WHOLE = "#,##0"
FIRST_DAY = date(1900, 3, 1)
"""Excel counts days from here on rightly."""

DIGITS = 15
"""A number of more digits would be rounded by Excel; it is written as text."""

LONGEST_TEXT = 32_767
BASE = {"font_name": "맑은 고딕", "font_size": 10, "valign": "vcenter"}
HEADING = BASE | {
    "bold": True, "bg_color": "#E6EEF8", "bottom": 1, "bottom_color": "#8A9BB5",
    "text_wrap": True, "align": "center",
}  # fmt: skip
NAME_MARKS = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of one workbook."""

    heading: Format
    plain: Format
    title: Format
    whole: Format
    kinds: Mapping[Kind, Format]


@contextmanager
def workbook(stream: IO[bytes], *, is_long: bool) -> Iterator[Workbook]:
    """A workbook that goes to the stream at the end of the block; a long one is not in memory.

    Of one that was given up nothing stays behind.
    """
    with TemporaryDirectory(prefix="mokmin-") as folder, ExitStack() as open_files:
        book = Workbook(
            stream,
            {
                "constant_memory": is_long,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        open_files.callback(_close_rows, book)
        yield book
        book.close()


def _close_rows(book: Workbook) -> None:
    """The library closes the file of its rows only when it writes the workbook."""
    for sheet in book.worksheets():
        if sheet.row_data_fh is not None:
            sheet.row_data_fh.close()


def looks(book: Workbook, **more: Any) -> Looks:
    """The formats; `more` goes into those of values."""
    return Looks(
        heading=book.add_format(HEADING),
        plain=book.add_format(BASE | more),
        title=book.add_format(BASE | {"bold": True, "font_size": 14}),
        whole=book.add_format(BASE | more | {"num_format": WHOLE}),
        kinds={
            kind: book.add_format(BASE | more | {"num_format": pattern})
            for kind, pattern in PATTERNS.items()
        },
    )


def sheet_name(title: str) -> str:
    """A title as Excel allows it for a sheet."""
    return NAME_MARKS.sub(" ", title).strip(" '")[:LONGEST_NAME] or "목록"


def write(sheet: Worksheet, row: int, column: int, value: object, looks: Looks) -> None:
    """One cell; what is text stays text, whatever it begins with."""
    match value:
        case None | "":
            sheet.write_blank(row, column, None, looks.plain)
        case bool():
            _text(sheet, row, column, "예" if value else "아니요", looks)
        case int() | float() | Decimal():
            _number(sheet, row, column, value, looks)
        case datetime():
            there = in_seoul(value).replace(tzinfo=None)
            sheet.write_datetime(row, column, there, looks.kinds["moment"])
        case date() if value >= FIRST_DAY:
            sheet.write_datetime(row, column, value, looks.kinds["date"])
        case date():
            _text(sheet, row, column, value.isoformat(), looks)
        case _:
            _text(sheet, row, column, str(value), looks)


def _text(sheet: Worksheet, row: int, column: int, text: str, looks: Looks) -> None:
    cut = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    sheet.write_string(row, column, cut, looks.plain)


def _number(sheet: Worksheet, row: int, column: int, value: float | Decimal, looks: Looks) -> None:
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        sheet.write_blank(row, column, None, looks.plain)
    elif not isinstance(value, float) and _digits(value) > DIGITS:
        _text(sheet, row, column, f"{value:f}" if isinstance(value, Decimal) else str(value), looks)
    else:
        kind = looks.whole if value == int(value) else looks.kinds["number"]
        sheet.write_number(row, column, float(value), kind)


def _digits(value: int | Decimal) -> int:
    """How many digits tell the number; zeros at its end need none."""
    if isinstance(value, int) and abs(value) < 10**DIGITS:
        return 0
    return len(Decimal(value).normalize().as_tuple().digits)


def for_paper(sheet: Worksheet, *, heading_row: int) -> None:
    """A4, as wide as one page, the headings on each."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&C- &P / &N -")
