"""XLSX by openpyxl, row by row: ten times slower, for files on which the fast reader died."""

from collections.abc import Iterator, Sequence
from typing import IO, Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mokmin.documents.readers.inside import zipped
from mokmin.documents.readers.inside.values import Extent, rows_within
from mokmin.lib.sandbox.reasons import Reason, Unreadable

VISIBLE = "visible"


def read(file: IO[bytes], *, most: dict[str, int]) -> dict[str, Any]:
    """Every visible sheet; merged cells are not known in this way of reading."""
    limits = Extent(**most)
    zipped.opened(file)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise Unreadable(Reason.BROKEN) from error
    found: list[dict[str, Any]] = []
    taken = 0
    for sheet in book.worksheets:
        if sheet.sheet_state == VISIBLE:
            rows = rows_within(sheet.title, _values(sheet), limits, taken=taken)
            taken += sum(map(len, rows))
            found.append({"name": sheet.title, "rows": rows, "merged": []})
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != VISIBLE]
    return {"sheets": found, "hidden": hidden}


def _values(sheet: Any) -> Iterator[Sequence[Any]]:
    # What the file says of its own size is not believed.
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)
