"""Saved views of a list (저장한 보기): keeping the present one, and putting the others in order."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse

from mokmin.foundation.people import queries_people as people
from mokmin.foundation.people import saved_views
from mokmin.foundation.people.queries_people import ViewRow
from mokmin.lib.korean import josa, quoted
from mokmin.surfaces.kit.forms.base import StaffForm
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.lists import asked, parts
from mokmin.surfaces.kit.lists.declared import Listing

Done = Callable[[MokminRequest, Listing, str], str]


class RenameForm(StaffForm):
    """What a view is to be called from now on."""

    needed = ("name",)

    name = forms.CharField(label="새 이름")


class ViewForm(StaffForm):
    """What the present view is to be called."""

    needed = ("name",)
    told_at = {"asked": "name"}

    name = forms.CharField(label="보기 이름", help_text="예: 2단계 인증이 없는 사람")
    asked = forms.CharField(widget=forms.HiddenInput, required=False)


def page(request: MokminRequest, listing: Listing) -> HttpResponse:
    """The form for the view that the address describes, and the views kept so far."""
    asks, name = request.POST.get("do", ""), request.POST.get("view", "").replace("\0", "")
    if do := CHANGES.get(asks):
        messages.success(request, do(request, listing, name))
        return HttpResponseRedirect(listing.address("views"), status=303)
    if asks == "rename":
        return _rename(request, listing, name)
    now = asked.read(listing, request.GET, request.actor)
    form = ViewForm(request.POST or None, initial={"asked": now.query})

    def save(values: dict[str, Any]) -> None:
        kept = asked.read(listing, QueryDict(values["asked"]), request.actor)
        query = urlencode(kept.without(*kept.problems))
        saved_views.keep(listing.route, values["name"], query, actor=request.actor)

    if request.method == "POST" and form.has_done(save):
        name = form.cleaned_data["name"].strip()
        messages.success(request, f"지금 보기를 {josa(quoted(name), '으로/로')} 저장했습니다.")
        back = form.cleaned_data["asked"]
        url = f"{listing.address()}?{back or parts.unasked(listing)}"
        return HttpResponseRedirect(url, status=303)
    return _shown(request, listing, form)


def _shown(
    request: MokminRequest,
    listing: Listing,
    form: ViewForm,
    refused: Mapping[str, RenameForm] | None = None,
) -> HttpResponse:
    now = asked.read(listing, request.GET, request.actor)
    views = people.saved_views(request.actor, listing.route)
    context = {
        "listing": listing,
        "form": form,
        "views": [
            (
                view,
                parts.address_of(listing, view),
                (refused or {}).get(view.name) or _renaming(view, at),
            )
            for at, view in enumerate(views, start=1)
        ],
        "back": f"{listing.address()}{now.address() if now.kept else ''}",
        "told": parts.told(listing, now, request.actor),
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "lists/views.html", context, status=status)


def _renaming(view: ViewRow, at: int) -> RenameForm:
    return RenameForm(initial={"name": view.name}, auto_id=f"id_%s-{at}")


def _rename(request: MokminRequest, listing: Listing, name: str) -> HttpResponse:
    form = RenameForm(request.POST, auto_id="id_%s-again")

    def rename(values: dict[str, Any]) -> None:
        saved_views.rename(listing.route, name, values["name"], actor=request.actor)

    if form.has_done(rename):
        messages.success(request, "보기의 이름을 바꾸었습니다.")
        return HttpResponseRedirect(listing.address("views"), status=303)
    now = asked.read(listing, request.GET, request.actor)
    return _shown(request, listing, ViewForm(initial={"asked": now.query}), {name: form})


def _delete(request: MokminRequest, listing: Listing, name: str) -> str:
    saved_views.forget(listing.route, name, actor=request.actor)
    return "보기를 지웠습니다."


def _put_first(request: MokminRequest, listing: Listing, name: str) -> str:
    saved_views.put_first(listing.route, name, actor=request.actor)
    if not name:
        return "이제 목록을 처음 모습으로 엽니다."
    return "이제 목록을 이 보기로 엽니다."


CHANGES: dict[str, Done] = {"delete": _delete, "first": _put_first}
