"""Reorganisations: what every kind of step does, on its day and not before."""

from datetime import date

import pytest

from mokmin.foundation.orgs import actions, planning
from mokmin.foundation.orgs.models import Succession, Unit
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
    from_json,
)
from mokmin.foundation.records.models import Record
from mokmin.foundation.trail.models import Act
from tests.foundation.orgs.county import AT, DAY, TODAY

BEFORE = [
    "군수", "기획과", "기획과 기획팀", "기획과 예산팀", "재무과", "재무과 계약팀", "재무과 재산팀",
]  # fmt: skip
EVE = date(2026, 6, 30)


@pytest.fixture
def reorganise(county):
    """Enters a reorganisation of these steps."""

    def enter(*steps, on=DAY, title="하반기 조직개편"):
        plan = ReorganisationPlan(title, on, steps, "조직 효율화")
        return actions.reorganise(plan, actor=county.actor, at=AT)

    return enter


def test_a_new_unit_with_its_head_is_there_from_its_day_on(county, reorganise):
    done = reorganise(
        CreateUnit(NewUnit("new", UnitKind.DEPARTMENT, "미래과", county.units["군수"], 9)),
        AddPost(NewPost("head", "new", PostRank.UNIT_HEAD, "미래과장")),
    )

    assert county.tree(EVE) == BEFORE
    assert county.tree() == sorted([*BEFORE, "미래과"])
    assert done.outcome.notes == ("빈 자리 1개: 미래과 미래과장.",)
    assert Unit.objects.get(record__uid=done.made["new"]).from_on == DAY


def test_a_unit_takes_another_name_and_stays_the_same_unit(county, reorganise):
    reorganise(RenameUnit(county.units["계약팀"], "구매팀"))

    assert county.tree(EVE) == BEFORE
    assert county.tree()[5:] == ["재무과 구매팀", "재무과 재산팀"]
    assert Unit.objects.count() == len(BEFORE)


def test_a_unit_becomes_one_of_another_kind(county, reorganise):
    reorganise(RenameUnit(county.units["기획과"], "기획담당관", UnitKind.DIRECTOR))

    unit = county.now().unit(county.units["기획과"], DAY)

    assert (unit.name, unit.kind) == ("기획담당관", UnitKind.DIRECTOR)


def test_a_team_moves_with_its_posts_and_people(county, reorganise):
    done = reorganise(MoveUnit(county.units["재산팀"], county.units["기획과"]))

    assert county.seats(EVE)["차주무"] == "재무과 재산팀 주무관"
    assert county.seats()["차주무"] == "기획과 재산팀 주무관"
    assert [(change.path_before, change.path_after) for change in done.outcome.units] == [
        ("재무과 재산팀", "기획과 재산팀")
    ]
    assert done.outcome.persons == ()


def test_two_teams_become_one_new_team_that_succeeds_them(county, reorganise):
    uids = county.units
    made = NewUnit("new", UnitKind.TEAM, "기획예산팀", uids["기획과"])

    done = reorganise(MergeUnits((uids["기획팀"], uids["예산팀"]), "new", made))

    assert county.tree()[:3] == ["군수", "기획과", "기획과 기획예산팀"]
    assert [county.seats()[name] for name in ("다팀장", "바주무", "아주무")] == [
        "기획과 기획예산팀 팀장", "기획과 기획예산팀 주무관", "기획과 기획예산팀 주무관",
    ]  # fmt: skip
    assert done.outcome.notes == ("‘기획예산팀’에 팀장 자리가 2개입니다.",)
    assert set(
        Succession.objects.values_list("predecessor__record__uid", "successor__record__uid")
    ) == {(uids["기획팀"], done.made["new"]), (uids["예산팀"], done.made["new"])}


def test_one_of_two_units_takes_the_other_in_with_its_teams(county, reorganise):
    reorganise(MergeUnits((county.units["기획과"],), county.units["재무과"]))

    assert county.tree() == [
        "군수", "재무과", "재무과 계약팀", "재무과 기획팀", "재무과 예산팀", "재무과 재산팀",
    ]  # fmt: skip
    assert county.seats()["가과장"] == "재무과 과장"


def test_a_department_is_split_into_two_new_ones(county, reorganise):
    uids, posts = county.units, county.posts
    budget = NewUnit("budget", UnitKind.DEPARTMENT, "예산과", uids["군수"])
    plans = NewUnit("plans", UnitKind.DEPARTMENT, "전략과", uids["군수"])

    done = reorganise(
        SplitUnit(
            uids["기획과"],
            (
                SplitPart("plans", (posts["기획과장"],), (uids["기획팀"],), plans),
                SplitPart("budget", (), (uids["예산팀"],), budget),
            ),
        ),
        AddPost(NewPost("head", "budget", PostRank.UNIT_HEAD, "과장")),
    )

    assert county.tree() == [
        "군수", "예산과", "예산과 예산팀", "재무과", "재무과 계약팀", "재무과 재산팀",
        "전략과", "전략과 기획팀",
    ]  # fmt: skip
    assert county.seats()["가과장"] == "전략과 과장"
    assert [(change.name, change.before, change.after) for change in done.outcome.persons] == [
        ("가과장", "기획과 과장", "전략과 과장")
    ]
    assert Succession.objects.count() == 2


