"""The page of one unit: its place, posts, vacancies, what it came from and what it was called."""

from datetime import date

import pytest
from django.db import connection

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import queries_units
from mokmin.foundation.orgs.models import Assignment, PostSpan, Reorganisation, Unit, UnitSpan
from mokmin.foundation.orgs.queries import Named
from mokmin.foundation.orgs.values import AsOf
from mokmin.foundation.tenancy.context import tenant
from tests.foundation.orgs import hamlet
from tests.foundation.orgs.hamlet import AT, BEGIN, TODAY, Hamlet

NOW = AsOf(TODAY)
CHANGE = date(2025, 7, 1)
OFFICER = Actor(name="담당", roles=frozenset({Role.OFFICER}))
ADMINISTRATOR = Actor(name="관리", roles=frozenset({Role.ADMINISTRATOR}))


def card(which, at=NOW, actor=OFFICER):
    return queries_units.unit_card(which.record.uid, at, actor)


def test_a_unit_is_shown_in_its_place_with_posts_and_what_stands_below(in_a):
    place = Hamlet()

    found = card(place.planning)

    assert (found.name, found.kind, found.is_there) == ("기획예산과", "department", True)
    assert [crumb.name for crumb in found.crumbs] == ["군수", "행정국", "기획예산과"]
    assert [post.title for post in found.now.posts] == ["기획예산과장"]
    assert [(row.name, row.whole.posts) for row in found.now.children] == [
        ("기획팀", 2),
        ("예산팀", 1),
    ]
    assert (found.from_on, found.until_on) == (BEGIN, None)


def test_a_vacant_post_says_since_when(in_a):
    place = Hamlet()
    never = hamlet.post(place.plans, "신설 자리", on=date(2025, 3, 1))
    PostSpan.objects.filter(post=never).update(until_on=date(2026, 1, 1))
    PostSpan.objects.create(
        post=never, unit=place.plans, title="신설", rank="officer", from_on=date(2026, 1, 1)
    )
    for until in (date(2025, 1, 1), date(2026, 2, 1)):
        who = hamlet.person("떠난 사람")
        hamlet.put(who, place.plans_officer, "acting", until, until.replace(month=until.month + 1))
    Assignment.objects.filter(post=place.plans_officer, kind="full").update(until_on=CHANGE)

    posts = {post.title: post for post in card(place.plans).now.posts}

    assert {title: post.vacant_since for title, post in posts.items()} == {
        "기획팀장": None,
        "주무관": CHANGE,
        "신설": date(2025, 3, 1),
    }


def test_a_vacancy_of_a_past_day_is_told_as_of_that_day(in_a):
    place = Hamlet()
    Assignment.objects.filter(post=place.trees_officer).update(until_on=CHANGE)

    held, vacant = (
        card(place.trees, AsOf(day)).now.posts[0] for day in (date(2025, 6, 30), CHANGE)
    )

    assert (held.is_vacant, held.vacant_since) == (False, None)
    assert (vacant.is_vacant, vacant.vacant_since) == (True, CHANGE)


@pytest.fixture
def renamed(in_a):
    """산림팀 became 산림경영팀 under 기획예산과 by a reorganisation, and took over 예산팀."""
    place = Hamlet()
    change = hamlet.reorganise("2025년 하반기 조직개편", CHANGE)
    UnitSpan.objects.filter(unit=place.trees).update(until_on=CHANGE, closed_by=change)
    hamlet.span(place.trees, "산림경영팀", "team", place.planning, CHANGE, opened_by=change)
    UnitSpan.objects.filter(unit=place.budget).update(until_on=CHANGE, closed_by=change)
    Unit.objects.filter(pk=place.budget.pk).update(until_on=CHANGE)
    hamlet.succeed(place.budget, place.trees, change)
    place.change = change
    return place


def test_the_history_names_each_span_with_the_reorganisation_between_them(renamed):
    named = Named(renamed.change.uid, "2025년 하반기 조직개편")

    new, old = card(renamed.trees).history

    assert (new.name, new.from_on, new.until_on) == ("산림경영팀", CHANGE, None)
    assert (old.name, old.from_on, old.until_on) == ("산림팀", BEGIN, CHANGE)
    assert (new.parent.name, old.parent.name) == ("기획예산과", "산림과")
    assert (new.opened_by, new.closed_by) == (named, None)
    assert (old.opened_by, old.closed_by) == (None, named)


