"""Jobs per second: no-op jobs through the whole path, with one and with two worker processes."""

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app

from bench.environment import ROOT
from mokmin.foundation.access.actor import SYSTEM
from mokmin.foundation.jobs import actions, queries, queue
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.progress import Progress
from mokmin.foundation.jobs.registry import task
from mokmin.foundation.jobs.states import OPEN
from mokmin.foundation.tenancy.context import tenant
from tests import seed

JOBS = 500
ROUNDS = 3
PATIENCE = 120.0

WORKER = """
import sys
import django
from django.core.management import execute_from_command_line
django.setup()
import bench.jobs
execute_from_command_line(["manage", "worker"])
"""

SPEED_OF_JOBS = """
SELECT count(*) / extract(epoch FROM max(ended_at) - min(started_at))
  FROM jobs_job WHERE task = 'bench.nothing'
"""
SPEED_OF_ENTRIES = """
SELECT count(DISTINCT j.id) / extract(epoch FROM max(e.at) - min(e.at))
  FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id
 WHERE j.task_name = 'bench.bare' AND e.type IN ('started', 'succeeded')
"""


@task(name="bench.nothing", title="빈 작업")
def nothing(_handle: Progress) -> None:
    """What the machinery itself costs."""


@app.task(name="bench.bare")
def bare() -> None:
    """The same without a job row: procrastinate alone."""


def run(*, jobs: int = JOBS, rounds: int = ROUNDS) -> dict[str, Any]:
    """Medians over the rounds; each round measures all of them in turn."""
    found: dict[str, list[float]] = {"ask": [], "one": [], "two": [], "bare": []}
    for _ in range(rounds):
        with _workers(1):
            asked, one = _jobs(jobs)
            found["ask"].append(asked)
            found["one"].append(one)
            found["bare"].append(_entries(jobs))
        with _workers(2):
            found["two"].append(_jobs(jobs)[1])
    ask, one, two, bare_one = (statistics.median(speeds) for speeds in found.values())
    return {
        "ask for jobs": {"jobs/s": ask},
        "1 worker": {"jobs/s": one},
        "2 workers": {"jobs/s": two, "÷ 1 worker": two / one},
        "1 worker, bare queue entries": {"jobs/s": bare_one, "÷ with job row": bare_one / one},
    }


@contextmanager
def _workers(count: int) -> Iterator[None]:
    """So many worker processes, ready; ended in order."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path}
    command = [sys.executable, "-c", WORKER]
    processes = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(count)]
    try:
        _await(lambda: queries.workers_alive() == count)
        yield
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(PATIENCE)


def _jobs(count: int) -> tuple[float, float]:
    """Speed of asking for so many jobs in one transaction, and of doing them."""
    tenant_id = seed.tenant_of("a").pk
    begun = time.monotonic()
    with tenant(tenant_id):
        Job.objects.filter(task=nothing.name).delete()
        for _ in range(count):
            actions.enqueue(nothing, actor=SYSTEM, at=seed.AT)
    asked = count / (time.monotonic() - begun)

    def over() -> bool:
        with tenant(tenant_id):
            return not Job.objects.filter(state__in=OPEN).exists()

    _await(over)
    with tenant(tenant_id):
        return asked, _one(SPEED_OF_JOBS)


def _entries(count: int) -> float:
    """Speed of procrastinate alone."""
    with transaction.atomic():
        for _ in range(count):
            queue.defer("bench.bare")
    _await(lambda: not queue.live().filter(task_name="bench.bare").exists())
    speed = _one(SPEED_OF_ENTRIES)
    queue.prune(0)
    return speed


def _one(sql: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return float(cursor.fetchone()[0])


def _await(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the workers did not come to an end")
        time.sleep(0.02)
