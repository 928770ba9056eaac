"""The search: people, units, posts with their duties, and records, for one text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.states import Handling
from mokmin.foundation.orgs import queries_finding as orgs
from mokmin.foundation.orgs.queries_finding import ComingOption, Option
from mokmin.foundation.records import kinds
from mokmin.foundation.records import queries as records
from mokmin.foundation.records.queries import Found
from mokmin.surfaces.console import printing
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.kit import marks, pager
from mokmin.surfaces.kit.addresses import AddressOf
from mokmin.surfaces.kit.http import MokminRequest, note_personal, today
from mokmin.surfaces.kit.pager import Pager
from mokmin.surfaces.kit.rows import Chip, Column, day, link, text, tr

PAGE = "검색"
FEW, MANY = 8, 50
"""Lines of a group among others, and of one that is asked for alone."""
LONGEST = 100

OF_ORGANISATION = {"person": "사람", "unit": "부서", "post": "자리와 담당 업무"}
COLUMNS = {
    "person": (Column("이름", names_row=True), Column("자리")),
    "unit": (Column("부서", names_row=True), Column("소속")),
    "post": (Column("자리", names_row=True), Column("담당자"), Column("담당 업무")),
}
COMING_COLUMNS = (
    Column("부서와 자리", names_row=True), Column("언제부터", "date"), Column("조직개편"),
)  # fmt: skip
RECORD_COLUMNS = (Column("제목", names_row=True), Column("부서"))

ADDRESSES = {
    "person": AddressOf("console:organisation-person"),
    "unit": AddressOf("console:organisation-unit"),
    "post": AddressOf("console:organisation-post"),
    "order": AddressOf("console:order"),
    "reorganisation": AddressOf("console:reorganisation"),
}
"""Where the page of a thing is; a record of another kind is named without a link."""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What was found of one kind; `more_url` or `pager` lead to what is not shown, if possible."""

    slug: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[SafeString]
    has_more: bool
    people: tuple[str, ...] = ()
    more_url: str = ""
    pager: Pager | None = None

    @property
    def count(self) -> str:
        """How many lines are shown, and whether there are more."""
        return f"{len(self.rows)}건 넘게" if self.has_more else f"{len(self.rows)}건"


@dataclass(frozen=True, slots=True)
class SearchAsked:
    """What is looked for: the text, of one kind alone or of all, and behind which record."""

    text: str
    kind: str
    after: str
    on: date

    @property
    def limit(self) -> int:
        """How many lines of a kind are shown."""
        return MANY if self.kind else FEW

    def wants(self, kind: str) -> bool:
        """Whether things of this kind are looked for."""
        return self.kind in ("", kind)


@require_safe
@open_to(access.why_not_staff)
def search(request: MokminRequest) -> HttpResponse:
    """What was found, by kind; whose names were shown is kept in the access log."""
    asked = _asked(request)
    has_word = marks.pattern(asked.text) is not None
    groups = [group for group in _groups(request, asked) if group.rows] if has_word else []
    subjects = tuple(dict.fromkeys(uid for group in groups for uid in group.people))
    if subjects:
        reason = f"찾은 말: {asked.text}"
        note_personal(request, Handling.VIEW, PAGE, subjects=subjects, reason=reason)
    context = {
        "text": asked.text,
        "has_word": has_word,
        "groups": groups,
        "chips": _chips(request, asked) if has_word else [],
        "print_log": printing.address(request, PAGE, subjects),
    }
    return TemplateResponse(request, "console/search.html", context)


def _asked(request: MokminRequest) -> SearchAsked:
    said = {name: request.GET.get(name, "").replace("\0", "") for name in ("q", "kind", "after")}
    kind = said["kind"] if said["kind"] in _kinds() else ""
    text = " ".join(said["q"].split())[:LONGEST]
    return SearchAsked(text, kind, said["after"] if kind else "", today())


def _kinds() -> dict[str, str]:
    """Every kind of thing that can be found; a unit is a record too and comes once."""
    return {**OF_ORGANISATION, **{k: v for k, v in kinds.labels().items() if k != "unit"}}


def _chips(request: MokminRequest, asked: SearchAsked) -> list[Chip]:
    everything = {"": "모두", **_kinds()}
    return [
        Chip(label, _address(request, kind), is_current=kind == asked.kind)
        for kind, label in everything.items()
    ]


