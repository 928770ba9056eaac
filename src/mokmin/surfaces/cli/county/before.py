"""How the county was organised before its reorganisation (조직개편), and what changed it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

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
    Step,
)
from mokmin.surfaces.cli.county.units import ROOT, PostSpec, Structure, UnitSpec, head_of

TITLE = "민선 9기 조직개편"
REASON = "미래전략 기능 강화와 유사 기능 통합"

STRATEGY, MERGED, SPLIT, MADE = "미래전략담당관", "경제교통과", "관광체육과", "문화예술과"
JOBS, TRAFFIC, EXPO = "일자리경제과", "교통과", "엑스포추진단"
NEW_TEAM = f"{STRATEGY}/미래전략"
EXPO_TEAMS = {f"{EXPO}/기획": "엑스포기획팀", f"{EXPO}/운영": "엑스포운영팀"}

WAS_CALLED = {
    "복지정책과": "주민복지과",
    "가족행복과": "여성가족과",
    "산림과": "산림녹지과",
    SPLIT: "문화관광체육과",
    "홍보미디어실/보도": "공보팀",
    "디지털정보과/데이터통계": "통계팀",
}
"""Units that went on under another name."""

STOOD_UNDER = {
    f"{STRATEGY}/인구정책": "기획예산실",
    f"{STRATEGY}/청년정책": "기획예산실",
    f"{STRATEGY}/고향사랑": "행정과",
    f"{MERGED}/교통행정": TRAFFIC,
    f"{MERGED}/교통시설": TRAFFIC,
}
"""Teams that have come from elsewhere."""

CAME_FROM_EXPO = {f"{SPLIT}/관광정책/2": f"{EXPO}/기획", f"{SPLIT}/축제/2": f"{EXPO}/운영"}
"""Posts of the unit that was abolished which went on elsewhere."""

_HEAD, _TEAM = PostRank.UNIT_HEAD, PostRank.TEAM_HEAD
CLOSED = tuple(
    PostSpec(head_of(unit), unit, rank, title, "행정", duties)
    for unit, rank, title, duties in (
        (TRAFFIC, _HEAD, "교통과장", "교통과 업무 총괄"),
        (EXPO, _HEAD, "엑스포추진단장", "정원산업엑스포 준비 총괄"),
        (f"{EXPO}/기획", _TEAM, "엑스포기획팀장", "엑스포 기획과 조직위원회 지원"),
        (f"{EXPO}/운영", _TEAM, "엑스포운영팀장", "행사장 조성과 운영"),
    )
)
"""Posts that the reorganisation closed."""


def before(now: Structure) -> Structure:
    """The structure until the reorganisation; what goes on keeps its key."""
    made = {STRATEGY, MADE, MERGED, NEW_TEAM}
    units = [_as_it_was(unit) for unit in now.units if unit.key not in made]
    anchor = next(i for i, unit in enumerate(units) if unit.parent == JOBS)
    units[anchor:anchor] = [
        UnitSpec(JOBS, JOBS, UnitKind.DEPARTMENT, "경제안전국"),
        UnitSpec(TRAFFIC, TRAFFIC, UnitKind.DEPARTMENT, "경제안전국"),
    ]
    units.append(UnitSpec(EXPO, EXPO, UnitKind.DEPARTMENT, ROOT))
    units += [UnitSpec(key, name, UnitKind.TEAM, EXPO) for key, name in EXPO_TEAMS.items()]
    posts = [_post_as_it_was(post) for post in now.posts if _is_old(post)]
    return Structure(tuple(_from_above(units)), (*posts, *CLOSED))


def steps(now: Structure) -> tuple[Step, ...]:
    """The reorganisation, by key; whoever carries it out puts uids in the place of old keys."""
    posts = {post.key: post for post in now.posts}
    made = {unit.key: new_unit(unit, now) for unit in now.units}
    culture = tuple(unit.key for unit in now.units if unit.parent == MADE)
    return (
        CreateUnit(made[STRATEGY]),
        AddPost(new_post(posts[head_of(STRATEGY)], now)),
        CreateUnit(made[NEW_TEAM]),
        *(AddPost(new_post(post, now)) for post in now.posts if post.unit == NEW_TEAM),
        *(MoveUnit(team, STRATEGY) for team in STOOD_UNDER if team.startswith(STRATEGY)),
        MergeUnits((JOBS, TRAFFIC), MERGED, made[MERGED]),
        ClosePost(head_of(TRAFFIC)),
        SplitUnit(SPLIT, (SplitPart(SPLIT), SplitPart(MADE, units=culture, made=made[MADE]))),
        AddPost(new_post(posts[head_of(MADE)], now)),
        *(RenameUnit(key, _name(now, key)) for key in WAS_CALLED),
        *(MovePost(post, post.rpartition("/")[0]) for post in CAME_FROM_EXPO),
        *(AbolishUnit(team) for team in EXPO_TEAMS),
        AbolishUnit(EXPO),
    )


def changed_posts(now: Structure) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Posts whose title or duties follow the reorganisation, with what changes."""
    was = {post.key: post for post in before(now).posts}
    for post in now.posts:
        old = was.get(post.key)
        if old and (old.title, old.duties) != (post.title, post.duties):
            yield post.key, {"title": post.title, "duties": post.duties}


