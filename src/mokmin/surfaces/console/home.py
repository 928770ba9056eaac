"""The first page of the console: a greeting."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from mokmin.surfaces.kit.http import MokminRequest


@require_safe
def home(request: MokminRequest) -> HttpResponse:
    """Greet."""
    return TemplateResponse(request, "console/home.html", {"name": request.actor.name})
