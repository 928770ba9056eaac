"""Templates: what is sent out can be filled in, comes back, and is recognised."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mokmin.documents.readers import spreadsheet, tables
from mokmin.documents.readers.columns import Sought
from mokmin.documents.writers import xlsx
from mokmin.documents.writers.xlsx import Field, Reference, Template
from mokmin.lib.errors import Invalid

POSTS = tuple((f"기획예산실 {n}담당", f"p{n}") for n in range(300))
TEMPLATE = Template(
    form="orders:1",
    title="인사발령",
    fields=(
        Field("name", "성명", needed=True, note="가족관계등록부의 이름", example="홍길동"),
        Field("verb", "발령 종류", choices=("전보", "승진"), example="전보"),
        Field("post", "자리", choices_from="자리 목록", example=POSTS[0][0]),
        Field("on", "발령일", kind="date", needed=True, example=date(2026, 7, 1)),
        Field("count", "호봉", kind="number"),
    ),
    how=("한 줄에 한 사람씩 적습니다.", "다 적으면 저장해서 올립니다."),
    references=(Reference("자리 목록", ("자리", "번호"), POSTS),),
    rows=(("k1", ("김목민", "승진", POSTS[1][0], date(2026, 7, 1), 12)),),
)
COLUMNS = (
    Sought("name", "성명", needed=True),
    Sought("verb", "발령 종류", choices=("전보", "승진")),
    Sought("post", "자리"),
    Sought("on", "발령일", kind="date", needed=True),
    Sought("count", "호봉", kind="number"),
)


def written(template=TEMPLATE):
    stream = BytesIO()
    xlsx.write_template(stream, template)
    stream.seek(0)
    return stream


def filled_in(change):
    book = load_workbook(written())
    change(book["인사발령"])
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return tables.find(spreadsheet.read(stream), COLUMNS, form="orders:1")


def test_a_template_comes_back_with_its_rows_and_keys_and_without_its_example():
    found = tables.find(spreadsheet.read(written()), COLUMNS, form="orders:1")

    assert (found.sheet, found.header_row, found.unknown) == ("인사발령", 3, ())
    assert [(row.key, dict(row.values), dict(row.problems)) for row in found.rows] == [
        (
            "k1",
            {
                "name": "김목민", "verb": "승진", "post": POSTS[1][0], "on": date(2026, 7, 1),
                "count": 12,
            },
            {},
        )
    ]  # fmt: skip


def test_what_is_written_below_is_read():
    def change(sheet):
        sheet["B6"], sheet["E6"] = "박다산", date(2026, 7, 2)

    found = filled_in(change)

    assert [(row.number, row.values["name"], row.key) for row in found.rows] == [
        (5, "김목민", "k1"),
        (6, "박다산", ""),
    ]


def test_an_example_that_was_written_over_is_a_row():
    def change(sheet):
        sheet["B4"] = "박다산"

    found = filled_in(change)

    assert [row.values["name"] for row in found.rows] == ["박다산", "김목민"]


def test_the_form_of_another_version_is_not_taken():
    with pytest.raises(Invalid):
        tables.find(spreadsheet.read(written()), COLUMNS, form="orders:2")


def test_the_headings_are_locked_and_everything_below_is_open():
    sheet = load_workbook(written())["인사발령"]

    assert sheet.protection.sheet is True
    assert {sheet[place].protection.locked for place in ("A1", "B1", "B2", "B3", "F3")} == {True}
    assert {sheet[place].protection.locked for place in ("A4", "B4", "B5", "F5")} == {False}
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].hidden) == ("A4", True)


def test_every_column_helps_with_what_it_expects():
    sheet = load_workbook(written())["인사발령"]

    rules = {str(rule.sqref): (rule.type, rule.formula1) for rule in
             sheet.data_validations.dataValidation}  # fmt: skip

    assert rules == {
        "C4:C1048576": ("list", '"전보,승진"'),
        "D4:D1048576": ("list", "'자리 목록'!$A$2:$A$301"),
        "E4:E1048576": ("date", "61"),
        "F4:F1048576": ("decimal", "-1000000000000000"),
    }


def test_notes_stand_at_the_headings_that_need_them():
    sheet = load_workbook(written())["인사발령"]

    assert (sheet["B3"].comment.text, sheet["C3"].comment) == ("가족관계등록부의 이름", None)


def test_the_file_carries_its_version_and_says_how_to_fill_it_in():
    book = load_workbook(written())

    assert book.defined_names["mokmin_form"].attr_text == '"orders:1"'
    assert book.sheetnames == ["인사발령", "자리 목록", "작성 방법"]
    how = [[cell for cell in row if cell] for row in book["작성 방법"].iter_rows(values_only=True)]
    assert [row for row in how if row][:5] == [
        ["인사발령 작성 방법"],
        ["1. 한 줄에 한 사람씩 적습니다."],
        ["2. 다 적으면 저장해서 올립니다."],
        ["칸", "필수", "적는 법", "보기"],
        ["성명", "꼭 적음", "가족관계등록부의 이름", "홍길동"],
    ]


def test_a_template_without_examples_begins_below_its_headings():
    bare = Template("x:1", "명단", (Field("name", "성명", needed=True),), rows=(("k", ("김",)),))

    (row,) = tables.find(spreadsheet.read(written(bare)), COLUMNS[:1], form="x:1").rows

    assert (row.number, row.key) == (4, "k")
