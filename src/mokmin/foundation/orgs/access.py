"""Who may see and change the organisation, and who deals with a hand-over (인계인수)."""

from datetime import date

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.lib.korean import date_text

OVERSEERS = (Role.ADMINISTRATOR, Role.AUDITOR)
ACKNOWLEDGED = "이미 확인한 인계인수서입니다."


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


def sees_every_hand_over(actor: Actor) -> bool:
    """Administrators see that they are done, auditors how."""
    return actor.holds(*OVERSEERS)


def why_not_remark(actor: Actor, *, leaver_id: int, is_acknowledged: bool) -> str | None:
    """The leaver adds to the sheet until it is acknowledged."""
    if actor.person_id != leaver_id:
        return "인계자만 의견을 적을 수 있습니다."
    return ACKNOWLEDGED if is_acknowledged else None


def why_not_acknowledge(
    actor: Actor, *, successor_id: int | None, is_acknowledged: bool, on: date, today: date
) -> str | None:
    """Only the successor confirms, from the day on which the post is left."""
    if successor_id is None:
        return "인수자가 아직 정해지지 않았습니다."
    if actor.person_id != successor_id:
        return "인수자만 확인할 수 있습니다."
    if is_acknowledged:
        return ACKNOWLEDGED
    if today < on:
        return f"인계일인 {date_text(on)}부터 확인할 수 있습니다."
    return None


def why_not_name_successor(actor: Actor, *, is_head: bool, is_acknowledged: bool) -> str | None:
    """Heads and administrators name who takes over while nobody comes to the post."""
    if not actor.holds(Role.ADMINISTRATOR) and not is_head:
        return "인수자는 그 부서의 부서장과 팀장, 관리자만 정할 수 있습니다."
    return ACKNOWLEDGED if is_acknowledged else None
