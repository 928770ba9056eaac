"""Reorganisations that cannot be: every reason at its step, and nothing written."""

from datetime import date, timedelta

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions, actions_posts, planning
from mokmin.foundation.orgs.models import Reorganisation
from mokmin.foundation.orgs.states import PostRank, UnitKind
from mokmin.foundation.orgs.steps import (
    AbolishUnit,
    AddPost,
    ClosePost,
    CreateUnit,
    MergeUnits,
    MovePost,
    MoveUnit,
    NewPost,
    NewUnit,
    RenameUnit,
    ReorganisationPlan,
    SplitPart,
    SplitUnit,
)
from mokmin.lib.errors import Denied, Invalid
from tests.foundation.orgs.county import AT, DAY, TODAY

LATER = DAY + timedelta(days=10)


@pytest.fixture
def problems(county):
    """What stands against a reorganisation of these steps."""

    def of(*steps, on=DAY, title="개편", reason="", accepts_past=False):
        plan = ReorganisationPlan(title, on, steps, reason, accepts_past=accepts_past)
        outcome = planning.reorganisation(plan, today=TODAY)
        return {problem.key: problem.sentence for problem in outcome.problems}

    return of


@pytest.fixture
def enter(county):
    def enter(*steps, on=DAY):
        plan = ReorganisationPlan("개편", on, steps)
        return actions.reorganise(plan, actor=county.actor, at=AT)

    return enter


def department(name="미래과", parent=None, key="new"):
    return NewUnit(key, UnitKind.DEPARTMENT, name, parent)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}), ids=str)
def test_only_administrators_reorganise(county, actor, role):
    plan = ReorganisationPlan("개편", DAY, (RenameUnit(county.units["기획팀"], "전략팀"),))

    with pytest.raises(Denied) as caught:
        actions.reorganise(plan, actor=actor(role), at=AT)

    assert caught.value.reason == "조직과 발령은 관리자만 바꿀 수 있습니다."


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_written(county):
    steps = (
        CreateUnit(department(" ", county.units["군수"])),
        RenameUnit("없는부서", "새이름"),
        MovePost("없는자리", county.units["기획팀"]),
    )

    with pytest.raises(Invalid) as caught:
        actions.reorganise(
            ReorganisationPlan(" ", date(2026, 6, 1), steps), actor=county.actor, at=AT
        )

    assert caught.value.problems == {
        "title": "제목을 적어 주세요.",
        "on": (
            "2026. 6. 1.은 지난 날짜입니다. 소급하여 등록하려면 소급 등록을 선택하고 "
            "사유를 적어 주세요."
        ),
        "steps.1.unit.name": "부서 이름을 적어 주세요.",
        "steps.2.unit": "2026. 6. 1.에 없는 부서입니다. 다시 골라 주세요.",
        "steps.3.post": "2026. 6. 1.에 없는 자리입니다. 다시 골라 주세요.",
    }
    assert Reorganisation.objects.count() == 0


def test_a_past_day_is_taken_with_its_reason(county, problems):
    step = RenameUnit(county.units["기획팀"], "전략팀")
    past = date(2026, 5, 1)

    assert problems(step, on=past, accepts_past=True) == {
        "reason": "사유를 적어 주세요. 기록에 남습니다."
    }
    assert problems(step, on=past, accepts_past=True, reason="누락") == {}
    assert problems(step, on=date(2036, 1, 1)) == {
        "on": "5년 뒤까지만 미리 등록할 수 있습니다. 날짜를 확인해 주세요."
    }
    assert problems() == {"steps": "바꿀 내용을 하나 이상 넣어 주세요."}


def test_units_beside_each_other_have_different_names(county, problems):
    assert problems(RenameUnit(county.units["계약팀"], "재산 팀")) == {
        "steps.1": ("재무과에 ‘재산팀’ 부서가 2026. 7. 1.에 둘이 됩니다. 이름을 다르게 해 주세요.")
    }


def test_nothing_stands_under_itself(county, problems):
    uids = county.units
    steps = (
        MoveUnit(uids["기획과"], uids["재무과"]),
        MoveUnit(uids["재무과"], uids["기획과"]),
    )

    assert sorted(problems(*steps).values()) == [
        "‘기획과’는 2026. 7. 1.에 자기 자신의 아래에 놓입니다."
    ]


