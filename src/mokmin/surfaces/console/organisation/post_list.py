"""Every post (자리) of a day as a list: who holds it, what it does, what is empty."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from mokmin.foundation.orgs import queries
from mokmin.foundation.orgs.queries import OrganisationChart, PostRow, UnitRow
from mokmin.foundation.orgs.states import AssignmentKind
from mokmin.surfaces.console.organisation import finding, posts
from mokmin.surfaces.console.organisation.days import ShownDay
from mokmin.surfaces.kit.lists.declared import Ask, ListColumn, Listing
from mokmin.surfaces.kit.lists.filters import Choice, Day, Text
from mokmin.surfaces.kit.rows import day, text

STATES: Mapping[str, tuple[str, Callable[[PostRow], object]]] = {
    "held": ("본직이 있음", attrgetter("holder")),
    "vacant": ("결원", attrgetter("is_vacant")),
    "acting": ("직무대리가 있음", attrgetter("acting")),
    "concurrent": ("겸임이 있음", attrgetter("concurrent")),
}


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post with its unit, at its place in the ordinance, on the day that is shown."""

    place: int
    post: PostRow
    unit: UnitRow
    shown: ShownDay

    @property
    def names(self) -> str:
        """Everybody in it, with how they hold it."""
        return ", ".join(posts.holding_text(held) for held in self.post.holdings)


def _rows(ask: Ask) -> Sequence[PostLine]:
    asked = ask.conditions
    on = asked.get("on", ask.today)
    shown = ShownDay(queries.as_of(on, ask.today), ask.today)
    lines = _lines(queries.chart(shown.as_of), shown, asked)
    orders: Mapping[str, Callable[[PostLine], Any]] = {
        "place": lambda line: line.place,
        "title": lambda line: (line.post.title, line.place),
        "name": lambda line: (line.names, line.place),
    }
    return ask.window.cut(lines, orders, key=_key)


def _lines(chart: OrganisationChart, shown: ShownDay, asked: Mapping[str, Any]) -> list[PostLine]:
    found = [(post, unit) for unit in chart.walk() for post in unit.posts]
    lines = [PostLine(place, post, unit, shown) for place, (post, unit) in enumerate(found)]
    if word := asked.get("word"):
        things = finding.find(chart, word)
        hits = {each.post.uid for each in things.posts}
        hits |= {post.uid for unit in things.units for post in unit.posts}
        lines = [line for line in lines if line.post.uid in hits]
    if state := asked.get("state"):
        lines = [line for line in lines if STATES[state][1](line.post)]
    return lines


def _key(line: PostLine) -> str:
    return line.post.uid


def _subjects(lines: Sequence[PostLine]) -> tuple[str, ...]:
    return posts.people_of(line.post for line in lines)


def _kind(line: PostLine) -> str:
    if line.post.is_vacant:
        return "결원"
    return ", ".join(AssignmentKind(held.kind).label for held in line.post.holdings)


POSTS = Listing(
    route="console:organisation-posts",
    title="자리 목록",
    unit="자리",
    template="console/organisation/posts.html",
    open_to=queries.why_not_see_organisation,
    rows=_rows,
    key=_key,
    columns=(
        ListColumn(
            "unit", "부서",
            lambda line: posts.unit_link(line.unit, line.shown, label=line.unit.path),
            value=lambda line: line.unit.path, sort="place",
        ),
        ListColumn(
            "title", "직위", lambda line: posts.title_of(line.post),
            value=lambda line: line.post.title, sort="title", names_row=True,
        ),
        ListColumn(
            "grade", "직급", lambda line: text(line.post.grade),
            value=lambda line: line.post.grade, is_hidden=True,
        ),
        ListColumn(
            "name", "성명", lambda line: posts.holders(line.post),
            value=lambda line: line.names, sort="name", is_personal=True,
        ),
        ListColumn("kind", "형태", _kind, value=_kind, is_hidden=True),
        ListColumn(
            "duties", "담당 업무", lambda line: posts.duties(line.post.duties),
            value=lambda line: line.post.duties,
        ),
        ListColumn(
            "phone", "전화", lambda line: text(line.post.phone or line.unit.phone),
            value=lambda line: line.post.phone or line.unit.phone,
        ),
        ListColumn(
            "since", "생긴 날", lambda line: day(line.post.from_on),
            value=lambda line: line.post.from_on, kind="date", is_hidden=True,
        ),
        ListColumn(
            "uid", "자리 번호", lambda line: line.post.uid, value=lambda line: line.post.uid,
            is_hidden=True,
        ),
    ),
    filters=(
        Text("word", "부서, 사람, 직위, 업무", is_personal=True),
        Choice("state", "상태", [(name, label) for name, (label, _) in STATES.items()]),
        Day("on", "기준일"),
    ),
    sort="place",
    subjects=_subjects,
    empty="등록된 자리가 없습니다.",
    nothing="조건에 맞는 자리가 없습니다.",
)  # fmt: skip