def test_predecessors_and_successors_are_named_on_both_sides(renamed):
    new, old = card(renamed.trees), card(renamed.budget)

    assert [(kin.name, kin.on, kin.change.name) for kin in new.predecessors] == [
        ("예산팀", CHANGE, "2025년 하반기 조직개편")
    ]
    assert [kin.uid for kin in old.successors] == [renamed.trees.record.uid]
    assert (new.successors, old.predecessors) == ((), ())


def test_an_undone_reorganisation_leaves_no_kin(renamed):
    Reorganisation.objects.update(undone_at=AT, undone_by="서관리")

    found = card(renamed.trees)

    assert found.predecessors == ()
    assert {event.opened_by for event in found.history} == {None}


@pytest.mark.parametrize(
    ("day", "name"), [(date(2026, 1, 1), "재정팀"), (date(2023, 1, 1), "예산팀")]
)
def test_a_unit_that_is_not_there_on_the_day_is_known_by_its_nearest_name(renamed, day, name):
    in_between = date(2025, 1, 1)
    UnitSpan.objects.filter(unit=renamed.budget).update(until_on=in_between)
    hamlet.span(renamed.budget, "재정팀", "team", renamed.planning, in_between, until_on=CHANGE)

    found = card(renamed.budget, AsOf(day))

    assert (found.is_there, found.now, found.name, found.crumbs) == (False, None, name, ())
    assert (found.from_on, found.until_on) == (BEGIN, CHANGE)


def test_a_past_day_shows_the_name_of_that_day(renamed):
    assert card(renamed.trees, AsOf(date(2025, 1, 1))).name == "산림팀"
    assert card(renamed.trees).name == "산림경영팀"


def test_what_was_entered_later_was_not_known_then(renamed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (then,) = cursor.fetchone()
    UnitSpan.objects.filter(unit=renamed.trees, until_on=None).update(name="바로잡은팀")

    assert card(renamed.trees, AsOf(TODAY, then)).name == "산림경영팀"
    assert card(renamed.trees, AsOf(TODAY, AT)) is None


def test_only_an_administrator_changes_units(in_a):
    place = Hamlet()

    assert card(place.trees, actor=ADMINISTRATOR).why_not_change is None
    assert card(place.trees).why_not_change == "조직과 발령은 관리자만 바꿀 수 있습니다."


def test_a_unit_costs_four_queries_however_large(in_a, django_assert_num_queries):
    place = Hamlet()
    uid = place.top.record.uid
    for number in range(20):
        team = hamlet.unit(f"팀{number}", "team", place.planning)
        hamlet.put(hamlet.person(f"직원{number}"), hamlet.post(team))

    with django_assert_num_queries(4):
        found = queries_units.unit_card(uid, NOW, OFFICER)

    assert found.now.whole.posts == 27


def test_another_municipalitys_unit_is_unknown(in_a, tenant_b):
    uid = Hamlet().trees.record.uid

    with tenant(tenant_b.pk):
        assert queries_units.unit_card(uid, NOW, OFFICER) is None


# vacancies


def test_vacancies_are_listed_the_longest_first(in_a, django_assert_num_queries):
    place = Hamlet()
    Assignment.objects.filter(post=place.trees_officer).update(until_on=CHANGE)
    new = hamlet.post(place.plans, "신설", on=date(2026, 1, 1))
    PostSpan.objects.filter(post=new).update(until_on=date(2026, 3, 1))
    PostSpan.objects.create(
        post=new, unit=place.plans, title="신설 자리", rank="officer", from_on=date(2026, 3, 1)
    )

    with django_assert_num_queries(4):
        found = queries_units.vacancies(NOW)

    assert [(each.post.title, each.path, each.since) for each in found] == [
        ("산림과장", "산림과", BEGIN),
        ("예산팀장", "행정국 기획예산과 예산팀", BEGIN),
        ("주무관", "산림과 산림팀", CHANGE),
        ("신설 자리", "행정국 기획예산과 기획팀", date(2026, 1, 1)),
    ]
    assert [held.name for held in found[0].post.acting] == ["나과장"]


def test_a_day_of_the_past_has_its_own_vacancies(in_a):
    place = Hamlet()
    Assignment.objects.filter(post=place.trees_officer).update(until_on=CHANGE)

    found = queries_units.vacancies(AsOf(date(2025, 1, 1)))

    assert [each.post.title for each in found] == ["산림과장", "예산팀장"]
