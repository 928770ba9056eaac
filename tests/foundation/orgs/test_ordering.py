"""Orders (인사발령): what every verb does with a person and what is told about it."""

from datetime import timedelta

import pytest

from mokmin.foundation.orgs import actions, planning, queries_changes
from mokmin.foundation.orgs.models import Assignment, PersonnelOrder
from mokmin.foundation.orgs.queries_finding import posts_of
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import AssignmentKind, OrderVerb
from mokmin.foundation.orgs.steps import AbolishUnit, ReorganisationPlan
from mokmin.foundation.people.models import Person
from mokmin.foundation.trail.models import Act
from tests.foundation.orgs.county import AT, DAY, TODAY

EVE = DAY - timedelta(days=1)


@pytest.fixture
def order(county):
    """Enters an order of these rows."""

    def enter(*entries, on=DAY):
        sheet = OrderSheet("7월 정기인사", on, entries, "총무과-123")
        return actions.order(sheet, actor=county.actor, at=AT)

    return enter


def kinds_of(county, name, day=DAY):
    held = county.now(day).held_by(county.people[name], day)
    return {county.now(day).post_name(each.post, day): each.kind for each in held}


def test_people_swap_their_posts_in_one_order(county, order):
    done = order(
        OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["예산1"]),
        OrderEntry("아주무", OrderVerb.TRANSFER, county.posts["기획1"]),
    )

    assert county.seats(EVE)["바주무"] == "기획과 기획팀 주무관"
    assert (county.seats()["바주무"], county.seats()["아주무"]) == (
        "기획과 예산팀 주무관", "기획과 기획팀 주무관",
    )  # fmt: skip
    assert [result.sentence for result in done.outcome.results] == [
        "바주무: 기획과 기획팀 주무관 → 기획과 예산팀 주무관(전보)",
        "아주무: 기획과 예산팀 주무관 → 기획과 기획팀 주무관(전보)",
    ]
    assert done.outcome.notes == ()


def test_posts_of_one_title_in_a_unit_are_told_apart_as_pickers_do(county, order):
    done = order(OrderEntry("차주무", OrderVerb.TRANSFER, county.posts["재산2"]))
    back = order(
        OrderEntry("차주무", OrderVerb.TRANSFER, county.posts["재산1"]), on=DAY + timedelta(days=1)
    )

    told = ["재무과 재산팀 주무관", "재무과 재산팀 주무관 2"]
    assert posts_of([county.posts["재산2"]], on=DAY)[county.posts["재산2"]].label == told[1]
    assert [done.outcome.results[0].before, done.outcome.results[0].after] == told
    assert [back.outcome.results[0].after, back.outcome.results[0].before] == told
    assert back.outcome.notes == ("재무과 재산팀 주무관 2 자리가 빕니다.",)
    line = queries_changes.order(done.order.uid).lines[0]
    assert [line.before, line.after] == told


def test_the_lines_are_kept_with_both_posts(county, order):
    done = order(
        OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["재산2"], note="희망보직"),
        OrderEntry("사주무", OrderVerb.RETIRE),
    ).order

    assert list(
        done.lines.order_by("position").values_list(
            "position", "verb", "from_post__uid", "to_post__uid", "note"
        )
    ) == [
        (1, "transfer", county.posts["기획1"], county.posts["재산2"], "희망보직"),
        (2, "retire", county.posts["기획2"], None, ""),
    ]
    assert (done.number, done.record.kind, done.record.title, done.record.uid) == (
        "총무과-123", "order", "7월 정기인사", done.uid,
    )  # fmt: skip
    assert Act.objects.order_by("-id").values_list("verb", "subject_title").first() == (
        "order", "7월 정기인사",
    )  # fmt: skip


def test_a_post_is_found_by_unit_and_title(county, order):
    order(
        OrderEntry("바주무", OrderVerb.TRANSFER, "팀장", "재무과 재산팀"),
        OrderEntry("사주무", OrderVerb.TRANSFER, "주무관", county.units["재산팀"]),
    )

    assert (county.seats()["바주무"], county.seats()["사주무"]) == (
        "재무과 재산팀 팀장", "재무과 재산팀 주무관",
    )  # fmt: skip


def test_the_post_that_becomes_empty_in_the_same_order_is_meant(county, order):
    order(
        OrderEntry("사주무", OrderVerb.TRANSFER, "주무관", "재산팀"),
        OrderEntry("아주무", OrderVerb.TRANSFER, "주무관", "기획과 기획팀"),
    )

    assert county.now().full_holder(county.posts["기획2"], DAY).name == "아주무"


def test_somebody_new_comes(county, order):
    county.person("새주무", "new@a.example")

    order(OrderEntry("new@a.example", OrderVerb.APPOINT, county.posts["재산2"]))

    assert county.seats()["새주무"] == "재무과 재산팀 주무관"


def test_a_promotion_may_leave_somebody_in_place(county, order):
    done = order(
        OrderEntry("바주무", OrderVerb.PROMOTE),
        OrderEntry("사주무", OrderVerb.PROMOTE, county.posts["기획2"]),
        OrderEntry("차주무", OrderVerb.PROMOTE, county.posts["재산팀장"]),
    )

    assert Assignment.objects.filter(from_on=DAY).count() == 1
    assert [result.after for result in done.outcome.results] == [
        "기획과 기획팀 주무관", "기획과 기획팀 주무관 2", "재무과 재산팀 팀장",
    ]  # fmt: skip


