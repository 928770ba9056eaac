import re
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mokmin.lib.errors import Refusal
from mokmin.lib.period import LENGTHS, Period

periods = st.builds(
    Period.containing,
    st.dates(date(1901, 1, 1), date(2198, 12, 31)),
    months=st.sampled_from(LENGTHS),
)


@pytest.mark.parametrize(
    ("text", "label", "first_on", "last_on"),
    [
        ("2023", "2023년", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-H1", "2023년 상반기", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-H2", "2023년 하반기", date(2023, 7, 1), date(2023, 12, 31)),
        ("2023-Q2", "2023년 2분기", date(2023, 4, 1), date(2023, 6, 30)),
        ("2023-04", "2023년 4월", date(2023, 4, 1), date(2023, 4, 30)),
        ("2024-02", "2024년 2월", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_period_has_a_text_a_label_and_two_days(text, label, first_on, last_on):
    period = Period.parse(text)

    assert (str(period), period.label) == (text, label)
    assert (period.first_on, period.last_on) == (first_on, last_on)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (" 2023 ", "2023"),
        ("2023년도", "2023"),
        ("2023년도 하반기", "2023-H2"),
        ("2023년 1/4분기", "2023-Q1"),
        ("2023년 12월", "2023-12"),
    ],
)
def test_korean_writing_is_read_too(written, text):
    assert str(Period.parse(written)) == text


UNREADABLE = "기간으로 읽을 수 없습니다. 2023, 2023-H1, 2023-Q2, 2023-04처럼 적어 주세요."


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", f"‘’은(는) {UNREADABLE}"),
        ("작년", f"‘작년’은 {UNREADABLE}"),
        ("2023-4", f"‘2023-4’는 {UNREADABLE}"),
        ("２０２３", f"‘２０２３’은(는) {UNREADABLE}"),
        ("23", f"‘23’은 {UNREADABLE}"),
        ("2023-H3", "반기는 1과 2만 있습니다."),
        ("2023-H0", "반기는 1과 2만 있습니다."),
        ("2023-Q5", "분기는 1부터 4까지만 있습니다."),
        ("2023-13", "달은 1월부터 12월까지만 있습니다."),
        ("2023-00", "달은 1월부터 12월까지만 있습니다."),
        ("1023", "연도는 1900년부터 2199년까지만 적을 수 있습니다."),
    ],
)
def test_what_is_no_period_is_refused_with_the_reason(written, reason):
    with pytest.raises(Refusal, match=f"^{re.escape(reason)}$"):
        Period.parse(written)


def test_a_period_of_another_length_is_a_bug():
    with pytest.raises(ValueError, match=r"^a period has \(12, 6, 3, 1\) months, not 4$"):
        Period(2023, months=4)
    with pytest.raises(ValueError, match=r"^2023-Q1 has no parts of 6 months$"):
        Period.parse("2023-Q1").split(6)


def test_the_calendar_of_periods_ends():
    with pytest.raises(Refusal, match=r"^연도는 1900년부터 2199년까지만 적을 수 있습니다\.$"):
        Period(2199).next()


def test_sorted_periods_read_as_an_outline():
    texts = ["2023", "2023-H1", "2023-Q1", "2023-01", "2023-02", "2023-Q2", "2023-H2", "2024"]

    assert [str(period) for period in sorted(map(Period.parse, reversed(texts)))] == texts


def test_each_period_is_made_of_the_next_shorter_ones():
    year = Period(2023)

    assert [str(child) for child in year.children] == ["2023-H1", "2023-H2"]
    assert [str(child) for child in year.children[1].children] == ["2023-Q3", "2023-Q4"]
    assert [str(month) for month in Period.parse("2023-Q3").children] == [
        "2023-07",
        "2023-08",
        "2023-09",
    ]
    assert [str(part) for part in year.split(3)] == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
    assert Period.parse("2023-05").children == ()
    assert year.parent is None


def test_a_day_lies_in_its_fiscal_year_unless_told_otherwise():
    assert Period.containing(date(2023, 12, 31)) == Period(2023)


@given(periods)
def test_text_and_label_are_read_back(period):
    assert Period.parse(str(period)) == period
    assert Period.parse(period.label) == period


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with suppress(Refusal):
        assert Period.parse(Period.parse(text).label) == Period.parse(text)


@given(periods)
def test_neighbours_touch_and_come_back(period):
    assert period.next().first_on == period.last_on + timedelta(days=1)
    assert period.next().previous() == period
    assert period.previous() < period < period.next()
    assert not period < period  # noqa: PLR0124


@given(periods)
def test_parts_fill_their_whole(period):
    for child in period.children:
        assert child.parent == period
        assert child in period
        assert period < child
    if period.children:
        assert period.children[0].first_on == period.first_on
        assert period.children[-1].last_on == period.last_on
    if period.parent:
        assert period in period.parent.children


@given(periods, st.dates(date(1901, 1, 1), date(2198, 12, 31)))
def test_a_day_lies_in_the_one_period_that_contains_it(period, day):
    own = Period.containing(day, months=period.months)

    assert day in own
    assert (day in period) == (own == period)
