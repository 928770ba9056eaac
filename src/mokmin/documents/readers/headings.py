"""Finds the row of a sheet in which the columns are named."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mokmin.documents.readers.columns import Sought, as_text
from mokmin.documents.readers.workbook import Sheet
from mokmin.lib.sheets import KEY_HEADING

BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|<[^<>]*>")
NO_LETTER = re.compile(r"[\W_]+")
MOST_MERGED = 500
"""Merged cells that are looked at; a header has a few dozen."""

Covered = Mapping[tuple[int, int], tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Header:
    """A row of headings: where each column stands, and what else is named there.

    `form` is the template's name and version, `key_place` its hidden column (0: none).
    """

    row: int
    places: Mapping[str, tuple[int, ...]]
    unknown: tuple[str, ...]
    form: str = ""
    key_place: int = 0


def bare(heading: str) -> str:
    """A heading by which it is compared: no spaces, brackets, marks."""
    plain = unicodedata.normalize("NFKC", heading)
    return NO_LETTER.sub("", BRACKETS.sub("", plain)).lower() or NO_LETTER.sub("", plain).lower()


def best(sheet: Sheet, columns: Sequence[Sought], *, within: int) -> Header | None:
    """The row with most of the columns among the first rows, the upper one of equals; None when
    no row has any.
    """
    found: Header | None = None
    covered = _covered(sheet, within)
    for number in range(1, min(within, len(sheet.rows)) + 1):
        header = _header(sheet, number, columns, covered)
        if header.places and (found is None or len(header.places) > len(found.places)):
            found = header
    return found


def _covered(sheet: Sheet, within: int) -> Covered:
    """What merged cells say in every place that they cover near the headings, and whether it is
    in their first column: a name across two columns names one, a group across two groups both.
    """
    widest = max((len(row) for row in sheet.rows[:within]), default=0)
    return {
        (row, column): (as_text(sheet.cell(first_row, first_column)), column == first_column)
        for first_row, first_column, last_row, last_column in sheet.merged[:MOST_MERGED]
        for row in range(first_row, min(last_row, within) + 1)
        for column in range(first_column, min(last_column, widest) + 1)
    }


def _header(sheet: Sheet, row: int, columns: Sequence[Sought], covered: Covered) -> Header:
    names = {bare(name): column.key for column in columns for name in _names(column)}
    places: dict[str, tuple[int, ...]] = {}
    unknown: list[str] = []
    form, key_place = "", 0
    for place, cell in enumerate(sheet.rows[row - 1], start=1):
        text, is_first = covered.get((row, place), (as_text(cell), True))
        own = text if is_first else ""
        above, _ = covered.get((row - 1, place), (as_text(sheet.cell(row - 1, place)), True))
        if own.startswith(KEY_HEADING):
            form, key_place = own.removeprefix(KEY_HEADING).strip(), place
        elif own and (key := names.get(bare(above + own)) or names.get(bare(own))):
            places[key] = (*places.get(key, ()), place)
        elif own:
            unknown.append(own)
    return Header(row, places, tuple(unknown), form, key_place)


def _names(column: Sought) -> tuple[str, ...]:
    return (column.title, *column.synonyms)
