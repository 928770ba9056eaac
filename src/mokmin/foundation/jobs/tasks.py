"""What is done each night: clearing away old jobs, and the care for the access log below."""

from datetime import datetime, timedelta

from django.conf import settings

from mokmin.foundation.access import actions as access
from mokmin.foundation.jobs import actions, queue
from mokmin.foundation.jobs.registry import for_each_tenant, periodic
from mokmin.foundation.tenancy import context
from mokmin.lib.korean import in_seoul

QUEUE_KEPT_HOURS = 72
"""The queue's own entries serve only to look into trouble."""


@for_each_tenant(name="jobs.forget_old", cron="10 18 * * *")
def forget_old(tenant_id: int, at: datetime) -> None:
    """Delete jobs that ended long ago (03:10 in Seoul)."""
    kept = timedelta(days=settings.MOKMIN_JOBS_KEPT_DAYS)
    with context.tenant(tenant_id):
        actions.forget(ended_before=at - kept)


@periodic(name="jobs.prune_queue", cron="40 18 * * *")
def prune_queue(_at: datetime) -> None:
    """Delete the queue's entries that ended some days ago (03:40 in Seoul)."""
    queue.prune(QUEUE_KEPT_HOURS)


@for_each_tenant(name="people.keep_access_log", cron="30 15 * * *")
def keep_access_log(tenant_id: int, at: datetime) -> None:
    """Seal the days that are over, then purge what is past its time (00:30 in Seoul).

    The access room lies below jobs and cannot ask for them itself.
    """
    with context.tenant(tenant_id):
        today = in_seoul(at).date()
        access.seal_access_log(today=today, at=at)
        access.purge_access_log(today=today, at=at)
