"""Fiscal years (회계연도) and elected terms (민선 기수): what the law says, and what is entered."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.calendar import actions, queries
from mokmin.foundation.calendar.actions import TermEntry
from mokmin.foundation.calendar.models import ElectedTerm, FiscalYear
from mokmin.surfaces.console.doors import open_to, open_to_staff
from mokmin.surfaces.kit.forms import flow
from mokmin.surfaces.kit.forms.base import ReasonForm
from mokmin.surfaces.kit.forms.dates import DateField
from mokmin.surfaces.kit.http import MokminRequest, today
from mokmin.surfaces.kit.rows import Column, day, link, text, tr
from mokmin.surfaces.kit.tones import status

ONE_DAY = timedelta(days=1)
FISCAL_COLUMNS = (
    Column("회계연도", names_row=True),
    Column("시작일", "date"),
    Column("종료일", "date"),
    Column("출납폐쇄기한", "date"),
    Column("출납사무 완결기한", "date"),
    Column("지금", "status"),
)
TERM_COLUMNS = (
    Column("기수", names_row=True),
    Column("시작일", "date"),
    Column("마지막 날", "date"),
    Column("이름"),
    Column("지금", "status"),
)


@require_safe
@open_to_staff
def fiscal_years(request: MokminRequest) -> HttpResponse:
    """Fiscal years, newest first."""
    now = today()
    may_change = queries.why_not_manage_calendar(request.actor) is None
    context = {
        "columns": FISCAL_COLUMNS,
        "rows": [
            tr(
                FISCAL_COLUMNS,
                (
                    link(str(each), reverse("console:fiscal-year", args=[each.year]))
                    if may_change
                    else text(str(each)),
                    day(each.first_on),
                    day(each.last_on),
                    day(each.closes_on),
                    day(each.settled_on),
                    _now(is_over=each.last_on < now, has_begun=each.first_on <= now),
                ),
            )
            for each in queries.fiscal_years(now)
        ],
        "may_change": may_change,
    }
    return TemplateResponse(request, "console/calendar/fiscal_years.html", context)


def _now(*, is_over: bool, has_begun: bool) -> str:
    if is_over:
        return status("idle", "지남")
    return status("ok", "지금") if has_begun else status("info", "앞으로")


class FiscalYearForm(ReasonForm):
    """When money and books of a year are closed."""

    needed: ClassVar[tuple[str, ...]] = ("closes_on", "settled_on", "reason")
    field_order = ("closes_on", "settled_on", "reason")

    closes_on = DateField(
        label="출납폐쇄기한",
        help_text="회계연도의 마지막 날입니다. 법이 정한 경우에는 다음 해 1월 20일까지 늦출 수 "
        "있습니다(지방회계법 제7조).",
    )
    settled_on = DateField(
        label="출납사무 완결기한",
        help_text="다음 해 2월 10일까지입니다(지방회계법 제7조).",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_manage_calendar)
def fiscal_year(request: MokminRequest, year: int) -> HttpResponse:
    """Set the closing days of a year."""
    found = _fiscal_year(year)
    initial = {"closes_on": found.closes_on, "settled_on": found.settled_on}
    form = flow.form_of(request, FiscalYearForm, initial=initial)

    def change(values: dict[str, Any]) -> str:
        actions.change_fiscal_year(
            year,
            closes_on=values["closes_on"],
            settled_on=values["settled_on"],
            reason=values["reason"],
            actor=request.actor,
            at=timezone.now(),
        )
        messages.success(request, f"{found}의 기한을 저장했습니다.")
        return reverse("console:fiscal-years")

    def page() -> HttpResponse:
        context = {"form": form, "fiscal_year": found}
        return TemplateResponse(request, "console/calendar/fiscal_year.html", context)

    return flow.answer(request, form, do=change, page=page)


def _fiscal_year(year: int) -> FiscalYear:
    for found in queries.fiscal_years(today()):
        if found.year == year:
            return found
    raise Http404


@require_safe
@open_to_staff
def terms(request: MokminRequest) -> HttpResponse:
    """Elected terms, newest first."""
    now = today()
    may_change = queries.why_not_manage_calendar(request.actor) is None
    context = {
        "columns": TERM_COLUMNS,
        "rows": [
            tr(
                TERM_COLUMNS,
                (
                    link(each.label, reverse("console:elected-term", args=[each.number]))
                    if may_change
                    else text(each.label),
                    day(each.from_on),
                    day(each.until_on - ONE_DAY),
                    text(each.mayor_name),
                    _now(is_over=each.until_on <= now, has_begun=each.from_on <= now),
                ),
            )
            for each in queries.elected_terms(now)
        ],
        "may_change": may_change,
    }
    return TemplateResponse(request, "console/calendar/terms.html", context)


class TermForm(ReasonForm):
    """When a term begins and ends, and who was elected."""

    needed: ClassVar[tuple[str, ...]] = ("from_on", "last_on", "reason")
    told_at: ClassVar[dict[str, str]] = {"until_on": "last_on"}
    field_order = ("from_on", "last_on", "mayor_name", "reason")

    from_on = DateField(label="시작일")
    last_on = DateField(label="마지막 날")
    mayor_name = forms.CharField(label="이름", help_text="비워 둘 수 있습니다.")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_manage_calendar)
def term(request: MokminRequest, number: int) -> HttpResponse:
    """Set the days of a term and who was elected."""
    found = _term(number)
    initial = {
        "from_on": found.from_on,
        "last_on": found.until_on - ONE_DAY,
        "mayor_name": found.mayor_name,
    }
    form = flow.form_of(request, TermForm, initial=initial)

    def change(values: dict[str, Any]) -> str:
        last = values["last_on"]
        entry = TermEntry(values["from_on"], last and last + ONE_DAY, values["mayor_name"])
        actions.change_elected_term(
            number, entry, reason=values["reason"], actor=request.actor, at=timezone.now()
        )
        messages.success(request, f"{found.label}를 저장했습니다.")
        return reverse("console:elected-terms")

    def page() -> HttpResponse:
        context = {"form": form, "term": found}
        return TemplateResponse(request, "console/calendar/term.html", context)

    return flow.answer(request, form, do=change, page=page)


def _term(number: int) -> ElectedTerm:
    for found in queries.elected_terms(today()):
        if found.number == number:
            return found
    raise Http404