def _address(request: MokminRequest, kind: str) -> str:
    return reverse("console:search") + pager.address(request.GET, {"kind": kind, "after": ""})


def _groups(request: MokminRequest, asked: SearchAsked) -> Iterator[FoundGroup]:
    for kind, find in (
        ("person", orgs.find_people),
        ("unit", orgs.find_units),
        ("post", orgs.find_posts),
    ):
        if asked.wants(kind):
            yield _of_organisation(
                request, kind, find(asked.text, on=asked.on, limit=asked.limit + 1), asked
            )
    if asked.wants("unit") or asked.wants("post"):
        yield _coming(asked)
    if asked.kind not in OF_ORGANISATION:
        yield from _of_records(request, asked)


def _of_organisation(
    request: MokminRequest, kind: str, found: Sequence[Option], asked: SearchAsked
) -> FoundGroup:
    shown = found[: asked.limit]
    return FoundGroup(
        slug=kind,
        title=OF_ORGANISATION[kind],
        columns=COLUMNS[kind],
        rows=[_row(kind, option, asked.text) for option in shown],
        has_more=len(found) > asked.limit,
        people=tuple(uid for option in shown for uid in option.people),
        more_url="" if asked.kind else _address(request, kind),
    )


def _row(kind: str, option: Option, asked: str) -> SafeString:
    cells: list[SafeString | str] = [
        _named(kind, option.uid, marks.marked(option.label, asked)),
        marks.marked(option.note, asked) if option.note else text(""),
    ]
    if kind == "post":
        said = marks.excerpt(option.duties, asked)
        cells.append(marks.marked(said, asked) if said else text(""))
    return tr(COLUMNS[kind], cells)


def _coming(asked: SearchAsked) -> FoundGroup:
    """Units and posts that are registered for a coming day, each on its page of that day."""
    every = orgs.find_coming(asked.text, on=asked.on, limit=asked.limit + 1)
    found = [each for each in every if asked.wants(each.kind)]
    return FoundGroup(
        slug="coming",
        title="앞으로 생기거나 바뀌는 부서와 자리",
        columns=COMING_COLUMNS,
        rows=[_coming_row(each, asked.text) for each in found[: asked.limit]],
        has_more=len(every) > asked.limit,
    )


def _coming_row(each: ComingOption, asked: str) -> SafeString:
    url = f"{ADDRESSES[each.kind](each.uid)}?on={each.from_on}"
    change = each.reorganisation
    return tr(
        COMING_COLUMNS,
        (
            link(marks.marked(each.label, asked), url),
            day(each.from_on),
            _named("reorganisation", change, each.reorganisation_title) if change else text(""),
        ),
    )


def _of_records(request: MokminRequest, asked: SearchAsked) -> Iterator[FoundGroup]:
    """Records by kind, the newest first; of one kind alone as a list that goes on."""
    found = records.search(
        request.actor,
        asked.text,
        kinds=(asked.kind,) if asked.kind else (),
        without=("unit",),
        each=() if asked.kind else kinds.labels().keys() - {"unit"},
        after=asked.after,
        limit=asked.limit + 1,
    )
    for kind, each in groupby(sorted(found, key=_kind_of), key=_kind_of):
        of_kind = list(each)
        shown = of_kind[: asked.limit]
        has_more = len(of_kind) > asked.limit
        yield FoundGroup(
            slug=kind,
            title=shown[0].kind_label,
            columns=RECORD_COLUMNS,
            rows=[_record(record, asked.text) for record in shown],
            has_more=has_more,
            more_url="" if asked.kind else _address(request, kind),
            pager=pager.pager(request.GET, next_key=shown[-1].uid if has_more else "")
            if asked.kind
            else None,
        )


def _kind_of(record: Found) -> str:
    return record.kind


def _record(record: Found, asked: str) -> SafeString:
    unit = _named("unit", record.unit_uid, record.unit_name) if record.unit_uid else text("")
    return tr(
        RECORD_COLUMNS, (_named(record.kind, record.uid, marks.marked(record.title, asked)), unit)
    )


def _named(kind: str, uid: str, label: str) -> SafeString:
    """The thing by name, with the way to its page if there is one."""
    address = ADDRESSES.get(kind)
    return link(label, address(uid)) if address else text(label)
