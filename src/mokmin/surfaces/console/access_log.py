"""The access log (개인정보 접속기록): the list and its download."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.access import queries
from mokmin.foundation.access.models import AccessEntry
from mokmin.foundation.access.states import Handling
from mokmin.foundation.people import queries as people
from mokmin.surfaces.console import exports, lists, printing
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.forms import Filters, date_input
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.pager import pager
from mokmin.surfaces.kit.rows import Column, link, moment, number, text, tr, with_note
from mokmin.surfaces.kit.tones import status

PAGE = "개인정보 접속기록"
NAMED = 3
"""How many people of one entry are named on the list; the file has them all."""

COLUMNS = (
    Column("접속일시", "date", names_row=True),
    Column("처리자"),
    Column("접속지"),
    Column("수행업무", "status"),
    Column("화면과 사유"),
    Column("정보주체"),
)
TONES = {
    Handling.DOWNLOAD: "warn",
    Handling.PRINT: "warn",
    Handling.DELETE: "late",
    Handling.SIGN_IN_FAILED: "late",
    Handling.CREATE: "info",
    Handling.UPDATE: "info",
}
EXPORTED = (
    "접속일시", "식별자", "이름", "접속지", "수행업무", "화면", "정보주체 수", "정보주체", "사유",
    "요청 번호",
)  # fmt: skip


class EntryFilters(Filters):
    """Which entries are looked for."""

    since = forms.DateField(label="첫날", required=False, widget=date_input())
    until = forms.DateField(label="끝날", required=False, widget=date_input())
    handling = forms.ChoiceField(
        label="수행업무", required=False, choices=[("", "모두"), *Handling.choices]
    )
    word = forms.CharField(label="처리자·화면·사유", required=False)

    @property
    def conditions(self) -> dict[str, Any]:
        """What the query takes."""
        asked = self.asked
        return {
            "since": asked.get("since"),
            "until": asked.get("until"),
            "handling": asked.get("handling", ""),
            "word": asked.get("word", ""),
        }


@require_safe
@open_to(queries.why_not_see_access_log)
def entries(request: MokminRequest) -> HttpResponse:
    """The list, newest first; looking into it is itself an entry."""
    filters = EntryFilters(request.GET)
    before = lists.unsealed(lists.key(request))
    found, last = lists.cut(
        queries.entries(**filters.conditions, before_id=before, limit=lists.SIZE + 1)
    )
    handlers = [entry.person_uid for entry in found if entry.person_uid]
    shown = [uid for entry in found for uid in entry.subject_uids[:NAMED]]
    names = people.names(shown)
    subjects = tuple(dict.fromkeys([*handlers, *shown]))
    note_personal(request, Handling.VIEW, PAGE, subjects=subjects)
    context = {
        "filters": filters,
        "columns": COLUMNS,
        "rows": [_row(entry, names) for entry in found],
        "summary": lists.summary(request, found, unit="건", has_more=last is not None),
        "pager": pager(request.GET, next_key=lists.sealed(last.pk) if last else ""),
        "print_log": printing.address(request, PAGE, subjects),
        "asked": request.GET.urlencode(),
    }
    return TemplateResponse(request, "console/access_log.html", context)


def _row(entry: AccessEntry, names: Mapping[str, str]) -> SafeString:
    handling = Handling(entry.handling)
    return tr(
        COLUMNS,
        (
            moment(entry.at),
            with_note(text(entry.name), entry.identifier),
            text(entry.address or ""),
            status(TONES.get(handling, "idle"), handling.label),
            with_note(text(entry.page), entry.reason),
            _subjects(entry, names),
        ),
    )


def _subjects(entry: AccessEntry, names: Mapping[str, str]) -> SafeString:
    """Whose data it was: the first few by name, each leading to the person."""
    known = [uid for uid in entry.subject_uids[:NAMED] if uid in names]
    if not known:
        return number(entry.subject_count, "명") if entry.subject_count else text("")
    people_links = ((link(names[uid], reverse("console:person", args=[uid])),) for uid in known)
    rest = entry.subject_count - len(known)
    return with_note(format_html_join(", ", "{}", people_links), f"외 {rest:,}명" if rest else "")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_see_access_log)
def export(request: MokminRequest) -> HttpResponse:
    """The list as a file, for a reason that stands in the log itself."""
    form = exports.ExportForm(request.POST or None)
    filters = EntryFilters(request.GET)
    context = {
        "form": form,
        "title": "접속기록 내려받기",
        "back": f"{reverse('console:access-log')}?{request.GET.urlencode()}",
        "back_title": PAGE,
    }
    if request.method != "POST":
        return TemplateResponse(request, "console/export.html", context)
    if not form.has_done(exports.judge):
        return TemplateResponse(request, "console/export.html", context, status=422)
    found = queries.entries(**filters.conditions, limit=exports.LIMIT + 1)
    exports.within_limit(len(found))
    subjects = tuple(dict.fromkeys(entry.person_uid for entry in found if entry.person_uid))
    reason = form.cleaned_data["reason"]
    note_personal(request, Handling.DOWNLOAD, PAGE, subjects=subjects, reason=reason)
    rows = [_cells(entry) for entry in found]
    return exports.download("접속기록", columns=EXPORTED, rows=rows, at=timezone.now())


def _cells(entry: AccessEntry) -> tuple[object, ...]:
    return (
        entry.at,
        entry.identifier,
        entry.name,
        entry.address,
        entry.get_handling_display(),
        entry.page,
        entry.subject_count,
        " ".join(entry.subject_uids),
        entry.reason,
        entry.request_id,
    )
