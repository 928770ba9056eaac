"""Who may do what with files."""

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role


def why_not_see_checks(actor: Actor) -> str | None:
    """Whether the files are whole is the administrator's and the auditor's to watch."""
    if not actor.holds(Role.ADMINISTRATOR, Role.AUDITOR):
        return "파일 무결성 점검은 관리자와 감사 담당자만 볼 수 있습니다."
    return None


def why_not_check(actor: Actor) -> str | None:
    """Starting a check costs the machine something."""
    if not actor.holds(Role.ADMINISTRATOR):
        return "파일 무결성 점검은 관리자만 시작할 수 있습니다."
    return None


def why_not_remove(
    actor: Actor, *, is_own: bool, is_writer: bool, why_not_attach: str | None
) -> str | None:
    """One removes what was made for oneself, what one has uploaded, and where one may upload."""
    if is_own:
        return None
    if why_not_attach:
        return why_not_attach
    if is_writer or actor.holds(Role.ADMINISTRATOR):
        return None
    return "올린 사람과 관리자만 지울 수 있습니다."
