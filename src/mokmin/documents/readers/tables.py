"""Finds a table in a workbook by the Korean names of its columns, and reads its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mokmin.documents.readers import headings
from mokmin.documents.readers.columns import Sought, as_text, read_value
from mokmin.documents.readers.headings import Header
from mokmin.documents.readers.workbook import (
    NAMED,
    Sheet,
    Value,
    Workbook,
    named,
    shortened,
)
from mokmin.lib.errors import Invalid
from mokmin.lib.korean import josa
from mokmin.lib.sheets import EXAMPLE, column_letters, example_key

SEARCHED_ROWS = 30
"""A heading below this row is none."""

FORM_AGAIN = "양식을 다시 내려받아 옮겨 적은 뒤 올려 주세요."


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as Excel shows it, what was read, and what is wrong with it.

    `refused` is what stands in the cells that are wrong, as it was typed.
    """

    number: int
    values: Mapping[str, Any]
    problems: Mapping[str, str]
    refused: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table that was found; `unknown` are headings nobody asked for, which were not read."""

    sheet: str
    rows: tuple[SheetRow, ...]
    unknown: tuple[str, ...] = ()


def find(book: Workbook, columns: Sequence[Sought], *, form: str = "") -> SheetTable:
    """The table that has these columns, on whichever visible sheet it stands.

    `form` is the name and version of the template that was to be filled in. Raises Invalid with
    one sentence at `file`, which names every column that is missing or stands there twice.
    """
    candidates = [
        (sheet, header)
        for sheet in book.sheets
        if (header := headings.best(sheet, columns, within=SEARCHED_ROWS)) is not None
    ]
    if not candidates:
        sought = [each for each in columns if each.needed] or columns
        names = ", ".join(f"‘{column.title}’" for column in sought)
        raise _invalid(
            f"{names} 칸이 있는 표를 찾지 못했습니다. 양식의 칸 이름을 그대로 두고 적어 주세요."
        )
    sheet, header = _only(candidates, columns)
    if problems := list(_problems(header, columns, form)):
        raise _invalid(f"‘{shortened(sheet.name)}’ 시트 {header.row}행: " + " ".join(problems))
    rows = tuple(_rows(sheet, header, columns))
    return SheetTable(sheet.name, rows, header.unknown)


def _invalid(sentence: str) -> Invalid:
    return Invalid({"file": sentence})


def _only(
    candidates: list[tuple[Sheet, Header]], columns: Sequence[Sought]
) -> tuple[Sheet, Header]:
    """The sheet with most of the columns; two that have as many and are both filled are one too
    many, because nobody could tell which was meant.
    """
    most = max(len(header.places) for _sheet, header in candidates)
    best = [each for each in candidates if len(each[1].places) == most]
    filled = [each for each in best if any(_rows(*each, columns))]
    if len(filled) > 1:
        names = named([sheet.name for sheet, _header in filled])
        raise _invalid(
            f"같은 표가 여러 시트에 있습니다({names}). 올릴 내용을 한 시트에 모아 주세요."
        )
    return (filled or best)[0]


def _problems(header: Header, columns: Sequence[Sought], form: str) -> Iterator[str]:
    """Everything that is wrong with the header, in sentences."""
    if form and header.form not in ("", form):
        yield f"지금 쓰는 양식이 아닙니다. {FORM_AGAIN}"
    if missing := [each.title for each in columns if each.needed and each.key not in header.places]:
        names = ", ".join(f"‘{title}’" for title in missing)
        yield f"{names} 칸이 없습니다."
    for column in columns:
        places = header.places.get(column.key, ())
        if len(places) > 1:
            where = ", ".join(f"{column_letters(place)}열" for place in places)
            yield f"‘{column.title}’ 칸이 두 번 이상 있습니다({where})."


def _rows(sheet: Sheet, header: Header, columns: Sequence[Sought]) -> Iterator[SheetRow]:
    """Rows that hold anything of the table; the template's example is left out."""
    for number, cells in sheet.numbered():
        if number <= header.row:
            continue
        key = str(_cell(cells, header.key_place) or "")
        if key.startswith(EXAMPLE) and key == example_key(cells[1:]):
            continue
        found = {
            column: _cell(cells, header.places[column.key][0])
            for column in columns
            if column.key in header.places
        }
        if any(value is not None for value in found.values()):
            yield _row(number, found, columns)


def _cell(cells: Sequence[Value], place: int) -> Value:
    """What stands in a column; None where there is none."""
    return cells[place - 1] if 0 < place <= len(cells) else None


def _row(number: int, found: Mapping[Sought, Value], columns: Sequence[Sought]) -> SheetRow:
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    refused: dict[str, str] = {}
    for column in columns:
        value, problem = read_value(column, found.get(column))
        values[column.key] = value
        if problem:
            problems[column.key] = f"{column.title}: {problem}"
            refused[column.key] = as_text(found.get(column))
    return SheetRow(number, values, problems, refused)


def told(table: SheetTable) -> tuple[str, ...]:
    """What whoever brought the file should see of how it was read."""
    if not table.unknown:
        return ()
    names = named(table.unknown)
    if (rest := len(table.unknown) - NAMED) > 0:
        names += f" 외 {rest:,}개"
    return (f"{josa(names, '은/는')} 쓰지 않는 칸이라 읽지 않았습니다.",)
