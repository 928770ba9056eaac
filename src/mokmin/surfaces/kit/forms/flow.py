"""From a request to a form and back to an answer: drafts, more rows, the action, 303 or 422."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from mokmin.foundation.access.states import Handling
from mokmin.foundation.people import drafts
from mokmin.foundation.people import queries as people
from mokmin.lib.errors import Denied
from mokmin.lib.korean import time_text
from mokmin.surfaces.kit.forms import kept
from mokmin.surfaces.kit.forms.base import StaffForm
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.middleware import DRAFT

WHO = "X-Mokmin-Who"
"""Whose page it is: another person may have signed in since, in another window."""

BASE, KEEP, DISCARD = "_draft", "_keep", "_discard"
F = TypeVar("F", bound=StaffForm)
Do = Callable[[dict[str, Any]], str | HttpResponse]


def form_of(
    request: MokminRequest, kind: type[F], *, initial: Mapping[str, Any] | None = None, **how: Any
) -> F:
    """The form as it was sent; else empty, or with what its writer had begun."""
    is_sent = request.method == "POST"
    sent = (request.POST, request.FILES) if is_sent else ()
    form = kind(*sent, initial=initial, actor=request.actor, **how)
    form.asks_to_keep = DRAFT in request.headers
    if form.has_draft and is_sent:
        form.base = request.POST.get(BASE, "")
    elif form.has_draft and (found := people.draft(request.actor, _name(request, form))):
        form.kept, form.base = kept.read(found), found.kept_at.isoformat()
    return form


def answer(
    request: MokminRequest, form: StaffForm, *, do: Do, page: Callable[[], HttpResponse]
) -> HttpResponse:
    """The page; or, when the form was sent, what became of it.

    `do` gets what was written and returns the address to go on to, or an answer of its own (a
    preview), which leaves the draft. What it refuses by Invalid comes back in the form (422).
    """
    if request.method != "POST":
        return _shown(request, form, page, status=200)
    if aside := _aside(request, form):
        return aside
    answers: list[str | HttpResponse] = []
    if form.is_only_shown or not form.has_done(lambda values: answers.append(do(values))):
        return _shown(request, form, page, status=422)
    [found] = answers
    if isinstance(found, HttpResponse):
        return _noted(request, form, found)
    if form.has_draft:
        drafts.forget(_name(request, form), actor=request.actor)
    return HttpResponseRedirect(found, status=303)


def _name(request: MokminRequest, form: StaffForm) -> str:
    return f"{request.path}#{form.prefix}" if form.prefix else request.path


def _aside(request: MokminRequest, form: StaffForm) -> HttpResponse | None:
    """What is asked of a form besides taking it: an answer, or None when it is to be judged."""
    if form.asks_to_keep:
        return _keep_quietly(request, form)
    if form.has_draft and form.pressed(DISCARD):
        drafts.forget(_name(request, form), actor=request.actor)
        messages.info(request, "적던 내용을 지웠습니다.")
        return HttpResponseRedirect(request.get_full_path(), status=303)
    if form.has_draft and form.pressed(KEEP):
        return _keep_by_button(request, form)
    form.is_only_shown = any(
        asks(form.data, form.add_prefix(name))
        for name, field in form.fields.items()
        if (asks := getattr(field, "asks_for_rows", None))
    )
    return None


def _keep_quietly(request: MokminRequest, form: StaffForm) -> JsonResponse:
    """Keep what the page sends by itself while its reader writes."""
    try:
        kept_at = _keep(request, form, takes_over=request.headers[DRAFT] == "over")
    except Denied as denied:
        is_conflict = isinstance(denied, drafts.KeptElsewhere)
        kind = "conflict" if is_conflict else "refused"
        return JsonResponse({"reason": denied.reason, "kind": kind}, status=409)
    seconds = request.carried.session_seconds
    said = {"base": kept_at.isoformat(), "shown": time_text(kept_at), "seconds": seconds}
    return JsonResponse(said)


def _keep_by_button(request: MokminRequest, form: StaffForm) -> HttpResponse | None:
    """Keep what was written, for readers without a script; pressed again it takes over."""
    try:
        kept_at = _keep(request, form, takes_over=False)
    except Denied as denied:
        form.is_only_shown = True
        form.told = f"{denied.reason} 다시 누르면 이 화면의 내용으로 바꿉니다."
        found = people.draft(request.actor, _name(request, form))
        form.base = found.kept_at.isoformat() if found else ""
        return None
    messages.success(request, f"{time_text(kept_at)}에 임시 저장했습니다.")
    return HttpResponseRedirect(request.get_full_path(), status=303)


def _keep(request: MokminRequest, form: StaffForm, *, takes_over: bool) -> datetime:
    if not form.has_draft:
        raise Denied("이 양식은 임시 저장하지 않습니다.")
    if request.headers.get(WHO, request.actor.person_uid) != request.actor.person_uid:
        raise Denied("다른 사람으로 로그인되어 있어 임시 저장하지 않았습니다.")
    return drafts.keep(
        _name(request, form),
        form.writing().as_json(),
        base=_instant(form.base),
        actor=request.actor,
        at=timezone.now(),
        takes_over=takes_over,
    )


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _shown(
    request: MokminRequest, form: StaffForm, page: Callable[[], HttpResponse], *, status: int
) -> HttpResponse:
    response = page()
    response.status_code = status
    return _noted(request, form, response)


def _noted(request: MokminRequest, form: StaffForm, response: HttpResponse) -> HttpResponse:
    """Note the people whom the form's own fields show, which is known once it is drawn."""

    def note(_drawn: HttpResponse) -> None:
        shown = {uid for field in form.fields.values() for uid in getattr(field, "people", ())}
        if shown:
            note_personal(request, Handling.VIEW, "양식에 고른 사람", subjects=tuple(sorted(shown)))

    if isinstance(response, TemplateResponse) and not response.is_rendered:
        response.add_post_render_callback(note)
    else:
        note(response)
    return response
