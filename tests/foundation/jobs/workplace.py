"""Worker processes, a gate that holds bodies still, and people who ask for jobs."""

import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.db import connection

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.tenancy.context import tenant

ROOT = Path(__file__).resolve().parents[3]
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DEADLINE = 60

KIM = Actor(person_id=901, name="김주무", roles=frozenset({Role.OFFICER}))
LEE = Actor(person_id=902, name="이주무", roles=frozenset({Role.OFFICER}))
ADMINISTRATOR = Actor(person_id=903, name="박관리", roles=frozenset({Role.ADMINISTRATOR}))

WORKER = """
import sys
import django
from django.core.management import execute_from_command_line
django.setup()
import tests.foundation.jobs.bodies
execute_from_command_line(["manage", "worker", *sys.argv[1:]])
"""
QUICK = ("--heartbeat=0.2", "--sweep=0.2", "--poll=0.2", "--concurrency=1")
HASTY = "--stalled-after=1"
"""For the worker that comes to the rescue; the others stay patient on a busy machine."""


def until(condition: Callable[[], object], *, what: str) -> None:
    """Poll until the condition holds; fails at the deadline."""
    deadline = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {DEADLINE} s: {what}")
        time.sleep(0.01)


def state_of(job: Job) -> str:
    """The job's state as committed now."""
    with tenant(job.tenant_id):
        return Job.objects.values_list("state", flat=True).get(pk=job.pk)


def reread(job: Job) -> Job:
    """The job's row as committed now."""
    with tenant(job.tenant_id):
        return Job.objects.get(pk=job.pk)


def ended(job: Job, state: str) -> Job:
    """Wait for the job to come to this end."""
    until(lambda: state_of(job) == state, what=f"{job.task} is {state}")
    return reread(job)


def marks(job: Job) -> list[int]:
    """What the bodies of the job's tenant have left behind."""
    with tenant(job.tenant_id):
        left = Job.objects.filter(task="tests.mark").order_by("id")
        return [values["number"] for values in left.values_list("arguments", flat=True)]


def take(job: Job) -> None:
    """Make the queue believe that a worker has the job; that worker is dead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s",
            [job.procrastinate_job_id],
        )


class Worker:
    """A real process of `mokmin manage worker`."""

    def __init__(self, number: int, log: Path, poll: Callable[[], int | None]) -> None:
        self.number = number
        self.log = log
        self._poll = poll
        self._code: int | None = None

    def send(self, signal_number: signal.Signals) -> None:
        os.kill(self.number, signal_number)

    def wait(self) -> int:
        """Its exit code, once it has ended."""
        until(self._has_ended, what="the worker ends")
        assert self._code is not None
        return self._code

    def end(self) -> None:
        if not self._has_ended():
            self.send(signal.SIGKILL)
            self.wait()

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def _has_ended(self) -> bool:
        if self._code is None:
            self._code = self._poll()
        return self._code is not None


def environment_of(app_dsn: str) -> dict[str, str]:
    """What a worker on the test database is started with."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "DATABASE_URL": app_dsn, "MOKMIN_POOL": "on", "PYTHONPATH": path}


class Gate:
    """An advisory lock at which bodies wait until the test opens it."""

    key = 20_260_302

    def __init__(self, dsn: str) -> None:
        self.connection = psycopg.connect(dsn, autocommit=True)
        self.connection.execute("SELECT pg_advisory_lock(%s)", [self.key])

    def waiting(self) -> int:
        found = self.connection.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
            " WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"
        ).fetchone()
        return found[0] if found else 0

    def is_reached(self, by: int = 1) -> None:
        until(lambda: self.waiting() == by, what=f"{by} bodies wait at the gate")

    def open(self) -> None:
        self.connection.execute("SELECT pg_advisory_unlock_all()")