def test_a_unit_that_goes_on_keeps_what_it_does_not_give_away(county, reorganise):
    uids = county.units
    audit = NewUnit("audit", UnitKind.TEAM, "감사팀", uids["기획과"])

    reorganise(
        SplitUnit(
            uids["기획팀"],
            (SplitPart(uids["기획팀"]), SplitPart("audit", (county.posts["기획2"],), made=audit)),
        )
    )

    assert [county.seats()[name] for name in ("바주무", "사주무")] == [
        "기획과 기획팀 주무관", "기획과 감사팀 주무관",
    ]  # fmt: skip


def test_posts_of_a_unit_that_ends_go_to_another_one(county, reorganise):
    reorganise(AbolishUnit(county.units["재산팀"], posts_to=county.units["계약팀"]))

    assert county.tree()[5:] == ["재무과 계약팀"]
    assert county.seats()["차주무"] == "재무과 계약팀 주무관"


def test_posts_of_a_unit_that_ends_are_closed_and_whoever_loses_one_is_named(county, reorganise):
    done = reorganise(AbolishUnit(county.units["계약팀"]))

    assert done.outcome.notes == (
        "자리가 없어지는 사람이 2명입니다: 마팀장, 자주무. 같은 날 인사발령을 등록해 주세요.",
    )
    assert {"마팀장", "자주무"} & county.seats().keys() == set()
    assert county.seats(EVE)["자주무"] == "재무과 계약팀 주무관"
    assert sorted(sheet.leaver.name for sheet in done.hand_overs) == ["마팀장", "자주무"]


def test_a_post_is_added_another_moved_a_third_closed(county, reorganise):
    uids, posts = county.units, county.posts
    done = reorganise(
        AddPost(NewPost("more", uids["예산팀"], PostRank.OFFICER, "주무관")),
        MovePost(posts["기획2"], uids["예산팀"]),
        ClosePost(posts["재산2"]),
    )

    assert county.seats()["사주무"] == "기획과 예산팀 주무관"
    assert len(county.now().posts_in(uids["예산팀"], DAY)) == 4
    assert county.now().post(posts["재산2"], DAY) is None
    assert done.outcome.notes == ("빈 자리 1개: 기획과 예산팀 주무관.",)


def test_steps_see_what_the_steps_before_them_have_done(county, reorganise):
    uids = county.units
    done = reorganise(
        RenameUnit(uids["계약팀"], "빈이름"),
        RenameUnit(uids["재산팀"], "계약팀"),
        RenameUnit(uids["계약팀"], "재산팀"),
        CreateUnit(NewUnit("new", UnitKind.DEPARTMENT, "미래과", uids["군수"])),
        MoveUnit(uids["재산팀"], "new"),
        MovePost(county.posts["계약1"], uids["재산팀"]),
    )

    assert county.tree()[4:] == ["미래과", "미래과 계약팀", "재무과", "재무과 재산팀"]
    assert county.seats()["자주무"] == "미래과 계약팀 주무관"
    assert done.outcome.notes == ("‘미래과’에 부서장 자리가 없습니다.",)


def test_a_preview_writes_nothing_and_says_the_same(county):
    plan = ReorganisationPlan("개편", DAY, (AbolishUnit(county.units["계약팀"]),))

    seen = planning.reorganisation(plan, today=TODAY)

    assert seen.problems == ()
    assert [change.name for change in seen.persons] == ["마팀장", "자주무"]
    assert county.tree() == BEFORE


def test_the_steps_are_kept_as_they_were_given(county, reorganise):
    step = MoveUnit(county.units["재산팀"], county.units["기획과"], 3)

    done = reorganise(step)

    assert from_json(done.reorganisation.steps) == (step,)
    assert Act.objects.order_by("-id").values_list("verb", "subject_title", "reason").first() == (
        "reorganise", "하반기 조직개편", "조직 효율화",
    )  # fmt: skip


def test_a_unit_has_a_record_that_bears_its_name_from_the_day_on(county, reorganise):
    today = reorganise(RenameUnit(county.units["재산팀"], "공유재산팀"), on=TODAY)
    reorganise(RenameUnit(county.units["계약팀"], "구매팀"))

    titles = dict(Record.objects.filter(kind="unit").values_list("uid", "title"))

    assert titles[county.units["재산팀"]] == "공유재산팀"
    assert titles[county.units["계약팀"]] == "계약팀"
    assert today.reorganisation.title == "하반기 조직개편"
