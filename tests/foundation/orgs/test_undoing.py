"""Taking back what is entered for a coming day: exactly that, while nothing rests on it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions, actions_posts, loading, planning
from mokmin.foundation.orgs.actions_posts import NewHolding
from mokmin.foundation.orgs.models import HandOver, Reorganisation, Succession, Unit
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb, PostRank, UnitKind
from mokmin.foundation.orgs.steps import (
    AbolishUnit,
    AddPost,
    ClosePost,
    CreateUnit,
    MergeUnits,
    NewPost,
    NewUnit,
    RenameUnit,
    ReorganisationPlan,
)
from mokmin.foundation.records import actions as records
from mokmin.foundation.records import queries
from mokmin.foundation.records.models import Record
from mokmin.foundation.records.states import Visibility
from mokmin.foundation.trail.models import Act
from mokmin.lib.errors import Denied, Invalid
from tests.foundation.orgs.county import AT, DAY, TODAY

LATER = DAY + timedelta(days=10)
ON_THE_DAY = datetime(2026, 7, 1, 1, tzinfo=UTC)


@pytest.fixture
def reorganise(county):
    def enter(*steps, on=DAY, **more):
        plan = ReorganisationPlan("개편", on, steps, **more)
        return actions.reorganise(plan, actor=county.actor, at=AT)

    return enter


@pytest.fixture
def order(county):
    def enter(*entries, on=DAY):
        sheet = OrderSheet("발령", on, entries)
        return actions.order(sheet, actor=county.actor, at=AT).order

    return enter


def found_by(actor, word):
    return [row.kind for row in queries.search(actor, word, without=("unit",))]


@pytest.fixture
def undo(county):
    """Takes something back, and says why not."""

    def take_back(found, *, at=AT, reason="잘못 등록"):
        act = (
            actions.undo_reorganisation if isinstance(found, Reorganisation) else actions.undo_order
        )
        act(found, reason=reason, actor=county.actor, at=at)

    return take_back


def everything():
    whole = loading.whole_organisation()
    return {*whole.units, *whole.posts, *whole.holdings}


def why_not(undo, found, **more):
    with pytest.raises(Denied) as caught:
        undo(found, **more)
    return caught.value.reason


def test_a_reorganisation_taken_back_leaves_the_organisation_as_it_was(county, reorganise, undo):
    before, uids = everything(), county.units
    made = NewUnit("new", UnitKind.TEAM, "기획예산팀", uids["기획과"])
    done = reorganise(
        MergeUnits((uids["기획팀"], uids["예산팀"]), "new", made),
        AbolishUnit(uids["계약팀"]),
        RenameUnit(uids["재무과"], "회계과"),
    )

    undo(done.reorganisation)

    assert everything() == before
    assert (Succession.objects.count(), HandOver.objects.count()) == (0, 0)
    assert Act.objects.order_by("-id").values_list("verb", "reason").first() == (
        "undo_reorganisation", "잘못 등록",
    )  # fmt: skip
    assert Unit.objects.exclude(until_on__isnull=True).count() == 1


def test_a_unit_that_never_came_to_be_keeps_its_address_and_is_not_found(county, reorganise, undo):
    new = NewUnit("new", UnitKind.DEPARTMENT, "미래과", county.units["군수"])
    done = reorganise(CreateUnit(new))

    undo(done.reorganisation)
    unit = Unit.objects.get(record__uid=done.made["new"])

    assert (unit.from_on, unit.until_on) == (DAY, DAY)
    assert unit.record.visibility == Visibility.RESTRICTED


def test_what_has_begun_today_takes_its_title_back(county, reorganise, undo):
    done = reorganise(RenameUnit(county.units["재산팀"], "공유재산팀"), on=TODAY)

    undo(done.reorganisation)

    assert Record.objects.get(uid=county.units["재산팀"]).title == "재산팀"


def test_an_order_taken_back_leaves_everybody_where_they_were(county, order, undo):
    before = everything()
    done = order(
        OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["재산2"]),
        OrderEntry("사주무", OrderVerb.RETIRE),
    )

    undo(done)

    assert everything() == before
    assert HandOver.objects.count() == 0
    assert done.lines.count() == 2
    assert (done.undone_by, done.undone_at) == ("서관리", AT)


@pytest.mark.parametrize("reason", ["", "  "])
def test_taking_back_needs_its_reason(county, order, undo, reason):
    done = order(OrderEntry("사주무", OrderVerb.RETIRE))

    with pytest.raises(Invalid) as caught:
        undo(done, reason=reason)

    assert caught.value.problems == {"reason": "사유를 적어 주세요. 기록에 남습니다."}


def test_nothing_is_taken_back_twice(county, order, undo):
    done = order(OrderEntry("사주무", OrderVerb.RETIRE))
    undo(done)

    assert why_not(undo, done) == "이미 취소했습니다."


def test_once_its_day_has_come_it_stays(county, order, reorganise, undo):
    late = (
        "시행일(2026. 7. 1.)이 되어 취소할 수 없습니다. "
        "되돌리려면 새 조직개편이나 발령으로 등록해 주세요."
    )
    retired = order(OrderEntry("사주무", OrderVerb.RETIRE))
    renamed = reorganise(RenameUnit(county.units["재산팀"], "공유재산팀")).reorganisation

    assert why_not(undo, retired, at=ON_THE_DAY) == late
    assert why_not(undo, renamed, at=ON_THE_DAY) == late


def test_a_slip_of_today_for_a_past_day_is_taken_back_today(county, reorganise, undo):
    before = everything()
    done = reorganise(
        RenameUnit(county.units["재산팀"], "공유재산팀"),
        on=date(2026, 3, 1),
        reason="누락",
        accepts_past=True,
    )

    undo(done.reorganisation)

    assert everything() == before


def test_somebody_who_has_gone_further_is_not_brought_back(county, order, undo):
    first = order(OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["재산2"]))
    order(OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["기획1"]), on=LATER)

    assert why_not(undo, first) == (
        "바주무의 재무과 재산팀 주무관 발령은 2026. 7. 11.에 다시 바뀌도록 등록되어 있습니다. "
        "그 등록을 먼저 취소해 주세요."
    )


def test_nobody_comes_back_to_a_post_that_another_has_taken(county, order, undo):
    first = order(OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["재산2"]))
    order(OrderEntry("사주무", OrderVerb.TRANSFER, county.posts["기획1"]), on=LATER)

    assert why_not(undo, first) == (
        "취소하면 기획과 기획팀 주무관 자리에 본직이 2026. 7. 11.에 둘이 됩니다(바주무, 사주무)."
    )


def test_nobody_comes_back_to_a_post_that_has_been_closed_meanwhile(
    county, order, reorganise, undo
):
    first = order(OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["재산2"]))
    reorganise(ClosePost(county.posts["기획1"]), on=LATER)

    assert why_not(undo, first) == (
        "취소하면 바주무가 맡는 기획과 기획팀 주무관 자리가 2026. 7. 11.에 없습니다."
    )


def test_a_new_unit_with_people_is_not_taken_back(county, order, reorganise, undo):
    done = reorganise(
        CreateUnit(NewUnit("new", UnitKind.DEPARTMENT, "미래과", county.units["군수"])),
        AddPost(NewPost("head", "new", PostRank.UNIT_HEAD, "과장")),
    )
    order(OrderEntry("다팀장", OrderVerb.PROMOTE, done.made["head"]))

    assert why_not(undo, done.reorganisation) == (
        "취소하면 다팀장이 맡는 자리가 2026. 7. 1.에 없습니다."
    )


def test_a_new_unit_with_posts_or_units_of_its_own_is_not_taken_back(county, reorganise, undo):
    new = NewUnit("new", UnitKind.DEPARTMENT, "미래과", county.units["군수"])
    done = reorganise(CreateUnit(new))
    uid = done.made["new"]
    actions_posts.set_up(
        [NewUnit("team", UnitKind.TEAM, "전략팀", uid)],
        [NewPost("head", uid, PostRank.UNIT_HEAD, "과장")],
        on=DAY, reason="추가", actor=county.actor, at=AT,
    )  # fmt: skip

    assert why_not(undo, done.reorganisation) == (
        "취소하면 ‘전략팀’의 상위 부서가 2026. 7. 1.에 없습니다. "
        "취소하면 ‘과장’은 2026. 7. 1.에 없는 부서의 자리가 됩니다."
    )


def test_a_new_unit_with_records_is_not_taken_back(county, reorganise, undo):
    new = NewUnit("new", UnitKind.DEPARTMENT, "미래과", county.units["군수"])
    done = reorganise(CreateUnit(new))
    mine = records.register("note", "추진계획")
    Record.objects.filter(pk=mine.pk).update(unit=Record.objects.get(uid=done.made["new"]))

    assert why_not(undo, done.reorganisation) == (
        "새로 생긴 부서에 기록이 1건 있습니다. 먼저 다른 부서로 옮겨 주세요."
    )


def test_a_unit_that_is_changed_again_later_is_not_changed_back(county, reorganise, undo):
    team = county.units["계약팀"]
    done = reorganise(RenameUnit(team, "구매팀"))
    reorganise(RenameUnit(team, "회계팀"), on=LATER)

    assert why_not(undo, done.reorganisation) == (
        "‘구매팀’은 2026. 7. 11.에 다시 바뀌도록 등록되어 있습니다. 그 등록을 먼저 취소해 주세요."
    )


def test_duties_written_since_stay_when_the_post_goes_back(county, reorganise, undo):
    uids, post = county.units, county.post("기획2")
    done = reorganise(MergeUnits((uids["기획팀"],), uids["예산팀"]))
    actions_posts.change_post(
        post, {"duties": "새 업무"}, on=DAY, reason="", actor=county.actor, at=AT
    )

    undo(done.reorganisation)
    spans = loading.whole_organisation().spans_of_post[post.uid]

    assert [(span.unit, span.duties, span.from_on, span.until_on) for span in spans][1:] == [
        (uids["기획팀"], "새 업무", DAY, None)
    ]
    assert [(span.unit, span.duties, span.until_on) for span in spans][:1] == [
        (uids["기획팀"], "기획2 업무", DAY)
    ]


def test_the_button_says_the_same_as_the_act(county, order, reorganise, actor):
    retired = order(OrderEntry("사주무", OrderVerb.RETIRE))
    renamed = reorganise(RenameUnit(county.units["재산팀"], "공유재산팀")).reorganisation

    def why(who, day):
        return {
            planning.why_not_undo_order(retired, actor=who, today=day),
            planning.why_not_undo_reorganisation(renamed, actor=who, today=day),
        }

    assert why(county.actor, TODAY) == {None}
    assert why(county.actor, DAY) == {planning.why_too_late(renamed, actor=county.actor, today=DAY)}
    assert why(actor(Role.OFFICER), TODAY) == {"조직과 발령은 관리자만 바꿀 수 있습니다."}


def test_a_reorganisation_whose_hand_over_is_acknowledged_stays(county, reorganise, undo):
    done = reorganise(
        AbolishUnit(county.units["계약팀"]), on=TODAY, reason="착오 아님", accepts_past=True
    )
    HandOver.objects.filter(pk=done.hand_overs[0].pk).update(
        acknowledged_at=AT, content=[], successor=done.hand_overs[1].leaver
    )

    assert why_not(undo, done.reorganisation) == "이미 확인한 인계인수가 있습니다."


def test_whoever_a_later_order_brought_into_a_closed_post_is_refused(county, reorganise, undo):
    done = reorganise(AbolishUnit(county.units["계약팀"]))
    actions_posts.assign(
        [NewHolding(county.people["자주무"], county.posts["재산2"], LATER)],
        reason="예정", actor=county.actor, at=AT,
    )  # fmt: skip

    assert why_not(undo, done.reorganisation) == (
        "취소하면 자주무의 본직이 2026. 7. 11.에 둘이 됩니다"
        "(재무과 계약팀 주무관, 재무과 재산팀 주무관)."
    )


def test_what_was_taken_back_is_found_by_auditors_alone(county, actor, reorganise, order, undo):
    officer, auditor = actor(Role.OFFICER), actor(Role.AUDITOR)
    planned = reorganise(RenameUnit(county.units["예산팀"], "재정팀")).reorganisation
    entered = order(OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["재산2"]))
    before = [found_by(officer, word) for word in ("개편", "발령")]

    for found in (entered, planned):
        undo(found)

    assert before == [["reorganisation"], ["order"]]
    assert [found_by(officer, word) for word in ("개편", "발령")] == [[], []]
    assert [found_by(auditor, word) for word in ("개편", "발령")] == before
