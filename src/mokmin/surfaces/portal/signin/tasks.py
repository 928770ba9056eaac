"""Jobs of sign-in: letters, whose values hold no secret as links are made late; and tidying up."""

from datetime import datetime

from django.core.cache import cache
from django.urls import reverse

from mokmin.foundation.jobs.progress import Progress
from mokmin.foundation.jobs.registry import periodic, task
from mokmin.foundation.people import queries as people
from mokmin.lib.errors import Denied
from mokmin.surfaces.kit import links
from mokmin.surfaces.kit.session_store import SessionStore
from mokmin.surfaces.portal.signin import letters, tokens
from mokmin.surfaces.portal.signin.tokens import SignUp

SOON = 5
"""Priority: somebody waits for the letter."""

EXPIRED = "가입 신청이 오래되어 메일을 보내지 못했습니다. 신청한 사람이 다시 신청해야 합니다."


@task(name="portal.send_password_reset", title="비밀번호 찾기 메일 보내기", priority=SOON)
def send_password_reset(handle: Progress, *, account_id: int | None, origin: str) -> None:
    """Asked for with an unknown address as well, so that the asking tells nothing."""
    if account_id is not None:
        _send_link(handle, "password_reset", account_id=account_id, origin=origin)


@task(name="portal.send_invitation", title="초대 메일 보내기", priority=SOON)
def send_invitation(handle: Progress, *, account_id: int, origin: str) -> None:
    """To the first password, or to the sign-in page of whoever has one already."""
    _send_link(handle, "invitation", account_id=account_id, origin=origin)


@task(name="portal.send_sign_up", title="가입 확인 메일 보내기", priority=SOON)
def send_sign_up(handle: Progress, *, envelope: str, origin: str) -> None:
    """One and the same letter for every address; the page it leads to knows the difference."""
    wanted: SignUp | None = cache.get(envelope)
    if wanted is None:
        raise Denied(EXPIRED)
    with handle.transaction(read_only=True):
        link = origin + tokens.sign_up_path(wanted)
        letter = letters.write("sign_up", to=wanted.email, tenant_id=handle.tenant_id, link=link)
    letters.post(letter)
    cache.delete(envelope)


@periodic(name="portal.clear_sessions", cron="20 18 * * *")
def clear_sessions(_at: datetime) -> None:
    """Delete sessions that have ended (03:20 in Seoul)."""
    SessionStore.clear_expired()


def _send_link(handle: Progress, name: str, *, account_id: int, origin: str) -> None:
    with handle.transaction(read_only=True):
        account = people.account(account_id)
        if account is None or not people.is_here(account_id):
            return
        letter = letters.write(
            name,
            to=account.email,
            tenant_id=handle.tenant_id,
            link=origin + links.password_path(account),
            has_password=account.has_usable_password(),
            login=origin + reverse("account_login"),
        )
    letters.post(letter)
