"""Accounts and roles: the list, a new person, the download."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.orgs.queries_people import RolesByPost
from mokmin.foundation.people import actions, queries
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.queries import PersonRow
from mokmin.surfaces.console import exports, lists, printing, roles
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.forms import Filters, ReasonForm
from mokmin.surfaces.kit.http import MokminRequest, note_personal, origin_of, today
from mokmin.surfaces.kit.pager import pager
from mokmin.surfaces.kit.rows import Column, link, moment, text, tr
from mokmin.surfaces.kit.tones import status

PAGE = "계정과 역할 목록"
COLUMNS = (
    Column("이름", names_row=True),
    Column("역할"),
    Column("2단계 인증", "status"),
    Column("마지막 로그인", "date"),
    Column("상태", "status"),
)


class PeopleFilters(Filters):
    """Who is looked for."""

    word = forms.CharField(label="이름이나 전자우편", required=False)
    role = forms.ChoiceField(label="역할", required=False, choices=[("", "모두"), *Role.choices])
    state = forms.ChoiceField(
        label="상태", required=False, choices=[("", "사용 중"), ("closed", "닫은 계정")]
    )
    factor = forms.ChoiceField(
        label="2단계 인증", required=False, choices=[("", "모두"), ("missing", "필요한데 없음")]
    )

    def conditions(self, request: MokminRequest) -> dict[str, Any]:
        """What the query takes."""
        asked = self.asked
        is_missing = asked.get("factor") == "missing"
        return {
            "word": asked.get("word", ""),
            "role": asked.get("role", ""),
            "is_closed": asked.get("state") == "closed",
            "lacking_factor_for": needing_factor(request) if is_missing else (),
            "by_post": RolesByPost(today()),
        }


def needing_factor(request: MokminRequest) -> Sequence[str]:
    """The roles that this municipality asks a second factor of."""
    return request.carried.settings.mfa_roles if request.carried.settings else ()


@require_safe
@open_to(queries.why_not_see_people)
def people(request: MokminRequest) -> HttpResponse:
    """The list, by name; whose names were shown is kept in the access log."""
    filters = PeopleFilters(request.GET)
    found, last = lists.cut(
        queries.people(
            **filters.conditions(request), after=lists.key(request), limit=lists.SIZE + 1
        )
    )
    subjects = tuple(row.uid for row in found)
    note_personal(request, Handling.VIEW, PAGE, subjects=subjects)
    context = {
        "filters": filters,
        "columns": COLUMNS,
        "rows": [_row(row, needing_factor(request)) for row in found],
        "summary": lists.summary(request, found, unit="명", has_more=last is not None),
        "pager": pager(request.GET, next_key=last.uid if last else ""),
        "print_log": printing.address(request, PAGE, subjects),
        "asked": request.GET.urlencode(),
        "why_not_manage": queries.why_not_manage_people(request.actor) or "",
    }
    return TemplateResponse(request, "console/people.html", context)


def _row(row: PersonRow, needing: Sequence[str]) -> SafeString:
    return tr(
        COLUMNS,
        (
            link(row.name, reverse("console:person", args=[row.uid]), note=row.email),
            text(", ".join(role.label for role in row.held)),
            factor(row, needing),
            moment(row.last_login),
            status("ok", "사용 중") if row.closed_at is None else status("idle", "닫음"),
        ),
    )


def factor(row: PersonRow, needing: Sequence[str]) -> SafeString:
    """Whether the second factor is there, and whether it has to be."""
    if row.has_second_factor:
        return status("ok", "사용")
    if not row.is_known:
        return status("idle", "아직 들어오지 않음")
    if set(needing) & set(row.held):
        return status("warn", "등록해야 함")
    return status("idle", "안 씀")


class NewPersonForm(ReasonForm):
    """Who is taken in, as what, and why."""

    needed = ("name", "email", "roles", "reason")
    field_order = ("name", "email", "phone", "roles", "reason")

    name = forms.CharField(label="이름")
    email = forms.CharField(
        label="전자우편",
        help_text="이 주소로 초대 메일을 보냅니다. 로그인할 때에도 이 주소를 씁니다.",
        widget=forms.EmailInput,
    )
    phone = forms.CharField(
        label="전화",
        help_text="예: 055-940-0000",
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    roles = forms.MultipleChoiceField(
        label="역할",
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_manage_people)
def new(request: MokminRequest) -> HttpResponse:
    """Take a person in and have the invitation sent."""
    form = NewPersonForm(request.POST or None)
    if request.method != "POST":
        return _new(request, form)
    made: list[str] = []
    origin = origin_of(request)

    def invite(values: dict[str, Any]) -> None:
        who, at = request.actor, timezone.now()
        contact = Contact(values["name"], values["email"], values["phone"])
        person = actions.invite(
            contact, roles=values["roles"], reason=values["reason"], actor=who, at=at
        )
        actions.send_invitation(person, origin=origin, actor=who, at=at)
        made.append(person.uid)

    if not form.has_done(invite):
        return _new(request, form, status=422)
    note_personal(request, Handling.CREATE, "계정 만들기", subjects=tuple(made))
    messages.success(request, "계정을 만들었습니다. 초대 메일을 곧 보냅니다.")
    return HttpResponseRedirect(reverse("console:person", args=made), status=303)


def _new(request: MokminRequest, form: NewPersonForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "columns": roles.COLUMNS, "roles": roles.rows(form["roles"])}
    return TemplateResponse(request, "console/person_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_see_people)
def export(request: MokminRequest) -> HttpResponse:
    """The list as a file, for a reason that the access log keeps."""
    form = exports.ExportForm(request.POST or None)
    filters = PeopleFilters(request.GET)
    context = {
        "form": form,
        "title": "계정 목록 내려받기",
        "back": f"{reverse('console:people')}?{request.GET.urlencode()}",
        "back_title": "계정과 역할",
    }
    if request.method != "POST":
        return TemplateResponse(request, "console/export.html", context)
    if not form.has_done(exports.judge):
        return TemplateResponse(request, "console/export.html", context, status=422)
    found = queries.people(**filters.conditions(request), limit=exports.LIMIT + 1)
    exports.within_limit(len(found))
    note_personal(
        request,
        Handling.DOWNLOAD,
        PAGE,
        subjects=tuple(row.uid for row in found),
        reason=form.cleaned_data["reason"],
    )
    return exports.download(
        "계정",
        columns=("이름", "전자우편", "전화", "역할", "2단계 인증", "마지막 로그인", "닫은 때"),
        rows=[_cells(row) for row in found],
        at=timezone.now(),
    )


def _cells(row: PersonRow) -> tuple[object, ...]:
    held = ", ".join(role.label for role in row.held)
    lacks = "안 씀" if row.is_known else "아직 들어오지 않음"
    has = "사용" if row.has_second_factor else lacks
    return row.name, row.email, row.phone, held, has, row.last_login, row.closed_at
