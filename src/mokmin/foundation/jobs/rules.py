"""Judgements on jobs and the sentences that go with them: values in, answer out."""

from mokmin.foundation.jobs.states import JobState

FULL = 100

WAITING_AGAIN = "처리하던 프로그램이 멈춰서 다시 차례를 기다립니다."
STOPPED_CLEANLY = "프로그램을 다시 시작하는 동안 잠시 멈췄습니다. 이어서 처리합니다."
UNKNOWN_TASK = "이 작업을 처리할 수 있는 프로그램이 없습니다. 관리자에게 알려 주세요."


def percent(state: JobState, *, done: int, total: int) -> int | None:
    """Progress in whole percent, rounded down; None while the total is unknown."""
    if state == JobState.DONE:
        return FULL
    return FULL * done // total if total else None


def sentence_for_bug(uid: str) -> str:
    """What a person reads after a bug; the log has the traceback under the same number."""
    return f"예상하지 못한 오류로 멈췄습니다. 관리자에게 오류 번호를 알려 주세요: {uid}"


def why_not_start(*, attempts: int, max_attempts: int) -> str | None:
    """A job that took its worker down every time is not tried for ever."""
    if attempts >= max_attempts:
        return f"{attempts}번 시도했지만 끝까지 처리하지 못했습니다. 관리자에게 알려 주세요."
    return None
