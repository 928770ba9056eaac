"""Progress and tables, as they are printed."""

import io
import re

import pytest

from mokmin.surfaces.cli import screen
from mokmin.surfaces.cli.screen import Screen


def test_a_step_leaves_one_line_with_its_seconds():
    out = io.StringIO()

    with Screen(out).step("표를 만듭니다") as step:
        step.end("표를 만들었습니다.")

    assert re.fullmatch(r"  표를 만들었습니다\. \d+\.\d초\n", out.getvalue())


def test_a_step_that_fails_says_so():
    out = io.StringIO()

    with pytest.raises(ZeroDivisionError), Screen(out).step("표를 만듭니다"):
        raise ZeroDivisionError

    assert out.getvalue() == "  표를 만듭니다 ✗\n"


def test_a_quiet_screen_says_nothing():
    out = io.StringIO()
    quiet = Screen(out, is_quiet=True)

    with quiet.step("표를 만듭니다"):
        quiet.line("한 줄")

    assert out.getvalue() == ""


def test_columns_stand_under_each_other_for_korean_letters():
    rows = [("역할", "이름"), ("단체장", "강태섭"), ("a", "b")]

    assert screen.table(rows).splitlines() == ["역할    이름", "단체장  강태섭", "a       b"]


def test_a_line_is_cut_where_the_terminal_ends():
    assert screen.cut("가나다", 5) == "가나"
