"""A new reorganisation (조직개편): put together step by step, looked at, then registered."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mokmin.foundation.access.states import Handling
from mokmin.foundation.orgs import actions, planning, queries
from mokmin.foundation.orgs.comparing import ReorganisationOutcome
from mokmin.foundation.orgs.steps import ReorganisationPlan
from mokmin.foundation.orgs.values import AsOf
from mokmin.lib.errors import Invalid
from mokmin.lib.korean import date_text
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.organisation import days, desk, planned, preview, step_words
from mokmin.surfaces.console.organisation.desk import Desk, StepsField
from mokmin.surfaces.console.organisation.forms import DemandingForm, written_day
from mokmin.surfaces.kit.forms import flow
from mokmin.surfaces.kit.forms.dates import DateField
from mokmin.surfaces.kit.http import MokminRequest, note_personal

PAGE, DESK = "조직개편 미리보기", "조직개편 등록"


class ReorganisationForm(DemandingForm):
    """The heading of a reorganisation; its steps come from the desk."""

    has_draft = True
    needed = ("title", "on")
    demanded = {"title": "제목을 적어 주세요.", "on": "시행일을 적어 주세요."}

    title = forms.CharField(label="제목", help_text="예: 2027년 상반기 조직개편")
    on = DateField(
        label="시행일", help_text="이 날부터 바뀝니다. 앞날로 적어 두면 그날 반영됩니다."
    )
    reason = forms.CharField(
        label="사유",
        help_text="조례·규칙 이름이나 결재 문서를 적어 두면 나중에 찾기 쉽습니다.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    accepts_past = forms.BooleanField(
        label="지난 날짜로 소급합니다",
        required=False,
        help_text="시행일이 이미 지난 날일 때에만 켭니다. 사유도 적어야 합니다.",
    )
    steps = StepsField()


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_change_organisation)
def new(request: MokminRequest) -> HttpResponse:
    """Add steps, see what they move, register."""
    form = flow.form_of(request, ReorganisationForm)
    table = _desk(request, form)

    def register(values: dict[str, Any]) -> str | HttpResponse:
        if table.editor:
            raise Invalid({desk.STEPS: desk.UNFINISHED})
        plan = _plan(values, table)
        outcome = planning.reorganisation(plan, today=days.today())
        if outcome.problems:
            raise Invalid(planned.as_fields(outcome.problems))
        if request.POST.get(planned.CONFIRM) != planned.mark_of(plan):
            return _page(request, form, table, plan=plan, outcome=outcome)
        done = actions.reorganise(plan, actor=request.actor, at=timezone.now())
        messages.success(request, f"조직개편을 등록했습니다. 시행일은 {date_text(plan.on)}입니다.")
        return reverse("console:reorganisation", args=[done.reorganisation.uid])

    return flow.answer(request, form, do=register, page=lambda: _page(request, form, table))


def _desk(request: MokminRequest, form: ReorganisationForm) -> Desk:
    """The desk with what the form carries, after the pressed button."""
    today = days.today()
    day = written_day(form) or today
    # A day that is refused will be mended: until then it must not take the units away.
    is_open = day >= today or form["accepts_past"].value()
    chart = queries.chart(AsOf(day if is_open else today))
    found = Desk(chart if chart.roots else queries.chart(AsOf(today)))
    try:
        found.steps = desk.read(form["steps"].value() or "")
    except Invalid as invalid:
        messages.error(request, str(invalid))
    found.work(request.POST)
    return found


def _plan(values: dict[str, Any], table: Desk) -> ReorganisationPlan:
    return ReorganisationPlan(
        title=values["title"],
        on=values["on"],
        steps=tuple(table.steps),
        reason=values["reason"],
        accepts_past=values["accepts_past"],
    )


def _page(
    request: MokminRequest,
    form: ReorganisationForm,
    table: Desk,
    *,
    plan: ReorganisationPlan | None = None,
    outcome: ReorganisationOutcome | None = None,
) -> HttpResponse:
    shown = preview.of(outcome) if outcome else None
    if subjects := table.people | {*(shown.subjects if shown else ())}:
        page = PAGE if shown else DESK
        note_personal(request, Handling.VIEW, page, subjects=tuple(sorted(subjects)))
    context = {
        "form": form,
        "desk": table,
        "said": step_words.said(table.steps, table.choices, desk.wrong(form)),
        "preview": shown,
        "tiles": list(preview.tiles(outcome)) if outcome else [],
        "columns": preview,
        "mark": planned.mark_of(plan) if plan else "",
        "on": plan.on if plan else None,
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(
        request, "console/organisation/reorganisation_new.html", context, status=status
    )
