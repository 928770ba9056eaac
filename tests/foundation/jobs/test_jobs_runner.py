"""One delivery of a job, from its start to its end."""

import pytest
from django.db import IntegrityError, InternalError, OperationalError
from procrastinate.jobs import Job as Entry

from mokmin.foundation.access.actor import SYSTEM
from mokmin.foundation.jobs import actions, lifecycle, runner
from mokmin.foundation.jobs.kinds import Task
from mokmin.foundation.jobs.lifecycle import Superseded
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.progress import Interrupted, Progress
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail import actions as trail
from mokmin.foundation.trail.context import request_id
from mokmin.foundation.trail.models import Act
from mokmin.lib.errors import Denied
from tests.foundation.jobs import bodies
from tests.foundation.jobs.workplace import AT, KIM, marks, reread


@pytest.fixture
def ask(tenant_a):
    """Asks for a job with this body; `deliver` then runs it."""

    def ask(func, **values):
        task = Task(name="tests.body", title="시험", func=func, max_attempts=2, priority=0)
        with tenant(tenant_a.pk):
            return task, actions.enqueue(task, actor=KIM, at=AT, **values)

    return ask


def deliver(task, job, *, is_stopping=False):
    runner.run(task, tenant_id=job.tenant_id, uid=job.uid, is_stopping=lambda: is_stopping)
    return reread(job)


def leave_mark(handle, number):
    actions.enqueue(bodies.mark, actor=SYSTEM, at=handle.asked_at, number=number)


def test_what_a_body_returns_is_the_result(ask):
    over = deliver(*ask(lambda _, number: {"number": number}, number=5))

    assert (over.state, over.result, over.attempts) == ("done", {"number": 5}, 1)
    assert over.ended_at >= over.started_at


@pytest.mark.parametrize("error", [None, Denied("안 됩니다.")])
def test_acts_of_a_body_remember_its_job_and_what_comes_after_does_not(ask, error):
    def body(handle):
        with tenant(handle.tenant_id), trail.act("tidy", actor=SYSTEM, at=AT):
            pass
        if error:
            raise error

    task, job = ask(body)
    deliver(task, job)

    with tenant(job.tenant_id):
        assert [act.request_id for act in Act.objects.filter(verb="tidy")] == [job.uid]
    assert request_id.get() == ""


def test_a_step_inside_a_transaction_is_rolled_back_with_it(ask):
    def body(handle):
        handle.step(1, 3, "하나")
        with handle.transaction():
            leave_mark(handle, 2)
            handle.step(2, 3, "둘")
            raise ZeroDivisionError

    task, job = ask(body)
    with pytest.raises(ZeroDivisionError):
        deliver(task, job)

    over = reread(job)
    assert (over.state, over.done_steps, over.message) == ("failed", 1, "하나")
    assert marks(job) == []


def test_the_next_attempt_goes_on_from_the_last_committed_step(ask):
    def body(handle):
        for number in range(handle.done, 3):
            with handle.transaction():
                leave_mark(handle, number)
                handle.step(number + 1, 3)
            if number == 1 and handle.attempt == 1:
                raise OperationalError

    task, job = ask(body)
    with pytest.raises(OperationalError):
        deliver(task, job)
    broken_off = reread(job)
    over = deliver(task, job)

    assert (broken_off.state, broken_off.done_steps) == ("running", 2)
    assert (over.state, over.attempts) == ("done", 2)
    assert marks(job) == [0, 1, 2]


def test_an_attempt_that_was_taken_over_can_commit_nothing(ask):
    task, job = ask(lambda _: None)
    first = lifecycle.begin(task, tenant_id=job.tenant_id, uid=job.uid)
    lifecycle.begin(task, tenant_id=job.tenant_id, uid=job.uid)
    handle = Progress(first, lambda: False)

    with pytest.raises(Superseded), handle.transaction():
        leave_mark(handle, 1)

    assert marks(job) == []


def test_a_body_that_was_taken_over_ends_quietly(ask):
    def body(handle):
        lifecycle.begin(task, tenant_id=job.tenant_id, uid=job.uid)
        handle.step(1, 1)

    task, job = ask(body)
    over = deliver(task, job)

    assert (over.state, over.attempts, over.done_steps) == ("running", 2, 0)


