"""Who may see and cancel jobs."""

from collections.abc import Collection
from typing import Protocol

from mokmin.foundation.jobs.states import FINAL, JobState

ADMINISTRATOR = "administrator"


class Doer(Protocol):
    """What jobs need to know of an actor; `person_id` is None for the system."""

    @property
    def person_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...

    @property
    def roles(self) -> Collection[str]: ...


def why_not_see_all(doer: Doer) -> str | None:
    """The list of everybody's jobs is the administrator's."""
    if ADMINISTRATOR not in doer.roles:
        return "모든 사람의 작업은 관리자만 볼 수 있습니다."
    return None


def why_not_cancel(
    doer: Doer, *, asked_by_id: int | None, state: JobState, is_cancel_asked: bool
) -> str | None:
    """A job is cancelled by who asked for it, or by an administrator, while it is not over."""
    if state in FINAL:
        return "이미 끝난 작업입니다."
    is_own = doer.person_id is not None and doer.person_id == asked_by_id
    if not is_own and ADMINISTRATOR not in doer.roles:
        return "작업을 요청한 사람과 관리자만 취소할 수 있습니다."
    if is_cancel_asked:
        return "이미 취소를 요청했습니다."
    return None
