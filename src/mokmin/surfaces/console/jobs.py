"""Jobs (작업): what runs in the background, how far it is, and stopping it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.jobs import actions, queries
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.queries import JobRow
from mokmin.foundation.jobs.states import JobState
from mokmin.surfaces.console import lists
from mokmin.surfaces.console.doors import open_to_staff
from mokmin.surfaces.console.forms import Filters, date_input
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.pager import pager
from mokmin.surfaces.kit.rows import Column, link, moment, text, tr
from mokmin.surfaces.kit.tones import status

COLUMNS = (
    Column("작업", names_row=True),
    Column("상태", "status"),
    Column("요청한 사람"),
    Column("요청한 때", "date"),
    Column("끝난 때", "date"),
)
TONES = {
    JobState.QUEUED: "idle",
    JobState.RUNNING: "info",
    JobState.DONE: "ok",
    JobState.FAILED: "late",
    JobState.CANCELLED: "idle",
}


class JobFilters(Filters):
    """Which jobs are looked for; whose, by an administrator only."""

    state = forms.ChoiceField(
        label="상태", required=False, choices=[("", "모두"), *JobState.choices]
    )
    since = forms.DateField(label="요청한 첫날", required=False, widget=date_input())
    whose = forms.ChoiceField(
        label="누구의 작업", required=False, choices=[("", "모든 사람"), ("own", "내가 요청한 것")]
    )

    def __init__(self, *args: Any, sees_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_all:
            del self.fields["whose"]


@require_safe
@open_to_staff
def jobs(request: MokminRequest) -> HttpResponse:
    """Own jobs, newest first; everybody's for an administrator."""
    sees_all = queries.why_not_see_all(request.actor) is None
    filters = JobFilters(request.GET, sees_all=sees_all)
    asked = filters.asked
    page = queries.page(
        request.actor,
        everyone=sees_all and asked.get("whose", "") != "own",
        state=asked.get("state", ""),
        since=asked.get("since"),
        before=lists.key(request),
        size=lists.SIZE,
    )
    context = {
        "filters": filters,
        "is_narrowed": any(asked.values()),
        "columns": COLUMNS,
        "rows": [_row(job) for job in page.rows],
        "summary": lists.summary(request, page.rows, unit="건", has_more=bool(page.next_before)),
        "pager": pager(request.GET, next_key=page.next_before),
        "is_idle": queries.workers_alive() == 0,
    }
    return TemplateResponse(request, "console/jobs.html", context)


def _row(job: JobRow) -> SafeString:
    word = job.state.label
    if job.is_open and job.percent is not None:
        word = f"{word} {job.percent}%"
    return tr(
        COLUMNS,
        (
            link(job.title, reverse("console:job", args=[job.uid]), note=job.error or job.message),
            status(TONES[job.state], word),
            text(job.asked_by_name),
            moment(job.asked_at),
            moment(job.ended_at),
        ),
    )


@require_safe
@open_to_staff
def job(request: MokminRequest, uid: str) -> HttpResponse:
    """One job; while it is open the page asks again by itself for the part that changes."""
    template = "console/job.html"
    if request.headers.get("HX-Request"):
        template += "#job"
    found = _found(request, uid)
    context = {
        "job": found,
        "tone": TONES[found.state],
        "result": found.result.get("sentence", "") if isinstance(found.result, Mapping) else "",
        "is_idle": found.is_open and queries.workers_alive() == 0,
        "cancel": reverse("console:job-cancel", args=[uid]),
    }
    response = TemplateResponse(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_staff
def cancel(request: MokminRequest, uid: str) -> HttpResponse:
    """Ask to cancel, after one more question."""
    found = _found(request, uid)
    if request.method == "POST":
        record = queries.visible_to(request.actor).get(uid=uid)
        actions.ask_cancel(record, actor=request.actor, at=timezone.now())
        messages.success(request, "취소를 요청했습니다. 하던 단계를 마치면 멈춥니다.")
        return HttpResponseRedirect(reverse("console:job", args=[uid]), status=303)
    return TemplateResponse(request, "console/job_cancel.html", {"job": found})


def _found(request: MokminRequest, uid: str) -> JobRow:
    try:
        return queries.one(request.actor, uid)
    except Job.DoesNotExist:
        raise Http404 from None
