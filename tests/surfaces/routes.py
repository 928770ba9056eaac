"""Every address of the product, from the URL resolver, with a real row for each of its parts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mokmin.foundation.access.states import Role
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.notices import actions as notices
from mokmin.foundation.notices.models import Notice
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act
from tests import seed
from tests.surfaces import planted, planted_files
from tests.surfaces import planted_organisation as org

Parts = dict[str, str]


@dataclass(frozen=True)
class Route:
    """One named address."""

    name: str
    view: Callable[..., Any]
    parts: tuple[str, ...] = field(default=())

    def url(self, slug: str) -> str:
        """The address of a municipality's own row behind this route."""
        return reverse(self.name, kwargs=parts_of(self, slug))


def routes() -> Iterator[Route]:
    """Every route; one without a name would escape the walk and is an error."""
    yield from _below(get_resolver().url_patterns, "", ())


def _below(
    patterns: list[URLPattern | URLResolver], namespace: str, parts: tuple[str, ...]
) -> Iterator[Route]:
    for each in patterns:
        mine = (*parts, *each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _below(each.url_patterns, inner, mine)
        else:
            assert each.name, f"a route without a name: {each.pattern}"
            yield Route(f"{namespace}{each.name}", each.callback, mine)


def _person(slug: str) -> str:
    with tenant(seed.tenant_of(slug).pk):
        return seed.person_of(Role.OFFICER).uid


def _act(slug: str) -> str:
    with tenant(seed.tenant_of(slug).pk):
        return str(Act.objects.order_by("id").values_list("uid", flat=True)[0])


def _job(slug: str) -> str:
    with tenant(seed.tenant_of(slug).pk):
        return str(Job.objects.order_by("id").values_list("uid", flat=True)[0])


def _notice(slug: str) -> str:
    with tenant(seed.tenant_of(slug).pk):
        keeper = seed.person_of(Role.ADMINISTRATOR)
        return str(Notice.objects.filter(person=keeper).values_list("uid", flat=True)[0])


def _token(slug: str) -> str:
    with tenant(seed.tenant_of(slug).pk):
        return notices.open_feed(actor=planted.actor_of(Role.OFFICER), at=seed.AT)


UNREADABLE: Parts = {"uidb36": "1", "key": "no-such-key"}
"""Keys from letters are secrets; that they work is the sign-in tests' to show."""

FACTORIES: dict[str, Callable[[str], Parts]] = {
    "account_confirm_email": lambda _slug: {"key": UNREADABLE["key"]},
    "account_reset_password_from_key": lambda _slug: UNREADABLE,
    "console:person": lambda slug: {"uid": _person(slug)},
    "console:person-contact": lambda slug: {"uid": _person(slug)},
    "console:person-invite": lambda slug: {"uid": _person(slug)},
    "console:person-change": lambda slug: {"uid": _person(slug), "verb": "grant"},
    "console:trail-act": lambda slug: {"uid": _act(slug)},
    "console:holiday": lambda _slug: {"day": "2026-05-04"},
    "console:holiday-remove": lambda _slug: {"day": "2026-05-04"},
    "console:fiscal-year": lambda _slug: {"year": "2026"},
    "console:elected-term": lambda _slug: {"number": "9"},
    "console:notice": lambda slug: {"uid": _notice(slug)},
    "portal:own-ics": lambda slug: {"token": _token(slug)},
    "console:file": lambda slug: {"uid": planted_files.kept(slug)},
    "console:file-remove": lambda slug: {"uid": planted_files.kept(slug)},
    "console:record-files": lambda slug: {"uid": planted_files.record(slug)},
    "console:file-check": lambda slug: {"uid": planted_files.check(slug)},
    "console:organisation-unit": lambda slug: {"uid": org.unit(slug)},
    "console:organisation-unit-details": lambda slug: {"uid": org.unit(slug)},
    "console:organisation-post": lambda slug: {"uid": org.post(slug)},
    "console:organisation-post-new": lambda slug: {"uid": org.unit(slug)},
    "console:organisation-post-change": lambda slug: {"uid": org.post(slug)},
    "console:organisation-post-close": lambda slug: {"uid": org.post(slug)},
    "console:organisation-post-take-back": lambda slug: {
        "uid": org.post(slug),
        "day": "2999-01-01",
    },
    "console:organisation-person": lambda slug: {"uid": _person(slug)},
    "console:reorganisation": lambda slug: {"uid": org.reorganisation(slug)},
    "console:reorganisation-undo": lambda slug: {"uid": org.reorganisation(slug)},
    "console:order": lambda slug: {"uid": org.order(slug)},
    "console:order-undo": lambda slug: {"uid": org.order(slug)},
    "console:hand-over": lambda slug: {"uid": org.hand_over(slug)},
    "console:hand-over-remark": lambda slug: {"uid": org.hand_over(slug)},
    "console:hand-over-successor": lambda slug: {"uid": org.hand_over(slug)},
    "console:hand-over-acknowledge": lambda slug: {"uid": org.hand_over(slug)},
    "console:job": lambda slug: {"uid": _job(slug)},
    "console:job-cancel": lambda slug: {"uid": _job(slug)},
}
"""Route → how to find the row of a municipality that it shows; a route without one fails."""


def parts_of(route: Route, slug: str) -> Parts:
    """The parts of the address of a row of this municipality."""
    if not route.parts:
        return {}
    return FACTORIES[route.name](slug)


ROUTES = tuple(routes())
