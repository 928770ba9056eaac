"""Orders that cannot be: every row's reason at once, and nobody is moved."""

from datetime import date, timedelta

import pytest

from mokmin.foundation.access.states import OUTSIDE, Role
from mokmin.foundation.orgs import actions, planning
from mokmin.foundation.orgs.models import Assignment, PersonnelOrder, Post
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.foundation.orgs.steps import (
    AbolishUnit,
    ClosePost,
    RenameUnit,
    ReorganisationPlan,
)
from mokmin.foundation.people.models import Person
from mokmin.lib.errors import Denied, Invalid
from tests import seed
from tests.foundation.orgs.county import AT, DAY, TODAY

LATER = DAY + timedelta(days=10)
APPOINT, TRANSFER, PROMOTE = OrderVerb.APPOINT, OrderVerb.TRANSFER, OrderVerb.PROMOTE
ACT, CONCURRENT, RETIRE = OrderVerb.ACT, OrderVerb.CONCURRENT, OrderVerb.RETIRE


@pytest.fixture
def problems(county):
    """What stands against an order of these rows."""

    def of(*entries, on=DAY, title="인사", **more):
        sheet = OrderSheet(title, on, entries, **more)
        outcome = planning.order(sheet, today=TODAY)
        return {problem.key: problem.sentence for problem in outcome.problems}

    return of


@pytest.fixture
def enter(county):
    def order(*entries, on=DAY):
        return actions.order(OrderSheet("인사", on, entries), actor=county.actor, at=AT)

    return order


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}), ids=str)
def test_only_administrators_give_orders(county, actor, role):
    sheet = OrderSheet("인사", DAY, (OrderEntry("바주무", RETIRE),))

    with pytest.raises(Denied) as caught:
        actions.order(sheet, actor=actor(role), at=AT)

    assert caught.value.reason == "조직과 발령은 관리자만 바꿀 수 있습니다."


def test_every_row_is_told_at_once_and_nobody_is_moved(county):
    before = list(Assignment.objects.values())
    rows = (
        OrderEntry("바주무", TRANSFER, county.posts["재산2"]),
        OrderEntry("없는이", TRANSFER, county.posts["재산팀장"]),
        OrderEntry("사주무", TRANSFER, "주무관", "없는팀"),
        OrderEntry("아주무", TRANSFER, "국장", "예산팀"),
        OrderEntry("차주무", APPOINT, county.posts["재산팀장"]),
        OrderEntry("", RETIRE, note="가" * 301),
    )

    with pytest.raises(Invalid) as caught:
        actions.order(OrderSheet("", DAY, rows), actor=county.actor, at=AT)

    assert caught.value.problems == {
        "title": "제목을 적어 주세요.",
        "rows.2.person": "‘없는이’에 해당하는 사람이 없습니다. 이름이나 전자우편을 확인해 주세요.",
        "rows.3.unit": "2026. 7. 1.에 ‘없는팀’ 부서가 없습니다.",
        "rows.4.post": ("‘기획과 예산팀’에 ‘국장’ 자리가 없습니다. 이 부서의 자리: 팀장, 주무관."),
        "rows.5.verb": ("차주무는 이미 본직이 있습니다(재무과 재산팀 주무관). 전보로 넣어 주세요."),
        "rows.6.note": "비고는 300자까지 적을 수 있습니다.",
        "rows.6.person": "사람을 적어 주세요.",
    }
    assert list(Assignment.objects.values()) == before
    assert PersonnelOrder.objects.count() == 0


def test_two_of_one_name_are_told_apart_by_number_or_address(county, problems):
    first = Person.objects.get(uid=county.people["바주무"])
    other = county.person("바주무", "other@a.example")

    found = problems(OrderEntry("바주무", RETIRE))["rows.1.person"]
    described = [f"바주무(기획과 기획팀 주무관) {first.uid}", f"바주무(맡은 자리 없음) {other}"]

    assert found == (
        f"‘바주무’는 2명입니다. 전자우편이나 사람 번호로 적어 주세요: {', '.join(described)}."
    )
    assert problems(OrderEntry(first.uid, RETIRE)) == {}
    assert problems(OrderEntry("Other@A.example", APPOINT, county.posts["재산2"])) == {}


