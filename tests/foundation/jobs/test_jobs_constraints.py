"""Sentences about a job that the database keeps true."""

import pytest
from django.db import IntegrityError

from mokmin.foundation.jobs import actions
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.tenancy.context import tenant
from tests.foundation.jobs import bodies
from tests.foundation.jobs.workplace import AT, KIM

EARLIER = AT.replace(hour=1)
OVER = {"ended_at": AT, "started_at": AT, "attempts": 1}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": "lost"}, "jobs_job_ended_iff_final"),
        ({"title": ""}, "jobs_job_title_given"),
        ({"done_steps": 1}, "jobs_job_done_within_total"),
        ({"state": "done"}, "jobs_job_ended_iff_final"),
        ({"ended_at": AT}, "jobs_job_ended_iff_final"),
        ({"state": "running"}, "jobs_job_running_has_started"),
        ({"state": "done", **OVER, "ended_at": EARLIER}, "jobs_job_ends_after_start"),
        ({"state": "failed", **OVER}, "jobs_job_error_iff_failed"),
        ({"state": "done", **OVER, "error": "왜"}, "jobs_job_error_iff_failed"),
        ({"result": {"rows": 1}}, "jobs_job_result_only_when_done"),
        ({"state": "done", **OVER, "result": "가" * 3000}, "jobs_job_small_result"),
        ({"state": "cancelled", **OVER}, "jobs_job_cancelled_because_asked"),
    ],
)
def test_the_database_refuses(tenant_a, changes, sentence):
    with tenant(tenant_a.pk):
        job = actions.enqueue(bodies.mark, actor=KIM, at=AT, number=1)

    with pytest.raises(IntegrityError) as caught, tenant(tenant_a.pk):
        Job.objects.filter(pk=job.pk).update(**changes)

    assert caught.value.__cause__.diag.constraint_name == sentence
