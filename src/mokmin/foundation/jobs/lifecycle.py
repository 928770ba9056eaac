"""What a worker writes into a job's row, and the proof that the job is still its own.

Every start counts `attempts` up. A worker writes only where `attempts` is still the number it
started with: one that was thought dead, and whose job another has taken over, can commit nothing
more. The row is locked for an instant only, at the end of a transaction, so that asking to cancel
never waits for a body.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce, Now

from mokmin.foundation.jobs import rules, signals
from mokmin.foundation.jobs.kinds import Task
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.states import FINAL, JobState
from mokmin.foundation.tenancy import context


class Superseded(Exception):
    """Another worker has the job now; whatever this one was doing is rolled back."""


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt at one job."""

    tenant_id: int
    job_id: int
    uid: str
    attempt: int
    done: int
    arguments: dict[str, Any]
    asked_by_id: int | None
    asked_by_name: str
    asked_at: datetime


def begin(task: Task, *, tenant_id: int, uid: str) -> Run | None:
    """Start an attempt; None when there is nothing left to do.

    The queue delivers at least once: a job that was finished but not acknowledged ends here.
    """
    with context.tenant(tenant_id):
        job = Job.objects.select_for_update().filter(uid=uid).first()
        if job is None or job.state in FINAL:
            return None
        if ending := _why_over(job, max_attempts=task.max_attempts):
            Job.objects.filter(pk=job.pk).update(**ending, ended_at=Now())
            tell_end(job.uid, asked_by_id=job.asked_by_id)
            return None
        Job.objects.filter(pk=job.pk).update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            started_at=Coalesce("started_at", Now()),
        )
        return Run(
            tenant_id=tenant_id,
            job_id=job.pk,
            uid=uid,
            attempt=job.attempts + 1,
            done=job.done_steps,
            arguments=job.arguments,
            asked_by_id=job.asked_by_id,
            asked_by_name=job.asked_by_name,
            asked_at=job.asked_at,
        )


def _why_over(job: Job, *, max_attempts: int) -> dict[str, Any]:
    if job.cancel_asked_at:
        return {"state": JobState.CANCELLED}
    if why := rules.why_not_start(attempts=job.attempts, max_attempts=max_attempts):
        return {"state": JobState.FAILED, "error": why}
    return {}


def record(run: Run, changes: dict[str, Any]) -> None:
    """Write into the row as the last act of a transaction; raises Superseded."""
    own = Job.objects.filter(pk=run.job_id, state=JobState.RUNNING, attempts=run.attempt)
    if not own.update(**{"attempts": run.attempt, **changes}):
        raise Superseded(run.uid)
    if changes.get("state") in FINAL:
        tell_end(run.uid, asked_by_id=run.asked_by_id)


def tell_end(uid: str, *, asked_by_id: int | None) -> None:
    """Let rooms above know that a job which somebody waits for is over."""
    if asked_by_id is not None:
        signals.job_ended.send(Job, uid=uid, asked_by_id=asked_by_id)


def is_cancel_asked(run: Run) -> bool:
    """Whether somebody has asked to cancel, as committed by now."""
    return Job.objects.filter(pk=run.job_id, cancel_asked_at__isnull=False).exists()


def finished(result: Any) -> dict[str, Any]:
    """The changes that end a job well."""
    return {"state": JobState.DONE, "result": result, "ended_at": Now()}


def end_cancelled(run: Run) -> None:
    """The body stopped because it was asked to."""
    with context.tenant(run.tenant_id):
        record(run, {"state": JobState.CANCELLED, "ended_at": Now()})


def end_failed(run: Run, sentence: str) -> None:
    """The body gave up; the sentence says why."""
    with context.tenant(run.tenant_id):
        record(run, {"state": JobState.FAILED, "error": sentence, "ended_at": Now()})


def put_back(run: Run) -> None:
    """The worker stops cleanly: the job waits again, and this attempt does not count."""
    with context.tenant(run.tenant_id):
        record(
            run,
            {
                "state": JobState.QUEUED,
                "attempts": run.attempt - 1,
                "message": rules.STOPPED_CLEANLY,
            },
        )
