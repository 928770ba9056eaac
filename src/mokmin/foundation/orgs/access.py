"""Who may see and change the organisation, and who deals with a hand-over."""

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role


def why_not_see_organisation(actor: Actor) -> str | None:
    """The organisation is read by everybody who works in it."""
    if not actor.is_staff:
        return "조직과 발령은 직원만 볼 수 있습니다."
    return None


def why_not_change_organisation(actor: Actor) -> str | None:
    """Units, posts and orders are the administrator's."""
    if not actor.holds(Role.ADMINISTRATOR):
        return "조직과 발령은 관리자만 바꿀 수 있습니다."
    return None
