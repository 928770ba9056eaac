from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mokmin.lib.errors import Refusal
from mokmin.lib.korean import SEOUL
from mokmin.lib.term import IMMEDIATE, LONGEST, Term, TermUnit
from mokmin.lib.working_time import Suspension, deadline

HOLIDAYS = {
    date(2026, 5, 1): "노동절",
    date(2026, 5, 5): "어린이날",
    date(2026, 7, 17): "제헌절",
    date(2026, 9, 24): "추석 전날",
    date(2026, 9, 25): "추석",
    date(2026, 9, 26): "추석 다음 날",
    date(2026, 10, 3): "개천절",
    date(2026, 10, 5): "대체공휴일(개천절)",
    date(2026, 10, 9): "한글날",
}

DAY, HOUR, WEEK, MONTH, YEAR = (
    TermUnit.DAY,
    TermUnit.HOUR,
    TermUnit.WEEK,
    TermUnit.MONTH,
    TermUnit.YEAR,
)


def at(written):
    return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=SEOUL)


def due_of(received, term, *suspensions):
    found = deadline(
        received_at=at(received), term=term, holidays=HOLIDAYS, suspensions=suspensions
    )
    return f"{found.due:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("term", "received", "due"),
    [
        (Term(3, DAY), "2026-11-20 15:00", "2026-11-25 15:00"),
        (Term(1, DAY), "2026-05-04 10:30", "2026-05-06 10:30"),
        (Term(2, DAY), "2026-07-16 17:30", "2026-07-21 17:30"),
        (Term(5, DAY), "2026-09-23 16:00", "2026-10-02 16:00"),
        (IMMEDIATE, "2026-11-20 17:00", "2026-11-23 11:00"),
        (Term(7, DAY), "2026-11-20 09:00", "2026-11-30 18:00"),
        (Term(14, DAY), "2026-11-20 09:00", "2026-12-09 18:00"),
        (Term(7, DAY), "2026-07-13 09:00", "2026-07-22 18:00"),
        (Term(14, DAY), "2026-04-28 09:00", "2026-05-19 18:00"),
        (Term(7, DAY), "2026-11-21 10:00", "2026-12-01 18:00"),
    ],
    ids=str,
)
def test_the_ten_vectors_of_the_rules_pass(term, received, due):
    assert due_of(received, term) == due


@pytest.mark.parametrize(
    ("term", "received", "due"),
    [
        (Term(1, DAY), "2026-11-20 08:59", "2026-11-20 18:00"),
        (Term(1, DAY), "2026-11-20 09:00", "2026-11-20 18:00"),
        (Term(1, DAY), "2026-11-20 09:01", "2026-11-23 09:01"),
        (Term(1, DAY), "2026-11-19 18:00", "2026-11-20 18:00"),
        (Term(1, DAY), "2026-11-20 12:30", "2026-11-23 12:00"),
        (IMMEDIATE, "2026-11-20 09:00", "2026-11-20 12:00"),
        (IMMEDIATE, "2026-11-20 11:00", "2026-11-20 15:00"),
        (Term(8, HOUR), "2026-11-20 17:00", "2026-11-23 17:00"),
        (Term(1, HOUR), "2026-10-02 17:30", "2026-10-06 09:30"),
    ],
    ids=str,
)
def test_what_arrives_outside_of_working_time_starts_at_the_next_one(term, received, due):
    assert due_of(received, term) == due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-20 00:00", "2026-11-27 18:00"),
        ("2026-11-20 17:59", "2026-11-27 18:00"),
        ("2026-11-20 18:00", "2026-11-27 18:00"),
        ("2026-11-20 23:59", "2026-11-27 18:00"),
        ("2026-11-21 00:00", "2026-11-30 18:00"),
        ("2026-11-22 23:59", "2026-11-30 18:00"),
    ],
)
def test_a_term_in_days_counts_the_day_of_receipt_however_late_it_was(received, due):
    assert due_of(received, Term(6, DAY)) == due


