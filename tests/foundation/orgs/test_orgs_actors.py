"""The actor of a request: roles granted and by post, posts, units with what stands below them."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import queries_people
from mokmin.foundation.orgs.models import Assignment, Unit, UnitSpan
from mokmin.foundation.orgs.queries_people import RolesByPost
from mokmin.foundation.people import actions as people_actions
from mokmin.foundation.people import queries as people
from mokmin.foundation.people import queries_people as people_lists
from mokmin.foundation.people.models import Account, Grant
from mokmin.foundation.records import actions as records
from mokmin.foundation.records import queries as record_queries
from mokmin.foundation.records.models import Record
from mokmin.foundation.records.states import Visibility
from mokmin.foundation.tenancy.context import tenant
from tests import seed
from tests.foundation.orgs import hamlet
from tests.foundation.orgs.hamlet import BEGIN, TODAY, Hamlet


@pytest.fixture
def place(in_a):
    return Hamlet()


def actor(role, on=TODAY):
    found = queries_people.actor_of(seed.person_of(role).account, on=on)
    assert found is not None
    return found


def names(units):
    spans = UnitSpan.objects.filter(unit_id__in=units, until_on=None)
    return set(spans.values_list("name", flat=True))


def test_without_a_post_there_are_the_granted_roles_alone(place):
    found = actor(Role.LEGAL)

    assert found == people.actor_of(seed.person_of(Role.LEGAL).account)
    assert (found.posts, found.units, found.unit_records) == (frozenset(),) * 3


@pytest.mark.parametrize(
    ("where", "role"),
    [
        ("mayor", Role.EXECUTIVE),
        ("planning_head", Role.UNIT_HEAD),
        ("plans_head", Role.TEAM_HEAD),
        ("plans_officer", Role.OFFICER),
    ],
)
@pytest.mark.parametrize("kind", ["full", "acting", "concurrent"])
def test_the_role_of_a_post_is_held_in_whatever_way_the_post_is(place, where, role, kind):
    post = getattr(place, where)
    Assignment.objects.filter(post=post).delete()
    hamlet.put(seed.person_of(Role.LEGAL), post, kind)

    found = actor(Role.LEGAL)

    assert found.roles == {Role.LEGAL, role}
    assert found.posts == {post.pk}


def test_a_head_reaches_all_units_below_and_an_officer_the_own_one(place):
    hamlet.put(seed.person_of(Role.LEGAL), place.planning_head, "acting")
    hamlet.put(seed.person_of(Role.FINANCE), place.plans_officer, "concurrent")
    hamlet.put(seed.person_of(Role.PUBLICITY), place.mayor, "acting")

    assert names(actor(Role.LEGAL).units) == {"기획예산과", "기획팀", "예산팀"}
    assert names(actor(Role.FINANCE).units) == {"기획팀"}
    assert len(actor(Role.PUBLICITY).units) == 7


def test_two_posts_reach_the_units_of_both(place):
    hamlet.put(seed.person_of(Role.LEGAL), place.plans_officer, "concurrent")
    hamlet.put(seed.person_of(Role.LEGAL), place.forest_head, "concurrent")

    found = actor(Role.LEGAL)

    assert names(found.units) == {"기획팀", "산림과", "산림팀"}
    assert names(found.headed) == {"산림과", "산림팀"}
    assert found.roles == {Role.LEGAL, Role.OFFICER, Role.UNIT_HEAD}


@pytest.mark.parametrize(
    ("day", "has_post"),
    [
        (date(2026, 3, 1) - timedelta(days=1), False),
        (date(2026, 3, 1), True),
        (date(2026, 6, 1) - timedelta(days=1), True),
        (date(2026, 6, 1), False),
    ],
)
def test_a_post_counts_from_its_first_day_to_its_last(place, day, has_post):
    hamlet.put(
        seed.person_of(Role.LEGAL),
        place.plans_officer,
        "acting",
        date(2026, 3, 1),
        date(2026, 6, 1),
    )

    found = actor(Role.LEGAL, on=day)

    assert (found.posts, Role.OFFICER in found.roles) == (
        ({place.plans_officer.pk}, True) if has_post else (frozenset(), False)
    )


def test_units_are_those_of_the_day(place):
    hamlet.put(seed.person_of(Role.LEGAL), place.planning_head, "acting")
    UnitSpan.objects.filter(unit=place.trees).update(until_on=TODAY)
    hamlet.span(place.trees, "산림팀", "team", place.planning, TODAY)

    before, after = (actor(Role.LEGAL, on=day).units for day in (TODAY - timedelta(days=1), TODAY))

    assert after - before == {place.trees.pk}


def test_who_has_only_a_post_may_enter_the_console(place):
    person = seed.person_of(Role.LEGAL)
    Grant.objects.filter(person=person).delete()
    hamlet.put(person, place.plans_officer, "acting")

    now, before = (
        queries_people.actor_of(person.account, on=day)
        for day in (TODAY, BEGIN - timedelta(days=1))
    )

    assert (now.is_staff, before.is_staff) == (True, False)


def test_a_closed_account_is_nobody_whatever_the_post(place):
    person = seed.person_of(Role.LEGAL)
    hamlet.put(person, place.plans_officer, "acting")
    people_actions.close(person, reason="퇴직", actor=actor(Role.ADMINISTRATOR), at=seed.AT)

    assert queries_people.actor_of(person.account, on=TODAY) is None


def test_an_account_of_another_municipality_is_nobody(place, tenant_b):
    with tenant(tenant_b.pk):
        account = seed.person_of(Role.LEGAL).account

    assert queries_people.actor_of(account, on=TODAY) is None


def test_one_query_whatever_is_held(place, django_assert_num_queries):
    account = seed.person_of(Role.LEGAL).account
    hamlet.put(seed.person_of(Role.LEGAL), place.mayor, "acting")

    with django_assert_num_queries(1):
        found = queries_people.actor_of(account, on=TODAY)

    assert len(found.unit_records) == 7


# what is for a unit


@pytest.mark.parametrize(
    ("where", "seen"),
    [
        ("plans_officer", {"기획예산과", "기획팀"}),
        ("planning_head", {"기획예산과", "기획팀", "예산팀"}),
        ("forest_head", {"산림과", "산림팀"}),
    ],
)
def test_what_is_for_a_unit_is_seen_there_above_it_and_by_its_teams(place, where, seen):
    hamlet.put(seed.person_of(Role.LEGAL), getattr(place, where), "concurrent")
    for unit in Unit.objects.select_related("record"):
        made = records.register("project", f"일 {unit.record.title}", visibility=Visibility.UNIT)
        Record.objects.filter(pk=made.pk).update(unit=unit.record)

    found = record_queries.visible_to(actor(Role.LEGAL)).filter(kind="project")

    assert {record.title.removeprefix("일 ") for record in found} == seen


# accounts


def test_the_list_of_accounts_knows_roles_by_post(place):
    hamlet.put(seed.person_of(Role.LEGAL), place.planning_head, "acting")
    by_post = RolesByPost(TODAY)

    card = people.card(seed.person_of(Role.LEGAL).uid, actor(Role.ADMINISTRATOR), by_post=by_post)

    assert card.row.roles == (Role.LEGAL,)
    assert card.row.by_post == (Role.UNIT_HEAD,)
    assert card.row.held == (Role.UNIT_HEAD, Role.LEGAL)


def test_who_needs_a_second_factor_by_post_is_counted(place):
    for name in ("나과장", "라주무"):
        person = place.people[name]
        person.account = account_of(person)
        person.save()

    def unprotected(**more):
        return people_lists.figures(needed_for=["unit_head"], **more).unprotected

    alone, with_posts = unprotected(), unprotected(by_post=RolesByPost(TODAY))
    Authenticator.objects.create(
        user=place.people["나과장"].account, type="totp", data={"secret": "x"}
    )

    assert (alone, with_posts) == (1, 2)
    assert unprotected(by_post=RolesByPost(TODAY)) == 1


def account_of(person):
    return Account.objects.create(email=f"{person.uid}@a.example", home_tenant=seed.tenant_of("a"))


def test_figures_count_as_staff_whoever_has_a_post(place):
    alone = people_lists.figures(needed_for=[])

    found = people_lists.figures(needed_for=[], by_post=RolesByPost(TODAY))

    assert found.staff - alone.staff == 5
    assert found.people == alone.people
