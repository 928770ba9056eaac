"""The gallery of the kit: every part in every state, as a page is made of them."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.access import queries as access
from mokmin.surfaces.console import sample
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.kit.gallery import SECTIONS
from mokmin.surfaces.kit.gallery.example import Example, Section, render
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.rows import Tab


def paths(under: str) -> list[URLPattern]:
    """The index, and one page per section, each with a route of its own."""
    return [
        path(under, index, name="gallery"),
        *(
            path(f"{under}{each.slug}/", partial(section, shown=each), name=_route(each))
            for each in SECTIONS
        ),
    ]


@require_safe
@open_to(access.why_not_see_parts)
def index(request: MokminRequest) -> HttpResponse:
    """What there is."""
    sections = [(each, _url(each)) for each in SECTIONS]
    context = {"sections": sections, "samples": sample.tabs()}
    return TemplateResponse(request, "console/gallery.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(access.why_not_see_parts)
def section(request: MokminRequest, *, shown: Section) -> HttpResponse:
    """The parts of one section with their examples; what an example sends changes nothing."""
    if request.method == "POST":
        messages.info(request, "견본이라 아무것도 바꾸지 않았습니다.")
        return HttpResponseRedirect(request.path, status=303)
    shows = partial(_shown, request)
    parts = [(part, list(map(shows, part.examples))) for part in shown.parts]
    context = {
        "section": shown,
        "parts": parts,
        "tabs": [Tab(part.title, f"#part-{part.slug}") for part in shown.parts],
        "others": [
            Tab(each.title, _url(each), str(len(each.parts)), is_current=each is shown)
            for each in SECTIONS
        ],
    }
    return TemplateResponse(request, "console/gallery_section.html", context)


def _shown(request: MokminRequest, example: Example) -> tuple[Example, str]:
    return example, render(example, request)


def _route(section: Section) -> str:
    return f"gallery-{section.slug}"


def _url(section: Section) -> str:
    return reverse(f"console:{_route(section)}")
