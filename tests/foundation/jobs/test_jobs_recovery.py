"""Workers that are killed, put to sleep, stopped or cut off: every effect is there once."""

import signal

import psycopg
from procrastinate.contrib.django.models import ProcrastinateJob

from mokmin.foundation.jobs import actions, queue
from mokmin.foundation.tenancy.context import tenant
from tests.foundation.jobs import bodies
from tests.foundation.jobs.workplace import AT, HASTY, KIM, ended, marks, reread, until


def entry_is(job, status):
    return ProcrastinateJob.objects.filter(id=job.procrastinate_job_id, status=status).exists()


def test_a_job_whose_worker_was_killed_in_a_step_goes_on_from_there(workers, tenant_a, gate):
    killed = workers()
    with tenant(tenant_a.pk):
        job = actions.enqueue(bodies.count, actor=KIM, at=AT, upto=4, gate=gate.key, wait_in=2)
    gate.is_reached()

    killed.send(signal.SIGKILL)
    workers(HASTY)
    over = ended(job, "done")
    gate.open()

    assert killed.wait() == -signal.SIGKILL
    assert (over.attempts, over.done_steps, over.result) == (2, 4, {"marks": 4})
    assert marks(job) == [0, 1, 2, 3]


def test_a_finished_job_that_the_queue_does_not_know_of_is_not_done_twice(workers, tenant_a, gate):
    killed = workers()
    with tenant(tenant_a.pk):
        job = actions.enqueue(bodies.finish_and_wait, actor=KIM, at=AT, gate=gate.key)
    gate.is_reached()

    killed.send(signal.SIGKILL)
    workers(HASTY)
    until(lambda: entry_is(job, "succeeded"), what="the queue knows")
    gate.open()

    over = reread(job)
    assert (over.state, over.attempts, over.result) == ("done", 1, {"marks": 1})
    assert marks(job) == [0]


def test_a_worker_that_only_slept_can_add_nothing_to_what_another_took_over(
    workers, tenant_a, gate
):
    sleeper = workers()
    with tenant(tenant_a.pk):
        job = actions.enqueue(bodies.count, actor=KIM, at=AT, upto=4, gate=gate.key, wait_in=2)
    gate.is_reached()

    sleeper.send(signal.SIGSTOP)
    workers(HASTY)
    ended(job, "done")
    gate.open()
    sleeper.send(signal.SIGCONT)
    until(lambda: "taken over" in sleeper.said(), what="the sleeper has noticed")

    assert reread(job).attempts == 2
    assert marks(job) == [0, 1, 2, 3]


def test_a_stopping_worker_lets_the_running_job_finish(fresh_worker, tenant_a, gate):
    worker = fresh_worker()
    with tenant(tenant_a.pk):
        job = actions.enqueue(bodies.hold, actor=KIM, at=AT, gate=gate.key)
    gate.is_reached()

    worker.send(signal.SIGTERM)
    gate.open()

    assert worker.wait() == 0
    assert reread(job).state == "done"


def test_a_stopping_worker_hands_a_long_job_on(workers, tenant_a, gate):
    stopped = workers("--grace=0.1")
    with tenant(tenant_a.pk):
        job = actions.enqueue(bodies.until_open, actor=KIM, at=AT, gate=gate.key)
    until(lambda: reread(job).done_steps > 0, what="the job is at work")

    stopped.send(signal.SIGTERM)
    code = stopped.wait()
    waiting = reread(job)
    gate.open()
    workers()

    assert code == 0
    assert (waiting.state, waiting.attempts) == ("queued", 0)
    assert waiting.message == "프로그램을 다시 시작하는 동안 잠시 멈췄습니다. 이어서 처리합니다."
    assert ended(job, "done").attempts == 1


def test_a_worker_cut_off_from_the_database_comes_back_and_finishes(
    workers, tenant_a, gate, superuser_dsn
):
    workers(HASTY)
    with tenant(tenant_a.pk):
        job = actions.enqueue(bodies.count, actor=KIM, at=AT, upto=4, gate=gate.key, wait_in=2)
    gate.is_reached()

    with psycopg.connect(superuser_dsn, autocommit=True) as superuser:
        superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'worker-1'"
        )

    assert ended(job, "done").attempts == 2
    assert marks(job) == [0, 1, 2, 3]


def test_a_job_that_the_queue_has_lost_is_queued_anew(workers, tenant_a):
    with tenant(tenant_a.pk):
        job = actions.enqueue(bodies.mark, actor=KIM, at=AT, number=7)
        queue.cancel(job.procrastinate_job_id)

    workers()

    assert ended(job, "done").result == 7
