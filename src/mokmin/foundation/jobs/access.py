"""Who may see and cancel jobs."""

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.jobs.states import FINAL, JobState


def why_not_see_all(actor: Actor) -> str | None:
    """The list of everybody's jobs is the administrator's."""
    if not actor.holds(Role.ADMINISTRATOR):
        return "모든 사람의 작업은 관리자만 볼 수 있습니다."
    return None


def is_own(actor: Actor, *, asked_by_id: int | None) -> bool:
    """Whether this person asked for it; nothing is a visitor's, nor the system's."""
    return actor.person_id is not None and actor.person_id == asked_by_id


def why_not_cancel(
    actor: Actor, *, asked_by_id: int | None, state: JobState, is_cancel_asked: bool
) -> str | None:
    """A job is cancelled by who asked for it, or by an administrator, while it is not over."""
    if state in FINAL:
        return "이미 끝난 작업입니다."
    if not is_own(actor, asked_by_id=asked_by_id) and not actor.holds(Role.ADMINISTRATOR):
        return "작업을 요청한 사람과 관리자만 취소할 수 있습니다."
    if is_cancel_asked:
        return "이미 취소를 요청했습니다."
    return None
