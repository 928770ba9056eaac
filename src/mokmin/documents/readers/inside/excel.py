"""Excel and its kin by calamine: fast, exact, and not proof against hostile files."""

from typing import IO, Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from mokmin.documents.readers.inside import formulas, old_excel, zipped
from mokmin.documents.readers.inside.values import Extent, numbered, rows_within
from mokmin.lib.sandbox.reasons import Reason, Unreadable

MOST_MERGED = 20_000


def read(file: IO[bytes], *, is_zip: bool, has_xml: bool, most: dict[str, int]) -> dict[str, Any]:
    """Every visible sheet; `has_xml` is XLSX, of which more can be told."""
    limits = Extent(**most)
    if is_zip:
        zipped.opened(file)
        file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        shown, hidden = _sheets(book)
        if len(shown) > limits.sheets:
            raise Unreadable(Reason.TOO_BIG)
        found = _all(book, shown, limits)
    except PasswordError as error:
        raise Unreadable(Reason.PASSWORD) from error
    except CalamineError as error:
        is_locked = not is_zip and old_excel.has_password(file)
        raise Unreadable(Reason.PASSWORD if is_locked else Reason.BROKEN) from error
    notes = formulas.look(file, shown) if has_xml else {}
    return {
        "sheets": [sheet | notes.get(sheet["name"], {}) for sheet in found],
        "hidden": hidden,
    }


def _sheets(book: CalamineWorkbook) -> tuple[list[str], list[str]]:
    """Names of the sheets of cells that are shown, and of those that are not."""
    tables = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    shown = [each.name for each in tables if each.visible == SheetVisibleEnum.Visible]
    return shown, [each.name for each in tables if each.name not in shown]


def _all(book: CalamineWorkbook, names: list[str], most: Extent) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    taken = 0
    for name in names:
        sheet = book.get_sheet_by_name(name)
        rows = rows_within(name, sheet.to_python(skip_empty_area=False), most, taken=taken)
        taken += sum(map(len, rows))
        found.append({"name": name, "rows": rows, "merged": _merged(sheet)})
    return found


def _merged(sheet: CalamineSheet) -> list[list[int]]:
    ranges = (sheet.merged_cell_ranges or [])[:MOST_MERGED]
    return [list(each) for each in numbered(ranges)]
