"""One person: contact, roles, history, and what can be changed with its reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import MEANING, Handling, Role
from mokmin.foundation.orgs.queries_people import RolesByPost
from mokmin.foundation.people import actions, queries
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Grant, Person
from mokmin.foundation.people.queries import PersonCard
from mokmin.foundation.trail import queries as trail
from mokmin.surfaces.console import changes, history, people, printing, roles
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.kit import tones
from mokmin.surfaces.kit.forms.base import ReasonForm, StaffForm
from mokmin.surfaces.kit.http import MokminRequest, note_personal, origin_of, today
from mokmin.surfaces.kit.rows import Event

PAGE = "계정 상세"


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in force, with what it means and why it cannot be taken back."""

    grant: Grant
    label: str
    meaning: str
    url: str
    why_not: str


@require_safe
@open_to(queries.why_not_see_people)
def person(request: MokminRequest, uid: str) -> HttpResponse:
    """The page of one person."""
    card = _card(request, uid)
    note_personal(request, Handling.VIEW, PAGE, subjects=(uid,))
    row = card.row
    settings = request.carried.settings
    needing = set(settings.mfa_roles if settings else ())
    context = {
        "card": card,
        "row": row,
        "factor": tones.status(*people.factor(row, is_needed=not needing.isdisjoint(row.held))),
        "held": [_held(card, grant) for grant in card.held],
        "by_post": [(role.label, MEANING[role]) for role in row.by_post],
        "grants": sorted(_grant_events(card), key=lambda event: event.at, reverse=True),
        "events": _acts(request.actor, row.id),
        "print_log": printing.address(request, PAGE, (uid,)),
        **{verb: reverse("console:person-change", args=[uid, verb]) for verb in VERBS},
    }
    return TemplateResponse(request, "console/person.html", context)


def _card(request: MokminRequest, uid: str) -> PersonCard:
    found = queries.card(uid, request.actor, by_post=RolesByPost(today()))
    if found is None:
        raise Http404
    return found


def _held(card: PersonCard, grant: Grant) -> HeldRole:
    role = Role(grant.role)
    url = reverse("console:person-change", args=[card.row.uid, "revoke"])
    return HeldRole(
        grant,
        role.label,
        MEANING[role],
        f"{url}?role={role.value}",
        card.why_not_revoke(role) or "",
    )


def _grant_events(card: PersonCard) -> Iterator[Event]:
    for grant in card.grants:
        label = Role(grant.role).label
        yield Event(grant.granted_at, f"{label} 부여", by=grant.granted_by, note=grant.reason)
        if grant.revoked_at:
            yield Event(
                grant.revoked_at, f"{label} 말소", by=grant.revoked_by,
                note=grant.revoked_reason, tone="idle",
            )  # fmt: skip


def _acts(actor: Actor, person_id: int) -> list[Event] | None:
    if access.why_not_see_trail(actor):
        return None
    acts = trail.history((history.PERSON, person_id), limit=10)
    return [changes.event(act, url=history.url(act)) for act in acts]


class ContactForm(StaffForm):
    """How a person is reached."""

    needed = ("name", "email")

    name = forms.CharField(label="이름")
    email = forms.CharField(
        label="전자우편",
        help_text="알림을 받는 주소입니다. 로그인할 때 쓰는 주소는 바뀌지 않습니다.",
        widget=forms.EmailInput,
    )
    phone = forms.CharField(label="전화", help_text="예: 055-940-0000")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_manage_people)
def contact(request: MokminRequest, uid: str) -> HttpResponse:
    """Correct name, address for notices, telephone."""
    found = _record(uid)
    initial = {"name": found.name, "email": found.email, "phone": found.phone}
    form = ContactForm(request.POST or None, initial=initial)

    def change(values: dict[str, Any]) -> None:
        actions.change_contact(found, Contact(**values), actor=request.actor, at=timezone.now())

    if request.method == "POST" and form.has_done(change):
        return _done(request, uid, "연락처를 고쳤습니다.")
    note_personal(request, Handling.VIEW, "연락처 고치기", subjects=(uid,))
    context = {"form": form, "uid": uid, "name": initial["name"]}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "console/person_contact.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_manage_people)
def invite_again(request: MokminRequest, uid: str) -> HttpResponse:
    """Send the invitation once more."""
    found = _record(uid)
    if request.method == "POST":
        actions.send_invitation(
            found, origin=origin_of(request), actor=request.actor, at=timezone.now()
        )
        return _done(request, uid, "초대 메일을 곧 보냅니다.")
    note_personal(request, Handling.VIEW, "초대 메일 보내기", subjects=(uid,))
    return TemplateResponse(request, "console/person_invite.html", {"person": found})


Do = Callable[[Person, dict[str, Any], Actor, datetime], None]


