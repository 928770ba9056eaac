"""Tables are found by the names of their columns, and every row says what is wrong with it."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from mokmin.documents.readers import tables
from mokmin.documents.readers.columns import Sought
from mokmin.documents.readers.workbook import Sheet, Workbook
from mokmin.lib.errors import Invalid
from mokmin.lib.korean import SEOUL
from mokmin.lib.media import KINDS
from mokmin.lib.sheets import EXAMPLE, KEY_HEADING, example_key

NAME = Sought("name", "성명", synonyms=("이름",), needed=True)
ON = Sought("on", "발령일", kind="date", needed=True)
VERB = Sought("verb", "발령 종류", choices=("전보", "승진", "직무 대리"))
COUNT = Sought("count", "정원", kind="number")
COLUMNS = (NAME, ON, VERB, COUNT)
FIRST = date(2026, 7, 1)


def book(*rows, name="명단", merged=(), more=()):
    sheet = Sheet(name, tuple(map(tuple, rows)), tuple(merged))
    return Workbook(KINDS["xlsx"], (sheet, *more))


def find(*rows, columns=COLUMNS, form="", **options):
    return tables.find(book(*rows, **options), columns, form=form)


def problem(*rows, **options):
    with pytest.raises(Invalid) as caught:
        find(*rows, **options)
    return caught.value.problems["file"]


def test_rows_come_with_their_numbers_and_typed_values():
    found = find(
        ("2026년 하반기 정기인사",),
        (),
        ("번호", "성 명*", "발령일\n(필수)", "발령·종류", "정원"),
        (1, "김목민", FIRST, "전보", 3),
        (),
        (2, " 박다산 ", "2026. 7. 1.", "직무대리", "1,204"),
    )

    assert (found.sheet, found.unknown) == ("명단", ("번호",))
    assert [(row.number, dict(row.values), dict(row.problems)) for row in found.rows] == [
        (4, {"name": "김목민", "on": FIRST, "verb": "전보", "count": 3}, {}),
        (6, {"name": "박다산", "on": FIRST, "verb": "직무 대리", "count": 1204}, {}),
    ]


def test_headings_that_nobody_asked_for_are_told():
    found = find(("성명", "발령일", "비고", "전화"), ("김", FIRST, "x", "y"))

    assert tables.told(found) == ("‘비고’, ‘전화’는 쓰지 않는 칸이라 읽지 않았습니다.",)
    assert tables.told(find(("성명", "발령일"), ("김", FIRST))) == ()


def test_what_is_told_of_a_file_is_short_whatever_stands_in_it():
    wide = [f"머리글 {number} " + "가" * 300 for number in range(1_000)]
    found = find(("성명", "발령일", *wide), ("김", FIRST, *wide))

    (told,) = tables.told(found)

    cut = [f"‘머리글 {number} {'가' * 33}…’" for number in range(3)]
    assert told == f"{', '.join(cut)} 외 997개는 쓰지 않는 칸이라 읽지 않았습니다."
    assert problem(("발령일",), (FIRST,), name="시트" * 100) == (
        f"‘{'시트' * 19}시…’ 시트 1행: ‘성명’ 칸이 없습니다."
    )


def test_where_no_column_is_needed_all_of_them_are_looked_for():
    assert problem(("가",), (1,), columns=(VERB, COUNT)) == (
        "‘발령 종류’, ‘정원’ 칸이 있는 표를 찾지 못했습니다. 양식의 칸 이름을 그대로 두고 적어 "
        "주세요."
    )


def test_a_synonym_is_as_good_as_the_name():
    (row,) = find(("이름", "발령일"), ("김목민", FIRST)).rows

    assert row.values["name"] == "김목민"


def test_every_problem_of_a_row_is_told_at_once():
    (row,) = find(("성명", "발령일", "발령 종류", "정원"), ("  ", "2026.13.1", "전배", "많이")).rows

    assert dict(row.problems) == {
        "name": "성명: 비어 있습니다. 적어 주세요.",
        "on": "발령일: ‘2026.13.1’은 달력에 없는 날짜입니다.",
        "verb": "발령 종류: ‘전배’는 목록에 없는 값입니다. 전보, 승진, 직무 대리 가운데에서 골라 "
        "주세요.",
        "count": "정원: ‘많이’는 숫자로 읽을 수 없습니다. 1,234처럼 숫자만 적어 주세요.",
    }
    assert dict(row.values) == {"name": "", "on": None, "verb": "", "count": None}


def test_missing_columns_are_told_at_once():
    assert problem(("발령 종류", "정원"), ("전보", 1)) == (
        "‘명단’ 시트 1행: ‘성명’, ‘발령일’ 칸이 없습니다."
    )


def test_columns_that_stand_there_twice_are_told_with_their_places():
    said = problem(("성명", "발령일", "이름", "발령 일"), ("김", FIRST, "박", FIRST))

    assert said == (
        "‘명단’ 시트 1행: ‘성명’ 칸이 두 번 이상 있습니다(A열, C열). "
        "‘발령일’ 칸이 두 번 이상 있습니다(B열, D열)."
    )


def test_a_workbook_without_the_table_says_which_columns_were_looked_for():
    assert problem(("가", "나"), (1, 2)) == (
        "‘성명’, ‘발령일’ 칸이 있는 표를 찾지 못했습니다. 양식의 칸 이름을 그대로 두고 적어 주세요."
    )


def test_the_sheet_with_the_table_is_found_among_others():
    other = Sheet("작성 방법", (("성명은 꼭 적습니다.",), ("성명",)))
    found = find(("성명", "발령일"), ("김", FIRST), more=(other,))

    assert (found.sheet, len(found.rows)) == ("명단", 1)


def test_an_empty_copy_of_the_table_does_not_matter_but_a_filled_one_does():
    empty = Sheet("빈 양식", (("성명", "발령일"),))
    filled = Sheet("둘째", (("성명", "발령일"), ("박", FIRST)))

    assert find(("성명", "발령일"), ("김", FIRST), more=(empty,)).sheet == "명단"
    assert problem(("성명", "발령일"), ("김", FIRST), more=(filled,)) == (
        "같은 표가 여러 시트에 있습니다(‘명단’, ‘둘째’). 올릴 내용을 한 시트에 모아 주세요."
    )


def test_a_header_of_two_rows_is_read_through_its_merged_cells():
    columns = (
        NAME,
        Sought("before", "발령 전 부서", needed=True),
        Sought("after", "발령 후 부서", needed=True),
        Sought("rank", "발령 후 직급"),
    )
    rows = (
        ("성명", "발령 전", "발령 후", None),
        (None, "부서", "부서", "직급"),
        ("김목민", "총무과", "기획예산실", "6급"),
    )
    merged = ((1, 1, 2, 1), (1, 3, 1, 4))

    (row,) = find(*rows, columns=columns, merged=merged).rows

    assert dict(row.values) == {
        "name": "김목민", "before": "총무과", "after": "기획예산실", "rank": "6급"
    }  # fmt: skip


def test_a_name_over_two_columns_names_the_first():
    (row,) = find(
        ("성명", None, "발령일"), ("김목민", None, FIRST), merged=((1, 1, 1, 2), (2, 1, 2, 2))
    ).rows

    assert dict(row.problems) == {}


@pytest.mark.parametrize("form", ["orders:1", ""])
def test_a_template_of_this_version_or_none_is_taken(form):
    rows = ((f"{KEY_HEADING}orders:1", "성명", "발령일"), (None, "김", FIRST))

    (row,) = find(*rows, form=form).rows

    assert row.values == {"name": "김", "on": FIRST, "verb": "", "count": None}


def test_a_template_of_another_version_is_refused():
    said = problem((f"{KEY_HEADING}orders:1", "성명", "발령일"), form="orders:2")

    assert said == (
        "‘명단’ 시트 1행: 지금 쓰는 양식이 아닙니다. 양식을 다시 내려받아 옮겨 적은 뒤 올려 주세요."
    )


def test_the_example_is_left_out_unless_it_was_written_over():
    example = ("홍길동", FIRST, "전보", None, 2.5)
    key = example_key(example)
    heading = (f"{KEY_HEADING}orders:1", "성명", "발령일", "발령 종류", "비고", "정원")

    kept = find(heading, (key, *example), (None, "김", FIRST))
    written_over = find(heading, (key, "박다산", *example[1:]))

    assert [row.number for row in kept.rows] == [3]
    assert [row.values["name"] for row in written_over.rows] == ["박다산"]


def test_an_example_reads_the_same_as_it_was_written():
    noon = datetime(2026, 7, 1, 12, tzinfo=SEOUL)

    assert example_key(["홍길동", 1, Decimal("2.50"), FIRST, None]) == example_key(
        ["홍길동", 1.0, 2.5, FIRST, None, None]
    )
    assert example_key([noon]) == example_key([FIRST])
    assert example_key([True]) != example_key([1])
    assert example_key(["x"]).startswith(EXAMPLE)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (7, 7),
        (0.1, Decimal("0.1")),
        ("1,234", 1234),
        ("△1,234", -1234),
        ("(1,234.5)", Decimal("-1234.5")),
        ("-3", -3),
        (" 12 ", 12),
    ],
)
def test_numbers_are_exact(cell, value):
    (row,) = find(("성명", "발령일", "정원"), ("김", FIRST, cell)).rows

    assert row.values["count"] == value
    assert type(row.values["count"]) is type(value)


@pytest.mark.parametrize("cell", ["12,34", "12%", "1e5", "inf", "9" * 50, True, FIRST])
def test_what_is_no_number_is_not_guessed_at(cell):
    (row,) = find(("성명", "발령일", "정원"), ("김", FIRST, cell)).rows

    assert (row.values["count"], set(row.problems)) == (None, {"count"})


@pytest.mark.parametrize(
    "cell",
    [
        FIRST,
        datetime(2026, 7, 1, 0, 0, tzinfo=SEOUL),
        "2026-07-01",
        "2026. 7. 1.(수)",
        "'26. 7. 1.",
        20260701,
    ],
)
def test_dates_are_read_as_people_write_them(cell):
    (row,) = find(("성명", "발령일"), ("김", cell)).rows

    assert row.values["on"] == FIRST


@pytest.mark.parametrize("cell", [46204, 3.5, True, "내일"])
def test_what_is_no_date_is_not_guessed_at(cell):
    (row,) = find(("성명", "발령일"), ("김", cell)).rows

    assert (row.values["on"], set(row.problems)) == (None, {"on"})


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("\u1100\u1175\u11b7목민", "김목민"),
        ("김\u200b목민\xa0", "김목민"),
        (3, "3"),
        (3.5, "3.5"),
        (True, "예"),
        (FIRST, "2026-07-01"),
        (datetime(2026, 7, 1, 14, 30, tzinfo=SEOUL), "2026-07-01 14:30"),
        ("첫 줄\n둘째 줄", "첫 줄\n둘째 줄"),
    ],
)
def test_text_is_what_one_would_type(cell, text):
    (row,) = find(("성명", "발령일"), (cell, FIRST)).rows

    assert row.values["name"] == text
