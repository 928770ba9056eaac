"""Fixtures of the sign-in tests."""

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail

from mokmin.foundation.jobs import runner
from mokmin.foundation.jobs.kinds import TASKS
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.people.models import Account
from mokmin.foundation.tenancy.context import tenant
from tests import seed


@pytest.fixture(autouse=True)
def cheap_passwords(tenant_a, settings):
    """Passwords that cost next to nothing: there are many here."""
    settings.PASSWORD_HASHERS = ["tests.surfaces.portal.doors.Cheap"]
    Account.objects.update(password=make_password(seed.PASSWORD))


@pytest.fixture
def post_office(mailoutbox):
    """Runs the jobs of a municipality that wait; the letters that were sent by them."""

    def deliver(slug="a"):
        tenant_id = seed.tenant_of(slug).pk
        with tenant(tenant_id):
            waiting = list(Job.objects.filter(state="queued").order_by("id"))
        before = len(mail.outbox)
        for job in waiting:
            runner.run(TASKS[job.task], tenant_id=tenant_id, uid=job.uid, is_stopping=lambda: False)
        return mail.outbox[before:]

    return deliver
