"""Who may read and change the calendar."""

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role


def why_not_manage_calendar(actor: Actor) -> str | None:
    """Public holidays move deadlines of everybody; the administrator answers for them."""
    if not actor.holds(Role.ADMINISTRATOR):
        return "공휴일, 회계연도, 민선 기수는 관리자만 고칠 수 있습니다."
    return None
