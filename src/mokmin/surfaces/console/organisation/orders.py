"""Orders (인사발령): the list, one with what it did to each person, taking one back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.access.states import Handling
from mokmin.foundation.files import queries as files
from mokmin.foundation.orgs import actions, planning, queries, queries_changes
from mokmin.foundation.orgs.queries_changes import OrderCard, OrderLineRow, OrderRow
from mokmin.lib.korean import josa, quoted
from mokmin.surfaces.console import printing
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.files import attached
from mokmin.surfaces.console.organisation import days, posts
from mokmin.surfaces.kit.forms import flow
from mokmin.surfaces.kit.forms.base import ReasonForm
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.lists.declared import Ask, ListColumn, Listing
from mokmin.surfaces.kit.lists.filters import Choice, Day, Text
from mokmin.surfaces.kit.rows import Column, day, link, moment, number, text, tr, with_note
from mokmin.surfaces.kit.tones import status

PAGE = "인사발령"
STATES = (("planned", "예정"), ("done", "시행함"), ("undone", "취소함"))
LINE_COLUMNS = (
    Column("성명", names_row=True),
    Column("구분", "status"),
    Column("이전 자리"),
    Column("새 자리"),
    Column("비고"),
)


def state(row: OrderRow) -> SafeString:
    """How far it has come."""
    return status(*progress(row))


def progress(row: OrderRow) -> tuple[str, str]:
    """The same as its tone and its word."""
    if row.undone_at:
        return "idle", "취소함"
    return ("info", "예정") if row.on > days.today() else ("done", "시행함")


def _rows(ask: Ask) -> Sequence[OrderRow]:
    return queries_changes.orders(**ask.conditions, today=ask.today, window=ask.window)


ORDERS = Listing(
    route="console:orders",
    title="인사발령",
    name="인사발령 목록",
    unit="건",
    template="console/organisation/orders.html",
    open_to=queries.why_not_see_organisation,
    rows=_rows,
    columns=(
        ListColumn(
            "title",
            "제목",
            lambda row: link(
                row.title, reverse("console:order", args=[row.uid]), note=row.number
            ),
            value=lambda row: row.title,
            names_row=True,
        ),
        ListColumn(
            "number", "문서번호", lambda row: text(row.number), value=lambda row: row.number,
            is_hidden=True,
        ),
        ListColumn(
            "on", "발령일", lambda row: day(row.on), value=lambda row: row.on, kind="date",
            sort="on",
        ),
        ListColumn(
            "people",
            "인원",
            lambda row: number(row.people, "명"),
            value=lambda row: row.people,
            kind="number",
        ),
        ListColumn(
            "ordered",
            "등록",
            lambda row: with_note(moment(row.ordered_at), row.ordered_by),
            value=lambda row: row.ordered_at,
            sort="ordered",
        ),
        ListColumn(
            "state", "상태", state, value=lambda row: progress(row)[1], kind="status"
        ),
    ),
    filters=(
        Text("word", "제목·문서번호"),
        Day("since", "발령일부터"),
        Day("until", "발령일까지"),
        Choice("state", "상태", STATES),
    ),
    sort="-on",
    empty="아직 등록한 인사발령이 없습니다.",
    nothing="조건에 맞는 인사발령이 없습니다.",
    context=lambda request: {
        "why_not_change": queries.why_not_change_organisation(request.actor) or ""
    },
)  # fmt: skip


@require_safe
@open_to(queries.why_not_see_organisation)
def order(request: MokminRequest, uid: str) -> HttpResponse:
    """One order: what it did to each person."""
    card = _card(uid)
    subjects = tuple(dict.fromkeys(line.person for line in card.lines))
    note_personal(request, Handling.VIEW, PAGE, subjects=subjects)
    record = card.order.record
    context = {
        "row": card.row,
        "state": state(card.row),
        "why_undone": card.why_undone,
        "takes_files": record is not None,
        "files": attached.attachments(files.of_record(record, request.actor)) if record else (),
        "columns": LINE_COLUMNS,
        "rows": [_line(line) for line in card.lines],
        "can_change": queries.why_not_change_organisation(request.actor) is None,
        "why_not_undo": planning.why_too_late(card.order, actor=request.actor, today=days.today())
        or "",
        "print_log": printing.address(request, PAGE, subjects),
    }
    return TemplateResponse(request, "console/organisation/order.html", context)


def _card(uid: str) -> OrderCard:
    card = queries_changes.order(uid)
    if card is None:
        raise Http404
    return card


def _line(line: OrderLineRow) -> SafeString:
    return tr(
        LINE_COLUMNS,
        (
            format_html('<a href="{}">{}</a>', posts.person_url(line.person), line.name),
            status("info", line.verb.label),
            text(line.before),
            text(line.after),
            text(line.note),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_change_organisation)
def undo(request: MokminRequest, uid: str) -> HttpResponse:
    """Take it back, for a reason, until its day."""
    found = queries_changes.order_record(uid)
    if found is None:
        raise Http404
    form = flow.form_of(request, ReasonForm)

    def take_back(values: dict[str, Any]) -> str:
        actions.undo_order(found, reason=values["reason"], actor=request.actor, at=timezone.now())
        is_planned = found.on > days.today()
        what = "모두 지금 자리 그대로입니다." if is_planned else "모두 그 전의 자리로 돌아갔습니다."
        messages.success(request, f"인사발령을 취소했습니다. {what}")
        return reverse("console:order", args=[uid])

    def page() -> HttpResponse:
        why_not = planning.why_not_undo_order(found, actor=request.actor, today=days.today())
        named = josa(quoted(found.title), "을/를")
        context = {"form": form, "row": found, "named": named, "why_not": why_not or ""}
        return TemplateResponse(request, "console/organisation/order_undo.html", context)

    return flow.answer(request, form, do=take_back, page=page)
