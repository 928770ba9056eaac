"""What people are told of orders, reorganisations and hand-overs that concern them."""

from datetime import date, datetime, time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mokmin.foundation.access import actions as access
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.calendar import actions as calendar
from mokmin.foundation.calendar.actions import HolidayEntry
from mokmin.foundation.calendar.states import HolidayKind
from mokmin.foundation.notices import actions
from mokmin.foundation.notices.models import Notice
from mokmin.foundation.orgs import actions as orgs
from mokmin.foundation.orgs import actions_hand_over
from mokmin.foundation.orgs.models import HandOver
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.foundation.orgs.steps import RenameUnit, ReorganisationPlan
from mokmin.foundation.people.models import Person
from tests.foundation.orgs import county as small
from tests.foundation.orgs.county import AT, DAY

ON_THE_DAY = datetime.combine(DAY, time(9), AT.tzinfo)


@pytest.fixture
def county(actor):
    return small.found(actor(Role.ADMINISTRATOR))


def told(kind=None):
    """Name, title, text of every notice, by name."""
    found = Notice.objects.filter(kind=kind) if kind else Notice.objects.all()
    return sorted(found.values_list("person__name", "title", "body"))


def transfer(county, *moves, title="하반기 인사발령"):
    entries = tuple(
        OrderEntry(county.people[name], OrderVerb.TRANSFER, county.posts[post])
        for name, post in moves
    )
    return orgs.order(OrderSheet(title, DAY, entries), actor=county.actor, at=AT)


def rename(county, unit="기획팀"):
    plan = ReorganisationPlan(
        "하반기 조직개편", DAY, (RenameUnit(county.units[unit], "미래팀"),), "개편"
    )
    return orgs.reorganise(plan, actor=county.actor, at=AT)


def test_everybody_in_an_order_is_told(county):
    transfer(county, ("차주무", "재산2"), ("아주무", "재산1"))

    assert told("order") == [
        ("아주무", "인사발령이 등록되었습니다.", "2026. 7. 1. 전보: 하반기 인사발령"),
        ("차주무", "인사발령이 등록되었습니다.", "2026. 7. 1. 전보: 하반기 인사발령"),
    ]


def test_whoever_takes_over_is_told_by_when_to_confirm(county):
    transfer(county, ("차주무", "재산2"), ("아주무", "재산1"))

    sheet = HandOver.objects.get(leaver__name="차주무")
    assert told("hand-over") == [
        (
            "아주무",
            "인계인수서를 2026. 7. 8.(수)까지 확인해 주세요.",
            "차주무님이 2026. 7. 1.에 넘기는 자리의 일입니다.",
        )
    ]
    assert Notice.objects.get(kind="hand-over").about == sheet.uid


def test_nobody_is_told_of_a_sheet_without_a_successor(county):
    transfer(county, ("차주무", "재산2"))

    assert HandOver.objects.filter(successor__isnull=True).count() == 1
    assert told("hand-over") == []


def test_a_successor_who_is_named_later_is_told(county):
    transfer(county, ("차주무", "재산2"))

    actions_hand_over.name_successor(
        HandOver.objects.get(),
        Person.objects.get(name="바주무"),
        reason="대행",
        actor=county.actor,
        at=AT,
    )

    assert [name for name, _, _ in told("hand-over")] == ["바주무"]


def test_whoever_has_confirmed_is_asked_no_more(county):
    transfer(county, ("차주무", "재산2"), ("아주무", "재산1"))
    taker = Person.objects.get(name="아주무")
    successor = Actor(person_id=taker.pk, person_uid=taker.uid, name=taker.name)

    actions_hand_over.acknowledge(
        HandOver.objects.get(leaver__name="차주무"), actor=successor, at=ON_THE_DAY
    )

    assert told("hand-over") == []


def test_taking_an_order_back_is_told_and_its_sheets_are_forgotten(county):
    done = transfer(county, ("차주무", "재산2"), ("아주무", "재산1"))

    orgs.undo_order(done.order, reason="착오", actor=county.actor, at=AT)

    assert told() == [
        ("아주무", "인사발령이 취소되었습니다.", "2026. 7. 1. 전보: 하반기 인사발령"),
        ("차주무", "인사발령이 취소되었습니다.", "2026. 7. 1. 전보: 하반기 인사발령"),
    ]


