"""Housekeeping of the jobs room, each night."""

from datetime import datetime, timedelta

from django.conf import settings

from mokmin.foundation.jobs import actions, queue
from mokmin.foundation.jobs.registry import for_each_tenant, periodic
from mokmin.foundation.tenancy import context

KEPT_DAYS = 90
"""How long ended jobs stay in the lists, unless MOKMIN_JOBS_KEPT_DAYS says otherwise."""

QUEUE_KEPT_HOURS = 72
"""The queue's own entries serve only to look into trouble."""


@for_each_tenant(name="jobs.forget_old", cron="10 18 * * *")
def forget_old(tenant_id: int, at: datetime) -> None:
    """Delete jobs that ended long ago (03:10 in Seoul)."""
    days = getattr(settings, "MOKMIN_JOBS_KEPT_DAYS", KEPT_DAYS)
    with context.tenant(tenant_id):
        actions.forget(ended_before=at - timedelta(days=days))


@periodic(name="jobs.prune_queue", cron="40 18 * * *")
def prune_queue(_at: datetime) -> None:
    """Delete the queue's entries that ended some days ago (03:40 in Seoul)."""
    queue.prune(QUEUE_KEPT_HOURS)