def test_of_two_of_one_name_the_one_who_is_still_here_is_meant(county, problems):
    other = county.person("바주무")
    Person.objects.filter(uid=other).update(closed_at=AT)

    assert problems(OrderEntry("바 주무", RETIRE)) == {}


@pytest.mark.parametrize("role", sorted(OUTSIDE), ids=str)
def test_who_is_here_from_outside_alone_is_nobody_whom_an_order_means(county, problems, role):
    outsider = seed.person_of(role)
    post = county.posts["재산2"]

    found = problems(
        OrderEntry(outsider.name, APPOINT, post),
        OrderEntry(outsider.email, APPOINT, post),
        OrderEntry(outsider.uid, APPOINT, post),
    )

    told = "해당하는 사람이 없습니다. 이름이나 전자우편을 확인해 주세요."
    assert found == {
        "rows.1.person": f"‘{outsider.name}’에 {told}",
        "rows.2.person": f"‘{outsider.email}’에 {told}",
        "rows.3.person": f"‘{outsider.uid}’에 {told}",
    }


def test_beside_a_resident_of_that_name_the_official_is_meant(county, problems):
    name = seed.NAMES[Role.RESIDENT]
    county.person(name)

    assert problems(OrderEntry(name, APPOINT, county.posts["재산2"])) == {}


def test_a_resident_who_works_here_is_meant(county, problems):
    resident = seed.person_of(Role.RESIDENT)
    post = Post.objects.get(uid=county.posts["재산2"])
    Assignment.objects.create(person=resident, post=post, kind="full", from_on=date(2026, 1, 1))

    assert problems(OrderEntry(resident.name, RETIRE)) == {}


def test_a_closed_account_gets_no_post(county, problems):
    Person.objects.filter(uid=county.people["바주무"]).update(closed_at=AT)

    assert problems(
        OrderEntry("바주무", TRANSFER, county.posts["재산2"]), OrderEntry("사주무", RETIRE)
    ) == {"rows.1.person": "바주무의 계정이 닫혀 있습니다. 계정을 다시 열고 넣어 주세요."}


def test_two_do_not_come_to_one_post_nor_to_one_that_is_held(county, problems):
    post = county.posts["재산2"]

    assert problems(
        OrderEntry("바주무", TRANSFER, post),
        OrderEntry("사주무", TRANSFER, post),
        OrderEntry("아주무", TRANSFER, county.posts["계약1"]),
    ) == {
        "rows.2.post": (
            "재무과 재산팀 주무관 자리에 본직이 2026. 7. 1.에 둘이 됩니다(바주무, 사주무)."
        ),
        "rows.3.post": (
            "재무과 계약팀 주무관 자리에 본직이 2026. 7. 1.에 둘이 됩니다(자주무, 아주무)."
        ),
    }


def test_one_person_has_one_row(county, problems):
    assert (
        problems(
            OrderEntry("바주무", TRANSFER, county.posts["재산2"]),
            OrderEntry("바주무", RETIRE),
        )["rows.2.person"]
        == "바주무는 앞의 줄에도 있습니다. 한 줄만 남겨 주세요."
    )


def test_posts_of_one_title_are_told_apart_by_their_numbers(county, problems):
    posts = county.posts
    rows = [OrderEntry(name, RETIRE) for name in ("바주무", "사주무")]

    assert problems(OrderEntry("아주무", TRANSFER, "주무관", "기획팀")) == {
        "rows.1.post": "‘기획과 기획팀’의 ‘주무관’ 자리가 모두 차 있습니다."
    }
    assert problems(*rows, OrderEntry("아주무", TRANSFER, "주무관", "기획팀")) == {
        "rows.3.post": (
            "‘기획과 기획팀’에 빈 ‘주무관’ 자리가 2개입니다. 자리 번호를 적어 주세요: "
            f"{', '.join(f'{posts[key]}({key} 업무)' for key in _by_uid(posts))}."
        )
    }
    assert problems(OrderEntry("아주무", CONCURRENT, "주무관", "기획팀")) == {
        "rows.1.post": (
            "‘기획과 기획팀’에 ‘주무관’ 자리가 2개입니다. 자리 번호를 적어 주세요: "
            f"{', '.join(f'{posts[key]}({key} 업무)' for key in _by_uid(posts))}."
        )
    }