def test_a_finished_job_is_not_run_again(ask):
    runs = []
    task, job = ask(runs.append)
    deliver(task, job)
    deliver(task, job)

    assert len(runs) == 1


def test_after_its_end_a_job_has_no_more_transactions(ask):
    def body(handle):
        handle.finish([1])
        handle.step(1, 1)

    task, job = ask(body)
    with pytest.raises(RuntimeError):
        deliver(task, job)

    assert (reread(job).state, reread(job).result) == ("done", [1])


def test_transactions_of_a_job_do_not_nest(ask):
    def body(handle):
        with handle.transaction(), handle.transaction():
            leave_mark(handle, 1)

    task, job = ask(body)
    with pytest.raises(RuntimeError):
        deliver(task, job)

    assert reread(job).state == "failed"


def test_a_read_only_transaction_cannot_write(transactional_db, ask):
    def body(handle):
        with handle.transaction(read_only=True):
            leave_mark(handle, 1)

    with pytest.raises(InternalError, match="read-only"):
        deliver(*ask(body))


def test_a_step_of_a_read_only_transaction_is_written_after_it(transactional_db, ask):
    def body(handle):
        with handle.transaction(read_only=True):
            handle.step(1, 2, "읽었습니다.")

    over = deliver(*ask(body))

    assert (over.state, over.done_steps, over.message) == ("done", 1, "읽었습니다.")


def test_a_refusal_is_told_as_it_is(tenant_a):
    with tenant(tenant_a.pk):
        job = actions.enqueue(bodies.refuse, actor=KIM, at=AT)

    over = deliver(bodies.refuse, job)

    assert (over.state, over.error) == ("failed", "마감한 회차의 실적은 고칠 수 없습니다.")


def test_a_result_that_is_too_large_is_a_bug(ask):
    task, job = ask(lambda _: "가" * 3000)

    with pytest.raises(IntegrityError):
        deliver(task, job)

    assert reread(job).error == (
        f"예상하지 못한 오류로 멈췄습니다. 관리자에게 오류 번호를 알려 주세요: {job.uid}"
    )


def test_a_job_cancelled_before_its_start_does_not_run(ask):
    runs = []
    task, job = ask(runs.append)
    with tenant(job.tenant_id):
        Job.objects.filter(pk=job.pk).update(cancel_asked_at=AT)

    assert deliver(task, job).state == "cancelled"
    assert runs == []


def test_a_stopping_worker_puts_the_job_back_without_counting_the_attempt(ask):
    task, job = ask(lambda handle: handle.step(1, 2))

    with pytest.raises(Interrupted):
        deliver(task, job, is_stopping=True)

    waiting = reread(job)
    assert (waiting.state, waiting.attempts, waiting.done_steps) == ("queued", 0, 0)


def test_a_job_that_never_comes_to_an_end_is_given_up(ask):
    task, job = ask(lambda _: None)
    for _ in range(task.max_attempts):
        lifecycle.begin(task, tenant_id=job.tenant_id, uid=job.uid)

    over = deliver(task, job)

    assert (over.state, over.attempts) == ("failed", 2)
    assert over.error == "2번 시도했지만 끝까지 처리하지 못했습니다. 관리자에게 알려 주세요."


def test_a_job_that_is_not_there_is_left_alone(tenant_a, ask):
    task, job = ask(lambda _: None)

    runner.run(task, tenant_id=tenant_a.pk, uid="0000000000", is_stopping=lambda: False)

    assert reread(job).state == "queued"


def test_the_queue_delivers_again_only_what_was_broken_off():
    entry = Entry(queue="default", lock=None, queueing_lock=None, task_name="tests.body")

    assert runner.AGAIN.get_retry_decision(exception=Interrupted(), job=entry) is not None
    assert runner.AGAIN.get_retry_decision(exception=OperationalError(), job=entry) is not None
    assert runner.AGAIN.get_retry_decision(exception=ZeroDivisionError(), job=entry) is None
    worn = entry.evolve(attempts=runner.ENOUGH)
    assert runner.AGAIN.get_retry_decision(exception=OperationalError(), job=worn) is None
