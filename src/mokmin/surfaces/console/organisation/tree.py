"""The organisation as a tree, on any day, with a search over units, people, posts and duties."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from mokmin.foundation.access.states import Handling
from mokmin.foundation.orgs import queries
from mokmin.foundation.orgs.queries import Counts, OrganisationChart, UnitRow
from mokmin.foundation.orgs.states import DEPARTMENTS, UnitKind
from mokmin.foundation.tenancy.states import TenantKind
from mokmin.foundation.tenancy.vocabulary import vocabulary
from mokmin.surfaces.console import printing
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.organisation import days, finding, posts
from mokmin.surfaces.console.organisation.days import ShownDay
from mokmin.surfaces.console.organisation.finding import FoundThings
from mokmin.surfaces.kit import marks
from mokmin.surfaces.kit.forms.base import Filters
from mokmin.surfaces.kit.forms.dates import DateField
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.rows import Column, number, tr
from mokmin.surfaces.kit.tree import Node

PAGE = "조직"
SHOWN = 20
"""Posts of a search on the page; the list of posts has all of them."""

OPENED = {UnitKind.HEAD, UnitKind.BUREAU}
"""What stands open: one sees the departments, and opens those whose teams one wants."""

UNIT_COLUMNS = (
    Column("부서", names_row=True),
    Column("소속"),
    Column("부서장"),
    Column("정원", "number"),
    Column("현원", "number"),
    Column("결원", "number"),
)


class TreeFilters(Filters):
    """What is looked for, and on which day."""

    word = forms.CharField(
        label="찾는 말",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "부서, 사람, 직위, 담당 업무"}),
    )
    on = DateField(label="기준일", required=False)


@dataclass(frozen=True, slots=True)
class OrganisationTile:
    """One figure of the organisation, leading to the posts that it counts."""

    label: str
    value: str
    unit: str
    note: str
    url: str
    tone: str = ""


@require_safe
@open_to(queries.why_not_see_organisation)
def organisation(request: MokminRequest) -> HttpResponse:
    """The whole tree, and what a word was found in."""
    day = days.shown(request)
    chart = queries.chart(day.as_of)
    filters = TreeFilters(request.GET)
    word = filters.asked.get("word", "").strip()
    found = finding.find(chart, word)
    subjects = _subjects(chart, found, word)
    note_personal(request, Handling.VIEW, PAGE, subjects=subjects)
    context = {
        "day": day,
        "filters": filters,
        "word": word,
        "tiles": list(_tiles(chart, day, team=team_word(request))),
        "nodes": () if word else _nodes(chart.roots, day),
        "print_log": printing.address(request, PAGE, subjects),
        "why_not_change": queries.why_not_change_organisation(request.actor) or "",
        **_found(found, word, day),
    }
    return TemplateResponse(request, "console/organisation/tree.html", context)


def _found(found: FoundThings, word: str, day: ShownDay) -> dict[str, Any]:
    """What the search found, as rows."""
    return {
        "unit_columns": UNIT_COLUMNS,
        "unit_rows": [_unit_row(unit, word, day) for unit in found.units],
        "post_columns": posts.FOUND_COLUMNS,
        "post_rows": [posts.found_row(each, word, day) for each in found.posts[:SHOWN]],
        "post_count": len(found.posts),
        "all_posts_url": posts.address(day, word=word) if len(found.posts) > SHOWN else "",
    }


def _unit_row(unit: UnitRow, word: str, day: ShownDay) -> SafeString:
    counts = unit.whole
    return tr(
        UNIT_COLUMNS,
        (
            posts.unit_link(unit, day, label=marks.marked(unit.name, word)),
            unit.path,
            posts.head_text(unit.head) if unit.head else "없음",
            number(counts.posts),
            number(counts.people),
            number(counts.vacancies),
        ),
    )


def _nodes(units: Sequence[UnitRow], day: ShownDay) -> tuple[Node, ...]:
    return tuple(
        Node(
            unit.name,
            posts.unit_url(unit.uid, day),
            note=posts.head_text(unit.head) if shows_head(unit) and unit.head else "",
            count=count_text(unit.whole),
            children=_nodes(unit.children, day),
            is_open=unit.kind in OPENED,
            tone="warn" if unit.whole.vacancies else "",
            word=f"결원 {unit.whole.vacancies}" if unit.whole.vacancies else "",
        )
        for unit in units
    )


def shows_head(unit: UnitRow) -> bool:
    """Whether the tree names who leads the unit; team leads are on the page of their unit."""
    return unit.kind in DEPARTMENTS or unit.kind in OPENED


def count_text(counts: Counts) -> str:
    """`정원 24 · 현원 22`."""
    return f"정원 {counts.posts:,} · 현원 {counts.people:,}"


def _subjects(chart: OrganisationChart, found: FoundThings, word: str) -> tuple[str, ...]:
    """Whose names stand on the page."""
    units = found.units if word else [unit for unit in chart.walk() if shows_head(unit)]
    heads = [unit.head for unit in units if unit.head]
    return posts.people_of([*heads, *(each.post for each in found.posts[:SHOWN])])


def team_word(request: MokminRequest) -> str:
    """What this municipality calls its teams: 팀 or 담당."""
    own = request.carried.settings.words if request.carried.settings else {}
    return vocabulary(TenantKind(request.tenant.kind), own).team


def _tiles(chart: OrganisationChart, day: ShownDay, *, team: str) -> Iterator[OrganisationTile]:
    counts = chart.whole
    units = list(chart.walk())
    departments = sum(unit.kind in DEPARTMENTS for unit in units)
    teams = sum(unit.kind == UnitKind.TEAM for unit in units)
    yield OrganisationTile(
        "부서", f"{departments:,}", "개", f"{team} {teams:,}개",
        f"{reverse('console:organisation-chart')}{day.asked}",
    )  # fmt: skip
    yield OrganisationTile("정원", f"{counts.posts:,}", "명", "자리의 수", posts.address(day))
    yield OrganisationTile(
        "현원", f"{counts.people:,}", "명", "본직으로 있는 사람",
        posts.address(day, state="held"),
    )  # fmt: skip
    yield OrganisationTile(
        "결원", f"{counts.vacancies:,}", "명", "본직이 비어 있는 자리",
        posts.address(day, state="vacant"), "late" if counts.vacancies else "",
    )  # fmt: skip
    yield OrganisationTile(
        "직무대리", f"{counts.acting:,}", "곳", f"겸임 {counts.concurrent:,}곳",
        posts.address(day, state="acting"),
    )  # fmt: skip
