"""Who may open and change what belongs to this room."""

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role


def why_not_staff(actor: Actor) -> str | None:
    """The staff console is for people who work for the municipality."""
    if not actor.is_staff:
        return "직원 업무 화면은 직원 계정으로만 볼 수 있습니다."
    return None


def why_not_change_settings(actor: Actor) -> str | None:
    """기관 설정 is the administrator's."""
    if not actor.holds(Role.ADMINISTRATOR):
        return "기관 설정은 관리자만 보고 고칠 수 있습니다."
    return None


def why_not_see_parts(actor: Actor) -> str | None:
    """화면 부품 is looked at by administrators."""
    if not actor.holds(Role.ADMINISTRATOR):
        return "화면 부품은 관리자만 볼 수 있습니다."
    return None


def why_not_see_trail(actor: Actor) -> str | None:
    """변경 이력 is read by auditors, and by administrators as far as settings and accounts go."""
    if not actor.holds(Role.AUDITOR, Role.ADMINISTRATOR):
        return "변경 이력은 감사 담당자와 관리자만 볼 수 있습니다."
    return None


def why_not_verify_trail(actor: Actor) -> str | None:
    """Proving the whole chain is the auditor's act."""
    if not actor.holds(Role.AUDITOR):
        return "변경 이력 검증은 감사 담당자만 시작할 수 있습니다."
    return None


def why_not_see_access_log(actor: Actor) -> str | None:
    """개인정보 접속기록 is read by auditors and administrators."""
    if not actor.holds(Role.AUDITOR, Role.ADMINISTRATOR):
        return "개인정보 접속기록은 감사 담당자와 관리자만 볼 수 있습니다."
    return None


def why_not_review_access_log(actor: Actor) -> str | None:
    """The monthly check is the auditor's: administrators would check themselves."""
    if not actor.holds(Role.AUDITOR):
        return "접속기록 월 점검은 감사 담당자만 기록할 수 있습니다."
    return None
