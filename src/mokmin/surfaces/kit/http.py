"""What a request carries through every surface."""

from dataclasses import dataclass, field
from datetime import date
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils import timezone

from mokmin.foundation.access.actions import Handled
from mokmin.foundation.access.actor import VISITOR, Actor
from mokmin.foundation.access.models import Settings
from mokmin.foundation.access.states import Handling
from mokmin.foundation.tenancy import queries as tenancy
from mokmin.foundation.tenancy.models import Tenant
from mokmin.lib.errors import Denied
from mokmin.lib.korean import in_seoul


@dataclass(slots=True)
class Seen:
    """Personal data that this request handled, for the access log."""

    handled: Handled
    actor: Actor

    @property
    def is_failure(self) -> bool:
        """What counts although the request was refused."""
        return self.handled.handling == Handling.SIGN_IN_FAILED


@dataclass(slots=True)
class Carried:
    """What the middleware adds to a request besides tenant and actor."""

    request_id: str
    settings: Settings | None = None
    seen: list[Seen] = field(default_factory=list)
    session_seconds: int = 0
    unread: int = 0


class MokminRequest(HttpRequest):
    """A request after the middleware: whose municipality, who acts, what is noted."""

    tenant: Tenant
    actor: Actor
    carried: Carried


def today() -> date:
    """The day that it is in Seoul."""
    return in_seoul(timezone.now()).date()


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
    who: Actor = getattr(request, "actor", VISITOR) if actor is None else actor
    request.carried.seen.append(Seen(handled, who))


def host_of(request: HttpRequest) -> str:
    """The host name that was asked for, in lower case and without its port."""
    return str(split_domain_port(request.get_host())[0])


def address_of(request: HttpRequest) -> str | None:
    """Where the request comes from; a proxy's word counts only where it is trusted.

    None when that is no plain address: a port or a zone would not fit the access log.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_FORWARDED_FOR and (forwarded := request.headers.get("X-Forwarded-For", "")):
        said = forwarded.rsplit(",", 1)[-1].strip()
    try:
        return None if "%" in said else str(ip_address(said))
    except ValueError:
        return None


def origin_of(request: MokminRequest) -> str:
    """`https://name-of-the-site`, where links in letters lead.

    Never a name that only the caller has given: whoever asks for somebody else's letter would
    choose where its link leads. Raises Denied when the municipality has no name of its own.
    """
    asked = request.get_host()
    own = tenancy.hosts_of(request.tenant)
    if host_of(request) in own or (not own and "*" not in settings.ALLOWED_HOSTS):
        return f"{request.scheme}://{asked}"
    if not own:
        raise Denied(
            "이 기관의 누리집 주소가 등록되어 있지 않아 메일을 보낼 수 없습니다. "
            "누리집을 운영하는 부서에 알려 주세요."
        )
    port = split_domain_port(asked)[1]
    return f"{request.scheme}://{own[0]}{f':{port}' if port else ''}"


def site_of(tenant: Tenant) -> str:
    """`https://name-of-the-site` for letters that nobody has asked for; empty without a name.

    Where no proxy stands in front, the port is the one at which this installation answers.
    """
    own = tenancy.hosts_of(tenant)
    if not own:
        return ""
    if settings.HTTPS:
        return f"https://{own[0]}"
    return f"http://{own[0]}{f':{settings.SITE_PORT}' if settings.SITE_PORT else ''}"
