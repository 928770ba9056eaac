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


def filled_in(cells, template=TEMPLATE, columns=COLUMNS):
    book = load_workbook(written(template))
    for place, value in cells.items():
        book[template.title][place] = value
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return tables.find(spreadsheet.read(stream), columns, form=template.form)


FILLED_IN = {"B5": "김목민", "C5": "승진", "D5": POSTS[1][0], "E5": date(2026, 7, 1), "F5": 12}


def test_a_template_comes_back_with_what_was_filled_in_and_without_its_example():
    found = filled_in(FILLED_IN)

    assert (found.sheet, found.unknown) == ("인사발령", ())
    assert [(row.number, dict(row.values), dict(row.problems)) for row in found.rows] == [
        (
            5,
            {
                "name": "김목민", "verb": "승진", "post": POSTS[1][0], "on": date(2026, 7, 1),
                "count": 12,
            },
            {},
        )
    ]  # fmt: skip


def test_what_is_written_below_is_read():
    found = filled_in({**FILLED_IN, "B6": "박다산", "E6": date(2026, 7, 2)})

    assert [(row.number, row.values["name"]) for row in found.rows] == [
        (5, "김목민"),
        (6, "박다산"),
    ]


def test_an_example_that_was_written_over_is_a_row():
    found = filled_in({**FILLED_IN, "B4": "박다산"})

    assert [row.values["name"] for row in found.rows] == ["박다산", "김목민"]


def test_the_form_of_another_version_is_not_taken():
    with pytest.raises(Invalid):
        tables.find(spreadsheet.read(written()), COLUMNS, form="orders:2")


def test_the_headings_are_locked_and_everything_below_is_open():
    sheet = load_workbook(written())["인사발령"]

    assert sheet.protection.sheet is True
    assert {sheet[place].protection.locked for place in ("A1", "B1", "B2", "B3", "F3")} == {True}
    columns = list(sheet.column_dimensions.values())
    assert {each.protection.locked for each in (sheet["A4"], sheet["B4"], *columns)} == {False}
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

    assert book["인사발령"]["A3"].value == "양식:orders:1"
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
    bare = Template("x:1", "명단", (Field("name", "성명", needed=True),))

    (row,) = filled_in({"B4": "김"}, bare, COLUMNS[:1]).rows

    assert (row.number, row.values["name"]) == (4, "김")
