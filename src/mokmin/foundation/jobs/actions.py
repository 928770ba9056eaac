"""What people do with jobs: ask for one, ask to cancel it; and clearing away old ones."""

from datetime import datetime
from typing import Any

from django.db import transaction

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.jobs import access, queue
from mokmin.foundation.jobs.kinds import Task
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.states import FINAL, JobState
from mokmin.foundation.tenancy.context import current_tenant_id
from mokmin.foundation.trail import actions as trail
from mokmin.lib.errors import Denied
from mokmin.lib.uid import new_uid


@transaction.atomic
def enqueue(task: Task, *, actor: Actor, at: datetime, called: str = "", **values: Any) -> Job:
    """Ask for a job, inside the caller's transaction: it exists when that is committed.

    People see it as `called`, else as its kind is called.
    `values` are plain JSON and are kept behind the fence; the queue gets tenant and uid only.
    Raises TypeError when they are not what the task takes.
    """
    task.check(values)
    uid = new_uid()
    number = queue.defer(task.name, priority=task.priority, tenant_id=current_tenant_id(), uid=uid)
    return Job.objects.create(
        uid=uid,
        task=task.name,
        title=called or task.title,
        arguments=values,
        asked_by_id=actor.person_id,
        asked_by_name=actor.name,
        procrastinate_job_id=number,
        asked_at=at,
    )


@transaction.atomic
def ask_cancel(job: Job, *, actor: Actor, at: datetime) -> None:
    """Cancel a waiting job at once; a running one stops at its next step.

    Cancelling what somebody else has asked for is an act of the trail.
    Raises Denied when it is over, not theirs, or already asked.
    """
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if why := access.why_not_cancel(
        actor,
        asked_by_id=locked.asked_by_id,
        state=JobState(locked.state),
        is_cancel_asked=locked.cancel_asked_at is not None,
    ):
        raise Denied(why)
    if access.is_own(actor, asked_by_id=locked.asked_by_id):
        _cancel(locked, at=at)
        return
    with trail.act("cancel_job", actor=actor, at=at, about=locked):
        _cancel(locked, at=at)


def _cancel(locked: Job, *, at: datetime) -> None:
    locked.cancel_asked_at = at
    if locked.state == JobState.QUEUED and queue.cancel(locked.procrastinate_job_id):
        locked.state = JobState.CANCELLED
        locked.ended_at = max(at, locked.started_at or at)
    locked.save(update_fields=["cancel_asked_at", "state", "ended_at"])


def forget(*, ended_before: datetime) -> int:
    """Delete the tenant's jobs that ended before that instant; how many there were."""
    deleted, _ = Job.objects.filter(state__in=FINAL, ended_at__lt=ended_before).delete()
    return deleted
