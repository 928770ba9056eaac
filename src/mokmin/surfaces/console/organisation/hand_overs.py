"""Hand-overs (인계인수): the list, one sheet, the leaver's word, the successor's consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.access.states import Handling
from mokmin.foundation.orgs import actions_hand_over, handover, queries, queries_hand_overs
from mokmin.foundation.orgs.handover import HandOverLine
from mokmin.foundation.orgs.queries_hand_overs import HandOverCard, HandOverRow
from mokmin.foundation.people import queries as people
from mokmin.lib.errors import Invalid
from mokmin.surfaces.console import printing
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.organisation import days, hand_over_rows, posts
from mokmin.surfaces.console.organisation.forms import DemandingForm
from mokmin.surfaces.kit import things
from mokmin.surfaces.kit.addresses import AddressOf
from mokmin.surfaces.kit.forms import flow
from mokmin.surfaces.kit.forms.base import ReasonForm, StaffForm
from mokmin.surfaces.kit.forms.pickers import PersonField
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.lists.declared import Ask, ListColumn, Listing
from mokmin.surfaces.kit.lists.filters import Choice, Flag
from mokmin.surfaces.kit.rows import day, link, text

PAGE = "인계인수서"
STATES = (("open", "확인 기다림"), ("late", "기한 지남"), ("done", "확인함"))


def _rows(ask: Ask) -> Sequence[HandOverRow]:
    return queries_hand_overs.hand_overs(
        ask.actor, **ask.conditions, today=ask.today, window=ask.window
    )


def _subjects(rows: Sequence[HandOverRow]) -> tuple[str, ...]:
    found = [who.uid for row in rows for who in (row.leaver, row.successor) if who]
    return tuple(dict.fromkeys(found))


HAND_OVERS = Listing(
    route="console:hand-overs",
    title="인계인수",
    name="인계인수 목록",
    unit="건",
    template="console/organisation/hand_overs.html",
    open_to=queries.why_not_see_organisation,
    rows=_rows,
    columns=(
        ListColumn(
            "post",
            "자리",
            lambda row: link(row.post_name, reverse("console:hand-over", args=[row.uid])),
            value=lambda row: row.post_name,
            names_row=True,
        ),
        ListColumn(
            "leaver",
            "인계자",
            lambda row: row.leaver.name,
            value=lambda row: row.leaver.name,
            is_personal=True,
        ),
        ListColumn(
            "successor",
            "인수자",
            lambda row: text(row.successor.name if row.successor else ""),
            value=lambda row: row.successor.name if row.successor else "",
            is_personal=True,
        ),
        ListColumn(
            "on", "인계일", lambda row: day(row.on), value=lambda row: row.on, kind="date",
            sort="on",
        ),
        ListColumn(
            "due", "확인 기한", lambda row: day(row.due_on), value=lambda row: row.due_on,
            kind="date", sort="due",
        ),
        ListColumn(
            "state", "상태", lambda row: hand_over_rows.state(row, days.today()),
            value=lambda row: hand_over_rows.progress(row, days.today())[1], kind="status",
        ),
    ),
    filters=(Choice("state", "상태", STATES), Flag("is_mine", "내 것만")),
    sort="-on",
    subjects=_subjects,
    empty="볼 수 있는 인계인수서가 없습니다.",
    nothing="조건에 맞는 인계인수서가 없습니다.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of the sheet, leading to what it is about."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A section of the sheet as the page shows it."""

    title: str
    count: int
    lines: tuple[SheetLine, ...]


PLACES = {"post": AddressOf("console:organisation-post"), "unit": posts.unit_address}
"""Where lines lead besides the pages that everybody knows (`things`)."""


def _line(line: HandOverLine) -> SheetLine:
    place = PLACES.get(line.kind)
    url = place(line.uid) if place else things.address(line.kind, line.uid)
    return SheetLine(line.text, url)