@pytest.mark.parametrize(
    ("term", "received", "due"),
    [
        (Term(1, WEEK), "2026-11-17 10:00", "2026-11-23 18:00"),
        (Term(1, WEEK), "2026-11-21 10:00", "2026-11-27 18:00"),
        (Term(2, WEEK), "2026-11-18 10:00", "2026-12-01 18:00"),
        (Term(1, MONTH), "2026-03-01 10:00", "2026-03-31 18:00"),
        (Term(1, MONTH), "2026-01-31 10:00", "2026-03-02 18:00"),
        (Term(1, MONTH), "2025-12-31 10:00", "2026-01-30 18:00"),
        (Term(1, MONTH), "2024-01-31 10:00", "2024-02-29 18:00"),
        (Term(3, MONTH), "2026-11-20 10:00", "2027-02-19 18:00"),
        (Term(1, MONTH), "2026-09-03 10:00", "2026-10-02 18:00"),
        (Term(1, MONTH), "2026-09-04 10:00", "2026-10-06 18:00"),
        (Term(1, YEAR), "2026-01-01 10:00", "2026-12-31 18:00"),
        (Term(1, YEAR), "2024-02-29 10:00", "2025-02-28 18:00"),
        (Term(1, YEAR), "2026-11-20 19:00", "2027-11-19 18:00"),
    ],
    ids=str,
)
def test_weeks_months_and_years_run_by_the_calendar_and_end_on_a_working_day(term, received, due):
    assert due_of(received, term) == due


@pytest.mark.parametrize(
    ("term", "received", "first_on", "last_on", "due"),
    [
        (Term(3, DAY), "2026-11-16 10:00", "2026-11-17", "2026-11-19", "2026-11-24 10:00"),
        (Term(7, DAY), "2026-11-16 10:00", "2026-11-18", "2026-11-19", "2026-11-26 18:00"),
        (Term(7, DAY), "2026-11-16 10:00", "2026-11-21", "2026-11-22", "2026-11-24 18:00"),
        (Term(7, DAY), "2026-11-16 10:00", "2026-11-16", "2026-11-16", "2026-11-25 18:00"),
        (Term(7, DAY), "2026-11-16 10:00", "2026-11-25", "2026-11-26", "2026-11-24 18:00"),
        (Term(2, WEEK), "2026-11-16 10:00", "2026-11-18", "2026-11-19", "2026-12-01 18:00"),
        (Term(1, WEEK), "2026-11-16 10:00", "2026-11-23", "2026-11-24", "2026-11-25 18:00"),
    ],
    ids=str,
)
def test_suspended_days_do_not_count_both_ends_included(term, received, first_on, last_on, due):
    suspension = Suspension(date.fromisoformat(first_on), date.fromisoformat(last_on))

    assert due_of(received, term, suspension) == due


def explained(received, term, *suspensions):
    found = deadline(
        received_at=at(received), term=term, holidays=HOLIDAYS, suspensions=suspensions
    )
    return [str(found), *(step.sentence for step in found.steps)]


def test_a_deadline_in_hours_explains_itself_day_by_day():
    assert explained("2026-07-16 17:30", Term(2, DAY)) == [
        "2026. 7. 16.(목) 17:30에 접수되어 처리기간 2일은 2026. 7. 21.(화) 17:30까지입니다.",
        "2026. 7. 16.(목)은 17:30~18:00의 30분을 산입합니다(누계 30분).",
        "2026. 7. 17.(금)은 공휴일(제헌절)이라 산입하지 않습니다.",
        "2026. 7. 18.(토)은 토요일이라 산입하지 않습니다.",
        "2026. 7. 19.(일)은 일요일이라 산입하지 않습니다.",
        "2026. 7. 20.(월)은 09:00~12:00, 13:00~18:00의 8시간을 산입합니다(누계 8시간 30분).",
        "2026. 7. 21.(화)은 09:00~12:00, 13:00~17:30의 7시간 30분을 산입합니다(누계 16시간).",
    ]


def test_a_deadline_in_days_explains_itself_day_by_day():
    suspension = Suspension(date(2026, 10, 1), date(2026, 10, 2), "외부기관 검사기간")

    assert explained("2026-09-26 20:00", Term(6, DAY), suspension) == [
        "2026. 9. 26.(토) 20:00에 접수되어 처리기간 6일은 2026. 10. 8.(목) 18:00까지입니다.",
        "2026. 9. 26.(토)은 공휴일(추석 다음 날)이라 산입하지 않습니다.",
        "2026. 9. 27.(일)은 일요일이라 산입하지 않습니다.",
        "2026. 9. 28.(월)은 첫날이며 1일째로 산입합니다.",
        "2026. 9. 29.(화)은 2일째로 산입합니다.",
        "2026. 9. 30.(수)은 3일째로 산입합니다.",
        "2026. 10. 1.(목)은 외부기관 검사기간이라 산입하지 않습니다.",
        "2026. 10. 2.(금)은 외부기관 검사기간이라 산입하지 않습니다.",
        "2026. 10. 3.(토)은 공휴일(개천절)이라 산입하지 않습니다.",
        "2026. 10. 4.(일)은 일요일이라 산입하지 않습니다.",
        "2026. 10. 5.(월)은 공휴일(대체공휴일(개천절))이라 산입하지 않습니다.",
        "2026. 10. 6.(화)은 4일째로 산입합니다.",
        "2026. 10. 7.(수)은 5일째로 산입합니다.",
        "2026. 10. 8.(목)은 6일째로 산입합니다.",
    ]


