"""A person's posts now, before and to come, and the orders about them."""

from datetime import date, timedelta

import pytest
from django.db import connection

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import queries_careers
from mokmin.foundation.orgs.models import Assignment, PersonnelOrder, PostSpan, UnitSpan
from mokmin.foundation.orgs.values import AsOf
from mokmin.foundation.tenancy.context import tenant
from tests import seed
from tests.foundation.orgs import hamlet
from tests.foundation.orgs.hamlet import AT, BEGIN, TODAY, Hamlet

NOW = AsOf(TODAY)
MOVED = date(2025, 7, 1)
NEXT = date(2027, 1, 1)


@pytest.fixture
def place(in_a):
    """라주무 was in 산림팀 until 2025-07-01, acts in 예산팀장 meanwhile, and goes on in 2027."""
    made = Hamlet()
    who = made.people["라주무"]
    Assignment.objects.filter(post=made.trees_officer).delete()
    Assignment.objects.filter(person=who).update(from_on=MOVED, until_on=NEXT)
    hamlet.put(who, made.trees_officer, until=MOVED)
    hamlet.put(who, made.budget_head, "acting", on=date(2026, 1, 1))
    hamlet.put(who, made.trees_officer, on=NEXT)
    return made


def card(place, name="라주무", at=NOW):
    return queries_careers.person_card(place.people[name].uid, at)


def told(held):
    return [(each.unit_path, each.title, each.kind, each.from_on, each.until_on) for each in held]


def test_posts_of_the_day_stand_apart_from_those_before_and_to_come(place):
    found = card(place)

    assert told(found.posts) == [
        ("행정국 기획예산과 기획팀", "주무관", "full", MOVED, NEXT),
        ("행정국 기획예산과 예산팀", "예산팀장", "acting", date(2026, 1, 1), None),
    ]
    assert told(found.history) == [
        ("산림과 산림팀", "주무관", "full", NEXT, None),
        ("산림과 산림팀", "주무관", "full", BEGIN, MOVED),
    ]
    assert (found.name, found.is_closed) == ("라주무", False)


def test_a_post_of_the_past_is_called_as_it_was_at_its_beginning(place):
    UnitSpan.objects.filter(unit=place.trees).update(until_on=date(2026, 1, 1))
    hamlet.span(place.trees, "산림경영팀", "team", place.planning, date(2026, 1, 1))
    PostSpan.objects.filter(post=place.plans_officer).update(until_on=date(2026, 1, 1))
    PostSpan.objects.create(
        post=place.plans_officer, unit=place.plans, title="전문관", rank="officer",
        from_on=date(2026, 1, 1),
    )  # fmt: skip

    found = card(place)

    assert [each.unit_path for each in found.history] == [
        "행정국 기획예산과 산림경영팀",
        "산림과 산림팀",
    ]
    assert found.posts[0].title == "전문관"


def test_a_day_of_the_past_has_other_posts(place):
    found = card(place, at=AsOf(date(2024, 5, 1)))

    assert [each.unit_path for each in found.posts] == ["산림과 산림팀"]
    assert len(found.history) == 3


def order(place, title, on, *lines, **more):
    made = PersonnelOrder.objects.create(
        title=title, number="총무-1", on=on, ordered_at=AT, ordered_by="서관리", **more
    )
    for position, (who, verb, from_post, to_post) in enumerate(lines, start=1):
        made.lines.create(
            position=position, person=place.people[who], verb=verb, from_post=from_post,
            to_post=to_post, note="비고",
        )  # fmt: skip
    return made


def test_orders_say_from_where_to_where_in_the_names_of_their_days(place):
    UnitSpan.objects.filter(unit=place.plans).update(until_on=MOVED)
    hamlet.span(place.plans, "기획조정팀", "team", place.planning, MOVED)
    order(
        place,
        "하반기 인사",
        MOVED,
        ("라주무", "transfer", place.trees_officer, place.plans_officer),
    )
    order(place, "휴직", NEXT, ("라주무", "leave", place.plans_officer, None))
    order(place, "남의 일", NEXT, ("마주무", "leave", place.trees_officer, None))

    last, first = card(place).orders

    assert (first.title, first.number, first.on, first.verb) == (
        "하반기 인사", "총무-1", MOVED, "transfer",
    )  # fmt: skip
    assert (first.before, first.after) == ("산림과 산림팀 주무관", "기획예산과 기획조정팀 주무관")
    assert (last.before, last.after, last.note) == ("기획예산과 기획조정팀 주무관", "", "비고")
    assert (first.is_undone, last.is_undone) == (False, False)


def test_an_order_taken_back_is_marked(place):
    order(
        place, "취소된 인사", NEXT, ("라주무", "leave", place.plans_officer, None),
        undone_at=AT, undone_by="서관리",
    )  # fmt: skip

    assert [each.is_undone for each in card(place).orders] == [True]


def test_what_was_entered_later_was_not_known_then(place):
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (then,) = cursor.fetchone()
    Assignment.objects.filter(post=place.budget_head, kind="acting").delete()

    assert len(card(place, at=AsOf(TODAY, then)).posts) == 2
    assert len(card(place).posts) == 1


def test_orders_entered_later_were_not_known_then(place):
    order(place, "하반기 인사", MOVED, ("라주무", "leave", place.plans_officer, None))

    found = card(place, at=AsOf(TODAY, AT))

    assert (found.orders, found.posts, found.name) == ((), (), "라주무")


def test_an_order_taken_back_later_still_stood_then(place):
    made = order(place, "하반기 인사", MOVED, ("라주무", "leave", place.plans_officer, None))
    later = AT + timedelta(days=2)
    PersonnelOrder.objects.filter(pk=made.pk).update(undone_at=later, undone_by="서관리")

    def is_undone(known_at):
        return [each.is_undone for each in card(place, at=AsOf(TODAY, known_at)).orders]

    assert is_undone(AT + timedelta(days=1)) == [False]
    assert is_undone(AT + timedelta(days=3)) == is_undone(None) == [True]


def test_residents_are_nobody_here_and_officials_without_a_post_are(place):
    uid_of = {role: seed.person_of(role).uid for role in (Role.RESIDENT, Role.FINANCE)}

    assert queries_careers.person_card(uid_of[Role.RESIDENT], NOW) is None
    assert queries_careers.person_card("0000000000", NOW) is None
    assert told(queries_careers.person_card(uid_of[Role.FINANCE], NOW).posts) == []


def test_another_municipalitys_people_are_unknown(place, tenant_b):
    uid = place.people["라주무"].uid

    with tenant(tenant_b.pk):
        assert queries_careers.person_card(uid, NOW) is None


def test_a_person_costs_four_queries(place, django_assert_num_queries):
    uid = place.people["라주무"].uid
    for number in range(5):
        order(place, f"인사 {number}", NEXT, ("라주무", "leave", place.plans_officer, None))

    with django_assert_num_queries(4):
        found = queries_careers.person_card(uid, NOW)

    assert len(found.orders) == 5
