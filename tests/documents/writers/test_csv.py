"""CSV that Excel opens as it is meant."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest

from mokmin.documents.readers import spreadsheet
from mokmin.documents.writers import csv

COLUMNS = ("성명", "값")


def written(*rows):
    stream = BytesIO()
    csv.write_list(stream, COLUMNS, rows)
    stream.seek(0)
    return stream


def test_the_file_has_its_mark_and_excels_line_ends():
    assert written(("김목민", 1)).getvalue() == "\ufeff성명,값\r\n김목민,1\r\n".encode()


def test_a_list_reads_back():
    at = datetime(2026, 7, 1, 5, 30, tzinfo=UTC)
    rows = [("김, 목민", at), (None, date(2026, 7, 1)), ("x", True)]

    (sheet,) = spreadsheet.read(written(*rows)).sheets

    assert sheet.rows == (
        COLUMNS,
        ("김, 목민", "2026-07-01 14:30:00"),
        (None, "2026-07-01"),
        ("x", "예"),
    )


QUOTED = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠SUM(A1)"]


@pytest.mark.parametrize("text", QUOTED)
def test_text_with_which_excel_would_calculate_is_quoted(text):
    assert csv.plain(text) == f"'{text}"


@pytest.mark.parametrize(("number", "text"), [(-3, "-3"), (Decimal("-0.5"), "-0.5"), (1.5, "1.5")])
def test_numbers_are_not_quoted(number, text):
    assert csv.plain(number) == text


def test_a_long_list_comes_in_pieces():
    pieces = list(csv.lines(COLUMNS, (("가", n) for n in range(1_200))))

    assert len(pieces) == 3
    assert b"".join(pieces).count(b"\r\n") == 1_201
