"""What a reorganisation moves: the organisation before and after it, side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mokmin.foundation.orgs.drafting import StructureDraft
from mokmin.foundation.orgs.rules import PlanProblem
from mokmin.foundation.orgs.states import (
    DEPARTMENTS,
    PostRank,
    StructureChange,
    UnitKind,
)
from mokmin.foundation.orgs.values import Organisation, PostSpanValue, UnitSpanValue, post_order
from mokmin.lib.korean import count_text, quoted

HEAD_OF: dict[UnitKind, PostRank] = {
    **dict.fromkeys(DEPARTMENTS, PostRank.UNIT_HEAD),
    UnitKind.BUREAU: PostRank.BUREAU_HEAD,
    UnitKind.TEAM: PostRank.TEAM_HEAD,
}
"""The post that a unit of a kind should have exactly once."""


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What becomes of a unit; empty where it was or is not."""

    uid: str
    kind: StructureChange
    name_before: str
    name_after: str
    path_before: str
    path_after: str


@dataclass(frozen=True, slots=True)
class PostChange:
    """What becomes of a post; paths are those of its unit."""

    uid: str
    kind: StructureChange
    title: str
    path_before: str
    path_after: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonChange:
    """Where a person goes with the post; `after` is None for one who is left without it."""

    uid: str
    name: str
    before: str
    after: str | None


@dataclass(frozen=True)
class ReorganisationOutcome:
    """What a plan does, and every reason against it."""

    on: date
    problems: tuple[PlanProblem, ...]
    units: tuple[UnitChange, ...]
    posts: tuple[PostChange, ...]
    persons: tuple[PersonChange, ...]
    notes: tuple[str, ...]
    successions: tuple[tuple[str, str], ...]
    before: Organisation
    after: Organisation


def outcome(
    draft: StructureDraft, after: Organisation, problems: Iterable[PlanProblem]
) -> ReorganisationOutcome:
    """The outcome of a draft whose steps have been applied."""
    before, day = draft.now, draft.on
    units = tuple(units_changed(before, after, day))
    posts = tuple(posts_changed(before, after, day))
    persons = tuple(persons_changed(before, after, day))
    return ReorganisationOutcome(
        on=day,
        problems=tuple(problems),
        units=units,
        posts=posts,
        persons=persons,
        notes=tuple(_notes(after, day, posts=posts, persons=persons, touched=draft.touched)),
        successions=tuple(draft.successions),
        before=before,
        after=after,
    )


def units_changed(before: Organisation, after: Organisation, day: date) -> Iterator[UnitChange]:
    """Units that begin, end, move or take another name on the day."""
    for uid in {**before.spans_of_unit, **after.spans_of_unit}:
        was, will = before.unit(uid, day), after.unit(uid, day)
        if (kind := _kind_of_unit(was, will)) is not None:
            yield UnitChange(
                uid=uid,
                kind=kind,
                name_before=was.name if was else "",
                name_after=will.name if will else "",
                path_before=before.path(uid, day),
                path_after=after.path(uid, day),
            )


def posts_changed(before: Organisation, after: Organisation, day: date) -> Iterator[PostChange]:
    """Posts that begin, end or move on the day."""
    for uid in _in_order(before, after, day):
        was, will = before.post(uid, day), after.post(uid, day)
        if (kind := _kind_of_post(was, will)) is not None:
            shown = will or was
            yield PostChange(
                uid=uid,
                kind=kind,
                title=shown.title if shown else "",
                path_before=before.path(was.unit, day) if was else "",
                path_after=after.path(will.unit, day) if will else "",
                holders=tuple(held.name for held in before.holders(uid, day)),
            )


def persons_changed(before: Organisation, after: Organisation, day: date) -> Iterator[PersonChange]:
    """Who goes with a post or is left without it."""
    for uid in _in_order(before, after, day):
        was, will = before.post(uid, day), after.post(uid, day)
        if _kind_of_post(was, will) is None:
            continue
        for held in before.holders(uid, day):
            new = after.post_name(uid, day) if will else None
            yield PersonChange(held.person, held.name, before.post_name(uid, day), new)


def _in_order(before: Organisation, after: Organisation, day: date) -> list[str]:
    """Every post, unit by unit as they were, heads first."""
    places = {
        span.uid: (organisation.path(span.unit, day), post_order(span))
        for organisation in (after, before)
        for span in organisation.on(day).posts
    }
    return sorted(places, key=places.__getitem__)


def _kind_of_unit(was: UnitSpanValue | None, will: UnitSpanValue | None) -> StructureChange | None:
    if was is None or will is None:
        return _begun_or_ended(was, will)
    if (was.parent, was.position) != (will.parent, will.position):
        return StructureChange.MOVED
    if (was.name, was.kind) != (will.name, will.kind):
        return StructureChange.RENAMED
    return None


def _kind_of_post(was: PostSpanValue | None, will: PostSpanValue | None) -> StructureChange | None:
    if was is None or will is None:
        return _begun_or_ended(was, will)
    return StructureChange.MOVED if was.unit != will.unit else None


def _begun_or_ended(was: object, will: object) -> StructureChange | None:
    if will is not None:
        return StructureChange.MADE
    return StructureChange.CLOSED if was is not None else None


def _notes(
    after: Organisation,
    day: date,
    *,
    posts: Sequence[PostChange],
    persons: Sequence[PersonChange],
    touched: Iterable[str],
) -> Iterator[str]:
    """What is no error and should be known before it is decided."""
    if left := [change.name for change in persons if change.after is None]:
        yield (
            f"자리가 없어지는 사람이 {count_text(len(left), '명')}입니다: {', '.join(left)}. "
            "같은 날 인사발령을 등록해 주세요."
        )
    vacant = [
        after.post_name(change.uid, day)
        for change in posts
        if change.path_after and after.full_holder(change.uid, day) is None
    ]
    if vacant:
        yield f"빈 자리 {count_text(len(vacant), '개')}: {', '.join(vacant)}."
    involved = {*touched, *(span.unit for uid in touched if (span := after.post(uid, day)))}
    for uid in sorted(involved):
        if (unit := after.unit(uid, day)) and (note := _note_on_head(after, unit, day)):
            yield note


def _note_on_head(after: Organisation, unit: UnitSpanValue, day: date) -> str | None:
    rank = HEAD_OF.get(unit.kind)
    heads = [post for post in after.posts_in(unit.uid, day) if post.rank == rank]
    if rank is None or len(heads) == 1:
        return None
    if heads:
        return f"{quoted(unit.name)}에 {rank.label} 자리가 {count_text(len(heads), '개')}입니다."
    return f"{quoted(unit.name)}에 {rank.label} 자리가 없습니다."
