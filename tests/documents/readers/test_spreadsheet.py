"""Workbooks as officials bring them: what is read, and what is told about it."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from openpyxl.comments import Comment

from mokmin.documents.readers import spreadsheet
from mokmin.documents.readers.inside.values import Extent
from mokmin.documents.readers.workbook import sheet_of
from mokmin.lib.korean import SEOUL
from mokmin.lib.sandbox import Reason, Unreadable
from tests.documents import makers

MARKS = "\0\x1b\ud800"
AT = datetime(2026, 7, 1, 14, 30, tzinfo=SEOUL)


def read(file, **options):
    return spreadsheet.read(file, **options)


def refusal(file, **options):
    with pytest.raises(Unreadable) as caught:
        spreadsheet.read(file, **options)
    return caught.value


def test_every_cell_keeps_its_address_and_its_kind():
    made = makers.book()
    sheet = made.active
    sheet["B3"], sheet["C3"], sheet["D3"] = "김목민", 12, 3.5
    sheet["B4"], sheet["C4"] = date(2026, 7, 1), AT.replace(tzinfo=None)
    sheet["D4"], sheet["E4"] = time(9, 0), timedelta(hours=26, minutes=5)
    sheet["B6"] = True

    (found,) = read(makers.saved(made)).sheets

    assert found.rows == (
        (),
        (),
        (None, "김목민", 12, 3.5),
        (None, date(2026, 7, 1), AT, time(9, 0), "26:05:00"),
        (),
        (None, True),
    )


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("1e999", "inf"),
        ("NaN", "nan"),
        ("1e300", "1e+300"),
        ("9" * 30, "1e+30"),
        ("1000000000000000000", 10**18),
        ("-1e3", -1000),
    ],
)
def test_a_number_with_which_nobody_can_count_is_a_text(written, read_as):
    (sheet,) = read(makers.package(f'<row r="1"><c r="A1"><v>{written}</v></c></row>')).sheets

    assert sheet.rows == ((read_as,),)


@pytest.mark.parametrize("cell", [float("nan"), float("inf"), -float("inf"), 1e300, 10**19])
def test_the_disposable_process_is_not_believed_such_a_number_either(cell):
    with pytest.raises(ValueError, match="not a value of a cell"):
        sheet_of({"name": "명단", "rows": [[cell]], "merged": []})


def test_marks_that_stand_for_no_letter_are_dropped():
    row = ("김_x0000_주무", "_x0000_", "줄\n바꿈", "끝_x0007_")
    cells = "".join(f"<c t='inlineStr'><is><t>{text}</t></is></c>" for text in row)

    (sheet,) = read(makers.package(f'<row r="1">{cells}</row>')).sheets

    assert sheet.rows == (("김주무", None, "줄\n바꿈", "끝"),)


@pytest.mark.parametrize("cell", ["김\0주무", "\ud800"])
def test_the_disposable_process_is_not_believed_such_a_mark_either(cell):
    with pytest.raises(ValueError, match="not a value of a cell"):
        sheet_of({"name": "명단", "rows": [[cell]], "merged": []})
    assert sheet_of({"name": f"명{MARKS}단", "rows": [], "merged": []}).name == "명단"


def test_cells_are_found_by_their_address():
    (sheet,) = read(makers.xlsx(["가", None, "다"], [], ["라"])).sheets

    asked = {where: sheet.at(where) for where in ("A1", "B1", "C1", "A2", "A3", "D1", "ZZ99", "A0")}

    assert asked == {
        "A1": "가", "B1": None, "C1": "다", "A2": None, "A3": "라", "D1": None, "ZZ99": None,
        "A0": None,
    }  # fmt: skip
    assert [number for number, _row in sheet.numbered()] == [1, 3]


def test_merged_cells_are_told_with_their_ends():
    made = makers.book(["부서", None, "수"])
    made.active.merge_cells("A1:B2")

    (sheet,) = read(makers.saved(made)).sheets

    assert sheet.merged == ((1, 1, 2, 2),)


def test_hidden_sheets_are_left_out_and_told():
    made = makers.book(["성명"])
    for name, state in (("계산", "hidden"), ("아주 숨김", "veryHidden")):
        made.create_sheet(name).sheet_state = state
        made[name]["A1"] = "비밀"

    found = read(makers.saved(made))

    assert [sheet.name for sheet in found.sheets] == ["명단"]
    assert found.told == ("숨긴 시트는 읽지 않았습니다: ‘계산’, ‘아주 숨김’.",)


def test_notes_and_formats_of_cells_do_not_matter():
    made = makers.book(["성명"])
    made.active["A1"].comment = Comment("꼭 적어 주세요.", "양식")
    made.active["Z500"].number_format = "0.00"

    (sheet,) = read(makers.saved(made)).sheets

    assert sheet.rows == (("성명",),)


def test_formulas_that_nobody_calculated_and_errors_are_told_with_their_places():
    cells = "".join(f'<c r="{column}1"><f>1+1</f></c>' for column in "ABCD")
    content = (
        f'<row r="1">{cells}<c r="E1"><f>1+1</f><v>2</v></c><c r="F1" s="1"/>'
        '<c r="G1" t="e"><v>#REF!</v></c></row>'
    )

    found = read(makers.package(content))

    assert found.sheets[0].rows == ((None, None, None, None, 2),)
    assert found.told == (
        "‘명단’ 시트에 값이 계산되지 않은 수식이 있어 빈칸으로 읽었습니다(A1, B1, C1 외 1칸). "
        "엑셀에서 열어 저장하면 값이 채워집니다.",
        "‘명단’ 시트에 오류 값(#REF! 등)이 있어 빈칸으로 읽었습니다(G1).",
    )


def test_old_excel_is_read_too():
    found = read(makers.xls(["성명", "수"], ["김목민", 3.0], hidden=["감춘 것"]), name="명단.xls")

    assert found.sheets[0].rows == (("성명", "수"), ("김목민", 3))
    assert found.told == ("숨긴 시트는 읽지 않았습니다: ‘감춘 것’.",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_of_any_make_is_read_as_text(encoding, mark):
    lines = ['성명{0}부서{0}"비고, 둘째\r\n줄"', "김목민{0}기획예산실{0}007"]
    content = "\r\n".join(line.format(mark) for line in lines).encode(encoding)

    found = read(BytesIO(content), name="명단.csv")

    assert found.sheets[0].rows == (
        ("성명", "부서", "비고, 둘째\r\n줄"),
        ("김목민", "기획예산실", "007"),
    )
    assert found.told == ()


def test_the_content_decides_and_a_wrong_extension_is_told():
    found = read(makers.xlsx(["성명"]), name="명단.csv")

    assert found.media.slug == "xlsx"
    assert found.told == (
        "파일 이름은 .csv로 끝나지만 내용은 엑셀(XLSX)입니다. 내용에 맞추어 읽었습니다.",
    )


@pytest.mark.parametrize(
    ("content", "name", "reason", "sentence"),
    [
        (b"", "명단.xlsx", Reason.UNKNOWN_TYPE, "빈 파일입니다. 내용이 있는 파일을 골라 주세요."),
        (
            b"%PDF-1.7\n\xe2",
            "명단.xlsx",
            Reason.UNKNOWN_TYPE,
            "엑셀(XLSX, XLS)이나 CSV 파일을 올려 주세요. 올린 파일의 내용은 PDF입니다.",
        ),
        (
            b"<html><table><tr><td>1</td></tr></table>",
            "명단.xls",
            Reason.UNKNOWN_TYPE,
            "엑셀 파일이 아니라 웹 문서(HTML)를 올리셨습니다. 엑셀에서 열어 "
            "‘Excel 통합 문서(*.xlsx)’로 다시 저장한 뒤 올려 주세요.",
        ),
        (
            makers.locked().getvalue(),
            "명단.xlsx",
            Reason.PASSWORD,
            "암호가 걸린 파일이라 읽을 수 없습니다. 암호를 풀어 저장한 뒤 올려 주세요.",
        ),
        (
            makers.xls(["가"], has_password=True).getvalue(),
            "명단.xls",
            Reason.PASSWORD,
            "암호가 걸린 파일이라 읽을 수 없습니다. 암호를 풀어 저장한 뒤 올려 주세요.",
        ),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_it_is(content, name, reason, sentence):
    found = refusal(BytesIO(content), name=name)

    assert (found.reason, found.problems) == (reason, {"file": sentence})


@pytest.mark.parametrize(
    ("limits", "where"),
    [(Extent(rows=2), "A3"), (Extent(columns=1), "B1"), (Extent(cells=3), "B2")],
)
def test_the_first_cell_beyond_the_limits_is_named(limits, where):
    found = refusal(makers.xlsx([1, 2], [3, 4], [5]), limits=limits)

    assert found.sentence.startswith(f"‘명단’ 시트의 {where} 칸까지 값이 있어 읽지 않았습니다.")


def test_more_sheets_than_anybody_needs_are_refused():
    made = makers.book(["가"])
    made.create_sheet("둘째")

    assert refusal(makers.saved(made), limits=Extent(sheets=1)).reason == Reason.TOO_BIG


def test_whoever_cancels_is_heard():
    class Enough(Exception):
        pass

    def tick():
        raise Enough

    with pytest.raises(Enough):
        read(makers.xlsx(["가"]), tick=tick)
