"""What a request carries through every surface."""

from dataclasses import dataclass, field

from django.http import HttpRequest

from mokmin.foundation.access.actions import Handled
from mokmin.foundation.access.actor import VISITOR, Actor
from mokmin.foundation.access.models import Settings
from mokmin.foundation.access.states import Handling
from mokmin.foundation.tenancy.models import Tenant


@dataclass(slots=True)
class Seen:
    """Personal data that this request handled, for the access log."""

    handled: Handled
    actor: Actor


@dataclass(slots=True)
class Carried:
    """What the middleware adds to a request besides tenant and actor."""

    request_id: str
    settings: Settings | None = None
    seen: list[Seen] = field(default_factory=list)
    session_seconds: int = 0


class MokminRequest(HttpRequest):
    """A request after the middleware: whose municipality, who acts, what is noted."""

    tenant: Tenant
    actor: Actor
    carried: Carried


def note_personal(
    request: MokminRequest,
    handling: Handling,
    page: str,
    *,
    subjects: tuple[str, ...] = (),
    reason: str = "",
    actor: Actor | None = None,
) -> None:
    """Tell the access log that this request handles personal data of these people (uids).

    The entries are written after the response, outside the request's transaction; when that
    fails, the response is not given.
    """
    handled = Handled(handling, page=page, subject_uids=subjects, reason=reason)
    who = actor or getattr(request, "actor", VISITOR)
    request.carried.seen.append(Seen(handled, who))
