"""Steps of a reorganisation in words, as the pages of a plan and of a done one list them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mokmin.foundation.orgs.states import StepKind, UnitKind
from mokmin.foundation.orgs.steps import (
    AbolishUnit,
    AddPost,
    ClosePost,
    CreateUnit,
    MergeUnits,
    MovePost,
    MoveUnit,
    RenameUnit,
    SplitPart,
    SplitUnit,
    Step,
)
from mokmin.lib.korean import josa, quoted
from mokmin.surfaces.console.organisation.step_choices import StepChoices


@dataclass(frozen=True, slots=True)
class SaidStep:
    """A step as it is read: what it does, and the parts of it."""

    number: int
    kind: str
    title: str
    lines: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def said(
    steps: Sequence[Step], choices: StepChoices, problems: dict[int, list[str]] | None = None
) -> list[SaidStep]:
    """Every step, counted from 1, with what is wrong with it."""
    wrong = problems or {}
    return [
        SaidStep(
            number,
            StepKind(step.kind).label,
            *_WORDS[step.kind](step, choices),
            problems=tuple(wrong.get(number, ())),
        )
        for number, step in enumerate(steps, start=1)
    ]


Words = tuple[str, tuple[str, ...]]


def _create(step: CreateUnit, choices: StepChoices) -> Words:
    unit = step.unit
    where = f"{choices.name(unit.parent)}에" if unit.parent else "맨 위에"
    kind = UnitKind(unit.kind).label
    return f"{where} {josa(quoted(unit.name), '을/를')} 새로 둡니다({kind}).", ()


def _rename(step: RenameUnit, choices: StepChoices) -> Words:
    changes = []
    if step.name:
        changes.append(f"이름을 {josa(quoted(step.name), '으로/로')}")
    if step.unit_kind:
        changes.append(f"종류를 {josa(UnitKind(step.unit_kind).label, '으로/로')}")
    return f"{quoted(choices.name(step.unit))}의 {', '.join(changes)} 바꿉니다.", ()


def _move(step: MoveUnit, choices: StepChoices) -> Words:
    name = josa(quoted(choices.name(step.unit)), "을/를")
    where = f"{quoted(choices.name(step.parent))} 아래로" if step.parent else "맨 위로"
    return f"{name} {where} 옮깁니다.", ()


def _merge(step: MergeUnits, choices: StepChoices) -> Words:
    into = step.made.name if step.made else choices.name(step.into)
    lines = tuple(choices.name(uid) for uid in step.units)
    return f"{len(step.units)}개 부서를 {josa(quoted(into), '으로/로')} 합칩니다.", lines


def _split(step: SplitUnit, choices: StepChoices) -> Words:
    lines = tuple(_part(part, step, choices) for part in step.parts)
    return (
        f"{josa(quoted(choices.name(step.unit)), '을/를')} {len(step.parts)}개로 나눕니다.",
        lines,
    )


def _part(part: SplitPart, step: SplitUnit, choices: StepChoices) -> str:
    name = part.made.name if part.made else choices.name(part.unit)
    if part.unit == step.unit and not part.units and not part.posts:
        return f"{name}: 나머지를 그대로 맡습니다."
    things = [*_units(part.units, choices), *_posts(part.posts, choices)]
    return f"{name}: {', '.join(things) or '아직 맡은 것이 없습니다.'}"


def _units(uids: Sequence[str], choices: StepChoices) -> Iterator[str]:
    for uid in uids:
        unit = choices.unit(uid)
        yield unit.name if unit else choices.name(uid)


def _posts(uids: Sequence[str], choices: StepChoices) -> Iterator[str]:
    yield from (post_name(uid, choices, with_unit=False) for uid in uids)


def post_name(uid: str, choices: StepChoices, *, with_unit: bool = True) -> str:
    """The post with who holds it: `기획팀 주무관(김주무)`."""
    found = choices.post(uid)
    if found is None:
        return "없어진 자리"
    post, unit = found
    who = ", ".join(held.name for held in post.holdings) or "결원"
    return f"{unit.path + ' ' if with_unit else ''}{post.title}({who})"


def posts_named(steps: Sequence[Step]) -> set[str]:
    """The posts that these sentences name with their holders."""
    found: set[str] = set()
    for step in steps:
        if isinstance(step, MovePost | ClosePost):
            found.add(step.post)
        elif isinstance(step, SplitUnit):
            found.update(uid for part in step.parts for uid in part.posts)
    return found


def _abolish(step: AbolishUnit, choices: StepChoices) -> Words:
    where = choices.name(step.posts_to) if step.posts_to else ""
    lines = [f"자리는 {quoted(where)}에 둡니다." if where else "자리도 모두 없앱니다."]
    if step.units_to:
        lines.append(f"하위 부서는 {quoted(choices.name(step.units_to))} 아래로 옮깁니다.")
    return f"{josa(quoted(choices.name(step.unit)), '을/를')} 없앱니다.", tuple(lines)


def _add_post(step: AddPost, choices: StepChoices) -> Words:
    return f"{quoted(choices.name(step.post.unit))}에 {step.post.title} 자리를 늘립니다.", ()


def _move_post(step: MovePost, choices: StepChoices) -> Words:
    name = josa(post_name(step.post, choices), "을/를")
    return f"{name} {josa(quoted(choices.name(step.unit)), '으로/로')} 옮깁니다.", ()


def _close_post(step: ClosePost, choices: StepChoices) -> Words:
    return f"{post_name(step.post, choices)} 자리를 없앱니다.", ()


_WORDS: dict[StepKind, Callable[..., Words]] = {
    StepKind.CREATE: _create,
    StepKind.RENAME: _rename,
    StepKind.MOVE: _move,
    StepKind.MERGE: _merge,
    StepKind.SPLIT: _split,
    StepKind.ABOLISH: _abolish,
    StepKind.ADD_POST: _add_post,
    StepKind.MOVE_POST: _move_post,
    StepKind.CLOSE_POST: _close_post,
}
