"""Lists as CSV that Excel opens as they are meant."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import IO

from mokmin.lib.korean import in_seoul

MEDIA = "text/csv; charset=utf-8"
BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""With these Excel begins to calculate, the Korean one with wide ones as well; a quotation mark in
front keeps it text."""

MOUTHFUL = 500
"""Rows that are handed on together."""


def plain(value: object) -> str:
    """The text of a cell, harmless in a spreadsheet; numbers and dates are what they are."""
    match value:
        case None:
            return ""
        case bool():
            return "예" if value else "아니요"
        case datetime():
            return in_seoul(value).strftime("%Y-%m-%d %H:%M:%S")
        case date() | int() | float() | Decimal():
            return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The file in pieces: UTF-8 with its mark, so that Excel reads Korean."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    text.write(BOM)
    writer.writerow(map(plain, columns))
    for number, row in enumerate(rows, start=1):
        writer.writerow(map(plain, row))
        if number % MOUTHFUL == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def write_list(stream: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write the whole list."""
    for piece in lines(columns, rows):
        stream.write(piece)
