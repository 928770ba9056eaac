"""Notices (알림): the inbox, one notice, and how a person wants to be told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Handling
from mokmin.foundation.notices import actions, kinds, queries
from mokmin.foundation.notices.queries import NoticeRow
from mokmin.foundation.orgs import queries_hand_overs
from mokmin.surfaces.console.doors import open_to_staff
from mokmin.surfaces.kit import things
from mokmin.surfaces.kit.forms import flow
from mokmin.surfaces.kit.forms.base import StaffForm
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.lists.declared import Ask, Bulk, ListColumn, Listing
from mokmin.surfaces.kit.lists.filters import Choice, Day
from mokmin.surfaces.kit.rows import moment, text, with_note
from mokmin.surfaces.kit.tones import status

STATES = (("unread", "읽지 않음"), ("read", "읽음"))


def _rows(ask: Ask) -> list[NoticeRow]:
    return list(queries.inbox(ask.actor, **ask.conditions, window=ask.window))


def _title(row: NoticeRow) -> SafeString:
    """A button that opens the thing and marks the notice as read, without a script too."""
    style = "mk-notice-open is-unread" if row.read_at is None else "mk-notice-open"
    button = format_html(
        '<button class="{}" type="submit" form="open-notice" formaction="{}">{}</button>',
        style,
        reverse("console:notice", args=[row.uid]),
        row.title,
    )
    return format_html("<div>{}</div>", with_note(button, row.body))


def _state(row: NoticeRow) -> SafeString:
    return status("idle", "읽음") if row.read_at else status("info", "읽지 않음")


def _subjects(rows: Sequence[NoticeRow]) -> tuple[str, ...]:
    """Who hands over: such a notice names them."""
    sheets = {row.about for row in rows if row.kind == kinds.HAND_OVER.slug}
    return queries_hand_overs.leavers(sheets) if sheets else ()


def mark_one(uid: str, _values: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Mark one notice as read, as one of several."""
    actions.mark_read([uid], actor=actor, at=at)


NOTICES = Listing(
    route="console:notices",
    title="알림",
    unit="건",
    open_to=access.why_not_staff,
    rows=_rows,
    template="console/notices.html",
    columns=(
        ListColumn("title", "알림", _title, value=lambda row: row.title, names_row=True,
                   is_personal=True),
        ListColumn("body", "내용", lambda row: text(row.body), value=lambda row: row.body,
                   is_hidden=True, is_personal=True),
        ListColumn("kind", "종류", lambda row: text(row.kind_label),
                   value=lambda row: row.kind_label),
        ListColumn("at", "알린 때", lambda row: moment(row.at), value=lambda row: row.at,
                   kind="date", sort="at"),
        ListColumn("state", "상태", _state,
                   value=lambda row: "읽음" if row.read_at else "읽지 않음",
                   kind="status", sort="waiting"),
    ),
    filters=(
        Choice("state", "상태", STATES),
        Choice("kind", "종류", lambda _actor: kinds.choices()),
        Day("since", "알린 첫날"),
    ),
    sort="-waiting",
    subjects=_subjects,
    bulk=(Bulk("read", "읽음으로 표시", mark_one, open_to=access.why_not_staff),),
    empty="받은 알림이 없습니다.",
    nothing="조건에 맞는 알림이 없습니다.",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_staff
def notice(request: MokminRequest, uid: str) -> HttpResponse:
    """One notice; a POST marks it as read and goes on to what it is about."""
    row = queries.notice(request.actor, uid)
    if row is None:
        raise Http404
    url = things.address(row.kind, row.about)
    if request.method == "POST":
        actions.mark_read([uid], actor=request.actor, at=timezone.now())
        return HttpResponseRedirect(url or reverse("console:notices"), status=303)
    if subjects := _subjects([row]):
        note_personal(request, Handling.VIEW, NOTICES.said_name, subjects=subjects)
    context = {"row": row, "has_page": bool(url)}
    return TemplateResponse(request, "console/notice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_staff
def read_all(request: MokminRequest) -> HttpResponse:
    """Mark everything as read, after one more question."""
    if request.method == "POST":
        count = actions.mark_all_read(actor=request.actor, at=timezone.now())
        said = f"{count:,}건을 읽음으로 표시했습니다." if count else "읽지 않은 알림이 없습니다."
        messages.success(request, said)
        return HttpResponseRedirect(reverse("console:notices"), status=303)
    return TemplateResponse(request, "console/notices_read_all.html", {})


class ChoiceForm(StaffForm):
    """Whether the daily letter is wanted."""

    has_digest = forms.BooleanField(
        label="하루 한 번 메일로 받기",
        help_text="근무일 아침 8시에, 그때까지 읽지 않은 알림을 메일 한 통으로 보냅니다. 읽지 않은 "
        "것이 없으면 보내지 않습니다.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_staff
def choices(request: MokminRequest) -> HttpResponse:
    """How this person wants to be told."""
    form = flow.form_of(
        request, ChoiceForm, initial={"has_digest": queries.has_digest(request.actor)}
    )

    def choose(values: dict[str, Any]) -> str:
        actions.choose(has_digest=values["has_digest"], actor=request.actor)
        messages.success(request, "알림 설정을 저장했습니다.")
        return reverse("console:notice-choices")

    def page() -> HttpResponse:
        context = {"form": form, "last": queries.last_digest(request.actor)}
        return TemplateResponse(request, "console/notice_choices.html", context)

    return flow.answer(request, form, do=choose, page=page)
