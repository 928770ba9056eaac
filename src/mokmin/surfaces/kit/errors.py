"""Pages for what went wrong, each with what to do next.

Django calls them with keywords, so `exception` keeps its name also where it is not used.
"""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)


def unknown_host(request: HttpRequest) -> HttpResponse:
    """No municipality has this host name."""
    return render(request, "errors/host.html", {"host": request.get_host()}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with its reason."""
    return render(request, "errors/403.html", {"reason": str(exception)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose protection token is missing or old."""
    match = request.resolver_match
    logger.warning("csrf refused: %r %s", match.view_name if match else "", reason)
    return render(request, "errors/403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404."""
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a bug, with the number under which the log knows it."""
    carried = getattr(request, "carried", None)
    number = carried.request_id if carried else ""
    return render(request, "errors/500.html", {"request_id": number}, status=500)