def test_people_of_a_unit_that_changes_are_told_and_nobody_else(county):
    rename(county)

    assert told("reorganisation") == [
        (
            name,
            "조직개편 ‘하반기 조직개편’이 등록되었습니다.",
            "2026. 7. 1.에 내가 일하는 부서가 바뀝니다.",
        )
        for name in ("다팀장", "바주무", "사주무")
    ]


def test_taking_a_reorganisation_back_is_told(county):
    done = rename(county)
    actions.mark_all_read(actor=county.actor, at=AT)

    orgs.undo_reorganisation(done.reorganisation, reason="보류", actor=county.actor, at=AT)

    assert told("reorganisation")[0] == (
        "다팀장",
        "조직개편 ‘하반기 조직개편’이 취소되었습니다.",
        "내가 일하는 부서는 그대로입니다.",
    )


def test_a_public_holiday_moves_the_day_by_which_a_hand_over_is_confirmed(county):
    transfer(county, ("차주무", "재산2"), ("아주무", "재산1"))

    moved = calendar.add_holiday(
        date(2026, 7, 2),
        HolidayEntry("임시공휴일", HolidayKind.TEMPORARY, "국무회의 의결"),
        reason="의결",
        actor=county.actor,
        at=AT,
    )

    assert [each.summary for each in moved] == ["인계인수 확인 기한 2건"]
    assert set(HandOver.objects.values_list("due_on", flat=True)) == {date(2026, 7, 9)}
    assert [title for _, title, _ in told("hand-over")] == [
        "인계인수서를 2026. 7. 9.(목)까지 확인해 주세요."
    ]


def test_another_term_of_the_municipality_is_told_as_well(county):
    transfer(county, ("차주무", "재산2"), ("아주무", "재산1"))

    access.change_settings({"hand_over_days": 2}, actor=county.actor, at=AT)

    assert [title for _, title, _ in told("hand-over")] == [
        "인계인수서를 2026. 7. 3.(금)까지 확인해 주세요."
    ]


def test_whoever_was_to_take_over_before_is_no_longer_asked(county):
    transfer(county, ("차주무", "재산2"))
    for name in ("바주무", "사주무"):
        actions_hand_over.name_successor(
            HandOver.objects.get(),
            Person.objects.get(name=name),
            reason="대행",
            actor=county.actor,
            at=AT,
        )

    assert [name for name, _, _ in told("hand-over")] == ["사주무"]


def test_whoever_acts_is_asked_again_when_nobody_comes_after_all(county):
    def enter(name, verb, *post):
        entries = (OrderEntry(county.people[name], verb, *post),)
        return orgs.order(OrderSheet("인사", DAY, entries), actor=county.actor, at=AT).order

    enter("다팀장", OrderVerb.RETIRE)
    enter("라팀장", OrderVerb.ACT, county.posts["기획팀장"])
    coming = enter("마팀장", OrderVerb.TRANSFER, county.posts["기획팀장"])
    then = [name for name, _, _ in told("hand-over")]

    orgs.undo_order(coming, reason="철회", actor=county.actor, at=AT)

    assert (then, [name for name, _, _ in told("hand-over")]) == (["마팀장"], ["라팀장"])


def test_whoever_takes_over_from_two_is_told_of_both(county):
    entries = (
        OrderEntry(county.people["다팀장"], OrderVerb.RETIRE),
        OrderEntry(county.people["바주무"], OrderVerb.RETIRE),
        OrderEntry(county.people["사주무"], OrderVerb.TRANSFER, county.posts["기획1"]),
        OrderEntry(county.people["사주무"], OrderVerb.ACT, county.posts["기획팀장"]),
    )
    orgs.order(OrderSheet("인사", DAY, entries), actor=county.actor, at=AT)

    assert [(name, text) for name, _, text in told("hand-over")] == [
        ("사주무", "다팀장님이 2026. 7. 1.에 넘기는 자리의 일입니다."),
        ("사주무", "바주무님이 2026. 7. 1.에 넘기는 자리의 일입니다."),
    ]


def test_many_sheets_are_told_in_as_many_statements_as_one(county):
    def statements(*moves):
        before = transaction.savepoint()
        with CaptureQueriesContext(connection) as caught:
            transfer(county, *moves)
        count = Notice.objects.filter(kind="hand-over").count()
        transaction.savepoint_rollback(before)
        return count, len(caught)

    few = (("차주무", "재산2"), ("아주무", "재산1"))
    one, asked = statements(*few)
    many, asked_for_many = statements(
        *few, ("자주무", "예산1"), ("바주무", "계약1"), ("사주무", "기획1")
    )

    assert (one, many, asked_for_many) == (1, 4, asked)
