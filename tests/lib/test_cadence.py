from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mokmin.lib.cadence import Cadence

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
rhythms = st.sampled_from([cadence for cadence in Cadence if cadence is not Cadence.AD_HOC])


def test_every_cadence_has_its_korean_label():
    assert [cadence.label for cadence in Cadence] == ["월", "분기", "반기", "연", "수시"]


@pytest.mark.parametrize(
    ("cadence", "period"),
    [
        (Cadence.MONTHLY, "2023-05"),
        (Cadence.QUARTERLY, "2023-Q2"),
        (Cadence.HALF_YEARLY, "2023-H1"),
        (Cadence.YEARLY, "2023"),
    ],
)
def test_a_day_lies_in_a_period_of_every_rhythm(cadence, period):
    assert str(cadence.period_of(date(2023, 5, 31))) == period


@pytest.mark.parametrize(
    ("cadence", "after", "due"),
    [
        (Cadence.MONTHLY, date(2024, 2, 28), date(2024, 2, 29)),
        (Cadence.MONTHLY, date(2024, 2, 29), date(2024, 3, 31)),
        (Cadence.QUARTERLY, date(2023, 12, 31), date(2024, 3, 31)),
        (Cadence.HALF_YEARLY, date(2023, 1, 1), date(2023, 6, 30)),
        (Cadence.YEARLY, date(2023, 7, 1), date(2023, 12, 31)),
    ],
)
def test_the_next_due_date_comes_after_the_given_day(cadence, after, due):
    assert cadence.next_due(after).last_on == due


def test_all_due_in_a_fiscal_year_are_the_quarters_of_the_calendar():
    due = Cadence.QUARTERLY.due_between(date(2023, 1, 1), date(2023, 12, 31))

    assert [str(period) for period in due] == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]


def test_both_ends_of_the_range_belong_to_it():
    due = Cadence.MONTHLY.due_between(date(2023, 1, 31), date(2023, 3, 31))

    assert [str(period) for period in due] == ["2023-01", "2023-02", "2023-03"]
    assert Cadence.MONTHLY.due_between(date(2023, 2, 1), date(2023, 2, 27)) == ()
    assert Cadence.MONTHLY.due_between(date(2023, 3, 1), date(2023, 2, 1)) == ()


def test_the_last_period_of_the_calendar_can_fall_due():
    due = Cadence.YEARLY.due_between(date(2198, 1, 1), date(2199, 12, 31))

    assert [period.year for period in due] == [2198, 2199]


def test_ad_hoc_never_falls_due_by_itself():
    day = date(2023, 5, 31)

    assert Cadence.AD_HOC.months is None
    assert Cadence.AD_HOC.period_of(day) is None
    assert Cadence.AD_HOC.next_due(day) is None
    assert Cadence.AD_HOC.due_between(day, date(2030, 1, 1)) == ()


@given(rhythms, days)
def test_nothing_falls_due_between_a_day_and_the_next_due_date(cadence, day):
    due = cadence.next_due(day)

    assert due.last_on > day
    assert cadence.due_between(day + timedelta(days=1), due.last_on) == (due,)


@given(rhythms, days, st.integers(0, 2000))
def test_following_the_next_due_date_finds_all_in_a_range(cadence, first_on, length):
    last_on = first_on + timedelta(days=length)

    found = []
    due = cadence.next_due(first_on - timedelta(days=1))
    while due.last_on <= last_on:
        found.append(due)
        due = cadence.next_due(due.last_on)

    assert cadence.due_between(first_on, last_on) == tuple(found)
