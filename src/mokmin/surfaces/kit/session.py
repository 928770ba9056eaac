"""How long the session lasts, and one click that lets it last longer."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mokmin.surfaces.kit import middleware


@never_cache
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest) -> JsonResponse:
    """GET tells the seconds left without moving the end; POST lets the session last in full."""
    if request.method == "POST":
        middleware.extend(request)
    return JsonResponse({"seconds": request.carried.session_seconds})  # type: ignore[attr-defined]
