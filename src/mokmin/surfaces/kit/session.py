"""How long the session lasts, and one click that lets it last longer."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mokmin.surfaces.kit import middleware
from mokmin.surfaces.kit.http import MokminRequest


@never_cache
@require_http_methods(["GET", "POST"])
@login_not_required
def extend(request: MokminRequest) -> JsonResponse:
    """GET tells the seconds left without moving the end; POST lets the session last in full.

    Nobody signed in: 0 seconds. `who` and `csrf` let an open page go on after a new sign-in in
    another window, for the same person only.
    """
    if request.method == "POST" and request.user.is_authenticated:
        middleware.extend(request)
    return JsonResponse(
        {
            "seconds": request.carried.session_seconds,
            "csrf": get_token(request),
            "who": request.actor.person_uid,
        }
    )
