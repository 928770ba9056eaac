"""The nightly clearing, and what the sweep does beside bringing killed jobs back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from mokmin.foundation.jobs import actions, queue, recovery, runner
from mokmin.foundation.jobs.kinds import Task
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.tenancy.context import tenant
from tests.foundation.jobs import bodies
from tests.foundation.jobs.workplace import AT, KIM, reread, take

NIGHT = datetime(2026, 9, 1, 18, 10, tzinfo=UTC)
HALF_A_MINUTE = timedelta(seconds=30)


def status_of(number):
    return ProcrastinateJob.objects.values_list("status", flat=True).get(id=number)


def test_each_municipality_gets_an_entry_of_its_own(tenant_a, tenant_b):
    app.tasks["jobs.forget_old"](timestamp=int(NIGHT.timestamp()))

    entries = ProcrastinateJob.objects.filter(task_name="jobs.forget_old:tenant").order_by("id")
    assert [entry.args for entry in entries] == [
        {"tenant_id": one.pk, "timestamp": int(NIGHT.timestamp())} for one in (tenant_a, tenant_b)
    ]


def test_jobs_that_ended_more_than_90_days_ago_are_forgotten(tenant_a):
    with tenant(tenant_a.pk):
        old, young = (
            actions.enqueue(bodies.mark, actor=KIM, at=AT, number=number) for number in (1, 2)
        )
        actions.ask_cancel(old, actor=KIM, at=NIGHT - timedelta(days=91))
        actions.ask_cancel(young, actor=KIM, at=NIGHT - timedelta(days=89))

    app.tasks["jobs.forget_old:tenant"](tenant_id=tenant_a.pk, timestamp=int(NIGHT.timestamp()))

    with tenant(tenant_a.pk):
        assert list(Job.objects.values_list("uid", flat=True)) == [young.uid]


def test_the_queue_forgets_what_ended_more_than_three_days_ago(tenant_a):
    old, young, waiting = (queue.defer("tests.nothing") for _ in range(3))
    queue.cancel(old)
    queue.cancel(young)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - interval '73 hours'"
            " WHERE job_id IN (%s, %s)",
            [old, waiting],
        )

    app.tasks["jobs.prune_queue"](timestamp=int(NIGHT.timestamp()))

    left = ProcrastinateJob.objects.filter(task_name="tests.nothing").order_by("id")
    assert [entry.id for entry in left] == [young, waiting]


def test_a_job_that_nobody_can_do_is_failed(tenant_a):
    with tenant(tenant_a.pk):
        task = Task("tests.gone", "없앤 작업", func=lambda _: None, max_attempts=2, priority=0)
        job = actions.enqueue(task, actor=KIM, at=AT)
        queue.cancel(job.procrastinate_job_id)

    recovery.adopt_orphans()

    over = reread(job)
    assert (over.state, over.error) == (
        "failed",
        "이 작업을 처리할 수 있는 프로그램이 없습니다. 관리자에게 알려 주세요.",
    )


def test_a_waiting_job_is_left_alone_by_the_sweep(tenant_a):
    with tenant(tenant_a.pk):
        job = actions.enqueue(bodies.mark, actor=KIM, at=AT, number=1)

    recovery.sweep(HALF_A_MINUTE)

    assert reread(job).procrastinate_job_id == job.procrastinate_job_id
    assert status_of(job.procrastinate_job_id) == "todo"


def test_a_job_whose_worker_is_gone_says_that_it_waits_again(tenant_a):
    with tenant(tenant_a.pk):
        job = actions.enqueue(bodies.mark, actor=KIM, at=AT, number=1)
        Job.objects.filter(pk=job.pk).update(state="running", attempts=1, started_at=AT)
    take(job)

    recovery.sweep(HALF_A_MINUTE)

    waiting = reread(job)
    assert (waiting.state, waiting.attempts) == ("queued", 1)
    assert waiting.message == "처리하던 프로그램이 멈춰서 다시 차례를 기다립니다."
    assert status_of(job.procrastinate_job_id) == "todo"


@pytest.mark.parametrize(("attempts", "status"), [(0, "todo"), (runner.ENOUGH, "failed")])
def test_stalled_housekeeping_is_repeated_but_not_for_ever(tenant_a, attempts, status):
    number = queue.defer("tests.nothing")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s WHERE id = %s",
            [attempts, number],
        )

    recovery.sweep(HALF_A_MINUTE)

    assert status_of(number) == status