def _by_uid(posts):
    return sorted(("기획1", "기획2"), key=posts.__getitem__)


def test_units_of_one_name_are_told_apart_by_those_above(county, problems):
    from_above = OrderEntry("바주무", TRANSFER, "팀장", "재무과재산팀")
    actions.reorganise(
        ReorganisationPlan("개편", DAY, (RenameUnit(county.units["예산팀"], "재산팀"),)),
        actor=county.actor,
        at=AT,
    )

    assert problems(OrderEntry("바주무", TRANSFER, "팀장", "재산팀")) == {
        "rows.1.unit": (
            "‘재산팀’ 부서가 2곳입니다. 상위 부서까지 적어 주세요: 기획과 재산팀, 재무과 재산팀."
        )
    }
    assert problems(from_above) == {}


def test_a_post_needs_its_unit_or_its_number(county, problems):
    assert problems(
        OrderEntry("바주무", TRANSFER, "주무관"),
        OrderEntry("사주무", TRANSFER),
        OrderEntry("아주무", RETIRE, county.posts["재산2"]),
        OrderEntry("차주무", TRANSFER, county.posts["재산1"]),
    ) == {
        "rows.1.post": "부서와 직위를 함께 적거나 자리 번호를 적어 주세요.",
        "rows.2.post": "새 자리를 적어 주세요.",
        "rows.3.post": "퇴직에는 새 자리를 적지 않습니다. 자리를 비워 주세요.",
        "rows.4.post": "차주무는 이미 그 자리에 있습니다.",
    }


def test_who_has_no_own_post_neither_acts_nor_holds_one_besides(county, problems, enter):
    county.person("새주무")
    enter(OrderEntry("바주무", OrderVerb.LEAVE))
    row = "본직이 있는 사람만 맡을 수 있습니다. 본직 발령을 함께 넣어 주세요."

    assert problems(
        OrderEntry("새주무", ACT, county.posts["재산팀장"]),
        OrderEntry("바주무", CONCURRENT, county.posts["재산2"]),
        OrderEntry("사주무", RETIRE),
        OrderEntry("사주무", ACT, county.posts["재산팀장"]),
        OrderEntry("아주무", ACT, county.posts["재산팀장"]),
        on=LATER,
    ) == {
        "rows.1.verb": f"새주무는 이 날 본직이 없습니다. 직무대리는 {row}",
        "rows.2.verb": f"바주무는 이 날 본직이 없습니다. 겸임은 {row}",
        "rows.4.verb": f"사주무는 이 날 본직이 없습니다. 직무대리는 {row}",
    }


def test_who_comes_to_an_own_post_by_the_same_order_may_act_at_once(county, problems):
    county.person("새주무")

    assert problems(
        OrderEntry("새주무", ACT, county.posts["재산팀장"]),
        OrderEntry("새주무", APPOINT, county.posts["재산2"]),
    ) == {}  # fmt: skip


def test_verbs_fit_those_who_have_a_post_or_those_who_have_none(county, problems):
    county.person("새주무")

    assert problems(
        OrderEntry("새주무", TRANSFER, county.posts["재산2"]),
        OrderEntry("바주무", OrderVerb.RETURN, county.posts["재산2"]),
        OrderEntry("사주무", OrderVerb.END_ACT),
        OrderEntry("아주무", OrderVerb.END_CONCURRENT, county.posts["재산2"]),
        OrderEntry("자주무", OrderVerb.END_CONCURRENT, "주무관", "없는팀"),
    ) == {
        "rows.1.verb": "새주무는 본직이 없습니다. 신규임용이나 복직으로 넣어 주세요.",
        "rows.2.verb": "바주무는 이미 본직이 있습니다(기획과 기획팀 주무관). 전보로 넣어 주세요.",
        "rows.3.post": "사주무는 이 날 직무대리 중이 아닙니다.",
        "rows.4.post": "아주무는 이 날 겸임 중이 아닙니다.",
        "rows.5.unit": "2026. 7. 1.에 ‘없는팀’ 부서가 없습니다.",
    }
    assert problems(OrderEntry("새주무", PROMOTE)) == {
        "rows.1.verb": "새주무는 본직이 없습니다. 새 자리를 적어 주세요."
    }


