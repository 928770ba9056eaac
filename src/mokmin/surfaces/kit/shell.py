"""The frame around every page: what `base_staff.html` and `base_public.html` read as `shell`."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.surfaces.kit import menu
from mokmin.surfaces.kit.addresses import page
from mokmin.surfaces.kit.menu import Area, Link, LinkGroup

SIGN_IN = "account_login"
SIGN_OUT = "account_logout"
MOST_SHOWN = 99


@dataclass(frozen=True, slots=True)
class User:
    """Who is signed in, as the frame shows it; `session_mark` tells one sign-in from the next."""

    name: str
    uid: str
    roles: tuple[str, ...]
    session_seconds: int
    session_mark: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """Where the words of the bar go, and those that were looked for last."""

    label: str
    url: str
    word: str


@dataclass(frozen=True, slots=True)
class Bell:
    """The way to the inbox, and how many notices wait there."""

    label: str
    url: str
    unread: int

    @property
    def shown(self) -> str:
        """What fits beside the bell."""
        return str(self.unread) if self.unread <= MOST_SHOWN else f"{MOST_SHOWN}+"


@dataclass(frozen=True, slots=True)
class Shell:
    """What a frame shows; the defaults are for a request without a municipality."""

    base: str = "base_plain.html"
    tenant_name: str = ""
    site_name: str = "목민"
    home_url: str = "/"
    menu: tuple[LinkGroup, ...] = ()
    user: User | None = None
    bell: Bell | None = None
    search: Search | None = None
    has_banner: bool = False
    contact_unit: str = ""
    contact_phone: str = ""


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`, worked out when a frame first reads it (fragments never do)."""
    return {"shell": SimpleLazyObject(partial(shell_of, request))}


def shell_of(request: Any) -> Shell:
    """The frame of this request; without database, so that error pages can stand in it."""
    tenant, actor = getattr(request, "tenant", None), getattr(request, "actor", None)
    if tenant is None or actor is None or (area := menu.area_of(request.path, actor)) is None:
        return Shell()
    settings, home = request.carried.settings, page(area.home)
    return Shell(
        base=area.base,
        tenant_name=tenant.name,
        site_name=f"{tenant.name} {area.name}",
        home_url=home,
        menu=menu.shown(area.menu, actor=actor, path=request.path, home=home),
        user=_user(request, area),
        bell=_bell(request, area),
        search=_search(request, area),
        has_banner=settings.has_government_banner,
        contact_unit=settings.contact_unit,
        contact_phone=settings.contact_phone,
    )


def _search(request: Any, area: Area) -> Search | None:
    entry = area.search
    if entry is None or entry.why_not(request.actor) is not None:
        return None
    url = page(entry.route)
    return Search(entry.label, url, request.GET.get("q", "") if request.path == url else "")


def _bell(request: Any, area: Area) -> Bell | None:
    entry = area.inbox
    if entry is None or entry.why_not(request.actor) is not None:
        return None
    return Bell(entry.label, page(entry.route), request.carried.unread)


def _user(request: Any, area: Area) -> User | None:
    actor: Actor = request.actor
    if actor.account_id is None:
        return None
    key = request.session.session_key or ""
    return User(
        name=actor.name,
        uid=actor.person_uid,
        roles=tuple(role.label for role in Role if role in actor.roles),
        session_seconds=request.carried.session_seconds,
        session_mark=salted_hmac("mokmin.surfaces.kit.shell", key).hexdigest()[:12],
        links=menu.links(area.user_menu, actor=actor),
    )
