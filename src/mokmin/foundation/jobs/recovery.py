"""Jobs whose worker was killed, and jobs that the queue has lost, get on again."""

import logging
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from mokmin.foundation.jobs import lifecycle, queue, rules
from mokmin.foundation.jobs.kinds import TASKS
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.runner import ENOUGH
from mokmin.foundation.jobs.states import OPEN, JobState
from mokmin.foundation.tenancy import context
from mokmin.foundation.tenancy.models import Tenant

logger = logging.getLogger("mokmin.jobs")


def sweep(stalled_after: timedelta) -> None:
    """What every worker does from time to time; several at once do no harm."""
    requeue_stalled(stalled_after)
    adopt_orphans()


def requeue_stalled(after: timedelta) -> None:
    """Let another worker take what a worker without a sign of life was at."""
    for number, args in list(queue.stalled(after).values_list("id", "args")):
        with _place(args):
            _requeue(number, args, after)


def adopt_orphans() -> None:
    """Queue open jobs anew whose entry is gone or closed; fail those that nobody can do."""
    for tenant_id in Tenant.objects.order_by("id").values_list("id", flat=True):
        with context.tenant(tenant_id):
            queued = queue.live().filter(id=OuterRef("procrastinate_job_id"))
            orphans = Job.objects.filter(~Exists(queued), state__in=OPEN).order_by("id")
            for job in orphans.select_for_update(of=("self",), skip_locked=True):
                _adopt(job, tenant_id)


def _place(args: dict[str, Any]) -> AbstractContextManager[None]:
    return context.tenant(args["tenant_id"]) if "uid" in args else transaction.atomic()


def _requeue(number: int, args: dict[str, Any], after: timedelta) -> None:
    """Row before entry, the order in which cancelling locks them."""
    job = None
    if "uid" in args:
        mine = Job.objects.filter(uid=args["uid"], procrastinate_job_id=number)
        job = mine.select_for_update().first()
    still = queue.stalled(after).select_for_update(of=("self",), skip_locked=True)
    entry = still.filter(id=number).first()
    if entry is None:
        return
    if entry.attempts >= ENOUGH:
        queue.give_up(number)
        return
    logger.warning("putting %s %s back into the queue: its worker is gone", entry.task_name, args)
    queue.put_back(number)
    if job is not None and job.state == JobState.RUNNING:
        Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED, message=rules.WAITING_AGAIN)


def _adopt(job: Job, tenant_id: int) -> None:
    changes: dict[str, Any]
    if task := TASKS.get(job.task):
        logger.warning("queueing job %s anew: the queue has lost it", job.uid)
        number = queue.defer(task.name, priority=task.priority, tenant_id=tenant_id, uid=job.uid)
        changes = {
            "procrastinate_job_id": number,
            "state": JobState.QUEUED,
            "message": rules.WAITING_AGAIN,
        }
    else:
        changes = {"state": JobState.FAILED, "error": rules.UNKNOWN_TASK, "ended_at": Now()}
    Job.objects.filter(pk=job.pk).update(**changes)
    if "error" in changes:
        lifecycle.tell_end(job.uid, asked_by_id=job.asked_by_id)
