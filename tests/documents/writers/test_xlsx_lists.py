"""Lists that people download: text stays text, dates are dates, numbers numbers."""

import math
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mokmin.documents.readers import spreadsheet
from mokmin.documents.writers import xlsx
from mokmin.documents.writers.xlsx import Heading, List
from mokmin.lib import media
from mokmin.lib.errors import Denied
from mokmin.lib.korean import SEOUL

COLUMNS = (
    Heading("성명", width=20),
    Heading("발령일", "date"),
    Heading("정원", "number"),
    Heading("처리 일시", "moment"),
)
ABOUT = ("조건: 기획예산실", "2026. 7. 1. 14:30 기준")


def written(*rows, about=ABOUT, title="직원 명단"):
    stream = BytesIO()
    xlsx.write_list(stream, List(title, COLUMNS, about), iter(rows))
    stream.seek(0)
    return stream


def first_column(*values):
    file = written(*[(value, None, None, None) for value in values])
    return [row[0] if row else None for row in spreadsheet.read(file).sheets[0].rows[1:]]


def test_a_list_reads_back_as_it_was_written():
    at = datetime(2026, 7, 1, 5, 30, tzinfo=UTC)
    file = written(("김목민", date(2026, 7, 1), Decimal("1234.5"), at), ("박다산", None, 3, None))

    found = spreadsheet.read(file, name="직원.xlsx")

    sheet = found.sheets[0]
    assert (sheet.name, found.told) == ("직원 명단", ())
    assert sheet.rows == (
        ("성명", "발령일", "정원", "처리 일시"),
        ("김목민", date(2026, 7, 1), 1234.5, datetime(2026, 7, 1, 14, 30, tzinfo=SEOUL)),
        ("박다산", None, 3),
    )


def test_the_file_says_when_and_what_it_was_made_of():
    about = spreadsheet.read(written(("가", None, 1, None))).sheets[1]

    assert (about.name, [row for _number, row in about.numbered()]) == (
        "내려받은 정보",
        [("직원 명단",), ("조건: 기획예산실",), ("2026. 7. 1. 14:30 기준",), ("1줄",)],
    )


def test_a_list_without_remarks_has_one_sheet():
    found = spreadsheet.read(written(about=()))

    assert [sheet.name for sheet in found.sheets] == ["직원 명단"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=cmd|' /C calc'!A0", "+82 10", "-3", "@SUM(A1)", "{=1}", "007", "1e5", "TRUE",
     "http://a.example/", "mailto:a@b.example", "첫 줄\n둘째 줄", "_x0041_", "<b>&\"'"],
)  # fmt: skip
def test_text_is_never_a_formula_a_link_or_a_number(text):
    (cell,) = first_column(text)

    assert cell == text


def test_no_cell_of_the_file_is_a_formula():
    book = load_workbook(written(("=1+1", None, 1, None)))

    assert book.worksheets[0]["A2"].data_type == "s"


def test_what_excel_would_round_or_reject_is_written_as_text():
    values = [10**15 + 1, Decimal("0.12345678901234567"), date(1899, 12, 31), True, False]

    assert first_column(*values) == [
        "1000000000000001", "0.12345678901234567", "1899-12-31", "예", "아니요"
    ]  # fmt: skip


def test_numbers_without_end_are_left_empty():
    endless = (math.nan, math.inf, Decimal("NaN"), Decimal("-Infinity"))

    assert first_column("가", *endless, "나") == ["가", None, None, None, None, "나"]


def test_numbers_that_a_machine_calculated_stay_numbers():
    values = [0.1 + 0.2, 1e17, Decimal("1E+17"), 10**17, -1.5]

    assert first_column(*values) == [pytest.approx(0.3), 1e17, 1e17, 1e17, -1.5]


def test_a_text_longer_than_a_cell_is_cut_where_one_sees_it():
    (cell,) = first_column("가" * 40_000)

    assert (len(cell), cell[-2:]) == (32_767, "가…")


def test_the_headings_stay_in_sight_and_filter():
    sheet = load_workbook(written(("가", None, 1, None))).worksheets[0]

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:D2")
    assert sheet.column_dimensions["A"].width == pytest.approx(20, abs=1)
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("현황[2026]: 1/4", "현황 2026   1 4"),
        ("가" * 40, "가" * 31),
        ("'따옴표'", "따옴표"),
        ("??", "목록"),
    ],
)
def test_a_title_becomes_a_name_that_excel_allows(title, name):
    assert spreadsheet.read(written(title=title)).sheets[0].name == name


def test_the_file_is_what_its_media_type_says():
    kind = media.sniff(written())

    assert kind.type == xlsx.MEDIA


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr("mokmin.documents.writers.xlsx.lists.MOST_ROWS", 2)

    with pytest.raises(Denied):
        written(*[("가", None, 1, None)] * 3)


def test_a_list_that_is_given_up_leaves_nothing_behind(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    class Cancelled(Exception):
        pass

    def rows():
        yield ("가", None, 1, None)
        raise Cancelled

    with pytest.raises(Cancelled):
        xlsx.write_list(BytesIO(), List("명단", COLUMNS), rows())

    assert list(tmp_path.iterdir()) == []
