"""Reorganisations (조직개편): the list, one with what it changed, taking one back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.access.states import Handling
from mokmin.foundation.files import queries as files
from mokmin.foundation.orgs import actions, planning, queries, queries_changes
from mokmin.foundation.orgs.queries_changes import ReorganisationCard, ReorganisationRow
from mokmin.foundation.orgs.values import ONE_DAY, AsOf
from mokmin.lib.korean import josa, quoted
from mokmin.surfaces.console import printing
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.files import attached
from mokmin.surfaces.console.organisation import days, preview, step_words
from mokmin.surfaces.console.organisation.step_choices import StepChoices
from mokmin.surfaces.kit.forms import flow
from mokmin.surfaces.kit.forms.base import ReasonForm
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.lists.declared import Ask, ListColumn, Listing
from mokmin.surfaces.kit.lists.filters import Choice, Text
from mokmin.surfaces.kit.rows import day, link, moment, number, with_note
from mokmin.surfaces.kit.tones import status

PAGE = "조직개편"
STATES = (("planned", "예정"), ("done", "시행함"), ("undone", "취소함"))


def state(row: ReorganisationRow) -> SafeString:
    """How far it has come."""
    return status(*progress(row))


def progress(row: ReorganisationRow) -> tuple[str, str]:
    """The same as its tone and its word."""
    if row.undone_at:
        return "idle", "취소함"
    return ("info", "예정") if row.on > days.today() else ("done", "시행함")


def _rows(ask: Ask) -> Sequence[ReorganisationRow]:
    return queries_changes.reorganisations(**ask.conditions, today=ask.today, window=ask.window)


REORGANISATIONS = Listing(
    route="console:reorganisations",
    title="조직개편",
    name="조직개편 목록",
    unit="건",
    template="console/organisation/reorganisations.html",
    open_to=queries.why_not_see_organisation,
    rows=_rows,
    columns=(
        ListColumn(
            "title",
            "제목",
            lambda row: link(row.title, reverse("console:reorganisation", args=[row.uid])),
            value=lambda row: row.title,
            names_row=True,
        ),
        ListColumn(
            "on",
            "시행일",
            lambda row: day(row.on),
            value=lambda row: row.on,
            kind="date",
            sort="on",
        ),
        ListColumn(
            "steps",
            "변경",
            lambda row: number(row.steps, "가지"),
            value=lambda row: row.steps,
            kind="number",
        ),
        ListColumn(
            "decided",
            "등록",
            lambda row: with_note(moment(row.decided_at), row.decided_by),
            value=lambda row: row.decided_at,
            sort="decided",
        ),
        ListColumn("state", "상태", state, value=lambda row: progress(row)[1], kind="status"),
    ),
    filters=(Text("word", "제목"), Choice("state", "상태", STATES)),
    sort="-on",
    empty="아직 등록한 조직개편이 없습니다.",
    nothing="조건에 맞는 조직개편이 없습니다.",
    context=lambda request: {
        "why_not_change": queries.why_not_change_organisation(request.actor) or ""
    },
)


@require_safe
@open_to(queries.why_not_see_organisation)
def reorganisation(request: MokminRequest, uid: str) -> HttpResponse:
    """One reorganisation: its steps, and what became of units and posts."""
    card = _card(uid)
    on, eve = card.row.on, card.row.on - ONE_DAY
    changed = {change.uid: change for change in card.units}
    choices = StepChoices(queries.chart_of(card.before, AsOf(eve)), card.steps)
    subjects = _subjects(card, choices)
    record = card.reorganisation.record
    context = {
        "row": card.row,
        "state": state(card.row),
        "why_undone": card.why_undone,
        "is_to_come": bool(card.row.undone_at) or on > days.today(),
        "eve": eve,
        "takes_files": record is not None,
        "files": attached.attachments(files.of_record(record, request.actor)) if record else (),
        "said": step_words.said(card.steps, choices),
        "before": preview.tree(card.before, eve, changed, is_after=False),
        "after": preview.tree(card.after, on, changed, is_after=True),
        "unit_columns": preview.UNIT_COLUMNS,
        "unit_rows": [preview.unit_row(change) for change in card.units],
        "post_columns": preview.POST_COLUMNS,
        "post_rows": [preview.post_row(change) for change in card.posts],
        "why_not_undo": planning.why_too_late(
            card.reorganisation, actor=request.actor, today=days.today()
        )
        or "",
        "can_change": queries.why_not_change_organisation(request.actor) is None,
        "print_log": printing.address(request, PAGE, subjects),
    }
    note_personal(request, Handling.VIEW, PAGE, subjects=subjects)
    return TemplateResponse(request, "console/organisation/reorganisation.html", context)


def _subjects(card: ReorganisationCard, choices: StepChoices) -> tuple[str, ...]:
    """Who is named: the holders of the posts that change, and of those that steps name."""
    uids = {change.uid for change in card.posts} | step_words.posts_named(card.steps)
    found = (held.person for uid in uids for held in choices.holdings(uid))
    return tuple(dict.fromkeys(found))


def _card(uid: str) -> ReorganisationCard:
    card = queries_changes.reorganisation(uid)
    if card is None:
        raise Http404
    return card


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_change_organisation)
def undo(request: MokminRequest, uid: str) -> HttpResponse:
    """Take it back, for a reason, until its day."""
    found = queries_changes.reorganisation_record(uid)
    if found is None:
        raise Http404
    form = flow.form_of(request, ReasonForm)

    def take_back(values: dict[str, Any]) -> str:
        actions.undo_reorganisation(
            found, reason=values["reason"], actor=request.actor, at=timezone.now()
        )
        is_planned = found.on > days.today()
        what = "조직은 지금 그대로입니다." if is_planned else "조직이 그 전으로 돌아갔습니다."
        messages.success(request, f"조직개편을 취소했습니다. {what}")
        return reverse("console:reorganisation", args=[uid])

    def page() -> HttpResponse:
        why_not = planning.why_not_undo_reorganisation(
            found, actor=request.actor, today=days.today()
        )
        named = josa(quoted(found.title), "을/를")
        context = {"form": form, "row": found, "named": named, "why_not": why_not or ""}
        return TemplateResponse(request, "console/organisation/reorganisation_undo.html", context)

    return flow.answer(request, form, do=take_back, page=page)
