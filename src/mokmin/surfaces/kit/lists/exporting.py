"""Downloading a list (내려받기): asked for with its reason; what is long is made by a job."""

from io import BytesIO
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header

from mokmin.foundation.access.states import Handling
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.jobs.kinds import TASKS
from mokmin.foundation.people import queries as people
from mokmin.foundation.tenancy.keyset import Window
from mokmin.lib.errors import Invalid
from mokmin.surfaces.kit.addresses import AddressOf
from mokmin.surfaces.kit.forms.base import StaffForm
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.lists import asked, parts
from mokmin.surfaces.kit.lists.asked import Asked
from mokmin.surfaces.kit.lists.declared import Listing, asks
from mokmin.surfaces.kit.lists.files import EXPORT, FORMATS, MEDIA, Wanted, columns_of

LIMIT = 5_000
"""Rows that are written while the reader waits."""

JOB = AddressOf("console:job")


class ExportForm(StaffForm):
    """Which format and columns, and why personal data leaves the system."""

    needed = ("format", "reason")
    swaps = False

    format = forms.ChoiceField(
        label="파일 형식",
        choices=tuple(FORMATS.items()),
        initial="xlsx",
        widget=forms.RadioSelect,
    )
    has_all = forms.BooleanField(label="숨긴 칸도 모두 담기", required=False)
    reason = forms.CharField(
        label="내려받는 사유",
        help_text="개인정보를 내려받은 사유는 접속기록에 남습니다. 근거: 「개인정보의 안전성 "
        "확보조치 기준」 제8조.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, listing: Listing, state: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = columns_of(listing, state, has_all=False)
        if columns_of(listing, state, has_all=True) == shown:
            del self.fields["has_all"]
        if not (state.is_personal or any(column.is_personal for column in listing.columns)):
            del self.fields["reason"]


def page(request: MokminRequest, listing: Listing) -> HttpResponse:
    """Ask what is wanted and why; answer the file, or lead to the job that makes it."""
    state = asked.read(listing, request.GET, request.actor)
    form = ExportForm(request.POST or None, listing=listing, state=state)
    if request.method == "POST" and not state.problems and form.has_done(_judge):
        return _answer(request, listing, state, form.cleaned_data)
    context = {
        "listing": listing,
        "form": form,
        "limit": f"{LIMIT:,}",
        "told": parts.told(listing, state, request.actor),
        "problems": [
            f"{each.label}: {state.problems[each.name]}"
            for each in state.filters
            if each.name in state.problems
        ],
        "back": f"{listing.address()}{state.address()}",
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "lists/export.html", context, status=status)


def _judge(values: dict[str, Any]) -> None:
    """A download of personal data without its reason is refused; raises Invalid."""
    problems = {}
    if values["format"] not in FORMATS:
        problems["format"] = "파일 형식을 골라 주세요."
    if "reason" in values:
        problems |= people.problems_of_reason(values["reason"])
    if problems:
        raise Invalid(problems)


def _answer(
    request: MokminRequest, listing: Listing, state: Asked, values: dict[str, Any]
) -> HttpResponse:
    ask = asks(request, Window(state.sort), state.conditions)
    has_all, reason = values.get("has_all", False), values.get("reason", "")
    wanted = Wanted(listing, state, ask, values["format"], has_all)
    if wanted.exceeds(LIMIT):
        job = jobs.enqueue(
            TASKS[EXPORT],
            actor=ask.actor,
            at=ask.at,
            called=f"{listing.said_name} 내려받기"[:120],
            route=listing.route,
            query=state.query,
            file_format=wanted.format,
            has_all=has_all,
            reason=reason,
        )
        return HttpResponseRedirect(JOB(job.uid), status=303)
    stream = BytesIO()
    wanted.write(stream, wanted.batches())
    if wanted.is_personal:
        name, whose = listing.said_name, tuple(wanted.subjects)
        note_personal(request, Handling.DOWNLOAD, name, subjects=whose, reason=reason)
    response = HttpResponse(stream.getvalue(), content_type=MEDIA[wanted.format])
    response["Content-Disposition"] = content_disposition_header(True, wanted.name)  # noqa: FBT003  # Django's
    return response
