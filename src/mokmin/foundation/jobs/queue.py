"""The joint to procrastinate's queue, always on Django's own connection.

What is written here is committed or rolled back with the caller's transaction, in the web and in
the worker alike. The queue's tables know no tenant, so they hold nothing but names and numbers.
"""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from procrastinate import sql
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.jobs import DEFAULT_QUEUE
from procrastinate.types import JobToDefer
from psycopg.types.json import Jsonb

LIVE = ("todo", "doing")
WORKERS: str = ProcrastinateWorker._meta.db_table


def defer(name: str, *, priority: int = 0, **values: Any) -> int:
    """Put one entry into the queue; its number."""
    entry = JobToDefer(
        queue_name=DEFAULT_QUEUE,
        task_name=name,
        priority=priority,
        lock=None,
        queueing_lock=None,
        args=Jsonb(values),  # type: ignore[arg-type]  # wrapped for the driver, as procrastinate does
        scheduled_at=None,
    )
    return int(_run("defer_jobs", jobs=[entry]))


def cancel(number: int) -> bool:
    """Take an entry out that no worker has taken yet; False when one has."""
    return _run("cancel_job", job_id=number, abort=False, delete_job=False) is not None


def put_back(number: int) -> None:
    """Let any worker take the entry again, now."""
    unchanged = {"new_priority": None, "new_queue_name": None, "new_lock": None}
    _run("retry_job", job_id=number, retry_at=None, **unchanged)


def give_up(number: int) -> None:
    """Close an entry that was tried often enough."""
    _run("finish_job", job_id=number, status="failed", delete_job=False)


def stalled(after: timedelta) -> QuerySet[ProcrastinateJob]:
    """Entries whose worker has gone, or has given no sign of life for so long."""
    silent = Q(worker__isnull=True) | Q(worker__last_heartbeat__lt=Now() - after)
    return ProcrastinateJob.objects.filter(silent, status="doing").order_by("id")


def live() -> QuerySet[ProcrastinateJob]:
    """Entries that wait for a worker or are with one."""
    return ProcrastinateJob.objects.filter(status__in=LIVE)


def workers(within: timedelta) -> int:
    """How many workers have given a sign of life within that time."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=Now() - within).count()


def prune(hours: int) -> None:
    """Delete entries that ended that long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.queries["delete_old_jobs"],
            {
                "nb_hours": hours,
                "queue": None,
                "statuses": ["succeeded", "failed", "cancelled", "aborted"],
            },
        )


def _run(query: str, **values: Any) -> Any:
    """The one value that a statement of procrastinate's gives back."""
    with connection.cursor() as cursor:
        cursor.execute(sql.queries[query], values)
        return cursor.fetchone()[0]
