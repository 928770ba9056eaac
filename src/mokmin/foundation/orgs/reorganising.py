"""What a reorganisation (조직개편) does: the organisation and the plan in, the outcome out."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from mokmin.foundation.orgs import comparing, rules, soundness
from mokmin.foundation.orgs.comparing import ReorganisationOutcome
from mokmin.foundation.orgs.drafting import StructureDraft
from mokmin.foundation.orgs.rules import PlanProblem
from mokmin.foundation.orgs.steps import (
    AbolishUnit,
    AddPost,
    ClosePost,
    CreateUnit,
    MergeUnits,
    MovePost,
    MoveUnit,
    NewUnit,
    RenameUnit,
    ReorganisationPlan,
    SplitPart,
    SplitUnit,
    Step,
)
from mokmin.foundation.orgs.values import Organisation, UnitSpanValue
from mokmin.lib.korean import josa, quoted

AT_LEAST = 2
"""Units that a merger or a split is about."""


def outcome(now: Organisation, plan: ReorganisationPlan, *, today: date) -> ReorganisationOutcome:
    """Everything that the plan does and everything that stands against it.

    `now` holds the organisation of the plan's day and of every later one.
    """
    draft = StructureDraft(now, plan.on)
    for draft.place, step in enumerate(plan.steps, start=1):
        APPLY[type(step)](draft, step)
    after = draft.after()
    problems = [*problems_of_plan(plan, today=today), *draft.problems]
    problems += problems_of_result(draft, after) if not draft.problems else []
    return comparing.outcome(draft, after, problems)


def problems_of_plan(plan: ReorganisationPlan, *, today: date) -> list[PlanProblem]:
    """What is wrong with the heading."""
    found = rules.problems_of_heading(
        title=plan.title,
        on=plan.on,
        reason=plan.reason,
        today=today,
        accepts_past=plan.accepts_past,
    )
    if not plan.steps:
        found.append(PlanProblem(0, "steps", "바꿀 내용을 하나 이상 넣어 주세요."))
    return found


def problems_of_result(draft: StructureDraft, after: Organisation) -> list[PlanProblem]:
    """What cannot be in the organisation that results, at the last step that touched it."""
    return [
        PlanProblem(max(draft.touched.get(uid, 0) for uid in flaw.about), "", flaw.sentence)
        for flaw in soundness.new_flaws(draft.now, after, since=draft.on)
    ]


def _create(draft: StructureDraft, step: CreateUnit) -> None:
    draft.add_unit(step.unit, "unit")


def _rename(draft: StructureDraft, step: RenameUnit) -> None:
    unit = draft.changeable_unit(step.unit, "unit")
    if unit is None:
        return
    name = " ".join(step.name.split()) or unit.name
    kind = step.unit_kind or unit.kind
    if (name, kind) == (unit.name, unit.kind):
        draft.complain("name", f"{josa(quoted(unit.name), '은/는')} 바뀌는 것이 없습니다.")
    elif why := rules.problems_of_unit(NewUnit(unit.uid, kind, name, unit.parent)):
        draft.complain("name", why["name"])
    else:
        draft.put_unit(replace(unit, name=name, kind=kind))


def _move(draft: StructureDraft, step: MoveUnit) -> None:
    unit = draft.changeable_unit(step.unit, "unit")
    if step.parent is not None and draft.unit(step.parent, "parent") is None:
        return
    if unit is None:
        return
    position = unit.position if step.position is None else step.position
    if (step.parent, position) == (unit.parent, unit.position):
        draft.complain("parent", f"{josa(quoted(unit.name), '은/는')} 이미 그 자리에 있습니다.")
    elif why := rules.why_not_position(position):
        draft.complain("position", why)
    else:
        draft.put_unit(replace(unit, parent=step.parent, position=position))


def _merge(draft: StructureDraft, step: MergeUnits) -> None:
    if len({*step.units, step.into}) < AT_LEAST or not step.units:
        draft.complain("units", "통합할 부서를 둘 이상 골라 주세요.")
        return
    _refuse_twice(draft, step.units, "units")
    target = _target(draft, step.into, step.made, "into")
    for uid in dict.fromkeys(step.units):
        source = draft.changeable_unit(uid, "units") if uid != step.into else None
        if source is None or target is None:
            continue
        if _is_under(draft, step.into, uid):
            sentence = f"{quoted(target.name)}의 상위 부서인 {josa(quoted(source.name), '은/는')} "
            draft.complain("units", f"{sentence}그 안으로 통합할 수 없습니다.")
        else:
            _pour(draft, uid, step.into, "units")
            draft.close_unit(uid)
            draft.succeed(uid, step.into)


def _split(draft: StructureDraft, step: SplitUnit) -> None:
    goes_on = any(part.unit == step.unit for part in step.parts)
    source = (draft.unit if goes_on else draft.changeable_unit)(step.unit, "unit")
    if len({part.unit for part in step.parts}) < AT_LEAST:
        draft.complain("parts", "나누어 맡을 부서를 둘 이상 넣어 주세요.")
    if source is None:
        return
    for name, kind in (("posts", "자리"), ("units", "하위 부서")):
        given = [uid for part in step.parts for uid in getattr(part, name)]
        _refuse_twice(draft, given, "parts", what=kind)
    for number, part in enumerate(step.parts):
        _hand_to(draft, source, part, f"parts.{number}")
    if goes_on:
        return
    if left := [
        *(draft.post_name(post) for post in draft.posts_in(step.unit)),
        *(unit.name for unit in draft.units_in(step.unit)),
    ]:
        draft.complain("parts", f"어느 부서로 갈지 정하지 않은 것이 있습니다: {', '.join(left)}.")
    else:
        draft.close_unit(step.unit)


def _hand_to(draft: StructureDraft, source: UnitSpanValue, part: SplitPart, field: str) -> None:
    """Give a part of a split unit what is allocated to it; what goes on keeps its own."""
    if _target(draft, part.unit, part.made, f"{field}.unit") is None or part.unit == source.uid:
        return
    here = (source.uid, part.unit)
    for uid in dict.fromkeys(part.posts):
        post = draft.posts.get(uid)
        if post is not None and post.unit not in here:
            name = josa(draft.post_name(post), "은/는")
            draft.complain(f"{field}.posts", f"{name} {quoted(source.name)}의 자리가 아닙니다.")
        else:
            draft.send_post(uid, part.unit, f"{field}.posts")
    for uid in dict.fromkeys(part.units):
        unit = draft.units.get(uid)
        if unit is not None and unit.parent not in here:
            name = josa(quoted(unit.name), "은/는")
            draft.complain(
                f"{field}.units", f"{name} {quoted(source.name)}의 하위 부서가 아닙니다."
            )
        else:
            draft.send_unit(uid, part.unit, f"{field}.units")
    draft.succeed(source.uid, part.unit)


def _abolish(draft: StructureDraft, step: AbolishUnit) -> None:
    successors = {"posts_to": step.posts_to, "units_to": step.units_to}
    named = {field: uid for field, uid in successors.items() if uid is not None}
    missing = [field for field, uid in named.items() if draft.unit(uid, field) is None]
    if draft.changeable_unit(step.unit, "unit") is None or missing:
        return
    for field, uid in named.items():
        if uid == step.unit:
            draft.complain(field, "없어지는 부서로는 옮길 수 없습니다. 다른 부서를 골라 주세요.")
            return
    if step.units_to is None and (below := [under.name for under in draft.units_in(step.unit)]):
        draft.complain("units_to", f"하위 부서({', '.join(below)})를 옮길 부서를 골라 주세요.")
        return
    _clear(draft, step)
    for uid in named.values():
        draft.succeed(step.unit, uid)


def _clear(draft: StructureDraft, step: AbolishUnit) -> None:
    """Close a unit once everything in it has gone elsewhere or is closed."""
    for under in draft.units_in(step.unit):
        draft.send_unit(under.uid, step.units_to, "units_to")
    for post in draft.posts_in(step.unit):
        if step.posts_to is None:
            draft.close_post(post.uid, "posts_to")
        else:
            draft.send_post(post.uid, step.posts_to, "posts_to")
    draft.close_unit(step.unit)


def _add_post(draft: StructureDraft, step: AddPost) -> None:
    draft.add_post(step.post, "post")


def _move_post(draft: StructureDraft, step: MovePost) -> None:
    post, unit = draft.changeable_post(step.post, "post"), draft.unit(step.unit, "unit")
    if post is None or unit is None:
        return
    if post.unit == step.unit:
        draft.complain("unit", f"{draft.post_name(post)} 자리는 이미 그 부서에 있습니다.")
    else:
        draft.put_post(replace(post, unit=step.unit))


def _close_post(draft: StructureDraft, step: ClosePost) -> None:
    draft.close_post(step.post, "post")


def _target(
    draft: StructureDraft, uid: str, made: NewUnit | None, field: str
) -> UnitSpanValue | None:
    """The unit that is to take something over, made first where it is new."""
    if made is not None:
        if made.key != uid:
            draft.complain(field, "새 부서의 표시가 다릅니다. 화면을 새로 열어 다시 넣어 주세요.")
            return None
        draft.add_unit(made, "made" if field == "into" else field.replace(".unit", ".made"))
    return draft.unit(uid, field)


def _pour(draft: StructureDraft, source: str, target: str, field: str) -> None:
    """Move everything that is in one unit into another."""
    for post in draft.posts_in(source):
        draft.send_post(post.uid, target, field)
    for unit in draft.units_in(source):
        draft.send_unit(unit.uid, target, field)


def _is_under(draft: StructureDraft, uid: str, above: str) -> bool:
    """Whether a unit now stands somewhere under another."""
    seen: set[str] = set()
    at = draft.units[uid].parent
    while at is not None and at in draft.units and at not in seen:
        if at == above:
            return True
        seen.add(at)
        at = draft.units[at].parent
    return False


def _refuse_twice(
    draft: StructureDraft, uids: Iterable[str], field: str, *, what: str = "부서"
) -> None:
    if any(times > 1 for times in Counter(uids).values()):
        draft.complain(field, f"{josa(what, '을/를')} 두 번 골랐습니다. 한 번만 골라 주세요.")


APPLY: dict[type[Step], Callable[[StructureDraft, Any], None]] = {
    CreateUnit: _create,
    RenameUnit: _rename,
    MoveUnit: _move,
    MergeUnits: _merge,
    SplitUnit: _split,
    AbolishUnit: _abolish,
    AddPost: _add_post,
    MovePost: _move_post,
    ClosePost: _close_post,
}
