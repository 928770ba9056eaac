"""Whether the installation is up, for start-up scripts and load balancers."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mokmin import __version__


@require_safe
@never_cache
@login_not_required
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 once the database answers; anything else is an error of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})
