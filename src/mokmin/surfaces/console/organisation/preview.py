"""What a reorganisation moves, side by side: trees before and after, posts, people, notes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from mokmin.foundation.orgs.comparing import (
    PersonChange,
    PostChange,
    ReorganisationOutcome,
    UnitChange,
)
from mokmin.foundation.orgs.states import StructureChange
from mokmin.foundation.orgs.values import Organisation, UnitSpanValue
from mokmin.surfaces.console.organisation.posts import person_url
from mokmin.surfaces.kit.rows import Column, link, text, tr
from mokmin.surfaces.kit.tones import status
from mokmin.surfaces.kit.tree import Node

TONES: Mapping[StructureChange, str] = {
    StructureChange.MADE: "ok",
    StructureChange.CLOSED: "late",
    StructureChange.RENAMED: "info",
    StructureChange.MOVED: "warn",
}
POST_COLUMNS = (
    Column("자리", names_row=True),
    Column("변화", "status"),
    Column("바뀌기 전 부서"),
    Column("바뀐 뒤 부서"),
    Column("있는 사람"),
)
PERSON_COLUMNS = (
    Column("성명", names_row=True),
    Column("지금 자리"),
    Column("바뀐 자리"),
)
UNIT_COLUMNS = (
    Column("변화", "status"),
    Column("바뀌기 전", names_row=True),
    Column("바뀐 뒤"),
)


@dataclass(frozen=True, slots=True)
class MovesPreview:
    """Everything that the page of a plan shows of its outcome."""

    before: tuple[Node, ...]
    after: tuple[Node, ...]
    unit_rows: tuple[SafeString, ...]
    post_rows: tuple[SafeString, ...]
    person_rows: tuple[SafeString, ...]
    homeless: tuple[str, ...]
    """Names of those who are left without a post."""

    notes: tuple[str, ...]
    subjects: tuple[str, ...]
    """Uids of the people on it."""


def of(outcome: ReorganisationOutcome) -> MovesPreview:
    """The outcome as it is looked at."""
    changed = {change.uid: change for change in outcome.units}
    return MovesPreview(
        before=tree(outcome.before, outcome.on, changed, is_after=False),
        after=tree(outcome.after, outcome.on, changed, is_after=True),
        unit_rows=tuple(unit_row(change) for change in outcome.units),
        post_rows=tuple(post_row(change) for change in outcome.posts),
        person_rows=tuple(_person_row(change) for change in outcome.persons),
        homeless=tuple(change.name for change in outcome.persons if change.after is None),
        notes=outcome.notes,
        subjects=tuple(dict.fromkeys(change.uid for change in outcome.persons)),
    )


def tree(
    found: Organisation, on: date, changed: Mapping[str, UnitChange], *, is_after: bool
) -> tuple[Node, ...]:
    """The units of a day as far as anything happens around them."""
    return tuple(
        node
        for span in found.children(None, on)
        if (node := _node(found, span, on, changed, is_after=is_after))
    )


def _node(
    found: Organisation,
    span: UnitSpanValue,
    on: date,
    changed: Mapping[str, UnitChange],
    *,
    is_after: bool,
) -> Node | None:
    children = found.children(span.uid, on)
    nodes = [_node(found, child, on, changed, is_after=is_after) for child in children]
    change = changed.get(span.uid)
    if change is None and not any(nodes):
        return None
    below = tuple(node for node in nodes if node)
    if rest := len(children) - len(below):
        below = (*below, Node(f"그대로인 부서 {rest:,}곳"))
    word, tone = _word(change, is_after=is_after) if change else ("", "")
    return Node(
        span.name, count=_posts(found, span, on), children=below, is_open=True, tone=tone, word=word
    )


def _posts(found: Organisation, span: UnitSpanValue, on: date) -> str:
    count = len(found.posts_in(span.uid, on))
    return f"{count:,}자리" if count else ""


def _word(change: UnitChange, *, is_after: bool) -> tuple[str, str]:
    """What is begun stands after, what is closed before; a change is marked on both sides."""
    kind = StructureChange(change.kind)
    shown_on = {StructureChange.MADE: True, StructureChange.CLOSED: False}
    if shown_on.get(kind, is_after) != is_after:
        return "", ""
    return kind.label, TONES[kind]


def unit_row(change: UnitChange) -> SafeString:
    """One unit that changes."""
    kind = StructureChange(change.kind)
    cells = (
        status(TONES[kind], kind.label),
        text(change.path_before),
        text(change.path_after),
    )
    return tr(UNIT_COLUMNS, cells)


def post_row(change: PostChange) -> SafeString:
    """One post that changes."""
    kind = StructureChange(change.kind)
    return tr(
        POST_COLUMNS,
        (
            change.title,
            status(TONES[kind], kind.label),
            text(change.path_before),
            text(change.path_after),
            text(", ".join(change.holders)),
        ),
    )


def _person_row(change: PersonChange) -> SafeString:
    after = format_html("{}", change.after) if change.after else status("late", "자리 없음")
    return tr(PERSON_COLUMNS, (link(change.name, person_url(change.uid)), change.before, after))


def tiles(outcome: ReorganisationOutcome) -> Iterator[tuple[str, int, str, str]]:
    """Label, figure, unit and tone: how much moves."""
    lost = sum(change.after is None for change in outcome.persons)
    yield "바뀌는 부서", len(outcome.units), "곳", ""
    yield "바뀌는 자리", len(outcome.posts), "자리", ""
    yield "함께 옮기는 사람", len(outcome.persons) - lost, "명", ""
    yield "자리 없는 사람", lost, "명", "late" if lost else ""
