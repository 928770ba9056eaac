from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mokmin.lib.working_days import WorkingDays

SEOLLAL = WorkingDays(
    {
        date(2026, 2, 16): "설날 전날",
        date(2026, 2, 17): "설날",
        date(2026, 2, 18): "설날 다음 날",
    }
)
FRIDAY, SATURDAY, SUNDAY = date(2026, 2, 13), date(2026, 2, 14), date(2026, 2, 15)

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
CALENDARS = st.builds(WorkingDays, st.dictionaries(DAYS, st.just("공휴일"), max_size=300))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (FRIDAY, None),
        (SATURDAY, "토요일"),
        (SUNDAY, "일요일"),
        (date(2026, 2, 17), "공휴일(설날)"),
    ],
)
def test_a_day_of_rest_says_why(day, why):
    assert SEOLLAL.why_not_working(day) == why
    assert SEOLLAL.is_working_day(day) is (why is None)


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (FRIDAY, 1, date(2026, 2, 19)),
        (FRIDAY, 2, date(2026, 2, 20)),
        (FRIDAY, 0, FRIDAY),
        (SATURDAY, 0, date(2026, 2, 19)),
        (date(2026, 2, 19), -1, FRIDAY),
        (SUNDAY, -2, date(2026, 2, 12)),
    ],
)
def test_working_days_are_counted_past_the_day_itself_and_past_days_of_rest(day, count, found):
    assert SEOLLAL.add(day, count) == found


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (FRIDAY, date(2026, 2, 19), 1),
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, SUNDAY, 0),
        (date(2026, 2, 20), FRIDAY, -2),
    ],
)
def test_working_days_between_two_days(first, last, count):
    assert SEOLLAL.between(first, last) == count


@given(days=CALENDARS, day=DAYS, count=st.integers(-60, 60).filter(bool))
def test_what_is_added_lies_between(days, day, count):
    found = days.add(day, count)

    assert days.is_working_day(found)
    assert days.between(day, found) == count
