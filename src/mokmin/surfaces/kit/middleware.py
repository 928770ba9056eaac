"""From a bare request to one with a municipality, a transaction and an actor; in this order."""

import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from mokmin.foundation.access import actions as access_actions
from mokmin.foundation.access import queries as access
from mokmin.foundation.access.actions import Whence
from mokmin.foundation.access.actor import VISITOR, Actor
from mokmin.foundation.notices import queries as notices
from mokmin.foundation.tenancy import queries as tenancy
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.models import Tenant
from mokmin.foundation.trail.context import request_id as trail_request_id
from mokmin.lib.errors import Denied, Invalid, Refusal
from mokmin.surfaces.kit import errors
from mokmin.surfaces.kit.addresses import page
from mokmin.surfaces.kit.http import Carried, MokminRequest, address_of, host_of, today

Next = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

PLATFORM_PATHS = ("/healthz",)
"""Answered for the whole installation, whatever the host."""

WRITES_ON_GET: tuple[str, ...] = ()
"""Paths whose GET may write; every other GET and HEAD runs in a READ ONLY transaction."""

SAFE = ("GET", "HEAD", "OPTIONS")
TENANT_SECONDS = 30
TENANTS_KEPT = 1000
"""Where there is one municipality any name leads to it, and names cost their inventor nothing."""

REFRESH = timedelta(seconds=60)
"""How often the end of a session is moved while its owner works."""

DRAFT = "X-Mokmin-Draft"
"""Header of what an open page sends to keep a draft."""

POLL = "X-Mokmin-Poll"
"""Header of what a page asks for by itself, while its reader may be away."""

SESSION_TENANT = "mokmin_tenant"
SESSION_REFRESHED = "mokmin_refreshed"

_tenants: dict[str, tuple[float, Tenant]] = {}


def request_id(get_response: Next) -> Next:
    """Number the request; the trail and the access log carry the number."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.carried = Carried(secrets.token_hex(8))  # type: ignore[attr-defined]
        token = trail_request_id.set(request.carried.request_id)  # type: ignore[attr-defined]
        try:
            return get_response(request)
        finally:
            trail_request_id.reset(token)

    return middleware


def find_tenant(get_response: Next) -> Next:
    """Find the municipality by host name; an unknown host meets one page that says so."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.tenant = None  # type: ignore[attr-defined]
        if not request.path.startswith(PLATFORM_PATHS):
            found = _tenant_of(host_of(request))
            if found is None:
                return errors.unknown_host(request)
            request.tenant = found  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _tenant_of(host: str) -> Tenant | None:
    kept = _tenants.get(host)
    if kept and time.monotonic() - kept[0] < TENANT_SECONDS:
        return kept[1]
    found = tenancy.by_host(host)
    if found:
        if len(_tenants) >= TENANTS_KEPT:
            _tenants.clear()
        _tenants[host] = (time.monotonic(), found)
    return found


def keep_access_log(get_response: Next) -> Next:
    """Append what the request did with personal data, in a transaction of its own."""

    def middleware(request: Any) -> HttpResponse:
        response = get_response(request)
        shown = response.status_code < 400 or response.status_code == 422  # noqa: PLR2004  # HTTP
        happened = [seen for seen in request.carried.seen if shown or seen.is_failure]
        if happened:
            with tenant(request.tenant.pk):
                for seen in happened:
                    whence = Whence(seen.actor, address_of(request), request.carried.request_id)
                    access_actions.log_access(seen.handled, whence=whence, at=timezone.now())
        return response

    return middleware


def one_transaction(get_response: Next) -> Next:
    """One transaction per request, in which only this municipality's rows exist."""

    def middleware(request: Any) -> HttpResponse:
        if request.tenant is None:
            return get_response(request)
        read_only = request.method in SAFE and not request.path.startswith(WRITES_ON_GET or ("\0",))
        with tenant(request.tenant.pk, read_only=read_only):
            response = get_response(request)
            if response.status_code >= 500:  # noqa: PLR2004  # an HTTP class
                transaction.set_rollback(True)
        return response

    return middleware


