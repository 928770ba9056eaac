"""The monthly check of the access log (접속기록 월 점검)."""

from operator import attrgetter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mokmin.foundation.access import actions, queries
from mokmin.foundation.access.models import AccessReview
from mokmin.lib.errors import Invalid, Refusal
from mokmin.lib.korean import in_seoul
from mokmin.lib.period import Period
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.kit.forms.base import Filters, StaffForm
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.lists.declared import ListColumn, Listing
from mokmin.surfaces.kit.rows import moment, number, text
from mokmin.surfaces.kit.tones import status

MONTHS = 24


def _sound(review: AccessReview) -> tuple[str, str]:
    return ("ok", "이상 없음") if review.is_chain_sound else ("late", "이상 있음")


def _label(review: AccessReview) -> str:
    return Period.parse(review.month).label


PAST_REVIEWS = Listing(
    route="console:past-reviews",
    title="지난 접속기록 점검",
    open_to=queries.why_not_see_access_log,
    rows=lambda ask: queries.reviews(window=ask.window),
    key=attrgetter("pk"),
    has_numbers=True,
    sort="-month",
    template="console/past_reviews.html",
    columns=(
        ListColumn("month", "점검 월", _label, value=_label, sort="month", names_row=True),
        ListColumn("finding", "점검 결과", lambda review: text(review.finding),
                   value=lambda review: review.finding),
        ListColumn("entries", "건수", lambda review: number(review.entry_count, "건"),
                   value=lambda review: review.entry_count, kind="number"),
        ListColumn("seals", "봉인", lambda review: status(*_sound(review)),
                   value=lambda review: _sound(review)[1], kind="status"),
        ListColumn("at", "점검한 때", lambda review: moment(review.reviewed_at),
                   value=lambda review: review.reviewed_at, kind="date"),
        ListColumn("reviewer", "점검한 사람", lambda review: text(review.reviewer_name),
                   value=lambda review: review.reviewer_name),
    ),
    empty="아직 점검한 기록이 없습니다.",
)  # fmt: skip


class MonthFilter(Filters):
    """Which month is looked at."""

    month = forms.ChoiceField(label="점검 월", required=False)

    def __init__(self, *args: Any, months: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["month"]
        field.choices = [(str(month), month.label) for month in months]  # type: ignore[attr-defined]


class ReviewForm(StaffForm):
    """What the check has found."""

    needed = ("finding",)

    month = forms.CharField(widget=forms.HiddenInput)
    finding = forms.CharField(
        label="점검 결과",
        help_text="무엇을 어떻게 확인했고 무엇을 조치했는지 적어 주세요. 고칠 수 없습니다. 예: "
        "내려받기 3건의 사유를 확인함. 업무 시간이 아닌 때의 접속 없음.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_see_access_log)
def reviews(request: MokminRequest) -> HttpResponse:
    """One month's counts and seals, the form of the check, and the checks so far."""
    months = _months()
    month = _asked(request, months)
    form = ReviewForm(request.POST or None, initial={"month": str(month)})

    def review(values: dict[str, Any]) -> None:
        actions.review_access_log(
            month, finding=values["finding"], actor=request.actor, at=timezone.now()
        )

    if request.method == "POST" and form.has_done(review):
        messages.success(request, f"{month.label} 접속기록 점검을 기록했습니다.")
        address = f"{reverse('console:access-log-reviews')}?month={month}"
        return HttpResponseRedirect(address, status=303)
    context = {
        "filters": MonthFilter({"month": str(month)}, months=months, auto_id="shown_%s"),
        "month": month,
        "counts": queries.month(month.first_on, month.last_on),
        "broken": queries.broken_seal(month),
        "sealed": queries.sealed_days(month),
        "form": form,
        "why_not": queries.why_not_review_access_log(request.actor),
        "done": queries.last_review(month),
    }
    status_code = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "console/access_reviews.html", context, status=status_code)


def _months() -> list[Period]:
    month = Period.containing(in_seoul(timezone.now()).date(), months=1)
    found = []
    for _ in range(MONTHS):
        month = month.previous()
        found.append(month)
    return found


def _asked(request: MokminRequest, months: list[Period]) -> Period:
    """The month that is asked for; one that is none of these is last month, to look at.

    Raises Invalid when a check is to be kept for it: the record cannot be corrected.
    """
    said = request.POST if request.method == "POST" else request.GET
    month = _read(said.get("month", ""))
    if month in months:
        return month
    if request.method == "POST":
        raise Invalid({"month": "점검할 달을 알 수 없습니다. 점검 월을 다시 골라 주세요."})
    return months[0]


def _read(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except Refusal:
        return None
