from datetime import date

import pytest

from mokmin.foundation.calendar import rules
from mokmin.foundation.calendar.states import HolidayKind


def named(year):
    return {day.on: day.name for day in rules.lawful_days(year)}


@pytest.mark.parametrize(
    ("day", "name", "kind"),
    [
        (date(2026, 1, 1), "1월 1일", HolidayKind.STATUTORY),
        (date(2026, 3, 2), "대체공휴일(3·1절)", HolidayKind.SUBSTITUTE),
        (date(2025, 5, 5), "부처님오신날·어린이날", HolidayKind.STATUTORY),
        (date(2020, 8, 17), "임시공휴일", HolidayKind.TEMPORARY),
        (date(2025, 6, 3), "임시공휴일(대통령 선거일)", HolidayKind.TEMPORARY),
        (date(2026, 6, 3), "지방선거일", HolidayKind.STATUTORY),
        (date(2026, 5, 1), "노동절", HolidayKind.STATUTORY),
        (date(2026, 7, 17), "제헌절", HolidayKind.STATUTORY),
    ],
)
def test_a_lawful_day_has_its_lawful_name_and_kind(day, name, kind):
    found = next(each for each in rules.lawful_days(day.year) if each.on == day)

    assert (found.name, found.kind) == (name, kind)


def test_labour_day_is_no_public_holiday_before_2026():
    assert [year for year in range(2018, 2030) if date(year, 5, 1) in named(year)] == [
        2026,
        2027,
        2028,
        2029,
    ]


@pytest.mark.parametrize("year", [1900, 2100, 2150])
def test_nobody_knows_the_days_of_a_far_year(year):
    assert rules.lawful_days(year) == ()


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(1995, 6, 30), 0),
        (date(1995, 7, 1), 1),
        (date(1998, 6, 30), 1),
        (date(1998, 7, 1), 2),
        (date(2022, 6, 30), 7),
        (date(2022, 7, 1), 8),
        (date(2026, 6, 30), 8),
        (date(2026, 7, 1), 9),
        (date(2030, 7, 1), 10),
    ],
)
def test_a_day_belongs_to_an_elected_term(day, number):
    assert rules.term_number(day) == number


@pytest.mark.parametrize("number", range(1, 12))
def test_the_days_of_a_term_belong_to_it_and_to_no_other(number):
    first, after = rules.term_days(number)

    assert rules.term_number(first) == number
    assert rules.term_number(after) == number + 1


def test_a_fiscal_year_closes_as_the_law_says():
    found = rules.fiscal_year(2026)

    assert (found.first_on, found.last_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (found.closes_on, found.settled_on) == (date(2026, 12, 31), date(2027, 2, 10))


@pytest.mark.parametrize(
    ("closes_on", "settled_on", "problems"),
    [
        (date(2026, 12, 31), date(2027, 2, 10), {}),
        (date(2027, 1, 20), date(2027, 2, 10), {}),
        (
            date(2027, 1, 21),
            date(2027, 2, 11),
            {
                "closes_on": "출납폐쇄기한은 2026. 12. 31.부터 2027. 1. 20.까지입니다"
                "(지방회계법 제7조).",
                "settled_on": "출납사무 완결기한은 늦어도 2027. 2. 10.입니다(지방회계법 제7조).",
            },
        ),
        (
            date(2027, 1, 20),
            date(2027, 1, 10),
            {"settled_on": "출납사무 완결기한이 출납폐쇄기한보다 앞섭니다."},
        ),
        (
            None,
            None,
            {
                "closes_on": "출납폐쇄기한을 골라 주세요.",
                "settled_on": "출납사무 완결기한을 골라 주세요.",
            },
        ),
    ],
)
def test_the_closing_days_of_a_fiscal_year_keep_to_the_law(closes_on, settled_on, problems):
    found = rules.problems_of_fiscal_year(2026, closes_on=closes_on, settled_on=settled_on)

    assert found == problems


def test_a_term_does_not_meet_another():
    eighth = rules.term_days(8)

    found = rules.problems_of_term(
        from_on=date(2026, 6, 1), until_on=date(2030, 7, 1), mayor_name="", others=[eighth]
    )

    assert found == {"from_on": "다른 민선 기수의 임기와 겹칩니다."}