def know_actor(get_response: Next) -> Next:
    """Build the actor once; a session of another municipality counts as none.

    What is answered to somebody carries at least their name: no browser or proxy keeps it.
    """

    def middleware(request: Any) -> HttpResponse:
        request.actor = VISITOR
        if request.tenant is not None:
            request.carried.settings = access.settings()
            request.actor = _actor(request) or VISITOR
        response = get_response(request)
        if request.actor is not VISITOR:
            add_never_cache_headers(response)
        return response

    return middleware


def _actor(request: Any) -> Actor | None:
    if (
        request.session.get(SESSION_TENANT) != request.tenant.pk
        or not request.user.is_authenticated
    ):
        request.user = AnonymousUser()
        return None
    actor, request.carried.unread = notices.actor_and_unread(request.user, on=today())
    if actor is None:
        request.user = AnonymousUser()
        return None
    _move_end(request)
    return actor


def _move_end(request: Any) -> None:
    """Move the end of the session while its owner works, and tell the page how long is left."""
    now = timezone.now()
    lasts = timedelta(minutes=request.carried.settings.session_minutes)
    refreshed = request.session.get(SESSION_REFRESHED, 0)
    only_asks = request.method == "GET" and request.path == page("session-extend")
    only_asks = only_asks or request.headers.get(POLL) == "1"
    if not only_asks and now.timestamp() - refreshed >= REFRESH.total_seconds():
        extend(request)
    left = request.session.get_expiry_date(modification=now) - now
    request.carried.session_seconds = max(0, int(min(left, lasts).total_seconds()))


def extend(request: Any) -> None:
    """Let the session last its full time from now on."""
    now = timezone.now()
    minutes = request.carried.settings.session_minutes
    request.session[SESSION_REFRESHED] = now.timestamp()
    request.session.set_expiry(now + timedelta(minutes=minutes))
    request.carried.session_seconds = minutes * 60


def _whole_page(request: HttpRequest, route: str) -> HttpResponse:
    """Tell htmx to leave for another page, and from there back to where the part was asked for."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = urlunsplit(("", "", page.path or "/", page.query, ""))
    return HttpResponse(status=401, headers={"HX-Redirect": _with_way_back(route, back)})


def _with_way_back(route: str, back: str) -> str:
    return f"{page(route)}?{urlencode({'next': back})}"


class Guard:
    """The doors: sign-in for htmx, the console for staff, the second factor for chosen roles."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; htmx would follow a way to another page by itself and put it into this one."""
        response = self.get_response(request)
        if "HX-Request" in request.headers and response.status_code in (302, 303):
            response.headers["HX-Redirect"] = response.headers["Location"]
            del response.headers["Location"]
            response.status_code = 204
        return response

    def process_view(
        self, request: MokminRequest, view: View, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Stop a view that this person may not enter, with the reason or the way there."""
        match = request.resolver_match
        if match is None or not getattr(view, "login_required", True):
            return None
        is_part = "HX-Request" in request.headers or DRAFT in request.headers
        if request.actor is VISITOR and is_part and request.method not in SAFE:
            return render(request, "errors/401.html", status=401)
        if request.actor is VISITOR and is_part:
            return _whole_page(request, "account_login")
        why = access.why_not_staff(request.actor) if match.namespace == "console" else None
        if why and request.user.is_authenticated:
            raise PermissionDenied(why)
        if self._lacks_second_factor(request) and not request.path.startswith("/account/"):
            if is_part:
                return _whole_page(request, "mfa_activate_totp")
            back = request.get_full_path() if request.method in SAFE else "/"
            return HttpResponseRedirect(_with_way_back("mfa_activate_totp", back))
        return None

    def process_exception(self, request: MokminRequest, error: Exception) -> HttpResponse | None:
        """A refusal that no view caught is shown as it is: not now (409), or not so (422).

        What the view had done before it was refused is undone.
        """
        if isinstance(error, Refusal) and connection.in_atomic_block:
            transaction.set_rollback(True)
            request.carried.seen = [seen for seen in request.carried.seen if seen.is_failure]
        if isinstance(error, Denied):
            return render(request, "errors/409.html", {"reason": error.reason}, status=409)
        if isinstance(error, Invalid):
            return render(request, "errors/422.html", {"reason": str(error)}, status=422)
        return None

    def _lacks_second_factor(self, request: MokminRequest) -> bool:
        chosen = request.carried.settings.mfa_roles if request.carried.settings else []
        if not request.actor.roles & set(chosen):
            return False
        return not request.actor.has_second_factor
