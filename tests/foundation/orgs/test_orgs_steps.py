"""The steps of a reorganisation go into a form and come back as they were."""

import json

import pytest

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
    SplitPart,
    SplitUnit,
    from_json,
    to_json,
)
from mokmin.lib.errors import Invalid

TEAM = NewUnit("new", UnitKind.TEAM, "미래팀", "above", 3, "055-940-0000")
EVERY_STEP = (
    CreateUnit(TEAM),
    RenameUnit("a", "새이름", UnitKind.OFFICE),
    RenameUnit("a", "새이름"),
    MoveUnit("a", None, 2),
    MergeUnits(("a", "b"), "new", TEAM),
    MergeUnits(("a",), "b"),
    SplitUnit("a", (SplitPart("a"), SplitPart("new", ("p",), ("u",), TEAM))),
    AbolishUnit("a", "b", None),
    AddPost(NewPost("p", "a", PostRank.TEAM_HEAD, "팀장", "6급", "총괄")),
    MovePost("p", "a"),
    ClosePost("p"),
)


def test_every_kind_of_step_comes_back_as_it_was():
    assert from_json(json.loads(json.dumps(to_json(EVERY_STEP)))) == EVERY_STEP


@pytest.mark.parametrize("data", [None, {}, "text", 3])
def test_what_is_no_list_is_refused(data):
    with pytest.raises(Invalid) as caught:
        from_json(data)

    assert caught.value.problems == {
        "steps": "조직개편 내용을 읽을 수 없습니다. 화면을 새로 열어 주세요."
    }


@pytest.mark.parametrize(
    "step",
    [
        None,
        3,
        {},
        {"step": "dance"},
        {"step": "rename"},
        {"step": "rename", "unit": 3},
        {"step": "rename", "unit": "a", "colour": "red"},
        {"step": "rename", "unit": "a", "unit_kind": "palace"},
        {"step": "move", "unit": "a", "parent": None, "position": True},
        {"step": "merge", "units": "ab", "into": "c"},
        {"step": "split", "unit": "a", "parts": [3]},
        {"step": "create", "unit": None},
        {"step": "rename", "unit": "a", "name": "새\0이름"},
        {"step": "rename", "unit": "a", "name": "\ud800"},
        {"step": "add_post", "post": {"key": "p", "unit": "a", "rank": "king", "title": "왕"}},
    ],
    ids=json.dumps,
)
def test_a_step_that_cannot_be_read_is_told_by_its_place(step):
    with pytest.raises(Invalid) as caught:
        from_json([{"step": "close_post", "post": "p"}, step])

    assert caught.value.problems == {"steps.2": "2번째 내용을 읽을 수 없습니다. 다시 넣어 주세요."}
