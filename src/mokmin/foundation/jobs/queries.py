"""Reading jobs: what a person may see, as rows for lists and for polling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.jobs import access, queue, rules
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.states import OPEN, JobState
from mokmin.foundation.tenancy.keyset import Order, Window, stretch
from mokmin.lib.errors import Denied
from mokmin.lib.korean import SEOUL

why_not_see_all = access.why_not_see_all

SIGN_OF_LIFE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job as a page shows it; `percent` is None while the total is unknown."""

    uid: str
    task: str
    title: str
    state: JobState
    percent: int | None
    message: str
    error: str
    result: Any
    asked_by_name: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    is_cancel_asked: bool
    why_not_cancel: str | None

    @property
    def is_open(self) -> bool:
        """Whether it is worth asking again."""
        return self.state in OPEN


def visible_to(actor: Actor) -> QuerySet[Job]:
    """Own jobs; for an administrator everybody's."""
    if why_not_see_all(actor) is None:
        return Job.objects.order_by("-id")
    return own(actor)


def own(actor: Actor) -> QuerySet[Job]:
    """What this person asked for; nothing for visitors and the system."""
    if actor.person_id is None:
        return Job.objects.none()
    return Job.objects.filter(asked_by_id=actor.person_id).order_by("-id")


ORDERS = {"asked": Order("id")}


def jobs(
    actor: Actor,
    *,
    window: Window,
    everyone: bool = False,
    state: str = "",
    since: date | None = None,
) -> Sequence[JobRow]:
    """A stretch of the own jobs, or of everyone's, asked for `since` a day in Seoul.

    Raises Denied when `everyone` is asked for by somebody else than an administrator.
    """
    if everyone and (why := why_not_see_all(actor)):
        raise Denied(why)
    found = visible_to(actor) if everyone else own(actor)
    if state:
        found = found.filter(state=state)
    if since:
        found = found.filter(asked_at__gte=_start_of(since))
    return window.turned([_row(actor, job) for job in stretch(found, window, ORDERS)])


@dataclass(frozen=True, slots=True)
class JobFigures:
    """How many jobs a person may see are open, and how many asked for lately have failed."""

    open: int
    failed: int
    workers: int
    """Worker processes that are at work, as `workers_alive`."""


FIGURES = f"""
SELECT count(*) FILTER (WHERE state = ANY (%s)),
       count(*) FILTER (WHERE state = '{JobState.FAILED}' AND asked_at >= %s),
       (SELECT count(*) FROM {queue.WORKERS} WHERE last_heartbeat > now() - %s)
  FROM {Job._meta.db_table} WHERE %s OR asked_by_id = %s
"""


def figures(actor: Actor, *, since: date) -> JobFigures:
    """The figures of the first page, in one query."""
    sees_all = why_not_see_all(actor) is None
    asked: list[Any] = [
        sorted(OPEN), _start_of(since), SIGN_OF_LIFE, sees_all, actor.person_id,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, asked)
        return JobFigures(*cursor.fetchone())


def one(actor: Actor, uid: str) -> JobRow:
    """One job for a page that polls; raises Job.DoesNotExist when it is not theirs to see."""
    return _row(actor, visible_to(actor).get(uid=uid))


def workers_alive() -> int:
    """How many worker processes are at work; 0 means that nothing will be done."""
    return queue.workers(within=SIGN_OF_LIFE)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), SEOUL)


def _row(actor: Actor, job: Job) -> JobRow:
    state = JobState(job.state)
    return JobRow(
        uid=job.uid,
        task=job.task,
        title=job.title,
        state=state,
        percent=rules.percent(state, done=job.done_steps, total=job.total_steps),
        message=job.message,
        error=job.error,
        result=job.result,
        asked_by_name=job.asked_by_name,
        asked_at=job.asked_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        is_cancel_asked=job.cancel_asked_at is not None,
        why_not_cancel=access.why_not_cancel(
            actor,
            asked_by_id=job.asked_by_id,
            state=state,
            is_cancel_asked=job.cancel_asked_at is not None,
        ),
    )
