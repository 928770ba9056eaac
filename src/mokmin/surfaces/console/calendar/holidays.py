"""Public holidays (공휴일): the list of a year; adding, correcting, taking out with a preview."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.calendar import actions, queries
from mokmin.foundation.calendar.actions import HolidayEntry
from mokmin.foundation.calendar.models import Holiday
from mokmin.foundation.calendar.queries import HolidayRow, Moved
from mokmin.foundation.calendar.states import HolidayKind
from mokmin.foundation.trail import queries as trail
from mokmin.lib.errors import Invalid
from mokmin.lib.korean import date_text, josa
from mokmin.lib.working_days import WorkingDays
from mokmin.surfaces.console import changes, history
from mokmin.surfaces.console.doors import open_to, open_to_staff
from mokmin.surfaces.console.organisation import planned
from mokmin.surfaces.kit import things
from mokmin.surfaces.kit.forms import flow
from mokmin.surfaces.kit.forms.base import Filters, ReasonForm
from mokmin.surfaces.kit.forms.dates import DateField
from mokmin.surfaces.kit.http import MokminRequest, today
from mokmin.surfaces.kit.rows import Column, Event, day, link, text, tr, with_note
from mokmin.surfaces.kit.tones import status

TABLE: str = Holiday._meta.db_table
COLUMNS = (
    Column("날짜", "date", names_row=True),
    Column("이름"),
    Column("종류", "status"),
    Column("근거"),
    Column("상태", "status"),
)
MOVE_COLUMNS = (
    Column("기한", names_row=True),
    Column("종류"),
    Column("지금", "date"),
    Column("바뀐 뒤", "date"),
)
TONES = {
    HolidayKind.STATUTORY: "info",
    HolidayKind.SUBSTITUTE: "done",
    HolidayKind.TEMPORARY: "warn",
    HolidayKind.LOCAL: "ok",
}
MANY_YEARS = range(1950, 2100)
SEEN = "seen"
"""The moves that a page has shown, which the tick on it is about."""
NOT_SEEN = "함께 옮겨지는 기한을 확인하고 여기에 표시해 주세요."
OTHERS_MOVE = "앞에서 확인한 것과 다른 기한이 옮겨집니다. 아래를 확인하고 다시 등록해 주세요."


class YearFilters(Filters):
    """Which year."""

    year = forms.ChoiceField(label="연도", required=False)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(year), f"{year}년") for year in years]
        self.fields["year"] = forms.ChoiceField(label="연도", required=False, choices=choices)


@require_safe
@open_to_staff
def holidays(request: MokminRequest) -> HttpResponse:
    """The public holidays of a year; those who may are led to changing them."""
    now = today()
    years = range(now.year + queries.YEARS_AHEAD, queries.FIRST_YEAR - 1, -1)
    filters = YearFilters(request.GET or {"year": str(now.year)}, years=years)
    asked = filters.asked.get("year") or str(now.year)
    found = queries.year_of_holidays(int(asked))
    why_not = queries.why_not_manage_calendar(request.actor) or ""
    context = {
        "filters": filters,
        "year": found.year,
        "columns": COLUMNS,
        "rows": [_row(row, may_change=not why_not) for row in found.rows],
        "removed": [_removed(row) for row in found.removed],
        "unlisted": found.unlisted,
        "summary": f"{len(found.rows)}일이며, 그 가운데 {found.resting}일이 월요일부터 "
        "금요일 사이에 있습니다.",
        "has_predicted": any(row.is_predicted for row in found.rows),
        "why_not": why_not,
    }
    return TemplateResponse(request, "console/calendar/holidays.html", context)


def _row(row: HolidayRow, *, may_change: bool) -> SafeString:
    named = date_text(row.on, with_weekday=True)
    url = reverse("console:holiday", args=[row.on.isoformat()])
    return tr(
        COLUMNS,
        (
            link(named, url) if may_change else text(named),
            text(row.name),
            status(TONES[row.kind], row.kind.label),
            text(row.source),
            _state(row),
        ),
    )


def _state(row: HolidayRow) -> SafeString:
    if row.is_predicted:
        return status("idle", "예정")
    if row.added_by:
        return with_note(status("ok", "직접 등록"), row.added_by)
    if row.changed_by:
        return with_note(status("ok", "고침"), row.changed_by)
    return status("done", "기본")


def _removed(row: HolidayRow) -> SafeString:
    return tr(
        COLUMNS,
        (
            text(date_text(row.on, with_weekday=True)),
            text(row.name),
            status(TONES[row.kind], row.kind.label),
            text(row.source),
            with_note(status("idle", "뺌"), row.changed_by),
        ),
    )


class EntryForm(ReasonForm):
    """What a public holiday is called, and why that is written down."""

    needed: ClassVar[tuple[str, ...]] = ("name", "kind", "source", "reason")
    field_order = ("on", "name", "kind", "source", "reason", "is_seen")

    name = forms.CharField(label="이름", help_text="예: 임시공휴일(국군의 날)")
    kind = forms.ChoiceField(label="종류", choices=HolidayKind.choices)
    source = forms.CharField(label="근거", help_text="예: 2026. 8. 4. 국무회의 의결")

    @property
    def entry(self) -> HolidayEntry:
        """What was written."""
        said = self.cleaned_data
        return HolidayEntry(said["name"], said["kind"], said["source"])


class NewForm(EntryForm):
    """A day more, and that what it moves has been seen."""

    needed: ClassVar[tuple[str, ...]] = ("on", *EntryForm.needed)

    on = DateField(label="날짜")
    is_seen = forms.BooleanField(label="기한이 함께 옮겨지는 것을 확인했습니다")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_manage_calendar)
def new(request: MokminRequest) -> HttpResponse:
    """Add a day; where it moves something, that is shown first and has to be confirmed."""
    initial = {"kind": HolidayKind.TEMPORARY, "on": request.GET.get("on", "")}
    form = flow.form_of(request, NewForm, initial=initial)
    shown: list[Moved] = []

    def add(values: dict[str, Any]) -> str:
        moved = actions.add_holiday(
            values["on"],
            form.entry,
            reason=values["reason"],
            actor=request.actor,
            at=timezone.now(),
        )
        if moved and not (
            values["is_seen"] and request.POST.get(SEEN) == _mark(values["on"], moved)
        ):
            shown.extend(moved)
            raise Invalid({"is_seen": OTHERS_MOVE if values["is_seen"] else NOT_SEEN})
        on = date_text(values["on"], with_weekday=True)
        messages.success(request, f"{josa(on, '을/를')} 공휴일로 등록했습니다. {_after(moved)}")
        if why := WorkingDays({}).why_not_working(values["on"]):
            messages.info(request, f"그날은 {why}이라 근무일 수는 그대로입니다.")
        return _year_url(values["on"])

    def page() -> HttpResponse:
        context = {
            "form": form,
            "moves": _moves(shown),
            "mark": _mark(form.cleaned_data["on"], shown) if shown else "",
            "columns": MOVE_COLUMNS,
        }
        return TemplateResponse(request, "console/calendar/holiday_new.html", context)

    return flow.answer(request, form, do=add, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_manage_calendar)
def change(request: MokminRequest, day: str) -> HttpResponse:
    """Correct what a day is called; the day itself stays."""
    row = _found(day)
    initial = {"name": row.name, "kind": row.kind, "source": row.source}
    form = flow.form_of(request, EntryForm, initial=initial)

    def correct(values: dict[str, Any]) -> str:
        actions.change_holiday(
            row.on, form.entry, reason=values["reason"], actor=request.actor, at=timezone.now()
        )
        messages.success(request, "공휴일을 고쳤습니다.")
        return _year_url(row.on)

    def page() -> HttpResponse:
        context = {
            "form": form,
            "row": row,
            "named": date_text(row.on, with_weekday=True),
            "remove": reverse("console:holiday-remove", args=[row.on.isoformat()]),
            "back": _year_url(row.on),
            "events": _events(row.on, request.actor),
        }
        return TemplateResponse(request, "console/calendar/holiday.html", context)

    return flow.answer(request, form, do=correct, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_manage_calendar)
def remove(request: MokminRequest, day: str) -> HttpResponse:
    """Make the day an ordinary one again, after what that moves was shown."""
    row = _found(day)
    form = flow.form_of(request, ReasonForm)

    def take_out(values: dict[str, Any]) -> str:
        moved = actions.remove_holiday(
            row.on, reason=values["reason"], actor=request.actor, at=timezone.now()
        )
        messages.success(request, f"{josa(row.name, '을/를')} 목록에서 뺐습니다. {_after(moved)}")
        return _year_url(row.on)

    def page() -> HttpResponse:
        found = queries.preview(row.on, name="")
        context = {
            "form": form,
            "row": row,
            "named": date_text(row.on, with_weekday=True),
            "preview": found,
            "moves": _moves(found.moved),
            "columns": MOVE_COLUMNS,
            "back": _year_url(row.on),
        }
        return TemplateResponse(request, "console/calendar/holiday_remove.html", context)

    return flow.answer(request, form, do=take_out, page=page)


def _found(said: str) -> HolidayRow:
    try:
        row = queries.holiday(date.fromisoformat(said))
    except ValueError:
        raise Http404 from None
    if row is None or row.on.year not in MANY_YEARS:
        raise Http404
    return row


def _year_url(on: date) -> str:
    return f"{reverse('console:holidays')}?year={on.year}"


def _after(moved: Sequence[Moved]) -> str:
    if not moved:
        return "옮겨진 기한은 없습니다."
    return f"함께 옮긴 기한: {', '.join(each.summary for each in moved)}."


def _mark(on: date, moved: Sequence[Moved]) -> str:
    """The day with what it moves as it was shown; anything else has another mark."""
    return planned.mark_of((on, [(each.thing.slug, tuple(each.moves)) for each in moved]))


def _moves(moved: Sequence[Moved]) -> list[SafeString]:
    return [
        tr(
            MOVE_COLUMNS,
            (
                _thing(move.title, things.address(each.thing.slug, move.uid)),
                text(each.thing.name),
                day(move.before),
                day(move.after),
            ),
        )
        for each in moved
        for move in each.moves
    ]


def _thing(title: str, url: str) -> SafeString:
    return link(title, url) if url else text(title)


def _events(on: date, actor: Actor) -> list[Event]:
    """What became of the day; acts of seeding concern the whole calendar and say nothing of it."""
    record = queries.record(on)
    if record is None:
        return []
    sees_acts = access.sees_whole_trail(actor)
    acts = trail.history((TABLE, record.pk), limit=10)
    return [changes.event(act, url=history.url(act) if sees_acts else "") for act in acts]