def test_acting_and_concurrent_posts_stand_beside_the_own_one_and_end_alone(county, order):
    order(
        OrderEntry("마팀장", OrderVerb.ACT, county.posts["재산팀장"]),
        OrderEntry("마팀장", OrderVerb.CONCURRENT, county.posts["재산2"]),
    )
    begun = kinds_of(county, "마팀장")
    later = DAY + timedelta(days=5)
    order(
        OrderEntry("마팀장", OrderVerb.END_ACT),
        OrderEntry("마팀장", OrderVerb.END_CONCURRENT, county.posts["재산2"]),
        on=later,
    )

    assert begun == {
        "재무과 계약팀 팀장": AssignmentKind.FULL,
        "재무과 재산팀 팀장": AssignmentKind.ACTING,
        "재무과 재산팀 주무관": AssignmentKind.CONCURRENT,
    }
    assert list(kinds_of(county, "마팀장", later)) == ["재무과 계약팀 팀장"]


def test_whoever_acts_in_a_post_and_gets_it_no_longer_acts(county, order):
    order(OrderEntry("마팀장", OrderVerb.ACT, county.posts["재산팀장"]))
    later = DAY + timedelta(days=5)

    done = order(OrderEntry("마팀장", OrderVerb.TRANSFER, county.posts["재산팀장"]), on=later)

    assert kinds_of(county, "마팀장", later) == {"재무과 재산팀 팀장": AssignmentKind.FULL}
    assert done.outcome.results[0].notes == ("이 자리의 직무대리는 끝납니다.",)


@pytest.mark.parametrize(
    "verb", [OrderVerb.LEAVE, OrderVerb.DISPATCH, OrderVerb.MOVE_OUT, OrderVerb.RETIRE]
)
def test_whoever_goes_leaves_every_post(county, order, verb):
    order(OrderEntry("마팀장", OrderVerb.ACT, county.posts["재산팀장"]))

    later = DAY + timedelta(days=5)
    order(OrderEntry("마팀장", verb), on=later)

    assert kinds_of(county, "마팀장", later) == {}


def test_whoever_goes_for_good_keeps_the_account_and_this_is_told(county, order):
    done = order(OrderEntry("사주무", OrderVerb.RETIRE))

    assert done.outcome.results[0].notes == (
        "계정은 그대로 열려 있습니다. 더 쓰지 않으면 계정 화면에서 닫아 주세요.",
    )
    assert Person.objects.get(uid=county.people["사주무"]).closed_at is None


def test_whoever_is_away_may_retire_or_return(county, order):
    order(OrderEntry("사주무", OrderVerb.LEAVE), OrderEntry("바주무", OrderVerb.DISPATCH))
    later = DAY + timedelta(days=5)

    done = order(
        OrderEntry("사주무", OrderVerb.RETIRE),
        OrderEntry("바주무", OrderVerb.RETURN, county.posts["재산2"]),
        on=later,
    )

    assert done.outcome.results[0].notes[1:] == ("이 날 맡은 본직이 없습니다.",)
    assert county.seats(later)["바주무"] == "재무과 재산팀 주무관"


def test_what_stays_empty_or_doubled_is_noted(county, order):
    order(
        OrderEntry("라팀장", OrderVerb.ACT, county.posts["재산팀장"]),
        OrderEntry("라팀장", OrderVerb.CONCURRENT, county.posts["재산2"]),
    )
    later = DAY + timedelta(days=5)

    done = order(
        OrderEntry("라팀장", OrderVerb.TRANSFER, county.posts["계약팀장"]),
        OrderEntry("마팀장", OrderVerb.TRANSFER, county.posts["재산팀장"]),
        OrderEntry("바주무", OrderVerb.ACT, county.posts["예산팀장"]),
        OrderEntry("사주무", OrderVerb.ACT, county.posts["재무과장"]),
        OrderEntry("차주무", OrderVerb.RETIRE),
        on=later,
    )

    assert done.outcome.notes == (
        "기획과 예산팀 팀장은 본직 없이 바주무 직무대리로 남습니다.",
        "재무과 재산팀 주무관 자리가 빕니다.",
        "재무과 재산팀 팀장 직무대리(라팀장)가 그대로 남습니다. 해제할지 확인해 주세요.",
        "재무과 과장에는 본직이 있습니다(나과장).",
    )
    assert done.outcome.results[0].notes == (
        "재무과 재산팀 팀장 직무대리는 그대로입니다.",
        "재무과 재산팀 주무관 2 겸임은 그대로입니다.",
    )


def test_an_order_of_the_day_of_a_reorganisation_is_entered_before_it(county, order):
    plan = ReorganisationPlan("개편", DAY, (AbolishUnit(county.units["계약팀"]),))
    actions.reorganise(plan, actor=county.actor, at=AT)

    done = order(OrderEntry("마팀장", OrderVerb.TRANSFER, county.posts["재산팀장"]))

    assert county.seats()["마팀장"] == "재무과 재산팀 팀장"
    assert done.outcome.results[0].before == "재무과 계약팀 팀장"


def test_whoever_lost_the_post_to_a_reorganisation_is_transferred_later(county, order):
    plan = ReorganisationPlan("개편", DAY, (AbolishUnit(county.units["계약팀"]),))
    actions.reorganise(plan, actor=county.actor, at=AT)
    later = DAY + timedelta(days=5)

    order(OrderEntry("마팀장", OrderVerb.TRANSFER, county.posts["재산팀장"]), on=later)

    assert county.seats(later)["마팀장"] == "재무과 재산팀 팀장"


def test_a_dry_run_says_the_same_and_writes_nothing(county):
    sheet = OrderSheet("인사", DAY, (OrderEntry("바주무", OrderVerb.RETIRE),))

    seen = planning.order(sheet, today=TODAY)

    assert seen.problems == ()
    assert seen.notes == ("기획과 기획팀 주무관 자리가 빕니다.",)
    assert county.seats()["바주무"] == "기획과 기획팀 주무관"
    assert PersonnelOrder.objects.count() == 0