def test_only_the_head_and_the_council_stand_at_the_top_and_nothing_under_a_team(county, problems):
    uids = county.units

    assert problems(MoveUnit(uids["기획과"], None), MoveUnit(uids["재산팀"], uids["계약팀"])) == {
        "steps.1": "‘기획과’는 상위 부서가 있어야 합니다. 상위 부서를 골라 주세요.",
        "steps.2": "‘재산팀’은 ‘계약팀’ 아래에 둘 수 없습니다. 팀 아래에는 부서가 없습니다.",
    }


def test_what_ends_cannot_be_used_further_on(county, problems):
    uids = county.units

    assert problems(
        AbolishUnit(uids["계약팀"], posts_to=uids["재산팀"]),
        RenameUnit(uids["계약팀"], "구매팀"),
        AbolishUnit(uids["기획과"]),
        AbolishUnit(uids["예산팀"], posts_to=uids["예산팀"]),
    ) == {
        "steps.2.unit": "‘계약팀’은 앞 단계에서 없어집니다.",
        "steps.3.units_to": "하위 부서(기획팀, 예산팀)를 옮길 부서를 골라 주세요.",
        "steps.4.posts_to": "없어지는 부서로는 옮길 수 없습니다. 다른 부서를 골라 주세요.",
    }


def test_a_step_that_changes_nothing_is_told_so(county, problems):
    uids, posts = county.units, county.posts

    assert problems(
        RenameUnit(uids["계약팀"]),
        MoveUnit(uids["계약팀"], uids["재무과"]),
        MovePost(posts["계약1"], uids["계약팀"]),
        MoveUnit(uids["계약팀"], uids["기획과"], 40000),
        RenameUnit(uids["계약팀"], "가" * 61),
    ) == {
        "steps.1.name": "‘계약팀’은 바뀌는 것이 없습니다.",
        "steps.2.parent": "‘계약팀’은 이미 그 자리에 있습니다.",
        "steps.3.unit": "계약팀 주무관 자리는 이미 그 부서에 있습니다.",
        "steps.4.position": "순서는 0에서 32767까지의 숫자로 적어 주세요.",
        "steps.5.name": "부서 이름은 60자까지 적을 수 있습니다.",
    }


def test_a_merger_needs_two_and_does_not_swallow_its_own_roof(county, problems):
    uids = county.units

    assert problems(
        MergeUnits((uids["기획팀"],), uids["기획팀"]),
        MergeUnits((uids["재무과"],), uids["계약팀"]),
        MergeUnits((uids["기획팀"], uids["기획팀"]), uids["예산팀"]),
        MergeUnits((uids["재산팀"],), "other", department(parent=uids["군수"])),
    ) == {
        "steps.1.units": "통합할 부서를 둘 이상 골라 주세요.",
        "steps.2.units": "‘계약팀’의 상위 부서인 ‘재무과’는 그 안으로 통합할 수 없습니다.",
        "steps.3.units": "부서를 두 번 골랐습니다. 한 번만 골라 주세요.",
        "steps.4.into": "새 부서의 표시가 다릅니다. 화면을 새로 열어 다시 넣어 주세요.",
    }


def test_a_new_unit_inside_of_what_is_merged_into_it_is_refused(county, problems):
    uids = county.units
    inside = NewUnit("new", UnitKind.DEPARTMENT, "새과", uids["재무과"])

    assert problems(MergeUnits((uids["재무과"], uids["기획과"]), "new", inside)) == {
        "steps.1.units": "‘새과’의 상위 부서인 ‘재무과’는 그 안으로 통합할 수 없습니다."
    }


def test_a_split_says_where_everything_goes(county, problems):
    uids, posts = county.units, county.posts
    first = department("하나과", uids["군수"], "one")
    second = department("두리과", uids["군수"], "two")

    assert problems(
        SplitUnit(uids["기획과"], (SplitPart("one", made=first),)),
        SplitUnit(
            uids["재무과"],
            (
                SplitPart(uids["계약팀"], (posts["재무과장"], posts["기획1"]), (uids["재산팀"],)),
                SplitPart("two", (posts["재무과장"],), (uids["예산팀"],), second),
            ),
        ),
    ) == {
        "steps.1.parts": (
            "어느 부서로 갈지 정하지 않은 것이 있습니다: 기획과 과장, 기획팀, 예산팀."
        ),
        "steps.2.parts.0.posts": "기획팀 주무관은 ‘재무과’의 자리가 아닙니다.",
        "steps.2.parts.1.posts": "계약팀 과장은 ‘재무과’의 자리가 아닙니다.",
        "steps.2.parts.1.units": "‘예산팀’은 ‘재무과’의 하위 부서가 아닙니다.",
        "steps.2.parts": "어느 부서로 갈지 정하지 않은 것이 있습니다: 계약팀.",
    }


