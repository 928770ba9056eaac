"""Prints of personal data (출력): the page signs whom it shows, the button reports it."""

from collections.abc import Sequence

from django.core import signing
from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from mokmin.foundation.access.states import Handling
from mokmin.lib.errors import Denied
from mokmin.surfaces.kit import addresses
from mokmin.surfaces.kit.http import MokminRequest, note_personal

SALT = "mokmin.printed"
ROUTE = "console:access-log-printed"
GOOD_FOR = 12 * 60 * 60
"""Seconds: a page that was left open over a working day."""


def address(request: MokminRequest, page: str, subjects: Sequence[str]) -> str:
    """Where the print button of this page reports to; good for this person only."""
    said = [request.actor.person_uid, page, list(subjects)]
    asked = QueryDict(mutable=True)
    asked["page"] = signing.dumps(said, salt=SALT, compress=True)
    return f"{addresses.page(ROUTE)}?{asked.urlencode()}"


@require_POST
def printed(request: MokminRequest) -> HttpResponse:
    """Log that a page was printed, with the people on it. Raises Denied for a page not ours."""
    try:
        who, page, subjects = signing.loads(
            request.GET.get("page", ""), salt=SALT, max_age=GOOD_FOR
        )
    except signing.BadSignature:
        who, page, subjects = "", "", []
    if not who or who != request.actor.person_uid:
        raise Denied("연 지 오래된 화면입니다. 화면을 새로 연 뒤에 인쇄해 주세요.")
    note_personal(request, Handling.PRINT, page, subjects=tuple(subjects))
    return HttpResponse(status=204)
