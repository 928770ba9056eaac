"""Signing in and out, as the access log (접속기록) keeps it."""

from django.http import HttpRequest

from mokmin.foundation.access.actor import VISITOR, Actor
from mokmin.foundation.access.models import AccessEntry
from mokmin.foundation.access.states import Handling
from mokmin.surfaces.kit.http import MokminRequest, note_personal

SIGN_IN, SECOND_FACTOR, AGAIN = "로그인", "2단계 인증", "본인 확인"
SIGN_OUT, JOINING = "로그아웃", "주민 가입"

LONGEST = AccessEntry._meta.get_field("identifier").max_length


def signed_in(request: MokminRequest) -> None:
    """`request.actor` has come in."""
    note_personal(request, Handling.SIGN_IN, SIGN_IN)


def signed_out(request: MokminRequest) -> None:
    """`request.actor` has left."""
    note_personal(request, Handling.SIGN_OUT, SIGN_OUT)


def failed(request: HttpRequest, identifier: str, *, page: str) -> None:
    """Someone who gave this identifier was refused; whether such an account exists is not said."""
    claimed = Actor(name=VISITOR.name, email=identifier[:LONGEST])
    note_personal(request, Handling.SIGN_IN_FAILED, page, actor=claimed)  # type: ignore[arg-type]
