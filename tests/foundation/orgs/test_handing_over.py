"""Hand-overs: made when a post is left, followed to whoever comes, frozen when acknowledged."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import STAFF, Role
from mokmin.foundation.calendar.kinds import THINGS, Due, Move
from mokmin.foundation.orgs import (
    access,
    actions,
    actions_hand_over,
    handover,
    queries_hand_overs,
    signals,
)
from mokmin.foundation.orgs.handover import HandOverLine
from mokmin.foundation.orgs.models import HandOver
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.foundation.orgs.steps import (
    AbolishUnit,
    MoveUnit,
    RenameUnit,
    ReorganisationPlan,
)
from mokmin.foundation.people.models import Person
from mokmin.foundation.trail.models import Change
from mokmin.lib.errors import Denied, Invalid
from mokmin.lib.working_days import WorkingDays
from tests.foundation.orgs.county import AT, DAY

LATER = DAY + timedelta(days=10)
THEN = datetime(2026, 7, 2, 3, tzinfo=UTC)


@pytest.fixture
def order(county):
    def enter(*entries, on=DAY, at=AT, **more):
        return actions.order(OrderSheet("인사", on, entries, **more), actor=county.actor, at=at)

    return enter


@pytest.fixture
def sheet(county, order):
    """What 바주무 leaves to 사주무."""
    return order(
        OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["재산2"]),
        OrderEntry("사주무", OrderVerb.TRANSFER, county.posts["기획1"]),
    ).hand_overs[0]


def acting(county, name, *roles, units=()):
    """Somebody of the county as the one who acts."""
    person = Person.objects.get(uid=county.people[name])
    leads = {Role.UNIT_HEAD, Role.TEAM_HEAD} & {*roles}
    return Actor(
        person_id=person.pk,
        name=name,
        roles=frozenset(roles),
        units=frozenset(units),
        headed=frozenset(units if leads else ()),
    )


def sheets():
    found = HandOver.objects.order_by("id")
    return [(each.leaver.name, each.successor.name if each.successor else None) for each in found]


def test_everybody_who_leaves_a_post_has_a_sheet(order, county):
    done = order(
        OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["예산1"]),
        OrderEntry("아주무", OrderVerb.RETIRE),
    )

    assert sheets() == [("바주무", None), ("아주무", "바주무")]
    assert {(each.order, each.on, each.due_on) for each in done.hand_overs} == {
        (done.order, DAY, date(2026, 7, 8))
    }


def test_what_is_left_empty_goes_to_whoever_acts_and_then_to_whoever_comes(order, county):
    order(OrderEntry("다팀장", OrderVerb.RETIRE))
    order(OrderEntry("라팀장", OrderVerb.ACT, county.posts["기획팀장"]), on=LATER)
    then = sheets()
    order(
        OrderEntry("마팀장", OrderVerb.TRANSFER, county.posts["기획팀장"]),
        on=LATER + timedelta(days=1),
    )

    assert then == [("다팀장", "라팀장")]
    assert sheets() == [("다팀장", "마팀장"), ("마팀장", None)]


def test_whoever_no_longer_comes_no_longer_takes_over(order, county):
    order(OrderEntry("다팀장", OrderVerb.RETIRE))
    order(OrderEntry("라팀장", OrderVerb.ACT, county.posts["기획팀장"]))
    coming = order(OrderEntry("마팀장", OrderVerb.TRANSFER, county.posts["기획팀장"]), on=LATER)

    actions.undo_order(coming.order, reason="철회", actor=county.actor, at=AT)

    assert sheets() == [("다팀장", "라팀장")]


def test_history_makes_no_sheets(order, county):
    done = order(OrderEntry("바주무", OrderVerb.RETIRE), makes_hand_overs=False)

    assert (done.hand_overs, HandOver.objects.count()) == ((), 0)


def test_a_reorganisation_that_closes_posts_makes_sheets(county):
    plan = ReorganisationPlan("개편", DAY, (AbolishUnit(county.units["계약팀"]),))

    done = actions.reorganise(plan, actor=county.actor, at=AT)

    assert {each.reorganisation for each in done.hand_overs} == {done.reorganisation}
    assert sorted(sheets()) == [("마팀장", None), ("자주무", None)]


def test_rooms_above_are_told_of_sheets(order, county):
    told = []

    def listen(*, hand_overs, **_signal):
        told.extend((sheet.leaver.name, sheet.successor_id is None) for sheet in hand_overs)

    signals.hand_overs_changed.connect(listen)
    order(OrderEntry("다팀장", OrderVerb.RETIRE))
    order(OrderEntry("라팀장", OrderVerb.ACT, county.posts["기획팀장"]), on=LATER)
    signals.hand_overs_changed.disconnect(listen)

    assert told == [("다팀장", True), ("다팀장", False)]


def test_an_officers_sheet_holds_duties_plans_and_what_is_unfinished(county, order, sheet):
    plan = ReorganisationPlan("여름 개편", LATER, (RenameUnit(county.units["기획팀"], "전략팀"),))
    done = actions.reorganise(plan, actor=county.actor, at=AT)
    further = order(OrderEntry("사주무", OrderVerb.RETIRE), on=LATER + timedelta(days=1))

    seen = {section.title: section.lines for section in handover.content(sheet)}

    assert seen == {
        "담당 업무": (
            HandOverLine("자리: 기획과 기획팀 주무관", "post", county.posts["기획1"], counts=False),
            HandOverLine("기획1 업무"),
        ),
        "예정된 조직개편과 발령": (
            HandOverLine("2026. 7. 11. 여름 개편", "reorganisation", done.reorganisation.uid),
            HandOverLine("2026. 7. 12. 인사", "order", further.order.uid),
        ),
    }
    mine = HandOver.objects.get(leaver__name="사주무", on=DAY)
    assert {section.title: section.lines for section in handover.content(mine)}[
        "끝나지 않은 인계인수"
    ] == (
        HandOverLine("2026. 7. 1. 기획과 기획팀 주무관 인계인수", "hand-over", sheet.uid),
        HandOverLine(
            "2026. 7. 12. 기획과 전략팀 주무관 인계인수",
            "hand-over",
            HandOver.objects.get(leaver__name="사주무", on=LATER + timedelta(days=1)).uid,
        ),
    )


def test_a_heads_sheet_names_the_units_and_posts_in_charge(county, order):
    done = order(OrderEntry("가과장", OrderVerb.RETIRE), OrderEntry("마팀장", OrderVerb.RETIRE))

    head, team = done.hand_overs
    charges = {
        each.leaver.name: [
            line.text
            for section in handover.content(each)
            if section.title == "맡은 부서와 자리"
            for line in section.lines
        ]
        for each in (head, team)
    }

    assert charges == {
        "가과장": ["기획팀(자리 3개)", "예산팀(자리 2개)"],
        "마팀장": ["주무관: 자주무"],
    }


def test_the_content_takes_five_queries(sheet):
    with CaptureQueriesContext(connection) as caught:
        handover.content(sheet)

    assert len(caught) == 5


def test_a_title_is_given_to_one_section():
    with pytest.raises(ValueError, match="담당 업무"):
        handover.contributes("담당 업무", lambda _left: ())


def test_the_leaver_adds_to_the_sheet(county, sheet):
    actions_hand_over.remark(sheet, " 열쇠는 서랍에 ", actor=acting(county, "바주무"), at=THEN)

    sheet.refresh_from_db()
    assert (sheet.remark, sheet.changed_at) == ("열쇠는 서랍에", THEN)


def test_nobody_else_writes_the_leavers_words_and_not_too_many(county, sheet):
    with pytest.raises(Denied, match="인계자만 의견을 적을 수 있습니다"):
        actions_hand_over.remark(sheet, "의견", actor=county.actor, at=THEN)
    with pytest.raises(Invalid) as caught:
        actions_hand_over.remark(sheet, "가" * 4001, actor=acting(county, "바주무"), at=THEN)

    assert caught.value.problems == {"remark": "인계자 의견은 4,000자까지 적을 수 있습니다."}


def test_what_is_acknowledged_stays_as_it_was(county, sheet):
    actions_hand_over.acknowledge(sheet, actor=acting(county, "사주무"), at=THEN)
    sheet.refresh_from_db()
    then = handover.content(sheet)
    plan = ReorganisationPlan("개편", LATER, (RenameUnit(county.units["기획팀"], "전략팀"),))
    actions.reorganise(plan, actor=county.actor, at=THEN)

    assert sheet.acknowledged_at == THEN
    assert handover.content(sheet) == then
    assert then[0].lines[0].text == "자리: 기획과 기획팀 주무관"
    for act in (
        lambda: actions_hand_over.acknowledge(sheet, actor=acting(county, "사주무"), at=THEN),
        lambda: actions_hand_over.remark(sheet, "더", actor=acting(county, "바주무"), at=THEN),
        lambda: actions_hand_over.name_successor(
            sheet,
            Person.objects.get(uid=county.people["아주무"]),
            reason="변경",
            actor=county.actor,
            at=THEN,
        ),
    ):
        with pytest.raises(Denied, match="이미 확인한 인계인수서입니다"):
            act()


def test_only_the_successor_acknowledges_and_not_before_the_day(county, sheet, order):
    empty = order(OrderEntry("차주무", OrderVerb.RETIRE)).hand_overs[0]

    def why_not(which, actor, at=THEN):
        with pytest.raises(Denied) as caught:
            actions_hand_over.acknowledge(which, actor=actor, at=at)
        return caught.value.reason

    assert why_not(sheet, county.actor) == "인수자만 확인할 수 있습니다."
    assert why_not(sheet, acting(county, "사주무"), AT) == (
        "인계일인 2026. 7. 1.부터 확인할 수 있습니다."
    )
    assert why_not(empty, county.actor) == "인수자가 아직 정해지지 않았습니다."


def test_a_head_names_who_takes_over_a_post_that_stays_empty(county, order):
    sheet = order(OrderEntry("차주무", OrderVerb.RETIRE)).hand_overs[0]
    unit = handover.unit_id(sheet)
    head = acting(county, "나과장", Role.UNIT_HEAD, units=[unit])
    other = Person.objects.get(uid=county.people["자주무"])

    actions_hand_over.name_successor(sheet, other, reason="업무대행", actor=head, at=AT)

    assert sheets() == [("차주무", "자주무")]


def test_a_successor_is_somebody_else_who_is_here(county, order):
    sheet = order(OrderEntry("차주무", OrderVerb.RETIRE)).hand_overs[0]

    def problems(name, reason="대행"):
        person = Person.objects.get(uid=county.people[name])
        with pytest.raises(Invalid) as caught:
            actions_hand_over.name_successor(
                sheet, person, reason=reason, actor=county.actor, at=AT
            )
        return caught.value.problems

    Person.objects.filter(uid=county.people["자주무"]).update(closed_at=AT)

    assert problems("차주무") == {
        "successor": "인계자 자신은 인수할 수 없습니다. 다른 사람을 골라 주세요."
    }
    assert problems("자주무") == {"successor": "닫은 계정의 사람입니다. 다른 사람을 골라 주세요."}
    assert problems("아주무", reason="") == {"reason": "사유를 적어 주세요. 기록에 남습니다."}
    with pytest.raises(Denied, match="인수자는 그 부서의 부서장과 팀장, 관리자만"):
        actions_hand_over.name_successor(
            sheet,
            Person.objects.get(uid=county.people["아주무"]),
            reason="대행",
            actor=acting(county, "아주무", Role.UNIT_HEAD),
            at=AT,
        )


@pytest.mark.parametrize(
    ("name", "roles", "is_in_unit", "sees"),
    [
        ("바주무", (), False, True),
        ("사주무", (), False, True),
        ("아주무", (Role.OFFICER,), True, False),
        ("다팀장", (Role.TEAM_HEAD,), True, True),
        ("다팀장", (Role.TEAM_HEAD,), False, False),
        ("아주무", (Role.AUDITOR,), False, True),
        ("아주무", (Role.ADMINISTRATOR,), False, True),
    ],
)
def test_who_sees_a_sheet(county, sheet, name, roles, is_in_unit, sees):
    unit = handover.unit_id(sheet)
    who = acting(county, name, *roles, units=[unit] if is_in_unit else [])

    card = queries_hand_overs.hand_over(sheet.uid, who, today=DAY)

    assert (card is not None) is sees


def test_an_order_whose_hand_over_is_acknowledged_stays(county, order):
    past = {"accepts_past": True, "reason": "누락", "on": date(2026, 6, 1)}
    done = order(
        OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["재산2"]),
        OrderEntry("사주무", OrderVerb.TRANSFER, county.posts["기획1"]),
        **past,
    )
    actions_hand_over.acknowledge(done.hand_overs[0], actor=acting(county, "사주무"), at=AT)

    with pytest.raises(Denied, match="이미 확인한 인계인수가 있습니다"):
        actions.undo_order(done.order, reason="착오", actor=county.actor, at=AT)


def test_what_is_due_is_told_to_the_calendar_and_moves_with_holidays(county, sheet):
    thing = THINGS["hand-over"]
    first, last = DAY, DAY + timedelta(days=20)
    due = Due(
        uid=sheet.uid,
        title="인계인수 확인: 기획팀 주무관",
        on=date(2026, 7, 8),
        changed_at=AT,
        person_ids=(sheet.successor_id,),
    )

    assert thing.dues(first, last, sheet.successor_id) == [due]
    assert [each.uid for each in thing.dues(first, last, None)][:1] == [sheet.uid]
    assert thing.touched_at() == AT

    moves = thing.recount(WorkingDays({date(2026, 7, 3): "임시공휴일"}))
    thing.shift(moves, county.actor, THEN)
    sheet.refresh_from_db()

    assert moves[0] == Move(sheet.uid, due.title, date(2026, 7, 8), date(2026, 7, 9))
    assert (sheet.due_on, sheet.changed_at) == (date(2026, 7, 9), THEN)


def test_a_post_that_moves_with_its_unit_is_nobodys_leaving(county):
    plan = ReorganisationPlan(
        "개편", DAY, (MoveUnit(county.units["재산팀"], county.units["기획과"]),)
    )

    actions.reorganise(plan, actor=county.actor, at=AT)

    assert HandOver.objects.count() == 0


def test_the_organisation_is_seen_by_those_who_work_in_it(actor):
    seen = {role: access.why_not_see_organisation(actor(role)) for role in Role}

    assert {role for role, why in seen.items() if why is None} == STAFF


def test_what_a_sheet_and_an_order_say_of_people_is_in_the_trail_as_a_hash_only(county, order):
    done = order(
        OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["재산2"], note="질병 휴직 예정"),
        OrderEntry("사주무", OrderVerb.TRANSFER, county.posts["기획1"]),
    )
    (sheet,) = [each for each in done.hand_overs if each.leaver.name == "바주무"]
    leaver, taker = acting(county, "바주무"), acting(county, "사주무")
    actions_hand_over.remark(sheet, "가주무에게 물어보세요.", actor=leaver, at=THEN)
    actions_hand_over.acknowledge(sheet, actor=taker, at=THEN)

    kept = Change.objects.filter(table_name__in=("orgs_handover", "orgs_orderline"))
    said = " ".join(str((each.before, each.after)) for each in kept)

    assert HandOver.objects.get(pk=sheet.pk).content
    assert [word for word in ("질병", "물어보세요", "주무") if word in said] == []
