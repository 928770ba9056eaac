"""The chart of the organisation (조직도) in boxes, for the screen and for A4 on its side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from mokmin.foundation.access.states import Handling
from mokmin.foundation.orgs import queries, queries_units
from mokmin.foundation.orgs.queries import OrganisationChart, PostRow, UnitRow
from mokmin.foundation.orgs.states import UnitKind
from mokmin.surfaces.console import printing
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.organisation import days, posts
from mokmin.surfaces.console.organisation.days import ShownDay
from mokmin.surfaces.kit.http import MokminRequest, note_personal

PAGE = "조직도"

APART: tuple[tuple[str, frozenset[str]], ...] = (
    ("직속기관·사업소", frozenset({UnitKind.AGENCY, UnitKind.STATION})),
    ("의회", frozenset({UnitKind.COUNCIL})),
    ("읍·면·동", frozenset({UnitKind.EUP, UnitKind.MYEON, UnitKind.DONG})),
)
"""What charts put below the bureaus, whatever it stands under."""


@dataclass(frozen=True, slots=True)
class BoxLine:
    """A line inside a box: a team, or a post with who holds it."""

    text: str
    url: str = ""
    note: str = ""
    is_vacant: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A unit as a box with its lines."""

    name: str
    url: str
    note: str
    lines: tuple[BoxLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """Boxes under a head of their own, or under a plain title."""

    head: Box
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class BoxedChart:
    """Everything on the sheet."""

    title: str
    top: Box | None
    branches: tuple[Branch, ...]


@require_safe
@open_to(queries.why_not_see_organisation)
def chart(request: MokminRequest) -> HttpResponse:
    """The whole, without names; or one department with everybody in it (`?unit=`)."""
    day = days.shown(request)
    whole = queries.chart(day.as_of)
    uid = request.GET.get("unit", "")
    unit = whole.unit(uid) if uid else None
    gone = _name_of(uid, day, request) if uid and unit is None else ""
    subjects = _subjects(unit) if unit else ()
    if unit:
        note_personal(request, Handling.VIEW, PAGE, subjects=subjects)
    context = {
        "day": day,
        "unit": unit,
        "gone": gone,
        "uid": uid,
        "choices": [*([(uid, gone)] if gone else []), *_choices(whole, uid)],
        "drawn": _drawn(unit, whole, day, gone=gone, name=request.tenant.name),
        "print_log": printing.address(request, PAGE, subjects) if unit else "",
    }
    return TemplateResponse(request, "console/organisation/chart.html", context)


def _name_of(uid: str, day: ShownDay, request: MokminRequest) -> str:
    """What a unit is called that is not there on the day; one that never was is not found."""
    card = queries_units.unit_card(uid, day.as_of, request.actor)
    if card is None:
        raise Http404
    return card.name


def _choices(whole: OrganisationChart, uid: str) -> Iterator[tuple[str, str]]:
    """Everything but teams, and the one that is shown."""
    for each in whole.walk():
        if each.kind != UnitKind.TEAM or each.uid == uid:
            yield each.uid, each.path


def _drawn(
    unit: UnitRow | None, whole: OrganisationChart, day: ShownDay, *, gone: str, name: str
) -> BoxedChart:
    if gone:
        return BoxedChart(f"{gone} 조직도", None, ())
    return of_unit(unit, day) if unit else of_all(whole, day, name=name)


def _subjects(unit: UnitRow) -> tuple[str, ...]:
    return posts.people_of(post for each in unit.walk() for post in each.posts)


def of_all(whole: OrganisationChart, day: ShownDay, *, name: str) -> BoxedChart:
    """Head, bureaus with their departments and teams, and below them what stands apart."""
    top = next((unit for unit in whole.roots if unit.kind == UnitKind.HEAD), None)
    under = top.children if top else ()
    others = [unit for unit in whole.roots if unit is not top]
    everything = [*under, *others]
    apart = frozenset().union(*(kinds for _, kinds in APART))
    headed = [unit for unit in everything if _holds_departments(unit)]
    direct = [u for u in everything if u not in headed and u.kind not in apart]
    branches = [_branch(unit, day) for unit in headed]
    if direct:
        branches.insert(0, Branch(Box("직속 부서", "", ""), tuple(_box(u, day) for u in direct)))
    rest = (
        Branch(
            Box(title, "", ""),
            tuple(_box(u, day) for u in everything if u.kind in kinds and u not in headed),
        )
        for title, kinds in APART
    )
    return BoxedChart(
        f"{name} 조직도",
        _top(top, day) if top else None,
        (*branches, *(branch for branch in rest if branch.boxes)),
    )


def _holds_departments(unit: UnitRow) -> bool:
    """A bureau, and whatever else has departments whose teams would find no room in a box."""
    return unit.kind == UnitKind.BUREAU or any(child.children for child in unit.children)


def _top(unit: UnitRow, day: ShownDay) -> Box:
    """The head with those who stand beside it, by title alone."""
    lines = tuple(BoxLine(post.title) for post in unit.posts[1:])
    title = unit.posts[0].title if unit.posts else unit.name
    return Box(title, posts.unit_url(unit.uid, day), "", lines)


def _branch(unit: UnitRow, day: ShownDay) -> Branch:
    return Branch(
        Box(unit.name, posts.unit_url(unit.uid, day), _people(unit)),
        tuple(_box(child, day) for child in unit.children),
    )


def _box(unit: UnitRow, day: ShownDay) -> Box:
    lines = tuple(BoxLine(child.name, posts.unit_url(child.uid, day)) for child in unit.children)
    return Box(unit.name, posts.unit_url(unit.uid, day), _people(unit), lines)


def _people(unit: UnitRow) -> str:
    return f"{unit.whole.posts:,}명" if unit.whole.posts else ""


def of_unit(unit: UnitRow, day: ShownDay) -> BoxedChart:
    """One unit: who leads it, and its teams with every post and its holder."""
    head = Box(unit.name, posts.unit_url(unit.uid, day), _people(unit), tuple(_lines(unit.posts)))
    boxes = tuple(_staffed(child, day) for child in unit.children)
    return BoxedChart(
        f"{unit.path} 조직도", head, (Branch(Box("", "", ""), boxes),) if boxes else ()
    )


def _staffed(unit: UnitRow, day: ShownDay) -> Box:
    own = tuple(_lines(unit.posts))
    below = tuple(BoxLine(child.name, posts.unit_url(child.uid, day)) for child in unit.children)
    return Box(unit.name, posts.unit_url(unit.uid, day), _people(unit), (*own, *below))


def _lines(found: Iterable[PostRow]) -> Iterator[BoxLine]:
    for post in found:
        names = [posts.holding_text(held) for held in post.holdings]
        yield BoxLine(post.title, note=", ".join(names) or "결원", is_vacant=post.is_vacant)
