"""Runs the body of one job and writes how it ended."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType

from django.db import InterfaceError, OperationalError
from procrastinate.jobs import Job as Entry
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from mokmin.foundation.jobs import lifecycle, rules
from mokmin.foundation.jobs.kinds import Task
from mokmin.foundation.jobs.lifecycle import Run, Superseded
from mokmin.foundation.jobs.progress import Cancelled, Interrupted, Progress
from mokmin.foundation.trail.context import request_id
from mokmin.lib.errors import Refusal

logger = logging.getLogger("mokmin.jobs")

BREATH = 2
"""Seconds before another attempt when the database broke off."""

ENOUGH = 20
"""Deliveries after which even an entry without a job row is given up."""


class Again(BaseRetryStrategy):
    """What the queue delivers again: a clean stop at once, a broken connection after a breath."""

    def get_retry_decision(self, *, exception: BaseException, job: Entry) -> RetryDecision | None:
        """How to go on after this exception; None is the end."""
        if isinstance(exception, Interrupted):
            return RetryDecision()
        if isinstance(exception, OperationalError | InterfaceError) and job.attempts < ENOUGH:
            return RetryDecision(retry_in={"seconds": BREATH})
        return None


AGAIN = Again()


def run(task: Task, *, tenant_id: int, uid: str, is_stopping: Callable[[], bool]) -> None:
    """Run one delivery of a job; what it returns, if it has not finished itself, is its result."""
    begun = lifecycle.begin(task, tenant_id=tenant_id, uid=uid)
    if begun is None:
        return
    handle = Progress(begun, is_stopping)
    with _Ending(begun), _named(uid):
        result = task.func(handle, **begun.arguments)
        if not handle.is_finished:
            handle.finish(result)


@contextmanager
def _named(uid: str) -> Iterator[None]:
    """Acts of the body remember the job as those of a page remember its request."""
    before = request_id.set(uid)
    try:
        yield
    finally:
        request_id.reset(before)


class _Ending(AbstractContextManager[None]):
    """Every way in which a body can end other than well; bugs go on to the queue's log."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        match error:
            case None | OperationalError() | InterfaceError():
                return False
            case Superseded():
                logger.warning("job %s was taken over by another worker", self._run.uid)
                return True
            case Interrupted():
                return not self._wrote(lifecycle.put_back)
            case Cancelled():
                self._wrote(lifecycle.end_cancelled)
                return True
            case Refusal():
                self._wrote(lifecycle.end_failed, str(error))
                return True
        self._wrote(lifecycle.end_failed, rules.sentence_for_bug(self._run.uid))
        return False

    def _wrote(self, ending: Callable[..., None], *sentence: str) -> bool:
        """False when another worker has the job, whose row is then none of our business."""
        try:
            ending(self._run, *sentence)
        except Superseded:
            return False
        return True
