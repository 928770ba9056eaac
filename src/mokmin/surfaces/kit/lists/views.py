"""The pages of a list: itself, its file, its saved views, what is done with several rows."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.people import queries_people as people
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.lists import bulk, exporting, keeping, parts, section
from mokmin.surfaces.kit.lists.declared import Listing
from mokmin.surfaces.kit.lists.shown import ShownList, show

Page = Callable[[MokminRequest, Listing], HttpResponse]
TARGET = "#list"


def paths(prefix: str, listing: Listing) -> Sequence[URLPattern]:
    """The addresses of a list, for the `urlpatterns` of its surface."""
    name = listing.route.rpartition(":")[2]
    both = require_http_methods(["GET", "HEAD", "POST"])
    found = [
        path(prefix, require_safe(_guarded(page, listing)), name=name),
        path(f"{prefix}export/", both(_guarded(exporting.page, listing)), name=f"{name}-export"),
        path(f"{prefix}views/", both(_guarded(keeping.page, listing)), name=f"{name}-views"),
    ]
    if listing.bulk:
        found.append(
            path(f"{prefix}bulk/", both(_guarded(bulk.page, listing)), name=f"{name}-bulk")
        )
    return found


def _guarded(view: Page, listing: Listing) -> Callable[[MokminRequest], HttpResponse]:
    """The view for those against whom nothing is said; the others read the reason (403)."""

    @wraps(view)
    def guarded(request: MokminRequest) -> HttpResponse:
        if why := listing.open_to(request.actor):
            raise PermissionDenied(why)
        return view(request, listing)

    return guarded


def page(request: MokminRequest, listing: Listing) -> HttpResponse:
    """The list; a bare address opens it with the view that its reader has put first."""
    views = people.saved_views(request.actor, listing.route)
    first = next((view for view in views if view.is_first), None)
    if first and not request.GET:
        return HttpResponseRedirect(parts.address_of(listing, first))
    shown = show(request, listing)
    drawn = section.section(request, shown, views)
    if is_part(request):
        return part(shown, drawn)
    more = listing.context(request) if listing.context else {}
    context = {"listing": listing, "shown": shown, "list": drawn, **more}
    response = TemplateResponse(request, listing.template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def is_part(request: MokminRequest) -> bool:
    """Whether htmx asks for the list alone, to put it where the old one stands."""
    return request.headers.get("HX-Target", "").endswith(TARGET)


def part(shown: ShownList, drawn: str) -> HttpResponse:
    """The list alone; the address line gets what it shows."""
    response = HttpResponse(drawn, headers={"HX-Push-Url": shown.address})
    patch_vary_headers(response, ["HX-Request"])
    return response
