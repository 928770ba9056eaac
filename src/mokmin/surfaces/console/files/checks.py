"""Whether every file is there and is what it was (파일 무결성 점검)."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.files import queries
from mokmin.foundation.files.queries import CheckRow, FaultRow
from mokmin.foundation.files.states import Fault
from mokmin.foundation.files.tasks import check_files
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.jobs import queries as running
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.kit.addresses import AddressOf
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.lists.declared import Ask, ListColumn, Listing
from mokmin.surfaces.kit.rows import Column, link, moment, number, text, tr, with_note
from mokmin.surfaces.kit.tones import status

SHOWN = 200
url = AddressOf("console:file-check")

TONES = {Fault.MISSING: "late", Fault.CHANGED: "late", Fault.UNKNOWN: "warn"}
MENDING = {
    Fault.MISSING: "백업 폴더의 files에서 같은 해시의 파일을 찾아 제자리에 두면 되살아납니다.",
    Fault.CHANGED: "백업의 것으로 바꾸어 주세요. 같은 파일을 다시 올려도 바로잡힙니다.",
    Fault.UNKNOWN: "목민이 둔 파일이 아닙니다. 누가 두었는지 확인한 뒤 옮겨 주세요.",
}
COLUMNS = (
    Column("판정", "status"),
    Column("파일과 내용의 해시", names_row=True),
    Column("바로잡는 방법"),
)


def word(row: CheckRow) -> tuple[str, str]:
    """How a check stands: tone and word."""
    if row.is_running:
        return "info", "점검하는 중"
    if row.fault_count:
        return "late", f"이상 {row.fault_count:,}건"
    return ("ok", "이상 없음") if row.is_whole else ("idle", "끝까지 보지 못함")


def _rows(ask: Ask) -> Sequence[CheckRow]:
    return queries.checks(window=ask.window)


CHECKS = Listing(
    route="console:file-checks",
    title="파일 무결성 점검",
    open_to=queries.why_not_see_checks,
    rows=_rows,
    sort="-begun",
    unit="번",
    template="console/files/checks.html",
    columns=(
        ListColumn("begun", "시작한 때", lambda row: link(_begun(row), url(row.uid)),
                   value=lambda row: row.begun_at, sort="begun", names_row=True),
        ListColumn("state", "결과", lambda row: status(*word(row)), value=lambda row: word(row)[1],
                   kind="status"),
        ListColumn("count", "본 파일 내용", lambda row: number(row.blob_count, "개"),
                   value=lambda row: row.blob_count, kind="number"),
        ListColumn("size", "본 크기", lambda row: text(row.size_text),
                   value=lambda row: row.size_text, kind="number"),
        ListColumn("ended", "끝난 때", lambda row: moment(row.ended_at),
                   value=lambda row: row.ended_at, kind="date"),
    ),
    empty="아직 점검한 적이 없습니다.",
    context=lambda request: {
        "last": queries.last_whole_check(),
        "why_not": queries.why_not_check(request.actor) or "",
    },
)  # fmt: skip


def _begun(row: CheckRow) -> SafeString:
    return moment(row.begun_at)


@require_safe
@open_to(queries.why_not_see_checks)
def check(request: MokminRequest, uid: str) -> HttpResponse:
    """One check with everything that it found."""
    found = queries.check(uid)
    if found is None:
        raise Http404
    faults = queries.faults(uid, request.actor, limit=SHOWN)
    tone, said = word(found)
    context = {
        "check": found,
        "tone": tone,
        "word": said,
        "columns": COLUMNS,
        "rows": [_fault(row) for row in faults],
        "more": max(0, found.fault_count - len(faults)),
    }
    return TemplateResponse(request, "console/files/check.html", context)


def _fault(row: FaultRow) -> SafeString:
    return tr(
        COLUMNS,
        (status(TONES[row.fault], row.fault.label), _which(row), text(MENDING[row.fault])),
    )


def _which(row: FaultRow) -> SafeString:
    """The files that have the content, above its hash; a file that nobody knows, by its path."""
    if row.fault == Fault.UNKNOWN:
        return text(row.place)
    return with_note(text(", ".join(row.names) or "볼 수 없는 기록의 파일"), row.place)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_check)
def start(request: MokminRequest) -> HttpResponse:
    """Have all files checked now, as a job that can be watched and cancelled."""
    if request.method == "POST":
        job = jobs.enqueue(check_files, actor=request.actor, at=timezone.now())
        messages.success(request, "점검을 시작했습니다. 끝나면 점검 목록에 결과가 남습니다.")
        return HttpResponseRedirect(reverse("console:job", args=[job.uid]), status=303)
    context = {"is_idle": running.workers_alive() == 0}
    return TemplateResponse(request, "console/files/check_start.html", context)
