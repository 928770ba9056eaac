"""Subscribing to calendars (달력 구독): public holidays, and one's own under a secret address."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mokmin.foundation.notices import actions, queries
from mokmin.surfaces.console.doors import open_to_staff
from mokmin.surfaces.kit.http import MokminRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_staff
def feed(request: MokminRequest) -> HttpResponse:
    """Both addresses. A POST makes a new secret and shows it in its own answer and nowhere else."""
    token = ""
    if request.method == "POST":
        token = actions.open_feed(actor=request.actor, at=timezone.now())
    context = {
        "feed": queries.feed(request.actor),
        "holidays": request.build_absolute_uri(reverse("portal:holidays-ics")),
        "own": request.build_absolute_uri(reverse("portal:own-ics", args=[token])) if token else "",
    }
    return TemplateResponse(request, "console/calendar/feed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_staff
def close(request: MokminRequest) -> HttpResponse:
    """Make the secret useless, after one more question."""
    if request.method == "POST":
        actions.close_feed(actor=request.actor, at=timezone.now())
        messages.success(request, "구독 주소를 없앴습니다. 그 주소로는 더 볼 수 없습니다.")
        return HttpResponseRedirect(reverse("console:calendar-feed"), status=303)
    return TemplateResponse(request, "console/calendar/feed_close.html", {})
