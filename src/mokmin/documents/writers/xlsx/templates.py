"""Templates (서식): Excel files that people fill in and bring back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from mokmin.documents.writers.xlsx import sheets
from mokmin.documents.writers.xlsx.sheets import WIDTHS, Kind, Looks
from mokmin.lib.sheets import KEY_HEADING, column_letters, example_key

HOW = "작성 방법"
HEADING_ROW = 2
LAST_ROW = 1_048_575
MOST = 10**15
LONGEST_CHOICES = 255
"""Characters of a drop-down that is not taken from a sheet, as Excel allows them."""

FIRST_DATE, LAST_DATE = date(1900, 3, 1), date(2199, 12, 31)
GUIDE = "* 표시한 칸은 꼭 적어 주세요. 기울인 회색 줄은 보기이며, 그대로 두면 읽지 않습니다."
EDITING = dict.fromkeys(
    (
        "format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort",
        "autofilter", "select_locked_cells", "select_unlocked_cells",
    ),
    True,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A column to fill in.

    `choices` make a drop-down, `choices_from` one of the first column of a reference; `note`
    says how to fill it in.
    """

    key: str
    title: str
    kind: Kind = "text"
    note: str = ""
    needed: bool = False
    choices: tuple[str, ...] = ()
    choices_from: str = ""
    example: object = None
    width: int = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """A sheet to look things up in; the first column is what drop-downs offer."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Template:
    """A template; `form` is its name and version, which the reader asks for again."""

    form: str
    title: str
    fields: tuple[Field, ...]
    how: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


def write_template(stream: IO[bytes], template: Template) -> None:
    """Write the template: the sheet to fill in, how to do it, and what to look up."""
    with sheets.workbook(stream, is_long=False) as book:
        looks = sheets.looks(book, locked=False)
        _sheet_to_fill_in(book, template, looks)
        for reference in template.references:
            _look_up(book, reference, looks)
        _instructions(book, template, looks)
        book.set_properties({"title": template.title})


def _sheet_to_fill_in(book: Workbook, template: Template, looks: Looks) -> None:
    sheet = book.add_worksheet(sheets.sheet_name(template.title))
    _columns(sheet, template, looks)
    _headings(book, sheet, template, looks)
    _example(book, sheet, template)
    _drop_downs(sheet, template)


def _columns(sheet: Worksheet, template: Template, looks: Looks) -> None:
    """Below the headings every cell may be written in; the key's column is not shown."""
    sheet.protect("", EDITING)
    sheet.set_column(0, 0, 4, looks.plain, {"hidden": True})
    for place, field in enumerate(template.fields, start=1):
        width = field.width or max(WIDTHS[field.kind], 2 * len(field.title) + 2)
        sheet.set_column(place, place, width, looks.kinds[field.kind])
    sheet.freeze_panes(HEADING_ROW + 1, 0)
    sheets.for_paper(sheet, heading_row=HEADING_ROW)


def _headings(book: Workbook, sheet: Worksheet, template: Template, looks: Looks) -> None:
    locked = book.add_format(sheets.BASE)
    for row in range(HEADING_ROW):
        sheet.set_row(row, 24, locked)
    sheet.write_string(0, 1, template.title, looks.title)
    sheet.write_string(1, 1, GUIDE, locked)
    sheet.set_row(HEADING_ROW, 30)
    sheet.write_string(HEADING_ROW, 0, f"{KEY_HEADING}{template.form}", looks.heading)
    for place, field in enumerate(template.fields, start=1):
        mark = "*" if field.needed else ""
        sheet.write_string(HEADING_ROW, place, field.title + mark, looks.heading)
        if field.note:
            sheet.write_comment(HEADING_ROW, place, field.note, {"x_scale": 2})


def _example(book: Workbook, sheet: Worksheet, template: Template) -> None:
    """Write the example, if there is one."""
    values = [field.example for field in template.fields]
    if all(value is None for value in values):
        return
    looks = sheets.looks(book, locked=False, italic=True, font_color="#6B7280", bg_color="#F3F4F6")
    sheet.write_string(HEADING_ROW + 1, 0, example_key(values), looks.plain)
    for place, value in enumerate(values, start=1):
        sheets.write(sheet, HEADING_ROW + 1, place, value, looks)


def _look_up(book: Workbook, reference: Reference, looks: Looks) -> None:
    sheet = book.add_worksheet(sheets.sheet_name(reference.title))
    sheet.freeze_panes(1, 0)
    for place, heading in enumerate(reference.headings):
        sheet.set_column(place, place, 30)
        sheet.write_string(0, place, heading, looks.heading)
    for number, row in enumerate(reference.rows, start=1):
        for place, value in enumerate(row):
            sheets.write(sheet, number, place, value, looks)


def _drop_downs(sheet: Worksheet, template: Template) -> None:
    sizes = {each.title: len(each.rows) for each in template.references}
    for place, field in enumerate(template.fields, start=1):
        if rule := _rule(field, sizes):
            sheet.data_validation(HEADING_ROW + 1, place, LAST_ROW, place, rule)


def _rule(field: Field, sizes: dict[str, int]) -> dict[str, Any] | None:
    """What Excel itself refuses in a column, and what it says then."""
    rule: dict[str, Any]
    if field.choices_from:
        name = quote_sheetname(sheets.sheet_name(field.choices_from))
        last = sizes[field.choices_from] + 1
        rule = {"validate": "list", "source": f"={name}!$A$2:$A${last}"}
        said = f"‘{field.choices_from}’ 시트에 있는 값을 골라 주세요."
    elif field.choices and len(",".join(field.choices)) <= LONGEST_CHOICES:
        rule = {"validate": "list", "source": list(field.choices)}
        said = "목록에서 골라 주세요."
    elif field.kind == "date":
        bounds = {"minimum": FIRST_DATE, "maximum": LAST_DATE}
        rule = {"validate": "date", "criteria": "between", **bounds}
        said = "2026-07-01처럼 날짜를 적어 주세요."
    elif field.kind == "number":
        rule = {"validate": "decimal", "criteria": "between", "minimum": -MOST, "maximum": MOST}
        said = "숫자만 적어 주세요."
    else:
        return None
    return rule | {"error_title": field.title[:32], "error_message": said}


def _instructions(book: Workbook, template: Template, looks: Looks) -> None:
    sheet = book.add_worksheet(HOW)
    wrapped = book.add_format(sheets.BASE | {"text_wrap": True})
    for place, width in enumerate((20, 10, 60, 24)):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, f"{template.title} {HOW}", looks.title)
    for number, line in enumerate(template.how, start=1):
        sheet.write_string(number, 0, f"{number}. {line}", looks.plain)
    first = len(template.how) + 2
    for place, heading in enumerate(("칸", "필수", "적는 법", "보기")):
        sheet.write_string(first, place, heading, looks.heading)
    for number, field in enumerate(template.fields, start=first + 1):
        said = (field.title, "꼭 적음" if field.needed else "", _how(field))
        for place, text in enumerate(said):
            sheet.write_string(number, place, text, wrapped)
        sheets.write(sheet, number, len(said), field.example, looks)


def _how(field: Field) -> str:
    choices = ""
    if field.choices_from:
        choices = f"‘{field.choices_from}’ 시트의 {column_letters(1)}열에서 고릅니다."
    elif field.choices:
        choices = f"다음에서 고릅니다: {', '.join(field.choices)}."
    return " ".join(filter(None, (field.note, choices)))