def test_a_deadline_by_the_calendar_explains_itself_in_runs_of_days():
    suspension = Suspension(date(2026, 9, 10), date(2026, 9, 11))

    assert explained("2026-09-02 10:00", Term(1, MONTH), suspension) == [
        "2026. 9. 2.(수) 10:00에 접수되어 처리기간 1개월은 2026. 10. 6.(화) 18:00까지입니다.",
        "2026. 9. 2.(수)부터 1개월은 역에 따라 2026. 10. 1.(목)까지 30일입니다.",
        "2026. 9. 2.(수)~9. 9.(수)의 8일을 산입합니다.",
        "2026. 9. 10.(목)~9. 11.(금)의 2일은 보완기간이라 산입하지 않습니다.",
        "2026. 9. 12.(토)~10. 3.(토)의 22일을 산입합니다.",
        "말일인 2026. 10. 3.(토)은 공휴일(개천절)이라 기간이 다음 날로 넘어갑니다.",
        "말일인 2026. 10. 4.(일)은 일요일이라 기간이 다음 날로 넘어갑니다.",
        "말일인 2026. 10. 5.(월)은 공휴일(대체공휴일(개천절))이라 기간이 다음 날로 넘어갑니다.",
    ]


def test_a_step_carries_its_day_what_it_counted_and_why_not():
    found = deadline(
        received_at=at("2026-11-20 17:00"), term=IMMEDIATE, holidays={date(2026, 11, 23): "임시"}
    )

    assert [(s.first_on.day, s.last_on.day, s.counted, s.reason) for s in found.steps] == [
        (20, 20, timedelta(hours=1), ""),
        (21, 21, timedelta(), "토요일"),
        (22, 22, timedelta(), "일요일"),
        (23, 23, timedelta(), "공휴일(임시)"),
        (24, 24, timedelta(hours=2), ""),
    ]


def test_a_run_of_calendar_days_carries_its_ends():
    suspension = Suspension(date(2026, 11, 18), date(2026, 11, 20))

    found = deadline(
        received_at=at("2026-11-16 10:00"),
        term=Term(1, WEEK),
        holidays={},
        suspensions=[suspension],
    )

    assert [(s.first_on.day, s.last_on.day, s.counted.days, s.reason) for s in found.steps] == [
        (16, 22, 0, "역에 따른 계산"),
        (16, 17, 2, ""),
        (18, 20, 0, "보완기간"),
        (21, 25, 5, ""),
    ]


def test_the_clock_of_seoul_decides_to_the_minute():
    received = datetime(2026, 11, 20, 6, 0, 59, 999, tzinfo=UTC)

    found = deadline(received_at=received, term=Term(1, HOUR), holidays={})

    assert found.received_at == at("2026-11-20 15:00")
    assert found.due == at("2026-11-20 16:00")
    assert found.due.tzinfo is SEOUL


def test_an_instant_without_time_zone_is_a_bug():
    with pytest.raises(ValueError, match=r"^an instant needs a time zone$"):
        deadline(received_at=datetime(2026, 1, 1), term=IMMEDIATE, holidays={})  # noqa: DTZ001


def test_a_term_and_a_suspension_refuse_what_cannot_be():
    with pytest.raises(Refusal, match=r"^처리기간은 1부터 1,000까지만 적을 수 있습니다\.$"):
        Term(0, DAY)
    with pytest.raises(Refusal, match=r"^처리기간은 1부터 1,000까지만 적을 수 있습니다\.$"):
        Term(LONGEST + 1, DAY)
    with pytest.raises(Refusal, match=r"^보완기간의 마지막 날이 첫날보다 앞섭니다\.$"):
        Suspension(date(2026, 1, 2), date(2026, 1, 1))


def test_terms_have_korean_names():
    terms = [IMMEDIATE, Term(7, DAY), Term(2, WEEK), Term(3, MONTH), Term(1, YEAR)]

    assert [str(term) for term in terms] == ["3근무시간", "7일", "2주", "3개월", "1년"]


instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=SEOUL)
)
dates = st.dates(date(2026, 1, 1), date(2027, 3, 31))
holiday_sets = st.dictionaries(dates, st.just("임시공휴일"), max_size=40)
suspension_lists = st.lists(
    st.builds(
        lambda first, days: Suspension(first, first + timedelta(days=days)),
        dates,
        st.integers(0, 20),
    ),
    max_size=3,
)
short_terms = st.builds(Term, st.integers(1, 40), st.just(HOUR)) | st.builds(
    Term, st.integers(1, 5), st.just(DAY)
)
day_terms = st.builds(Term, st.integers(6, 60), st.just(DAY))
calendar_terms = st.builds(Term, st.integers(1, 6), st.sampled_from([WEEK, MONTH, YEAR]))
terms = short_terms | day_terms | calendar_terms


def is_counted(day, holidays, suspensions):
    return (
        day.weekday() < 5
        and day not in holidays
        and not any(s.first_on <= day <= s.last_on for s in suspensions)
    )


def working_minutes(start, end, holidays, suspensions):
    """Working minutes between two instants, counted one by one."""
    minutes = 0
    while start < end:
        if start.hour in {9, 10, 11, 13, 14, 15, 16, 17}:
            minutes += is_counted(start.date(), holidays, suspensions)
        start += timedelta(minutes=1)
    return timedelta(minutes=minutes)


@given(instants, terms, holiday_sets, suspension_lists)
def test_a_deadline_falls_into_working_time(received, term, holidays, suspensions):
    found = deadline(received_at=received, term=term, holidays=holidays, suspensions=suspensions)

    last_minute = found.due - timedelta(minutes=1)
    assert working_minutes(last_minute, found.due, holidays, suspensions) == timedelta(minutes=1)
    assert found.due > received


@settings(max_examples=40)
@given(instants, short_terms, holiday_sets, suspension_lists)
def test_the_hours_until_the_deadline_are_those_of_the_term(received, term, holidays, suspensions):
    found = deadline(received_at=received, term=term, holidays=holidays, suspensions=suspensions)

    counted = sum((step.counted for step in found.steps), timedelta())
    until_due = working_minutes(found.received_at, found.due, holidays, suspensions)
    assert counted == until_due == term.hours


@given(instants, day_terms, holiday_sets, suspension_lists)
def test_the_days_until_the_deadline_are_those_of_the_term(received, term, holidays, suspensions):
    found = deadline(received_at=received, term=term, holidays=holidays, suspensions=suspensions)

    day = received.date()
    days = [day + timedelta(days=n) for n in range((found.due.date() - day).days + 1)]
    assert sum(is_counted(day, holidays, suspensions) for day in days) == term.amount
    assert sum((step.counted for step in found.steps), timedelta()).days == term.amount


@given(instants, short_terms | day_terms, holiday_sets, suspension_lists)
def test_every_day_until_the_deadline_is_explained(received, term, holidays, suspensions):
    found = deadline(received_at=received, term=term, holidays=holidays, suspensions=suspensions)

    length = (found.due.date() - received.date()).days
    days = [received.date() + timedelta(days=n) for n in range(length + 1)]
    assert sorted({step.first_on for step in found.steps}) == days
    assert [step for step in found.steps if bool(step.counted) == bool(step.reason)] == []


@given(instants, calendar_terms, holiday_sets, suspension_lists)
def test_a_calendar_term_counts_its_days_apart_from_suspended_ones(
    received, term, holidays, suspensions
):
    found = deadline(received_at=received, term=term, holidays=holidays, suspensions=suspensions)
    plain = deadline(received_at=received, term=term, holidays={}, suspensions=())

    counted = sum((step.counted for step in found.steps), timedelta())
    assert counted == sum((step.counted for step in plain.steps), timedelta())


@given(instants, instants, short_terms | day_terms, holiday_sets, suspension_lists)
def test_what_comes_later_is_never_due_earlier(one, other, term, holidays, suspensions):
    first, second = (
        deadline(received_at=received, term=term, holidays=holidays, suspensions=suspensions)
        for received in sorted([one, other])
    )

    assert first.due <= second.due


@given(instants, instants, calendar_terms, holiday_sets)
def test_what_comes_later_is_never_due_earlier_by_the_calendar(one, other, term, holidays):
    first, second = (
        deadline(received_at=received, term=term, holidays=holidays)
        for received in sorted([one, other])
    )

    assert first.due <= second.due


@given(instants, terms, holiday_sets, suspension_lists)
def test_more_rest_or_a_longer_term_never_brings_a_deadline_forward(
    received, term, holidays, suspensions
):
    longer = Term(term.amount + 1, term.unit)

    due = deadline(received_at=received, term=term, holidays={}).due

    with_rest = deadline(
        received_at=received, term=term, holidays=holidays, suspensions=suspensions
    )
    assert due <= with_rest.due
    assert due <= deadline(received_at=received, term=longer, holidays={}).due
