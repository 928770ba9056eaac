"""The organisation as of a day: the tree, its figures, and which day can be read how."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection

from mokmin.foundation.orgs import queries
from mokmin.foundation.orgs.models import Assignment, PostSpan, UnitSpan
from mokmin.foundation.orgs.queries import Counts
from mokmin.foundation.orgs.values import AsOf
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.korean import SEOUL
from tests.foundation.orgs import hamlet
from tests.foundation.orgs.hamlet import TODAY, Hamlet

NOW = AsOf(TODAY)
CHANGE = date(2026, 1, 1)


def drawn(chart):
    return [f"{'  ' * row.depth}{row.name}" for row in chart.walk()]


def test_the_tree_stands_in_the_order_of_the_ordinance(in_a):
    Hamlet()

    chart = queries.chart(NOW)

    assert drawn(chart) == [
        "군수",
        "  행정국",
        "    기획예산과",
        "      기획팀",
        "      예산팀",
        "  산림과",
        "    산림팀",
    ]
    assert [row.path for row in chart.walk()][3] == "행정국 기획예산과 기획팀"


def test_posts_people_and_vacancies_are_counted_with_what_stands_below(in_a):
    place = Hamlet()

    chart = queries.chart(NOW)
    planning = chart.unit(place.planning.record.uid)
    budget = chart.unit(place.budget.record.uid)

    assert chart.whole == Counts(posts=7, people=5, acting=1, concurrent=1)
    assert (chart.whole.vacancies, planning.whole.vacancies) == (2, 1)
    assert planning.own == Counts(posts=1, people=1)
    assert planning.whole == Counts(posts=4, people=3, concurrent=1)
    assert budget.whole == Counts(posts=1, concurrent=1)


def test_a_post_says_who_is_in_it_and_how(in_a):
    place = Hamlet()

    chart = queries.chart(NOW)
    budget = chart.unit(place.budget.record.uid).head
    forest = chart.unit(place.forest.record.uid).head

    assert (budget.title, budget.is_vacant, budget.holder) == ("예산팀장", True, None)
    assert [held.name for held in budget.concurrent] == ["다팀장"]
    assert [held.name for held in forest.acting] == ["나과장"]
    assert [post.title for post in chart.unit(place.plans.record.uid).posts] == [
        "기획팀장",
        "주무관",
    ]


def test_a_unit_without_heads_has_none(in_a):
    place = Hamlet()

    assert queries.chart(NOW).unit(place.trees.record.uid).head is None
    assert queries.chart(NOW).unit("0000000000") is None


def test_a_unit_whose_superior_is_not_there_is_shown_all_the_same(in_a):
    place = Hamlet()
    UnitSpan.objects.filter(unit=place.forest).update(until_on=TODAY)

    chart = queries.chart(NOW)

    assert [row.name for row in chart.roots] == ["군수", "산림팀"]
    assert chart.whole.posts == 6


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (hamlet.BEGIN - timedelta(days=1), []),
        (CHANGE - timedelta(days=1), ["  산림과", "산림팀"]),
        (CHANGE, ["  산림녹지과", "산림녹지팀"]),
        (date(2030, 1, 1), ["  산림녹지과", "산림녹지팀"]),
    ],
    ids=["before", "last-day", "first-day", "future"],
)
def test_each_day_has_the_names_of_that_day(in_a, day, shown):
    place = Hamlet()
    for which, kind, above, name in (
        (place.forest, "department", place.top, "산림녹지과"),
        (place.trees, "team", place.forest, "산림녹지팀"),
    ):
        UnitSpan.objects.filter(unit=which).update(until_on=CHANGE)
        hamlet.span(which, name, kind, above, CHANGE, position=3)

    found = [row for row in queries.chart(AsOf(day)).walk() if "산림" in row.name]

    assert [f"{'  ' if row.kind == 'department' else ''}{row.name}" for row in found] == shown


def test_the_whole_tree_costs_three_queries(in_a, django_assert_num_queries):
    place = Hamlet()
    for number in range(20):
        team = hamlet.unit(f"팀{number}", "team", place.planning)
        hamlet.put(hamlet.person(f"직원{number}"), hamlet.post(team))

    with django_assert_num_queries(3):
        chart = queries.chart(NOW)

    assert chart.whole.posts == 27


def test_another_municipality_has_no_part_in_it(in_a, tenant_b):
    Hamlet()

    with tenant(tenant_b.pk):
        assert queries.chart(NOW).roots == ()


# which day can be read how


def test_today_and_the_future_are_read_as_they_are_known_now(in_a, django_assert_num_queries):
    with django_assert_num_queries(0):
        found = [queries.as_of(TODAY, TODAY), queries.as_of(TODAY + timedelta(days=1), TODAY)]

    assert found == [AsOf(TODAY), AsOf(TODAY + timedelta(days=1))]


def test_a_day_before_anything_was_entered_is_read_as_it_is_known_now(in_a):
    Hamlet()

    assert queries.as_of(date(2024, 5, 1), TODAY) == AsOf(date(2024, 5, 1))
    with connection.cursor() as cursor:
        cursor.execute(queries.KNOWN_SINCE)
        assert cursor.fetchone()[0] is not None


def test_nothing_entered_at_all_is_read_as_it_is_known_now(in_a):
    assert queries.as_of(date(2024, 5, 1), TODAY) == AsOf(date(2024, 5, 1))


def clock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def test_a_past_day_that_is_remembered_is_read_as_it_was_known_at_its_end(in_a):
    Hamlet()
    day = clock().astimezone(SEOUL).date()

    found = queries.as_of(day, day + timedelta(days=1))

    next_day = datetime.combine(day + timedelta(days=1), time(), SEOUL)
    assert found == AsOf(day, next_day)
    assert drawn(queries.chart(found)) == drawn(queries.chart(AsOf(day)))


def test_what_was_corrected_later_is_shown_as_it_was_known_then(in_a):
    place = Hamlet()
    then = clock()
    UnitSpan.objects.filter(unit=place.trees).update(name="산림경영팀")
    PostSpan.objects.filter(post=place.trees_officer).update(title="전문관")
    Assignment.objects.filter(post=place.trees_officer).delete()

    before, after = (
        queries.chart(at).unit(place.trees.record.uid) for at in (AsOf(TODAY, then), NOW)
    )

    assert (before.name, before.posts[0].title, before.own.people) == ("산림팀", "주무관", 1)
    assert (after.name, after.posts[0].title, after.own.people) == ("산림경영팀", "전문관", 0)


def test_both_ways_of_reading_answer_alike(in_a):
    place = Hamlet()
    UnitSpan.objects.filter(unit=place.trees).update(until_on=CHANGE)
    hamlet.span(place.trees, "산림녹지팀", "team", place.planning, CHANGE)
    then = clock()

    for day in (hamlet.BEGIN, CHANGE, TODAY):
        assert queries.chart(AsOf(day, then)).roots == queries.chart(AsOf(day)).roots