@require_safe
@open_to(queries.why_not_see_organisation)
def hand_over(request: MokminRequest, uid: str) -> HttpResponse:
    """The sheet: made by itself until it is acknowledged, frozen from then on."""
    card = _card(request, uid)
    sections = handover.content(card.hand_over)
    named = (who for section in sections for line in section.lines for who in line.people)
    subjects = tuple(dict.fromkeys((*_subjects([card.row]), *named)))
    note_personal(request, Handling.VIEW, PAGE, subjects=subjects)
    context = {
        "card": card,
        "row": card.row,
        "state": hand_over_rows.state(card.row, days.today()),
        "sections": [
            SheetSection(section.title, section.count, tuple(map(_line, section.lines)))
            for section in sections
        ],
        "remark": card.hand_over.remark,
        "is_late": _is_late(card.row, days.today()),
        "print_log": printing.address(request, PAGE, subjects),
    }
    return TemplateResponse(request, "console/organisation/hand_over.html", context)


def _is_late(row: HandOverRow, today: date) -> bool:
    return row.acknowledged_at is None and row.due_on < today


def _card(request: MokminRequest, uid: str) -> HandOverCard:
    card = queries_hand_overs.hand_over(uid, request.actor, today=days.today())
    if card is None:
        raise Http404
    return card


class RemarkForm(StaffForm):
    """What the leaver wants the successor to know."""

    has_draft = True

    remark = forms.CharField(
        label="인계자 의견",
        help_text="진행 중인 일, 조심할 것, 연락할 곳처럼 자료에 없는 것을 적어 주세요.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_see_organisation)
def remark(request: MokminRequest, uid: str) -> HttpResponse:
    """The leaver writes what the sheet cannot know."""
    card = _card(request, uid)
    form = flow.form_of(request, RemarkForm, initial={"remark": card.hand_over.remark})

    def write(values: dict[str, Any]) -> str:
        actions_hand_over.remark(
            card.hand_over, values["remark"], actor=request.actor, at=timezone.now()
        )
        messages.success(request, "의견을 저장했습니다.")
        return reverse("console:hand-over", args=[uid])

    def page() -> HttpResponse:
        context = {"form": form, "row": card.row, "why_not": card.why_not_remark or ""}
        return TemplateResponse(request, "console/organisation/hand_over_remark.html", context)

    return flow.answer(request, form, do=write, page=page)


class AcknowledgeForm(StaffForm):
    """Nothing to write: the button is the consent."""


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_see_organisation)
def acknowledge(request: MokminRequest, uid: str) -> HttpResponse:
    """The successor says that everything was taken over; the content freezes."""
    card = _card(request, uid)
    form = flow.form_of(request, AcknowledgeForm)

    def consent(_values: dict[str, Any]) -> str:
        actions_hand_over.acknowledge(card.hand_over, actor=request.actor, at=timezone.now())
        messages.success(request, "인수를 확인했습니다. 인계인수서가 이대로 보관됩니다.")
        return reverse("console:hand-over", args=[uid])

    def page() -> HttpResponse:
        context = {"form": form, "row": card.row, "why_not": card.why_not_acknowledge or ""}
        name = "console/organisation/hand_over_acknowledge.html"
        return TemplateResponse(request, name, context)

    return flow.answer(request, form, do=consent, page=page)


class SuccessorForm(DemandingForm, ReasonForm):
    """Who takes over, and why it is named by hand."""

    needed = ("person", "reason")
    demanded = {
        "person": "인수할 사람을 골라 주세요.",
        "reason": "사유를 적어 주세요. 기록에 남습니다.",
    }
    told_at = {"successor": "person"}
    field_order = ("person", "reason")

    person = PersonField(label="인수자")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_see_organisation)
def successor(request: MokminRequest, uid: str) -> HttpResponse:
    """An administrator or a head names who takes over while the post stands empty."""
    card = _card(request, uid)
    form = flow.form_of(request, SuccessorForm)

    def name(values: dict[str, Any]) -> str:
        person = people.record(values["person"])
        if person is None:
            raise Invalid({"person": "인수할 사람을 골라 주세요."})
        actions_hand_over.name_successor(
            card.hand_over,
            person,
            reason=values["reason"],
            actor=request.actor,
            at=timezone.now(),
        )
        messages.success(request, "인수자를 정했습니다.")
        return reverse("console:hand-over", args=[uid])

    def page() -> HttpResponse:
        context = {"form": form, "row": card.row, "why_not": card.why_not_name_successor or ""}
        return TemplateResponse(request, "console/organisation/hand_over_successor.html", context)

    return flow.answer(request, form, do=name, page=page)
