"""Reorganisations: what every kind of step does, on its day and not before."""

from datetime import date

from mokmin.foundation.orgs import actions
from mokmin.foundation.orgs.models import Unit
from mokmin.foundation.orgs.states import PostRank, UnitKind
from mokmin.foundation.orgs.steps import (
    AddPost,
    CreateUnit,
    MoveUnit,
    NewPost,
    NewUnit,
    RenameUnit,
    ReorganisationPlan,
)
from mokmin.foundation.trail.models import Act
from tests.foundation.orgs.county import AT, DAY

BEFORE = [
    "군수", "기획과", "기획과 기획팀", "기획과 예산팀", "재무과", "재무과 계약팀", "재무과 재산팀",
]  # fmt: skip
EVE = date(2026, 6, 30)


def reorganise(county, *steps, on=DAY, title="하반기 조직개편"):
    plan = ReorganisationPlan(title, on, steps, "조직 효율화")
    return actions.reorganise(plan, actor=county.actor, at=AT)


def test_a_new_unit_with_its_head_is_there_from_its_day_on(county):
    done = reorganise(
        county,
        CreateUnit(NewUnit("new", UnitKind.DEPARTMENT, "미래과", county.units["군수"], 9)),
        AddPost(NewPost("head", "new", PostRank.UNIT_HEAD, "미래과장")),
    )

    assert county.tree(EVE) == sorted(BEFORE)
    assert county.tree() == sorted([*BEFORE, "미래과"])
    assert done.outcome.notes == ("빈 자리 1개: 미래과 미래과장.",)
    assert [Unit.objects.get(record__uid=done.made["new"]).from_on] == [DAY]
    assert Act.objects.order_by("-id").values_list("verb", "subject_title").first() == (
        "reorganise", "하반기 조직개편",
    )  # fmt: skip


def test_a_unit_takes_another_name_and_stays_the_same_unit(county):
    reorganise(county, RenameUnit(county.units["계약팀"], "구매팀"))

    assert "재무과 계약팀" in county.tree(EVE)
    assert "재무과 구매팀" in county.tree()
    assert Unit.objects.count() == len(BEFORE)


def test_a_team_moves_with_its_posts_and_people(county):
    done = reorganise(county, MoveUnit(county.units["재산팀"], county.units["기획과"]))

    assert county.seats(EVE)["차주무"] == "재무과 재산팀 주무관"
    assert county.seats()["차주무"] == "기획과 재산팀 주무관"
    assert [(change.name_before, change.path_after) for change in done.outcome.units] == [
        ("재산팀", "기획과 재산팀")
    ]