def test_new_things_have_good_fields_and_keys_of_their_own(county, problems):
    uids = county.units

    found = problems(
        CreateUnit(NewUnit(uids["기획과"], UnitKind.TEAM, "가" * 61, uids["기획과"], -1, "전화")),
        AddPost(NewPost("post", uids["기획팀"], PostRank.OFFICER, "", "나" * 31, "", "12")),
        AddPost(NewPost("", "없는부서", PostRank.OFFICER, "주무관")),
    )

    assert found == {
        "steps.1.unit.name": "부서 이름은 60자까지 적을 수 있습니다.",
        "steps.1.unit.phone": "전화는 숫자와 붙임표(-)로 적어 주세요. 예: 055-940-0000",
        "steps.1.unit.position": "순서는 0에서 32767까지의 숫자로 적어 주세요.",
        "steps.1.unit.key": "새 부서의 표시가 겹칩니다. 화면을 새로 열어 다시 넣어 주세요.",
        "steps.2.post.title": "직위를 적어 주세요.",
        "steps.2.post.grade": "직급은 30자까지 적을 수 있습니다.",
        "steps.2.post.phone": "전화는 숫자와 붙임표(-)로 적어 주세요. 예: 055-940-0000",
        "steps.3.post.key": "새 자리의 표시가 겹칩니다. 화면을 새로 열어 다시 넣어 주세요.",
        "steps.3.post.unit": "2026. 7. 1.에 없는 부서입니다. 다시 골라 주세요.",
    }


def test_what_hangs_on_a_new_unit_that_cannot_be_is_not_told_twice(county, problems):
    steps = (
        CreateUnit(department("", county.units["군수"])),
        MoveUnit(county.units["기획팀"], "new"),
        AddPost(NewPost("post", "new", PostRank.OFFICER, "주무관")),
        ClosePost("post"),
    )

    assert problems(*steps) == {"steps.1.unit.name": "부서 이름을 적어 주세요."}


def test_a_unit_that_is_planned_to_change_later_is_left_alone(county, enter, problems):
    team = county.units["계약팀"]
    enter(RenameUnit(team, "구매팀"), on=LATER)

    assert problems(MoveUnit(team, county.units["기획과"])) == {
        "steps.1.unit": (
            "‘계약팀’은 2026. 7. 11.에 바뀌도록 이미 등록되어 있습니다. "
            "그 등록을 먼저 취소하고 함께 넣어 주세요."
        )
    }


def test_a_second_reorganisation_of_one_day_does_not_overwrite_the_first(county, enter, problems):
    team = county.units["계약팀"]
    enter(RenameUnit(team, "구매팀"))

    assert list(problems(RenameUnit(team, "회계팀"))) == ["steps.1.unit"]
    assert problems(RenameUnit(county.units["재산팀"], "회계팀")) == {}


def test_a_unit_to_which_something_is_to_come_later_does_not_end_before(county, enter, problems):
    enter(MoveUnit(county.units["기획팀"], county.units["재무과"]), on=LATER)
    uids = county.units

    found = problems(MergeUnits((uids["재무과"],), uids["기획과"]))

    assert found == {"steps.1": "‘기획팀’의 상위 부서가 2026. 7. 11.에 없습니다."}


def test_a_name_that_is_to_be_taken_later_is_not_taken_before(county, enter, problems):
    enter(RenameUnit(county.units["계약팀"], "구매팀"), on=LATER)
    new = NewUnit("new", UnitKind.TEAM, "구매팀", county.units["재무과"])

    assert problems(CreateUnit(new)) == {
        "steps.1": ("재무과에 ‘구매팀’ 부서가 2026. 7. 11.에 둘이 됩니다. 이름을 다르게 해 주세요.")
    }


def test_a_post_to_which_an_order_brings_somebody_is_not_closed(county, problems):
    actions_posts.assign(
        [actions_posts.NewHolding(county.person("새주무"), county.posts["재산2"], LATER)],
        reason="예정",
        actor=county.actor,
        at=AT,
    )

    assert problems(ClosePost(county.posts["재산2"])) == {
        "steps.1.post": (
            "재산팀 주무관은 2026. 7. 11.에 새주무의 발령이 등록되어 있어 없앨 수 없습니다. "
            "그 발령을 먼저 취소해 주세요."
        )
    }