def test_which_of_several_acting_posts_ends_is_said(county, enter, problems):
    enter(
        OrderEntry("마팀장", ACT, county.posts["재산팀장"]),
        OrderEntry("마팀장", ACT, county.posts["예산팀장"]),
    )

    assert problems(OrderEntry("마팀장", OrderVerb.END_ACT), on=LATER) == {
        "rows.1.post": (
            "직무대리 자리가 여럿입니다(기획과 예산팀 팀장, 재무과 재산팀 팀장). "
            "끝낼 자리를 적어 주세요."
        )
    }


def test_a_past_day_is_taken_with_its_reason(county, problems):
    row = OrderEntry("바주무", RETIRE)
    past = date(2026, 5, 1)

    assert list(problems(row, on=past)) == ["on"]
    assert problems(row, on=past, accepts_past=True) == {
        "reason": "사유를 적어 주세요. 기록에 남습니다."
    }
    assert problems(row, on=past, accepts_past=True, reason="누락") == {}
    assert problems(row, reason="가" * 301) == {"reason": "사유는 300자까지 적을 수 있습니다."}
    assert problems() == {"rows": "발령할 사람을 한 명 이상 넣어 주세요."}
    assert problems(row, number="가" * 61) == {"number": "문서번호는 60자까지 적을 수 있습니다."}


def test_somebody_with_an_order_for_a_later_day_is_left_alone(county, enter, problems):
    enter(OrderEntry("바주무", TRANSFER, county.posts["재산2"]), on=LATER)

    assert problems(OrderEntry("바주무", RETIRE)) == {
        "rows.1.person": (
            "바주무는 2026. 7. 11.에 바뀌는 발령이나 조직개편이 이미 등록되어 있습니다. "
            "그 등록을 먼저 취소해 주세요."
        )
    }


def test_two_orders_of_one_day_do_not_move_one_person_twice(county, enter, problems):
    enter(OrderEntry("바주무", TRANSFER, county.posts["재산2"]))

    assert problems(OrderEntry("바주무", RETIRE)) == {
        "rows.1.person": (
            "재무과 재산팀 주무관 2는 같은 날 시작하는 발령입니다. "
            "그 발령을 취소하고 함께 넣어 주세요."
        )
    }


def test_nobody_comes_to_a_post_that_is_held_later_or_closed_then(county, enter, problems):
    enter(OrderEntry("바주무", TRANSFER, county.posts["재산2"]), on=LATER)
    plan = ReorganisationPlan("개편", LATER, (ClosePost(county.posts["재산팀장"]),))
    actions.reorganise(plan, actor=county.actor, at=AT)

    assert problems(
        OrderEntry("사주무", TRANSFER, county.posts["재산2"]),
        OrderEntry("아주무", TRANSFER, county.posts["재산팀장"]),
    ) == {
        "rows.1.post": (
            "재무과 재산팀 주무관 자리에 본직이 2026. 7. 11.에 둘이 됩니다(사주무, 바주무)."
        ),
        "rows.2.post": "아주무가 맡는 재무과 재산팀 팀장 자리가 2026. 7. 11.에 없습니다.",
    }


def test_a_post_that_is_no_more_is_told_so(county, problems):
    plan = ReorganisationPlan("개편", DAY, (AbolishUnit(county.units["재산팀"]),))
    actions.reorganise(plan, actor=county.actor, at=AT)

    assert problems(OrderEntry("바주무", TRANSFER, county.posts["재산2"])) == {
        "rows.1.post": "2026. 7. 1.에 없는 자리입니다. 다른 자리를 골라 주세요."
    }


def test_somebody_does_not_hold_one_post_in_two_ways(county, problems):
    assert problems(OrderEntry("바주무", ACT, county.posts["기획1"])) == {
        "rows.1.post": "바주무는 2026. 7. 1.에 기획과 기획팀 주무관을 이미 맡고 있습니다."
    }
