"""Jobs (작업): what runs in the background, how far it is, and stopping it."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.access import queries as access
from mokmin.foundation.jobs import actions, queries
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.queries import JobRow
from mokmin.foundation.jobs.states import JobState
from mokmin.surfaces.console.doors import open_to_staff
from mokmin.surfaces.kit.addresses import AddressOf
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.lists.declared import Ask, ListColumn, Listing
from mokmin.surfaces.kit.lists.filters import Choice, Day
from mokmin.surfaces.kit.rows import link, moment, text
from mokmin.surfaces.kit.tones import status

url = AddressOf("console:job")
FILE = AddressOf("console:file")
TONES = {
    JobState.QUEUED: "idle",
    JobState.RUNNING: "info",
    JobState.DONE: "ok",
    JobState.FAILED: "late",
    JobState.CANCELLED: "idle",
}


def _jobs(ask: Ask) -> Sequence[JobRow]:
    """Own jobs; everybody's for an administrator, unless they want their own."""
    asked = dict(ask.conditions)
    everyone = queries.why_not_see_all(ask.actor) is None and asked.pop("whose", "") != "own"
    return queries.jobs(ask.actor, window=ask.window, everyone=everyone, **asked)


def _word(job: JobRow) -> str:
    if job.is_open and job.percent is not None:
        return f"{job.state.label} {job.percent}%"
    return job.state.label


JOBS = Listing(
    route="console:jobs",
    title="작업",
    name="작업 목록",
    template="console/jobs.html",
    open_to=access.why_not_staff,
    rows=_jobs,
    sort="-asked",
    columns=(
        ListColumn(
            "title", "작업",
            lambda job: link(job.title, url(job.uid), note=job.error or job.message),
            value=lambda job: job.title, names_row=True,
        ),
        ListColumn("state", "상태", lambda job: status(TONES[job.state], _word(job)),
                   value=_word, kind="status"),
        ListColumn("asker", "요청한 사람", lambda job: text(job.asked_by_name),
                   value=lambda job: job.asked_by_name),
        ListColumn("asked", "요청한 때", lambda job: moment(job.asked_at),
                   value=lambda job: job.asked_at, kind="date", sort="asked"),
        ListColumn("started", "시작한 때", lambda job: moment(job.started_at),
                   value=lambda job: job.started_at, kind="date", is_hidden=True),
        ListColumn("ended", "끝난 때", lambda job: moment(job.ended_at),
                   value=lambda job: job.ended_at, kind="date"),
    ),
    filters=(
        Choice("state", "상태", JobState.choices),
        Day("since", "요청한 첫날"),
        Choice("whose", "누구의 작업", (("own", "내가 요청한 것"),), blank="모든 사람",
               open_to=queries.why_not_see_all),
    ),
    empty="요청한 작업이 없습니다.",
    nothing="조건에 맞는 작업이 없습니다.",
    context=lambda _request: {"is_idle": queries.workers_alive() == 0},
)  # fmt: skip


@require_safe
@open_to_staff
def job(request: MokminRequest, uid: str) -> HttpResponse:
    """One job; while it is open the page asks again by itself for the part that changes."""
    template = "console/job.html"
    if request.headers.get("HX-Request"):
        template += "#job"
    found = _found(request, uid)
    result = found.result if isinstance(found.result, Mapping) else {}
    context = {
        "job": found,
        "tone": TONES[found.state],
        "result": result.get("sentence", ""),
        "file": FILE(result["file"]) if "file" in result else "",
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
