from datetime import date

import pytest

from mokmin.foundation.calendar import actions, kinds, queries, rules
from mokmin.foundation.calendar.actions import HolidayEntry, TermEntry
from mokmin.foundation.calendar.kinds import DatedThing
from mokmin.foundation.calendar.models import Holiday
from mokmin.foundation.calendar.states import HolidayKind
from tests import seed

TODAY = date(2026, 11, 20)
DECREE = HolidayEntry("임시공휴일", HolidayKind.TEMPORARY, "국무회의 의결")


@pytest.fixture(params=[False, True], ids=["nothing written down", "seeded"])
def calendar(request, in_a):
    if request.param:
        actions.seed(today=TODAY, at=seed.AT)


def test_public_holidays_of_a_stretch(calendar):
    found = queries.holidays(date(2026, 12, 25), date(2027, 2, 6))

    assert found == {
        date(2026, 12, 25): "기독탄신일",
        date(2027, 1, 1): "1월 1일",
        date(2027, 2, 6): "설날 전날",
    }


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 16), False),
        (date(2026, 2, 19), True),
        (date(2026, 2, 21), False),
    ],
)
def test_whether_people_work_on_a_day(day, works, calendar):
    assert queries.is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (date(2026, 2, 13), 5, date(2026, 2, 25)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2027, 1, 4), -1, date(2026, 12, 31)),
        (date(2026, 2, 14), 0, date(2026, 2, 19)),
    ],
)
def test_working_days_are_added_across_the_year(day, count, found, calendar):
    assert queries.add_working_days(day, count) == found


def test_working_days_between_two_days(calendar):
    assert queries.working_days_between(date(2026, 12, 31), date(2027, 1, 4)) == 1
    assert queries.working_days_between(date(2027, 1, 4), date(2026, 12, 31)) == -1


def test_each_answer_costs_one_query(calendar, django_assert_num_queries):
    with django_assert_num_queries(3):
        queries.holidays(date(2018, 1, 1), date(2035, 12, 31))
        queries.add_working_days(date(2026, 2, 13), 40)
        queries.is_working_day(date(2026, 2, 13))


@pytest.mark.parametrize(
    ("day", "label"),
    [(date(2022, 6, 30), "민선 7기"), (date(2026, 7, 1), "민선 9기"), (date(1990, 1, 1), "")],
)
def test_the_elected_term_of_a_day(day, label, calendar):
    found = queries.elected_term(day)

    assert (found.label if found else "") == label


def test_lawful_terms_stand_beside_one_that_is_written_down(in_a, administrator):
    actions.change_elected_term(
        8,
        TermEntry(date(2022, 7, 1), date(2026, 7, 1), "홍길동"),
        reason="당선",
        actor=administrator,
        at=seed.AT,
    )

    found = queries.elected_terms_within(date(2020, 1, 1), date(2026, 7, 1))

    assert [(term.number, term.mayor_name) for term in found] == [(7, ""), (8, "홍길동"), (9, "")]


def test_the_fiscal_year_of_a_day(calendar):
    found = queries.fiscal_year(date(2026, 7, 1))

    assert (str(found), found.closes_on) == ("2026회계연도", date(2026, 12, 31))


def test_a_year_shows_what_was_taken_out_and_what_nobody_has_decided_on(in_a, administrator):
    actions.seed(today=TODAY, at=seed.AT)
    actions.remove_holiday(date(2026, 5, 1), reason="시험", actor=administrator, at=seed.AT)
    Holiday.objects.filter(on=date(2026, 7, 17)).delete()

    found = queries.year_of_holidays(2026)

    assert [row.on for row in found.removed] == [date(2026, 5, 1)]
    assert [day.name for day in found.unlisted] == ["제헌절"]
    assert len(found.rows) == len(rules.lawful_days(2026)) - 2


def test_a_preview_tells_what_would_move_and_moves_nothing(in_a, papers):
    papers.take("a1", date(2026, 11, 20), queries.working_days(TODAY, date(2027, 1, 1)))
    papers.take("b2", date(2026, 1, 5), queries.working_days(date(2026, 1, 5), TODAY))
    thursday = date(2026, 11, 26)

    found = queries.preview(thursday, name="임시공휴일")

    assert [each.summary for each in found.moved] == ["서류 기한 1건"]
    assert [(m.uid, m.before, m.after) for m in found.moved[0].moves] == [
        ("a1", date(2026, 11, 27), date(2026, 11, 30))
    ]
    assert (found.count, found.rests_anyway) == (1, "")
    assert papers.due["a1"] == date(2026, 11, 27)


def test_a_preview_of_a_weekend_says_that_nobody_works_anyway(in_a):
    found = queries.preview(date(2026, 11, 21), name="임시공휴일")

    assert (found.rests_anyway, found.count) == ("토요일", 0)


def test_what_is_due_comes_in_the_order_of_its_days(in_a, papers):
    days = queries.working_days(TODAY, date(2027, 1, 1))
    papers.take("late", date(2026, 11, 23), days)
    papers.take("soon", date(2026, 11, 20), days)

    found = queries.dues(TODAY, date(2026, 12, 31))

    assert [due.uid for _, due in found] == ["soon", "late"]
    assert queries.dues_touched_at() == seed.AT


def test_two_rooms_do_not_share_a_slug(papers):
    other = DatedThing(
        slug="tests-paper",
        name="다른 것",
        dues=papers.dues,
        recount=papers.recount,
        shift=papers.shift,
        touched_at=papers.touched_at,
    )

    with pytest.raises(ValueError, match="declared twice"):
        kinds.contributes(other)
