"""A new order (인사발령) by screen: a table of people, looked at, then registered."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mokmin.foundation.access.states import Handling
from mokmin.foundation.orgs import actions, planning, queries
from mokmin.foundation.orgs.sheets import OrderEntry, OrderOutcome, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.lib.errors import Invalid
from mokmin.lib.korean import date_text
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.organisation import days, order_sheet, planned
from mokmin.surfaces.console.organisation.forms import DemandingForm, written_day
from mokmin.surfaces.kit.forms import flow
from mokmin.surfaces.kit.forms.dates import DateField
from mokmin.surfaces.kit.forms.grid import GridField
from mokmin.surfaces.kit.forms.grid_html import PastedColumn
from mokmin.surfaces.kit.forms.pickers import PersonField, PostField
from mokmin.surfaces.kit.http import MokminRequest, note_personal

PAGE = "인사발령 미리보기"
MOST = 300
"""People of one order by screen; more come by Excel as well."""


class OrderHeading(DemandingForm):
    """What an order is called, and when it takes effect."""

    needed: ClassVar[tuple[str, ...]] = ("title", "on")
    demanded = {"title": "제목을 적어 주세요.", "on": "발령일을 적어 주세요."}

    title = forms.CharField(label="제목", help_text="예: 2027년 상반기 정기인사")
    number = forms.CharField(label="문서번호", help_text="예: 행정과-1234")
    on = DateField(
        label="발령일", help_text="이 날부터 새 자리에 있습니다. 앞날로 적을 수 있습니다."
    )
    reason = forms.CharField(label="사유", help_text="지난 날짜로 소급할 때에는 꼭 적습니다.")
    accepts_past = forms.BooleanField(
        label="지난 날짜로 소급합니다",
        required=False,
        help_text="발령일이 이미 지난 날일 때에만 켭니다.",
    )


MADE_OF = {
    "person": "person", "email": "person", "verb": "verb",
    "unit": "post", "post": "post", "number": "post", "note": "note",
}  # fmt: skip
"""The columns of the form in Excel and those of the table."""


class OrderForm(OrderHeading):
    """The heading with a row for each person."""

    has_draft = True
    needed = ("title", "on", "rows")

    rows = GridField(
        label="발령할 사람",
        limit=MOST,
        empty_rows=5,
        columns={
            "person": PersonField(label="성명"),
            "verb": forms.ChoiceField(label="구분", choices=[("", ""), *OrderVerb.choices]),
            "post": PostField(label="새 자리"),
            "note": forms.CharField(label="비고"),
        },
        needed=("person", "verb"),
        form=[
            PastedColumn(each.title, MADE_OF[each.key], is_enough=each.key in ("email", "number"))
            for each in order_sheet.COLUMNS
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_change_organisation)
def new(request: MokminRequest) -> HttpResponse:
    """Write the rows, see what they do, register all of them or none."""
    form = flow.form_of(request, OrderForm)
    grid = form.fields["rows"]
    if isinstance(grid, GridField):
        # Posts are those of the order's day: a reorganisation may make some until then.
        grid.columns["post"].on = written_day(form)  # type: ignore[attr-defined]  # a picker's

    def register(values: dict[str, Any]) -> str | HttpResponse:
        sheet = sheet_of(values, tuple(_entry(row) for row in values["rows"]))
        outcome = planning.order(sheet, today=days.today())
        if outcome.problems:
            if subjects := planned.named(outcome):
                note_personal(request, Handling.VIEW, PAGE, subjects=subjects)
            raise Invalid(at_cells(planned.as_fields(outcome.problems)))
        if request.POST.get(planned.CONFIRM) != planned.mark_of(sheet):
            numbers = [row.number for row in values["rows"]]
            return _page(request, form, sheet=sheet, outcome=outcome, numbers=numbers)
        return registered(request, sheet)

    return flow.answer(request, form, do=register, page=lambda: _page(request, form))


def sheet_of(values: dict[str, Any], entries: tuple[OrderEntry, ...]) -> OrderSheet:
    """The order as it is proposed."""
    heading = {name: values[name] for name in ("title", "on", "number", "reason", "accepts_past")}
    return OrderSheet(entries=entries, **heading)


def _entry(row: Any) -> OrderEntry:
    return OrderEntry(row["person"], OrderVerb(row["verb"]), post=row["post"], note=row["note"])


def at_cells(problems: dict[str, str]) -> dict[str, str]:
    """`rows.3.person` of the judgement is the third row, which the table counts from 0."""
    found: dict[str, str] = {}
    for key, sentence in problems.items():
        name, *rest = key.split(".")
        if name == "rows" and rest:
            name = ".".join((name, str(int(rest[0]) - 1), *rest[1:]))
        found[name] = sentence
    return found


def registered(request: MokminRequest, sheet: OrderSheet) -> str:
    """Register the order; the address of its page."""
    done = actions.order(sheet, actor=request.actor, at=timezone.now())
    note_personal(
        request, Handling.UPDATE, "인사발령 등록", subjects=planned.subjects(done.outcome)
    )
    messages.success(request, f"{done_text(sheet)} 발령일은 {date_text(sheet.on)}입니다.")
    return reverse("console:order", args=[done.order.uid])


def done_text(sheet: OrderSheet) -> str:
    """`35줄을 모두 등록했습니다.`"""
    return f"{len(sheet.entries):,}줄을 모두 등록했습니다."


def _page(
    request: MokminRequest,
    form: OrderForm,
    *,
    sheet: OrderSheet | None = None,
    outcome: OrderOutcome | None = None,
    numbers: list[int] | None = None,
) -> HttpResponse:
    if outcome:
        note_personal(request, Handling.VIEW, PAGE, subjects=planned.named(outcome))
    context = {"form": form, **preview_of(sheet, outcome, numbers)}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "console/organisation/order_new.html", context, status=status)


def preview_of(
    sheet: OrderSheet | None, outcome: OrderOutcome | None, numbers: list[int] | None = None
) -> dict[str, Any]:
    """What the page of a plan shows of its outcome."""
    if sheet is None or outcome is None:
        return {"outcome": None}
    return {
        "outcome": outcome,
        "mark": planned.mark_of(sheet),
        "tiles": list(planned.tiles(outcome)),
        "result_columns": planned.RESULT_COLUMNS,
        "results": planned.results(outcome, numbers or []),
    }
