"""The first page of a municipality's site (누리집 첫 화면)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from mokmin.surfaces.kit.http import MokminRequest


@require_safe
@login_not_required
def home(request: MokminRequest) -> HttpResponse:
    """Greets, and leads to what works."""
    return TemplateResponse(request, "portal/home.html", {"actor": request.actor})
