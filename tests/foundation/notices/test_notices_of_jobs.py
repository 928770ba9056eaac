"""What people are told of the jobs they asked for."""

import pytest

from mokmin.foundation.access.actor import SYSTEM
from mokmin.foundation.access.states import Role
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.jobs import rules, runner
from mokmin.foundation.jobs.registry import task
from mokmin.foundation.notices import queries
from mokmin.foundation.notices.models import Notice
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Window
from mokmin.lib.errors import Denied
from tests import seed


def fail(_handle):
    raise Denied("서버가 받지 않았습니다.")


QUIET = task(name="tests.notices_quiet", title="조용한 일")(lambda _handle: None)
LOUD = task(name="tests.notices_loud", title="내려받을 파일 만들기", announces=True)(
    lambda _handle: {"sentence": "5,432건을 담았습니다."}
)
FAILING = task(name="tests.notices_failing", title="메일 보내기")(fail)


@pytest.fixture
def told(tenant_a, actor):
    """Have a job done, and read what its asker was told."""

    def run(wanted, asker=None):
        officer = actor(Role.OFFICER)
        with tenant(tenant_a.pk):
            job = jobs.enqueue(wanted, actor=asker or officer, at=seed.AT)
        runner.run(wanted, tenant_id=tenant_a.pk, uid=job.uid, is_stopping=lambda: False)
        with tenant(tenant_a.pk):
            rows = queries.inbox(officer, window=Window("-at"))
            return [(row.kind, row.title, row.body, row.about == job.uid) for row in rows]

    return run


def test_a_failed_job_is_told_with_its_reason(told):
    assert told(FAILING) == [
        ("job-failed", "‘메일 보내기’ 작업을 마치지 못했습니다.", "서버가 받지 않았습니다.", True)
    ]


def test_what_somebody_waits_for_is_told_when_it_is_done(told):
    assert told(LOUD) == [
        ("job-done", "‘내려받을 파일 만들기’ 작업을 마쳤습니다.", "5,432건을 담았습니다.", True)
    ]


def test_other_jobs_end_without_a_word(told):
    assert told(QUIET) == []


@pytest.mark.parametrize("wanted", [FAILING, LOUD], ids=["failing", "loud"])
def test_nobody_is_told_of_what_the_system_asked_for(wanted, told, tenant_a):
    told(wanted, SYSTEM)

    with tenant(tenant_a.pk):
        assert Notice.objects.count() == 0


def test_a_job_that_took_its_worker_down_every_time_is_told_as_failed(tenant_a, actor):
    officer = actor(Role.OFFICER)
    with tenant(tenant_a.pk):
        job = jobs.enqueue(LOUD, actor=officer, at=seed.AT)
        type(job).objects.filter(pk=job.pk).update(attempts=LOUD.max_attempts)

    runner.run(LOUD, tenant_id=tenant_a.pk, uid=job.uid, is_stopping=lambda: False)

    with tenant(tenant_a.pk):
        notice = Notice.objects.get()
        assert (notice.kind, notice.body) == (
            "job-failed",
            rules.why_not_start(attempts=LOUD.max_attempts, max_attempts=LOUD.max_attempts),
        )
