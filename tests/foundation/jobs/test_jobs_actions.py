"""Asking for jobs, cancelling them, clearing them away."""

from datetime import timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from mokmin.foundation.jobs import actions
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.tenancy.context import NoTenant, tenant
from mokmin.foundation.trail import queries as trail
from mokmin.foundation.trail.queries import ActFilter
from mokmin.lib.errors import Denied
from tests.foundation.jobs import bodies
from tests.foundation.jobs.workplace import ADMINISTRATOR, AT, KIM, LEE, take

LATER = AT + timedelta(minutes=1)


@pytest.fixture
def job(tenant_a):
    with tenant(tenant_a.pk):
        yield actions.enqueue(bodies.mark, actor=KIM, at=AT, number=3)


def test_an_asked_job_waits_with_its_values_and_who_asked(job):
    assert (job.task, job.title, job.state) == ("tests.mark", "표시", "queued")
    assert (job.arguments, job.asked_by_id, job.asked_by_name) == ({"number": 3}, 901, "김주무")
    assert (job.asked_at, job.attempts, len(job.uid)) == (AT, 0, 10)


def test_the_queue_beyond_the_fence_holds_only_numbers(job):
    entry = ProcrastinateJob.objects.get(id=job.procrastinate_job_id)

    assert entry.args == {"tenant_id": job.tenant_id, "uid": job.uid}


def test_a_rolled_back_transaction_leaves_neither_job_nor_entry(transactional_db, tenant_a):
    with tenant(tenant_a.pk):
        actions.enqueue(bodies.mark, actor=KIM, at=AT, number=3)
        transaction.set_rollback(True)

    with tenant(tenant_a.pk):
        assert not Job.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_values_that_the_task_does_not_take_are_refused_where_they_are_given(tenant_a):
    with tenant(tenant_a.pk), pytest.raises(TypeError, match="nummer"):
        actions.enqueue(bodies.mark, actor=KIM, at=AT, number=3, nummer=3)


def test_outside_of_a_municipality_nothing_can_be_asked(tenant_a):
    with pytest.raises(NoTenant):
        actions.enqueue(bodies.mark, actor=KIM, at=AT, number=3)


def test_another_municipality_cannot_see_the_job(job, tenant_b):
    with tenant(tenant_b.pk):
        assert not Job.objects.filter(uid=job.uid).exists()


def test_a_waiting_job_is_cancelled_at_once(job):
    actions.ask_cancel(job, actor=KIM, at=LATER)

    job.refresh_from_db()
    assert (job.state, job.cancel_asked_at, job.ended_at) == ("cancelled", LATER, LATER)
    entry = ProcrastinateJob.objects.get(id=job.procrastinate_job_id)
    assert entry.status == "cancelled"


def test_a_job_that_a_worker_has_just_taken_is_only_asked_to_stop(job):
    take(job)

    actions.ask_cancel(job, actor=KIM, at=LATER)

    job.refresh_from_db()
    assert (job.state, job.cancel_asked_at, job.ended_at) == ("queued", LATER, None)


def test_an_administrator_cancels_for_others_and_the_trail_keeps_it(job):
    actions.ask_cancel(job, actor=ADMINISTRATOR, at=LATER)

    job.refresh_from_db()
    assert job.state == "cancelled"
    (kept,) = trail.acts(ActFilter(verb="cancel_job"))
    assert (kept.actor_name, kept.at, kept.verb_label) == ("박관리", LATER, "남의 작업 취소")
    assert (kept.subject_table, kept.subject_uid, kept.subject) == (
        "jobs_job",
        job.uid,
        "작업 표시",
    )


def test_cancelling_what_is_ones_own_is_no_act(job):
    actions.ask_cancel(job, actor=KIM, at=LATER)

    assert trail.acts(ActFilter(verb="cancel_job")) == []


def test_somebody_else_cannot_cancel(job):
    with pytest.raises(Denied) as caught:
        actions.ask_cancel(job, actor=LEE, at=LATER)

    assert str(caught.value) == "작업을 요청한 사람과 관리자만 취소할 수 있습니다."


def test_cancelling_is_asked_once(job):
    take(job)
    actions.ask_cancel(job, actor=KIM, at=LATER)

    with pytest.raises(Denied) as caught:
        actions.ask_cancel(job, actor=KIM, at=LATER)

    assert str(caught.value) == "이미 취소를 요청했습니다."


def test_what_is_over_cannot_be_cancelled(job):
    actions.ask_cancel(job, actor=KIM, at=LATER)

    with pytest.raises(Denied) as caught:
        actions.ask_cancel(job, actor=KIM, at=LATER)

    assert str(caught.value) == "이미 끝난 작업입니다."


def test_only_jobs_that_ended_long_ago_are_forgotten(job):
    waiting = actions.enqueue(bodies.mark, actor=KIM, at=AT, number=4)
    recent = actions.enqueue(bodies.mark, actor=KIM, at=AT, number=5)
    actions.ask_cancel(job, actor=KIM, at=AT)
    actions.ask_cancel(recent, actor=KIM, at=LATER)

    assert actions.forget(ended_before=LATER) == 1
    assert set(Job.objects.values_list("uid", flat=True)) == {waiting.uid, recent.uid}