@dataclass(frozen=True, slots=True)
class Verb:
    """One change of a person that needs its reason, as the confirmation asks for it."""

    question: str
    explanation: str
    submit: str
    done: str
    do: Do
    form: type[ReasonForm] = field(default=ReasonForm)
    kind: str = "primary"


class GrantForm(ReasonForm):
    """Which role, and why."""

    needed = ("role", "reason")
    told_at: ClassVar[dict[str, str]] = {"roles": "role"}
    field_order = ("role", "reason")

    role = forms.ChoiceField(label="역할", choices=Role.choices, widget=forms.RadioSelect)


class RevokeForm(ReasonForm):
    """Why the role that the address names is taken back."""

    role = forms.CharField(widget=forms.HiddenInput)


VERBS: dict[str, Verb] = {
    "grant": Verb(
        "{name}님에게 어떤 역할을 부여할까요?", "부여하는 대로 곧바로 쓸 수 있습니다.",
        "역할 부여", "역할을 부여했습니다.",
        lambda who, said, actor, at: actions.grant(
            who, said["role"], reason=said["reason"], actor=actor, at=at
        ),
        form=GrantForm,
    ),
    "revoke": Verb(
        "{name}님의 {role} 역할을 말소할까요?",
        "말소하는 대로 그 역할로는 아무것도 할 수 없습니다.", "역할 말소", "역할을 말소했습니다.",
        lambda who, said, actor, at: actions.revoke(
            who, said["role"], reason=said["reason"], actor=actor, at=at
        ),
        form=RevokeForm, kind="danger",
    ),
    "close": Verb(
        "{name}님의 계정을 닫을까요?",
        "닫으면 이 기관에 다시 들어올 수 없습니다. 한 일과 기록은 그대로 남으며, 나중에 다시 "
        "열 수 있습니다.", "계정 닫기", "계정을 닫았습니다.",
        lambda who, said, actor, at: actions.close(
            who, reason=said["reason"], actor=actor, at=at
        ),
        kind="danger",
    ),
    "reopen": Verb(
        "{name}님의 계정을 다시 열까요?", "닫기 전에 가졌던 역할을 그대로 갖습니다.",
        "다시 열기", "계정을 다시 열었습니다.",
        lambda who, said, actor, at: actions.reopen(
            who, reason=said["reason"], actor=actor, at=at
        ),
    ),
    "reset": Verb(
        "{name}님의 2단계 인증을 초기화할까요?",
        "등록한 인증 앱과 복구 코드를 모두 지웁니다. 본인이 맞는지 먼저 확인해 주세요.",
        "초기화", "2단계 인증을 초기화했습니다.",
        lambda who, said, actor, at: actions.reset_second_factor(
            who, reason=said["reason"], actor=actor, at=at
        ),
        kind="danger",
    ),
}  # fmt: skip
"""Last part of the address → what it does."""


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_manage_people)
def change(request: MokminRequest, uid: str, verb: str) -> HttpResponse:
    """Ask for the reason, then do it."""
    if verb not in VERBS:
        raise Http404
    found, asked = _record(uid), VERBS[verb]
    role = request.GET.get("role", "") if request.method != "POST" else request.POST.get("role", "")
    form = asked.form(request.POST or None, initial={"role": role})
    label = ""
    if verb == "revoke":
        label = _role_of(found, role, is_over=request.method == "POST")

    def do(values: dict[str, Any]) -> None:
        asked.do(found, values, request.actor, timezone.now())

    if request.method == "POST" and form.has_done(do):
        return _done(request, uid, asked.done)
    note_personal(request, Handling.VIEW, asked.submit, subjects=(uid,))
    context = {
        "form": form,
        "asked": asked,
        "question": asked.question.format(name=found.name, role=label),
        "person": found,
        "columns": roles.COLUMNS,
        "roles": _givable(form, uid, request.actor) if verb == "grant" else [],
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "console/person_change.html", context, status=status)


def _role_of(found: Person, role: str, *, is_over: bool) -> str:
    """Name of a role in force; who answers the question late may read that it is over."""
    grants = queries.grants_of(found.pk)
    if all(grant.role != role or (grant.revoked_at and not is_over) for grant in grants):
        raise Http404
    return Role(role).label


def _givable(form: forms.Form, uid: str, actor: Actor) -> list[SafeString]:
    card = queries.card(uid, actor)
    return roles.rows(form["role"], card.givable) if card else []


def _record(uid: str) -> Person:
    found = queries.record(uid)
    if found is None:
        raise Http404
    return found


def _done(request: MokminRequest, uid: str, sentence: str) -> HttpResponse:
    note_personal(request, Handling.UPDATE, PAGE, subjects=(uid,))
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("console:person", args=[uid]), status=303)
