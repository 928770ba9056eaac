"""Lists and pages of reorganisations, orders and hand-overs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import queries_changes, queries_hand_overs
from mokmin.foundation.orgs.models import (
    Assignment,
    HandOver,
    PersonnelOrder,
    Post,
    PostSpan,
    Reorganisation,
    Unit,
    UnitSpan,
)
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Window
from tests.foundation.orgs import hamlet
from tests.foundation.orgs.hamlet import AT, TODAY, Hamlet

CHANGE = date(2026, 1, 1)
LATER = date(2027, 1, 1)
WINDOW = Window("-on")
NOTHING_ELSE = Actor(name="담당", roles=frozenset({Role.OFFICER}))


@pytest.fixture
def place(in_a):
    return Hamlet()


def undone(what):
    type(what).objects.filter(pk=what.pk).update(undone_at=AT, undone_by="서관리")


# reorganisations


def titles(**asked):
    asked = {"today": TODAY, "window": WINDOW, **asked}
    return [row.title for row in queries_changes.reorganisations(**asked)]


def test_reorganisations_are_listed_by_state_and_word_newest_first(place):
    hamlet.reorganise("2025년 하반기 조직개편", CHANGE)
    hamlet.reorganise("2027년 조직개편", LATER)
    undone(hamlet.reorganise("취소한 개편", LATER + timedelta(days=1)))

    assert titles() == ["취소한 개편", "2027년 조직개편", "2025년 하반기 조직개편"]
    assert titles(state="planned") == ["2027년 조직개편"]
    assert titles(state="done") == ["2025년 하반기 조직개편"]
    assert titles(state="undone") == ["취소한 개편"]
    assert titles(word="하반기") == ["2025년 하반기 조직개편"]


def test_the_list_goes_on_behind_its_key(place):
    for number in range(4):
        hamlet.reorganise(f"개편 {number}", CHANGE)
    first = queries_changes.reorganisations(today=TODAY, window=replace(WINDOW, limit=2))

    rest = titles(window=replace(WINDOW, after=first[-1].uid))

    assert [row.title for row in first] + rest == ["개편 3", "개편 2", "개편 1", "개편 0"]


@pytest.fixture
def change(place):
    """산림팀 moves to 기획예산과 with its post, 예산팀 is closed, 홍보팀 made; all on one day."""
    made = hamlet.reorganise("2025년 하반기 조직개편", CHANGE)
    UnitSpan.objects.filter(unit=place.trees).update(until_on=CHANGE, closed_by=made)
    hamlet.span(place.trees, "산림경영팀", "team", place.planning, CHANGE, opened_by=made)
    UnitSpan.objects.filter(unit=place.budget).update(until_on=CHANGE, closed_by=made)
    PostSpan.objects.filter(post=place.budget_head).update(until_on=CHANGE, closed_by=made)
    Assignment.objects.filter(post=place.budget_head).update(until_on=CHANGE, ended_by=made)
    Unit.objects.filter(pk=place.budget.pk).update(until_on=CHANGE)
    Post.objects.filter(pk=place.budget_head.pk).update(until_on=CHANGE)
    PostSpan.objects.filter(post=place.trees_officer).update(until_on=CHANGE, closed_by=made)
    PostSpan.objects.create(
        post=place.trees_officer, unit=place.plans, title="주무관", rank="officer",
        from_on=CHANGE, opened_by=made,
    )  # fmt: skip
    hamlet.unit("홍보팀", "team", place.planning, CHANGE, opened_by=made)
    hamlet.unit("다른 일로 생긴 팀", "team", place.planning, CHANGE)
    return made


def test_a_reorganisation_shows_units_before_and_after(change, django_assert_num_queries):
    with django_assert_num_queries(4):
        card = queries_changes.reorganisation(change.uid)

    assert sorted((each.kind, each.path_before, each.path_after) for each in card.units) == [
        ("closed", "행정국 기획예산과 예산팀", ""),
        ("made", "", "행정국 기획예산과 홍보팀"),
        ("moved", "산림과 산림팀", "행정국 기획예산과 산림경영팀"),
    ]
    assert card.row.title == card.reorganisation.title == "2025년 하반기 조직개편"


def test_a_reorganisation_shows_posts_with_who_was_in_them(change):
    posts = queries_changes.reorganisation(change.uid).posts

    assert sorted(
        (each.kind, each.path_before, each.path_after, each.holders) for each in posts
    ) == [
        ("closed", "행정국 기획예산과 예산팀", "", ("다팀장",)),
        ("moved", "산림과 산림팀", "행정국 기획예산과 기획팀", ("마주무",)),
    ]


def test_the_eve_and_the_day_are_there_whole(change):
    card = queries_changes.reorganisation(change.uid)

    assert sorted(
        {span.name for span in card.before.units} - {span.name for span in card.after.units}
    ) == [
        "산림팀",
        "예산팀",
    ]


def test_one_that_was_taken_back_moved_nothing(place):
    made = hamlet.reorganise("취소한 개편", LATER)
    undone(made)

    card = queries_changes.reorganisation(made.uid)

    assert (card.units, card.posts, card.row.undone_by) == ((), (), "서관리")


def test_an_unknown_reorganisation_or_order_is_none(in_a):
    assert queries_changes.reorganisation("0000000000") is None
    assert queries_changes.order("0000000000") is None


# orders


def order(place, title, on, *lines, number=""):
    made = PersonnelOrder.objects.create(
        title=title, number=number, on=on, ordered_at=AT, ordered_by="서관리"
    )
    for position, (who, verb, from_post, to_post) in enumerate(lines, start=1):
        made.lines.create(
            position=position, person=place.people[who], verb=verb, from_post=from_post,
            to_post=to_post,
        )  # fmt: skip
    return made


def order_titles(**asked):
    asked = {"today": TODAY, "window": WINDOW, **asked}
    return [row.title for row in queries_changes.orders(**asked)]


def test_orders_are_listed_by_word_person_day_and_state(place):
    order(
        place,
        "상반기 인사",
        CHANGE,
        ("라주무", "leave", place.plans_officer, None),
        number="총무-7",
    )
    order(place, "예고", LATER, ("마주무", "leave", place.trees_officer, None))
    undone(order(place, "취소", LATER + timedelta(days=1)))

    assert order_titles() == ["취소", "예고", "상반기 인사"]
    assert order_titles(word="총무-7") == order_titles(word="상반기") == ["상반기 인사"]
    assert order_titles(person=place.people["마주무"].uid) == ["예고"]
    assert order_titles(since=LATER) == ["취소", "예고"]
    assert order_titles(until=CHANGE) == ["상반기 인사"]
    assert [order_titles(state=state) for state in ("planned", "done", "undone")] == [
        ["예고"],
        ["상반기 인사"],
        ["취소"],
    ]


def test_the_list_says_how_many_people_an_order_is_about(place):
    lines = [
        ("라주무", "transfer", place.plans_officer, place.trees_officer),
        ("라주무", "act", None, place.budget_head),
        ("마주무", "transfer", place.trees_officer, place.plans_officer),
    ]
    order(place, "인사", CHANGE, *lines)

    assert [row.people for row in queries_changes.orders(today=TODAY, window=WINDOW)] == [2]


def test_an_order_shows_each_line_from_where_to_where(place, django_assert_num_queries):
    lines = [
        ("라주무", "transfer", place.plans_officer, place.trees_officer),
        ("마주무", "retire", place.trees_officer, None),
    ]
    uid = order(place, "인사", CHANGE, *lines).uid

    with django_assert_num_queries(2):
        card = queries_changes.order(uid)

    assert [(line.row, line.name, line.verb, line.before, line.after) for line in card.lines] == [
        (1, "라주무", "transfer", "기획예산과 기획팀 주무관", "산림과 산림팀 주무관"),
        (2, "마주무", "retire", "산림과 산림팀 주무관", ""),
    ]
    assert card.lines[0].from_post == place.plans_officer.uid
    assert (card.row.people, card.order.title) == (2, "인사")


def test_a_unit_knows_the_orders_about_its_posts(place, django_assert_num_queries):
    order(
        place, "첫 인사", CHANGE, ("라주무", "transfer", place.trees_officer, place.plans_officer)
    )
    order(place, "둘째 인사", LATER, ("라주무", "leave", place.plans_officer, None))
    order(place, "남의 인사", LATER, ("다팀장", "leave", place.plans_head, None))

    with django_assert_num_queries(1):
        found = queries_changes.lines_of_unit(place.trees.pk)
    both = queries_changes.lines_of_unit(place.plans.pk)

    assert [(line.order.name, line.name, line.after) for line in found] == [
        ("첫 인사", "라주무", "기획예산과 기획팀 주무관")
    ]
    assert [line.order.name for line in both] == ["남의 인사", "둘째 인사", "첫 인사"]
    assert len(queries_changes.lines_of_unit(place.plans.pk, limit=1)) == 1


def test_a_post_that_came_later_does_not_bring_its_past_along(place):
    order(place, "첫 인사", CHANGE, ("라주무", "leave", place.plans_officer, None))
    PostSpan.objects.filter(post=place.plans_officer).update(until_on=LATER)
    PostSpan.objects.create(
        post=place.plans_officer, unit=place.trees, title="주무관", rank="officer", from_on=LATER
    )

    assert queries_changes.lines_of_unit(place.trees.pk) == ()


# hand-overs


@pytest.fixture
def sheets(place):
    """One of 라주무 to 마주무 that is late, one of 나과장 to nobody yet, one that is done."""

    def sheet(post, leaver, successor, on, **more):
        return HandOver.objects.create(
            post=post, leaver=place.people[leaver],
            successor=place.people[successor] if successor else None,
            on=on, due_on=on + timedelta(days=7), opened_at=AT, changed_at=AT, **more,
        )  # fmt: skip

    place.late = sheet(place.plans_officer, "라주무", "마주무", CHANGE)
    place.open = sheet(place.planning_head, "나과장", None, LATER)
    place.done = sheet(
        place.trees_officer, "마주무", "라주무", CHANGE - timedelta(days=1), content=[],
        acknowledged_at=datetime(2026, 1, 2, tzinfo=UTC),
    )  # fmt: skip
    return place


def who(place, name, *roles, units=()):
    return Actor(
        person_id=place.people[name].pk,
        name=name,
        roles=frozenset(roles or {Role.OFFICER}),
        units=frozenset(unit.pk for unit in units),
        headed=frozenset(unit.pk for unit in units if roles != (Role.OFFICER,)),
    )


def shown(actor, **asked):
    asked = {"today": TODAY, "window": WINDOW, **asked}
    rows = queries_hand_overs.hand_overs(actor, **asked)
    return [(row.leaver.name, row.successor.name if row.successor else None) for row in rows]


LATE, OPEN, DONE = ("라주무", "마주무"), ("나과장", None), ("마주무", "라주무")


def test_parties_heads_administrators_and_auditors_see_hand_overs(sheets):
    head = who(sheets, "다팀장", Role.TEAM_HEAD, units=[sheets.plans])
    colleague = who(sheets, "다팀장", Role.OFFICER, units=[sheets.plans])

    assert shown(who(sheets, "라주무")) == [LATE, DONE]
    assert shown(who(sheets, "나과장")) == [OPEN]
    assert shown(head) == [LATE]
    assert shown(colleague) == shown(NOTHING_ELSE) == []
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        assert shown(Actor(roles=frozenset({role}))) == [OPEN, LATE, DONE]


def test_hand_overs_are_narrowed_by_state_party_and_post(sheets):
    auditor = who(sheets, "마주무", Role.AUDITOR)

    assert shown(auditor, state="open") == [OPEN, LATE]
    assert shown(auditor, state="late") == [LATE]
    assert shown(auditor, state="done") == [DONE]
    assert shown(auditor, is_mine=True) == [LATE, DONE]
    assert shown(auditor, person=sheets.people["나과장"].uid) == [OPEN]
    assert shown(auditor, post=sheets.trees_officer.uid) == [DONE]
    assert shown(auditor, window=Window("due", limit=1)) == [DONE]


def test_a_row_names_the_post_as_on_its_last_day_and_its_cause(sheets):
    cause = order(sheets, "상반기 인사", CHANGE)
    HandOver.objects.filter(pk=sheets.late.pk).update(order=cause)
    UnitSpan.objects.filter(unit=sheets.plans).update(until_on=CHANGE)
    hamlet.span(sheets.plans, "기획조정팀", "team", sheets.planning, CHANGE)

    (row,) = queries_hand_overs.hand_overs(
        who(sheets, "마주무"), state="late", today=TODAY, window=WINDOW
    )

    assert (row.post_name, row.unit) == ("기획예산과 기획팀 주무관", sheets.plans.record.uid)
    assert (row.order.name, row.reorganisation) == ("상반기 인사", None)


def test_a_hand_over_says_what_may_be_done_with_it(sheets, django_assert_num_queries):
    leaver, successor, head = (
        who(sheets, "라주무"),
        who(sheets, "마주무"),
        who(sheets, "다팀장", Role.TEAM_HEAD, units=[sheets.plans]),
    )

    def card(actor):
        return queries_hand_overs.hand_over(sheets.late.uid, actor, today=TODAY)

    assert (card(leaver).why_not_remark, card(successor).why_not_acknowledge) == (None, None)
    assert card(head).why_not_name_successor is None
    assert card(successor).why_not_remark == "인계자만 의견을 적을 수 있습니다."
    assert card(leaver).why_not_acknowledge == "인수자만 확인할 수 있습니다."
    assert card(NOTHING_ELSE) is None
    with django_assert_num_queries(2):
        card(leaver)


def test_another_municipality_sees_none_of_it(sheets, tenant_b):
    auditor = Actor(roles=frozenset({Role.AUDITOR}))

    with tenant(tenant_b.pk):
        assert shown(auditor) == titles() == order_titles() == []
        assert Reorganisation.objects.count() == 0
