"""Accounts and roles: the list, what is done with several of them, a new person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.orgs.queries_people import RolesByPost
from mokmin.foundation.people import actions, queries, queries_people
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Person
from mokmin.foundation.people.queries import PersonRow
from mokmin.lib.errors import Denied
from mokmin.surfaces.console import roles
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.kit.addresses import AddressOf
from mokmin.surfaces.kit.forms import flow
from mokmin.surfaces.kit.forms.base import ReasonForm
from mokmin.surfaces.kit.http import MokminRequest, note_personal, origin_of
from mokmin.surfaces.kit.lists.declared import Ask, Bulk, ListColumn, Listing
from mokmin.surfaces.kit.lists.filters import Choice, Text
from mokmin.surfaces.kit.rows import link, moment, text
from mokmin.surfaces.kit.tones import status

url = AddressOf("console:person")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person on the list, and whether the municipality asks a second factor of them."""

    person: PersonRow
    needs_factor: bool


def _lines(ask: Ask) -> Sequence[PersonLine]:
    needing = set(ask.settings.mfa_roles)
    asked = ask.conditions
    found = queries_people.people(
        window=ask.window,
        word=asked.get("word", ""),
        role=asked.get("role", ""),
        is_closed="state" in asked,
        lacking_factor_for=needing if "factor" in asked else (),
        by_post=RolesByPost(ask.today),
    )
    return [PersonLine(row, bool(needing.intersection(row.held))) for row in found]


def factor(row: PersonRow, *, is_needed: bool) -> tuple[str, str]:
    """Tone and word: whether the second factor is there, and whether it has to be."""
    if row.has_second_factor:
        return "ok", "사용"
    if not row.is_known:
        return "idle", "아직 들어오지 않음"
    return ("warn", "등록해야 함") if is_needed else ("idle", "안 씀")


def _factor(line: PersonLine) -> tuple[str, str]:
    return factor(line.person, is_needed=line.needs_factor)


def _roles(line: PersonLine) -> str:
    return ", ".join(role.label for role in line.person.held)


def _state(line: PersonLine) -> tuple[str, str]:
    return ("ok", "사용 중") if line.person.closed_at is None else ("idle", "닫음")


COLUMNS = (
    ListColumn(
        "name", "이름", lambda line: link(line.person.name, url(line.person.uid)),
        value=lambda line: line.person.name, sort="name", names_row=True, is_personal=True,
    ),
    ListColumn(
        "email", "전자우편", lambda line: text(line.person.email),
        value=lambda line: line.person.email, sort="email", is_personal=True,
    ),
    ListColumn(
        "phone", "전화", lambda line: text(line.person.phone),
        value=lambda line: line.person.phone, is_hidden=True, is_personal=True,
    ),
    ListColumn("roles", "역할", lambda line: text(_roles(line)), value=_roles),
    ListColumn(
        "factor", "2단계 인증", lambda line: status(*_factor(line)),
        value=lambda line: _factor(line)[1], kind="status",
    ),
    ListColumn(
        "login", "마지막 로그인", lambda line: moment(line.person.last_login),
        value=lambda line: line.person.last_login, kind="date",
    ),
    ListColumn(
        "joined", "등록한 때", lambda line: moment(line.person.joined_at),
        value=lambda line: line.person.joined_at, kind="date", sort="joined", is_hidden=True,
    ),
    ListColumn(
        "state", "상태", lambda line: status(*_state(line)),
        value=lambda line: _state(line)[1], kind="status",
    ),
    ListColumn(
        "closed", "닫은 때", lambda line: moment(line.person.closed_at),
        value=lambda line: line.person.closed_at, kind="date", is_hidden=True,
    ),
)  # fmt: skip


class BulkGrantForm(ReasonForm):
    """Which role several people are given, and why."""

    needed = ("role", "reason")
    told_at = {"roles": "role"}
    field_order = ("role", "reason")

    role = forms.ChoiceField(label="역할", choices=[("", "고르세요"), *Role.choices])


def _named(uid: str) -> Person:
    if found := queries.record(uid):
        return found
    raise Denied("없는 사람입니다.")


def _close(uid: str, values: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    actions.close(_named(uid), reason=values["reason"], actor=actor, at=at)


def _grant(uid: str, values: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    role, reason = values["role"], values["reason"]
    actions.grant(_named(uid), role, reason=reason, actor=actor, at=at)


PEOPLE = Listing(
    route="console:people",
    title="계정과 역할",
    name="계정과 역할 목록",
    unit="명",
    template="console/people.html",
    open_to=queries.why_not_see_people,
    rows=_lines,
    key=attrgetter("person.uid"),
    columns=COLUMNS,
    sort="name",
    filters=(
        Text("word", "이름이나 전자우편"),
        Choice("role", "역할", Role.choices),
        Choice("state", "상태", (("closed", "닫은 계정"),), blank="사용 중"),
        Choice("factor", "2단계 인증", (("missing", "필요한데 없음"),)),
    ),
    subjects=lambda lines: tuple(line.person.uid for line in lines),
    empty="아직 계정이 없습니다.",
    nothing="조건에 맞는 계정이 없습니다.",
    bulk=(
        Bulk(
            "grant", "역할 부여", _grant, form=BulkGrantForm,
            open_to=queries.why_not_manage_people,
        ),
        Bulk(
            "close", "계정 닫기", _close, form=ReasonForm, is_dangerous=True,
            open_to=queries.why_not_manage_people,
            note="닫은 계정으로는 이 기관에 들어올 수 없습니다. 나중에 다시 열 수 있습니다.",
        ),
    ),
    context=lambda request: {
        "why_not_manage": queries.why_not_manage_people(request.actor) or ""
    },
)  # fmt: skip


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
    form = flow.form_of(request, NewPersonForm)

    def invite(values: dict[str, Any]) -> str:
        who, at, origin = request.actor, timezone.now(), origin_of(request)
        contact = Contact(values["name"], values["email"], values["phone"])
        person = actions.invite(
            contact, roles=values["roles"], reason=values["reason"], actor=who, at=at
        )
        actions.send_invitation(person, origin=origin, actor=who, at=at)
        note_personal(request, Handling.CREATE, "계정 만들기", subjects=(person.uid,))
        messages.success(request, "계정을 만들었습니다. 초대 메일을 곧 보냅니다.")
        return reverse("console:person", args=[person.uid])

    def page() -> HttpResponse:
        context = {"form": form, "columns": roles.COLUMNS, "roles": roles.rows(form["roles"])}
        return TemplateResponse(request, "console/person_new.html", context)

    return flow.answer(request, form, do=invite, page=page)