def new_unit(spec: UnitSpec, now: Structure) -> NewUnit:
    """The unit as the organisation takes it, in its place of today."""
    place = now.place_of(MERGED if spec.key in {JOBS, TRAFFIC} else spec.key)
    return NewUnit(spec.key, spec.kind, spec.name, spec.parent or None, position=place)


def new_post(spec: PostSpec, now: Structure) -> NewPost:
    """The post as the organisation takes it, in its place of today."""
    return NewPost(
        key=spec.key, unit=spec.unit, rank=spec.rank, title=spec.title,
        grade=grade_of(spec), duties=spec.duties, position=now.place_of(spec.key),
    )  # fmt: skip


def grade_of(spec: PostSpec) -> str:
    """The grade (직급) that the post is meant for (정원표)."""
    by_rank = {
        PostRank.MAYOR: "정무직",
        PostRank.DEPUTY_MAYOR: "지방부이사관(3급)",
        PostRank.BUREAU_HEAD: "지방서기관(4급)",
        PostRank.UNIT_HEAD: f"지방{spec.series}사무관(5급)",
        PostRank.TEAM_HEAD: f"{spec.series}6급",
        PostRank.OFFICER: f"{spec.series}{7 + len(spec.key + spec.duties) % 3}급",
    }
    if spec.series.endswith(("연구", "지도")):
        # Their service knows two grades only, without numbers.
        return f"지방{spec.series}관" if spec.rank is PostRank.UNIT_HEAD else f"{spec.series}사"
    if spec.series == "행정" and spec.rank is PostRank.UNIT_HEAD:
        return "지방행정사무관(5급)"
    return by_rank[spec.rank]


def _from_above(units: list[UnitSpec]) -> list[UnitSpec]:
    """Those that stand above come first; on each level in the order of the ordinance."""
    parents = {unit.key: unit.parent for unit in units}

    def depth(unit: UnitSpec) -> int:
        above, count = unit.parent, 0
        while above:
            above, count = parents[above], count + 1
        return count

    return sorted(units, key=depth)


def _as_it_was(unit: UnitSpec) -> UnitSpec:
    parent = STOOD_UNDER.get(unit.key, unit.parent)
    moved = {MERGED: JOBS, MADE: SPLIT}.get(parent, parent)
    return replace(unit, name=WAS_CALLED.get(unit.key, unit.name), parent=moved)


def _is_old(post: PostSpec) -> bool:
    return post.key not in {head_of(STRATEGY), head_of(MADE)} and post.unit != NEW_TEAM


def _post_as_it_was(post: PostSpec) -> PostSpec:
    if post.key in CAME_FROM_EXPO:
        return replace(post, unit=CAME_FROM_EXPO[post.key], duties="엑스포 홍보와 관람객 안내 준비")
    if post.key == head_of(MERGED):
        return replace(post, unit=JOBS, title=f"{JOBS}장", duties=f"{JOBS} 업무 총괄")
    if post.key == head_of(post.unit) and post.unit in WAS_CALLED:
        name = WAS_CALLED[post.unit]
        return replace(post, title=f"{name}장", duties=post.duties.replace(post.unit, name))
    return post


def _name(now: Structure, key: str) -> str:
    return next(unit.name for unit in now.units if unit.key == key)
