"""The sheet of the 33 items stays whole, and what it names is there."""

import re
from datetime import date

import pytest

from tests.environment import ROOT

SHEET = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
ITEMS = {
    "5": ((1, 1), (2, 1), (3, 3), (4, 4)),
    "6": ((1, 4), (2, 2), (3, 1), (4, 4), (5, 4)),
    "7": ((1, 1), (2, 2), (3, 4)),
    "8": ((1, 1), (2, 1)),
}
"""Principle → its guidelines, each with the number of its items (KWCAG 2.2)."""

NUMBERS = [
    f"{principle}.{guideline}.{item}"
    for principle, guidelines in ITEMS.items()
    for guideline, count in guidelines
    for item in range(1, count + 1)
]
LOOKED = re.findall(r"만든 이 ([\d-]+)", SHEET)
ROWS = {
    number: cells
    for number, *cells in re.findall(
        r"^\| (\d\.\d\.\d) ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", SHEET, re.MULTILINE
    )
}


def test_every_item_of_the_guideline_stands_in_the_sheet_once_and_in_order():
    assert len(NUMBERS) == 33
    assert list(ROWS) == NUMBERS


@pytest.mark.parametrize("number", NUMBERS)
def test_every_item_says_what_checks_it(number):
    *_, checked_by = ROWS[number]

    assert re.search(r"도구|`tests/|만든 이 \d{4}-\d{2}-\d{2}|해당 없음", checked_by)


def test_nobody_is_said_to_have_looked_who_has_not():
    assert re.findall(r"사람 \d{4}", SHEET) == []
    assert [date.fromisoformat(day).isoformat() for day in LOOKED] == LOOKED


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[\w/]+\.py)`", SHEET))))
def test_every_test_that_is_named_is_there(path):
    assert (ROOT / path).is_file()
