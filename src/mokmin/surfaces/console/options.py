"""What may be picked while somebody types into a picker: units, people, posts."""

from datetime import date

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from mokmin.foundation.access.states import Handling
from mokmin.surfaces.console.doors import open_to_staff
from mokmin.surfaces.kit.forms import options
from mokmin.surfaces.kit.forms.options import Kind
from mokmin.surfaces.kit.http import MokminRequest, note_personal, today

LONGEST = 100
"""Characters; nothing is called longer."""


@require_safe
@open_to_staff
def units(request: MokminRequest) -> HttpResponse:
    """Units."""
    return _answer(request, options.UNIT)


@require_safe
@open_to_staff
def people(request: MokminRequest) -> HttpResponse:
    """People of the municipality; whom the list showed is kept in the access log."""
    return _answer(request, options.PERSON)


@require_safe
@open_to_staff
def posts(request: MokminRequest) -> HttpResponse:
    """Posts, each with those who hold it; these are kept in the access log."""
    return _answer(request, options.POST)


def _answer(request: MokminRequest, kind: Kind) -> JsonResponse:
    text = request.GET.get("q", "").strip()[:LONGEST]
    found = kind.like(text, on=_day(request.GET.get("on", "")))
    if subjects := tuple(dict.fromkeys(uid for each in found for uid in each.people)):
        note_personal(request, Handling.VIEW, f"{kind.name} 고르기", subjects=subjects)
    listed = [{"uid": each.uid, "label": each.label, "note": each.note} for each in found]
    return JsonResponse({"options": listed})


def _day(text: str) -> date:
    """The day of which the form speaks; today where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today()
