"""Who may change people and their roles."""

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role


def why_not_see_people(actor: Actor) -> str | None:
    """Accounts and roles are read by administrators and auditors."""
    if not actor.holds(Role.ADMINISTRATOR, Role.AUDITOR):
        return "계정과 역할은 관리자와 감사 담당자만 볼 수 있습니다."
    return None


def why_not_manage_people(actor: Actor) -> str | None:
    """Accounts and roles are changed by administrators."""
    if not actor.holds(Role.ADMINISTRATOR):
        return "계정과 역할은 관리자만 바꿀 수 있습니다."
    return None
