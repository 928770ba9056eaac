"""What is attached to a record (첨부 파일): seen, added, taken away."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from mokmin.foundation.files import actions, queries
from mokmin.foundation.files.queries import FileRow
from mokmin.foundation.records import kinds
from mokmin.lib.korean import date_text
from mokmin.surfaces.console.doors import open_to_staff
from mokmin.surfaces.console.files import mine
from mokmin.surfaces.kit import things, uploads
from mokmin.surfaces.kit.forms.base import StaffForm
from mokmin.surfaces.kit.forms.files import FileDropField
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.rows import Attachment, Column, link, moment, text, tr

COLUMNS = (
    Column("파일", names_row=True),
    Column("종류"),
    Column("크기", "number"),
    Column("올린 때", "date"),
    Column("올린 사람"),
    Column("지우기", "action", hides_title=True),
)


def attachments(files: Sequence[FileRow]) -> tuple[Attachment, ...]:
    """The files of a record for the part of a page that shows them: `<c-attachment-list>`."""
    return tuple(
        Attachment(
            name=row.name,
            kind=row.media_label,
            url=mine.url(row.uid),
            note=f"{date_text(row.stored_at)} · {row.size_text}",
        )
        for row in files
    )


class AttachForm(StaffForm):
    """What is to be attached; the action judges what is inside."""

    needed = ("file",)

    file = FileDropField(label="붙일 파일", many=True, judges=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].accepts = queries.allowed_suffixes()  # type: ignore[attr-defined]  # ours


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_staff
def attached(request: MokminRequest, uid: str) -> HttpResponse:
    """The files of a record, and a form to add some."""
    record = queries.record(uid, request.actor)
    if record is None:
        raise Http404
    is_sent = request.method == "POST"
    form = AttachForm(request.POST, request.FILES) if is_sent else AttachForm()

    def attach(values: dict[str, Any]) -> None:
        sent = uploads.arrived(values["file"])
        actions.attach_all(record, sent, actor=request.actor, at=timezone.now())

    if is_sent and form.has_done(attach):
        messages.success(request, "파일을 붙였습니다.")
        here = reverse("console:record-files", args=[uid])
        return HttpResponseRedirect(here, status=303)
    context = {
        "record": record,
        "kind": kinds.label(record.kind),
        "back": things.address(record.kind, record.uid),
        "form": form,
        "columns": COLUMNS,
        "rows": [_row(row) for row in queries.of_record(record, request.actor)],
        "why_not": queries.why_not_attach(request.actor, record),
    }
    status = 422 if is_sent else 200
    return TemplateResponse(request, "console/files/attached.html", context, status=status)


def _row(row: FileRow) -> SafeString:
    away = text("") if row.why_not_remove else link("지우기", mine.removal(row.uid))
    return tr(
        COLUMNS,
        (
            link(row.name, mine.url(row.uid)),
            text(row.media_label),
            text(row.size_text),
            moment(row.stored_at),
            text(row.stored_by),
            away,
        ),
    )
