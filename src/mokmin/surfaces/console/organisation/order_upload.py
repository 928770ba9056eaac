"""A new order (인사발령) by Excel: uploaded, every row judged at once, applied whole or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.documents.readers import spreadsheet
from mokmin.documents.writers import xlsx
from mokmin.foundation.access.states import Handling
from mokmin.foundation.files import actions as files
from mokmin.foundation.files import queries as kept_files
from mokmin.foundation.files.actions import PersonalContent, Upload
from mokmin.foundation.files.models import StoredFile
from mokmin.foundation.orgs import actions, planning, queries
from mokmin.foundation.orgs.sheets import OrderOutcome, OrderSheet
from mokmin.foundation.orgs.values import AsOf
from mokmin.lib.errors import Invalid
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.organisation import days, order_sheet, ordering, planned, posts
from mokmin.surfaces.console.organisation.order_sheet import FilledRow, FilledSheet
from mokmin.surfaces.console.organisation.ordering import OrderHeading
from mokmin.surfaces.kit import uploads
from mokmin.surfaces.kit.forms import flow
from mokmin.surfaces.kit.forms.files import FileDropField
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.rows import Column, number, text, tr, with_note
from mokmin.surfaces.kit.tones import status

PAGE = "인사발령 엑셀"
KEPT = "kept"
KEPT_FOR = timedelta(days=1)
"""How long a file waits to be applied."""

NOT_SAID = {"title": "", "number": "", "reason": "", "accepts_past": False}
"""A heading of which nothing could be read, besides its day."""

ROW_COLUMNS = (
    Column("행", "number"),
    Column("성명", names_row=True),
    Column("구분"),
    Column("새 부서"),
    Column("새 직위"),
    Column("결과"),
)


class OrderUploadForm(OrderHeading):
    """The heading with the filled file."""

    needed = ("title", "on", "file")

    file = FileDropField(
        label="작성한 엑셀 파일", judges=False, help_text="양식을 내려받아 적은 파일입니다."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].accepts = _accepted()  # type: ignore[attr-defined]  # ours


def _accepted() -> tuple[str, ...]:
    """How names end of what can be read and then stay with the order."""
    allowed = kept_files.allowed_kinds()
    kinds = (kind for kind in spreadsheet.OFFERED if kind.slug in allowed)
    return tuple(f".{kind.suffixes[0]}" for kind in kinds)


@dataclass(frozen=True, slots=True)
class UploadLooked:
    """What was found in a file; without a day of the order its rows cannot be judged."""

    stored: StoredFile | None = None
    filled: FilledSheet | None = None
    sheet: OrderSheet | None = None
    outcome: OrderOutcome | None = None

    @property
    def wrong(self) -> list[FilledRow]:
        """Rows that have to be mended."""
        return self.filled.wrong if self.filled else []


@require_safe
@open_to(queries.why_not_change_organisation)
def template(request: MokminRequest) -> HttpResponse:  # noqa: ARG001  # as urls call views
    """The file to fill in."""
    content = order_sheet.template(queries.chart(AsOf(days.today())))
    response = HttpResponse(content, content_type=xlsx.MEDIA)
    name = f"인사발령 양식-{days.today():%Y%m%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003  # Django's
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_change_organisation)
def upload(request: MokminRequest) -> HttpResponse:
    """Judge the file; apply it once it was looked at and nothing is wrong."""
    form = flow.form_of(request, OrderUploadForm)
    looked = _looked(request, form) if request.method == "POST" else UploadLooked()

    def register(_values: dict[str, Any]) -> str | HttpResponse:
        sheet, stored = looked.sheet, looked.stored
        is_seen = sheet and request.POST.get(planned.CONFIRM) == planned.mark_of(sheet)
        if sheet and stored and is_seen and not looked.wrong:
            return _applied(request, sheet, stored)
        return _page(request, form, looked)

    return flow.answer(request, form, do=register, page=lambda: _page(request, form, looked))


def _looked(request: MokminRequest, form: OrderUploadForm) -> UploadLooked:
    """What the file says, whatever is wrong with the heading: the form is told both at once."""
    form.is_valid()
    try:
        stored, filled = _read(request, form.cleaned_data.get("file"))
    except Invalid as invalid:
        _tell(form, invalid.problems)
        return UploadLooked()
    if form.cleaned_data.get("on") is None:
        return UploadLooked(stored, filled)
    sheet = ordering.sheet_of({**NOT_SAID, **form.cleaned_data}, filled.entries)
    outcome = planning.order(sheet, today=days.today())
    filled.tell(outcome.problems, outcome.results)
    if filled.entries:
        of_heading = [problem for problem in outcome.problems if not problem.place]
        _tell(form, planned.as_fields(of_heading))
    return UploadLooked(stored, filled, sheet, outcome)


def _tell(form: OrderUploadForm, problems: Mapping[str, str]) -> None:
    """Each at its field, unless that has been found wrong before; or above the form."""
    for name, sentence in problems.items():
        if name not in form.errors:
            form.add_error(name if name in form.fields else None, sentence)


def _read(request: MokminRequest, sent: Any) -> tuple[StoredFile, FilledSheet]:
    """The file that was sent, kept until tomorrow, or the one that was sent before; and its rows.

    What could not stay with the order afterwards is refused now.
    """
    person = request.actor.person_id
    if sent is None or person is None:
        stored = _kept(request)
        with kept_files.opened(stored) as stream:
            filled = order_sheet.read(stream, name=stored.name)
            files.judged([Upload(stored.name, stream)])
        return stored, filled
    found = uploads.arrived([sent])
    filled = order_sheet.read(found[0].stream, name=found[0].name)
    files.judged(found)
    now = timezone.now()
    stored = files.keep_for(
        person,
        found[0],
        kept_until=now + KEPT_FOR,
        actor=request.actor,
        at=now,
        personal=PersonalContent(PAGE),
    )
    return stored, filled


def _kept(request: MokminRequest) -> StoredFile:
    """The file that this page has kept for its reader; raises Invalid when there is none."""
    found = kept_files.file(request.POST.get(KEPT, ""), request.actor)
    is_own = found and found.person_id == request.actor.person_id and found.page == PAGE
    if found and is_own and found.kept_until and found.kept_until > timezone.now():
        return found
    raise Invalid({"file": "작성한 엑셀 파일을 골라 주세요."})


def _applied(request: MokminRequest, sheet: OrderSheet, stored: StoredFile) -> str:
    """Register the order with its file beside it; the address of its page."""
    now = timezone.now()
    done = actions.order(sheet, actor=request.actor, at=now)
    record = done.order.record
    if record is not None:
        with kept_files.opened(stored) as stream:
            files.attach(record, Upload(stored.name, stream), actor=request.actor, at=now)
    note_personal(
        request, Handling.UPDATE, "인사발령 등록", subjects=planned.subjects(done.outcome)
    )
    messages.success(request, ordering.done_text(sheet))
    return reverse("console:order", args=[done.order.uid])


def _page(request: MokminRequest, form: OrderUploadForm, looked: UploadLooked) -> HttpResponse:
    outcome, filled, sheet = looked.outcome, looked.filled, looked.sheet
    if outcome:
        note_personal(request, Handling.VIEW, PAGE, subjects=planned.named(outcome))
    is_wrong = bool(form.errors or looked.wrong)
    context = {
        "form": form,
        "stored": looked.stored,
        "filled": filled,
        "columns": ROW_COLUMNS,
        "rows": [_row(row, is_judged=sheet is not None) for row in filled.rows] if filled else [],
        "wrong_rows": [_row(row) for row in looked.wrong],
        "is_wrong": is_wrong,
        "mark": planned.mark_of(sheet) if sheet and not is_wrong else "",
        "tiles": list(planned.tiles(outcome)) if outcome else [],
        "outcome": outcome,
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(
        request, "console/organisation/order_upload.html", context, status=status
    )


def _row(row: FilledRow, *, is_judged: bool = True) -> SafeString:
    values = row.values
    number_of_post = f"자리 번호 {values['number']}" if values["number"] else ""
    return tr(
        ROW_COLUMNS,
        (
            number(row.number),
            with_note(values["person"] or "비어 있음", values["email"]),
            text(values["verb"]),
            with_note(values["unit"], number_of_post),
            text(values["post"]),
            _result(row, is_judged=is_judged),
        ),
    )


def _result(row: FilledRow, *, is_judged: bool) -> SafeString:
    """What is wrong with the row; else what it does."""
    if row.problems:
        return planned.problem_list(row.problems)
    if row.result is None:
        awaited = "다른 줄을 고치면" if is_judged else "발령일을 적으면"
        return status("idle", f"{awaited} 살펴봅니다")
    moved = f"{row.result.before or '없음'} → {row.result.after or '없음'}"
    name = format_html(
        '<a href="{}">{}</a> {}', posts.person_url(row.result.person), row.result.name, moved
    )
    return with_note(name, " ".join(row.result.notes))
