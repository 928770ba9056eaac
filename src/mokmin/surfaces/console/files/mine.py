"""Files that were made for the person in front of the page (내 파일), and any file's download."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.states import Handling
from mokmin.foundation.files import actions, queries
from mokmin.foundation.files.models import StoredFile
from mokmin.foundation.files.queries import FileRow
from mokmin.lib.errors import Denied
from mokmin.surfaces.console.doors import open_to_staff
from mokmin.surfaces.kit.addresses import AddressOf
from mokmin.surfaces.kit.forms.base import ReasonForm
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.lists.declared import Ask, ListColumn, Listing
from mokmin.surfaces.kit.rows import link, moment

url = AddressOf("console:file")
removal = AddressOf("console:file-remove")
NOT_ASKED = "사유를 따로 묻지 않는 파일"
OVER = "보관 기한이 지난 파일입니다. 목록에서 다시 내려받아 주세요."


def _rows(ask: Ask) -> Sequence[FileRow]:
    return queries.mine(ask.actor, at=ask.at, window=ask.window)


def _name(row: FileRow) -> SafeString:
    return link(row.name, url(row.uid), note=f"{row.media_label} · {row.size_text}")


MINE = Listing(
    route="console:files",
    title="내 파일",
    open_to=access.why_not_staff,
    rows=_rows,
    sort="-stored",
    template="console/files/mine.html",
    columns=(
        ListColumn("name", "파일", _name, value=lambda row: row.name, names_row=True),
        ListColumn("stored", "만든 때", lambda row: moment(row.stored_at),
                   value=lambda row: row.stored_at, kind="date", sort="stored"),
        ListColumn("until", "보관 기한", lambda row: moment(row.kept_until),
                   value=lambda row: row.kept_until, kind="date"),
        ListColumn("remove", "지우기", lambda row: link("지우기", removal(row.uid)), kind="action",
                   hides_title=True),
    ),
    empty="보관하고 있는 파일이 없습니다.",
)  # fmt: skip


@require_safe
@open_to_staff
def download(request: MokminRequest, uid: str) -> HttpResponseBase:
    """The content, to be kept and never shown by the browser itself."""
    found = _found(request, uid)
    refuse_past(found, at=timezone.now())
    page, whose = queries.personal(found)
    if page:
        reason = found.reason or NOT_ASKED
        note_personal(request, Handling.DOWNLOAD, page, subjects=whose, reason=reason)
    etag = f'"{found.blob.sha256}"'
    # Asked before the content is opened: what is not sent is not read either.
    known: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    return known or _sent(found, etag)


def _sent(found: StoredFile, etag: str) -> FileResponse:
    kind = queries.media_of(found.blob)
    response = FileResponse(
        queries.opened(found), as_attachment=True, filename=found.name, content_type=kind.type
    )
    response["Content-Length"] = found.blob.size
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    # Packed already: packing it again would only cost its length and its ETag.
    response["Content-Encoding"] = "identity"
    return response


def refuse_past(found: StoredFile, *, at: datetime) -> None:
    """What is past its day waits only for the night to take it away. Raises Denied."""
    if found.kept_until is not None and found.kept_until <= at:
        raise Denied(OVER)


class RemovalForm(ReasonForm):
    """Why a file of a record is taken away."""


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_staff
def remove(request: MokminRequest, uid: str) -> HttpResponse:
    """Take a file away after one more question; of a record's, with the reason."""
    found = _found(request, uid)
    is_sent = request.method == "POST"
    form = RemovalForm(request.POST if is_sent else None) if found.record else None
    back = _back(found)

    def take_away(values: Mapping[str, str]) -> None:
        reason = values.get("reason", "")
        actions.remove(found, reason=reason, actor=request.actor, at=timezone.now())

    if is_sent and form is None:
        take_away({})
    if is_sent and (form is None or form.has_done(take_away)):
        messages.success(request, f"{found.name} 파일을 지웠습니다.")
        return HttpResponseRedirect(back, status=303)
    context = {
        "file": found,
        "form": form,
        "back": back,
        "why_not": queries.why_not_remove(found, request.actor),
    }
    status = 422 if is_sent else 200
    return TemplateResponse(request, "console/files/remove.html", context, status=status)


def _back(found: StoredFile) -> str:
    """Where the file was seen: at its record, or among one's own."""
    if found.record:
        return reverse("console:record-files", args=[found.record.uid])
    return reverse("console:files")


def _found(request: MokminRequest, uid: str) -> StoredFile:
    found = queries.file(uid, request.actor)
    if found is None:
        raise Http404
    return found
