"""Jobs done by real worker processes."""

from urllib.parse import quote, unquote, urlsplit

import psycopg
import pytest

from mokmin.foundation.jobs import actions
from mokmin.foundation.tenancy.context import tenant
from tests.foundation.jobs import bodies
from tests.foundation.jobs.workplace import AT, KIM, ended, marks, reread, until


def test_a_job_is_done_with_progress_and_result(workers, tenant_a, gate):
    workers()
    with tenant(tenant_a.pk):
        job = actions.enqueue(
            bodies.count_between, actor=KIM, at=AT, upto=3, gate=gate.key, wait_after=1
        )

    gate.is_reached()
    halfway = reread(job)
    gate.open()
    over = ended(job, "done")

    assert (halfway.state, halfway.done_steps, halfway.total_steps) == ("running", 2, 3)
    assert (halfway.message, halfway.result) == ("2번째 표시", None)
    assert (over.done_steps, over.attempts, over.error) == (3, 1, "")
    assert marks(job) == [0, 1, 2]


def test_a_running_job_stops_at_its_next_step_when_asked(workers, tenant_a, gate):
    workers()
    with tenant(tenant_a.pk):
        job = actions.enqueue(
            bodies.count_between, actor=KIM, at=AT, upto=3, gate=gate.key, wait_after=0
        )

    gate.is_reached()
    with tenant(tenant_a.pk):
        actions.ask_cancel(job, actor=KIM, at=AT)
    gate.open()
    over = ended(job, "cancelled")

    assert (over.done_steps, over.cancel_asked_at) == (1, AT)
    assert marks(job) == [0]


def test_a_bug_fails_its_job_alone_and_the_log_has_its_traceback(workers, tenant_a):
    worker = workers()
    with tenant(tenant_a.pk):
        broken = actions.enqueue(bodies.crash, actor=KIM, at=AT)
        sound = actions.enqueue(bodies.names, actor=KIM, at=AT)

    ended(sound, "done")

    told = "예상하지 못한 오류로 멈췄습니다. 관리자에게 오류 번호를 알려 주세요: " + broken.uid
    assert (reread(broken).state, reread(broken).error) == ("failed", told)
    until(lambda: "ZeroDivisionError" in worker.said(), what="the traceback is logged")
    assert broken.uid in worker.said()


def test_two_workers_share_the_work(workers, tenant_a, gate):
    workers()
    workers()
    with tenant(tenant_a.pk):
        jobs = [actions.enqueue(bodies.hold, actor=KIM, at=AT, gate=gate.key) for _ in range(2)]

    gate.is_reached(by=2)
    gate.open()

    assert [ended(job, "done").result for job in jobs] == [1, 1]


def test_a_job_sees_the_rows_of_its_own_municipality_only(workers, tenant_a, tenant_b):
    workers()
    with tenant(tenant_b.pk):
        theirs = actions.enqueue(bodies.mark, actor=KIM, at=AT, number=1)
    with tenant(tenant_a.pk):
        ours = actions.enqueue(bodies.names, actor=KIM, at=AT)

    assert ended(ours, "done").result == ["김주무"]
    assert ended(theirs, "done").result == 1


def test_a_worker_waits_for_a_database_that_is_down_when_it_starts(
    fresh_worker, tenant_a, app_dsn, tmp_path
):
    with tenant(tenant_a.pk):
        job = actions.enqueue(bodies.mark, actor=KIM, at=AT, number=7)
    folder = urlsplit(app_dsn).hostname
    door = tmp_path / "s"
    worker = fresh_worker(DATABASE_URL=app_dsn.replace(folder, quote(str(door), safe="")))

    until(lambda: "worker lost the database" in worker.said(), what="the worker looks for it")
    door.symlink_to(unquote(folder))

    assert ended(job, "done").result == 7


@pytest.fixture
def queueless(transactional_db, superuser_dsn):
    """A database whose queue was never made."""
    with psycopg.connect(superuser_dsn, autocommit=True) as superuser:
        superuser.execute("ALTER TABLE procrastinate_workers RENAME TO hidden")
        yield
        superuser.execute("ALTER TABLE hidden RENAME TO procrastinate_workers")


def test_a_worker_whose_tables_are_missing_ends_and_says_which(queueless, fresh_worker):
    worker = fresh_worker()

    assert worker.wait() == 1
    assert 'relation "procrastinate_workers" does not exist' in worker.said()
