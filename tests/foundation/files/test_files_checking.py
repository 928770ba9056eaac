"""Every night each content is hashed again; what is missing, changed or unknown is named."""

import os
from datetime import timedelta

import psycopg
import pytest

from mokmin.foundation.access.actor import SYSTEM, Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.files import actions, checking, queries, tasks
from mokmin.foundation.files.models import FileCheck, FileFault
from mokmin.foundation.files.signals import integrity_checked
from mokmin.foundation.files.states import Fault
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.jobs import runner
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Window
from mokmin.foundation.trail.models import Act
from mokmin.lib import blobs
from mokmin.lib.errors import Denied
from tests import seed
from tests.foundation.files.conftest import AT, text

HOUR = timedelta(hours=1)
ASKER = Actor(name="서관리")


@pytest.fixture
def heard():
    """What the signal has told."""
    told = []

    def listen(**said):
        told.append((said["report"], said["problems"]))

    integrity_checked.connect(listen)
    yield told
    integrity_checked.disconnect(listen)


def check(*, job="job-1", strangers=()):
    """A whole check, as the task does it, inside this test's transaction."""
    found = checking.begin(job_uid=job, at=AT)
    while waiting := checking.stretch(found):
        checking.note(found, checking.look(waiting))
    checking.end(found, strangers, actor=ASKER, at=AT + HOUR)
    return found


def faults(found, actor):
    return [(row.fault, row.names) for row in queries.faults(found.uid, actor, limit=100)]


def test_a_whole_store_has_no_faults(record, officer, heard):
    actions.attach(record, text("하나"), actor=officer, at=AT)
    actions.attach(record, text("둘"), actor=officer, at=AT)

    found = check()

    assert (found.is_whole, found.blob_count, found.byte_count) == (True, 2, 9)
    assert (faults(found, officer), heard) == ([], [(found.uid, 0)])
    assert queries.last_whole_check() == queries.check(found.uid)


def test_missing_and_changed_contents_are_named_with_their_files(record, officer, store, heard):
    lost = actions.attach(record, text("하나", name="잃은 것.txt"), actor=officer, at=AT)
    actions.attach(record, text("하나", name="같은 것.txt"), actor=officer, at=AT)
    changed = actions.attach(record, text("둘", name="바뀐 것.txt"), actor=officer, at=AT)
    shorter = actions.attach(record, text("셋", name="잘린 것.txt"), actor=officer, at=AT)
    store.remove(lost.blob.sha256)
    store.path(changed.blob.sha256).write_bytes("뚤".encode())
    store.path(shorter.blob.sha256).write_bytes(b"")

    found = check()

    assert faults(found, officer) == [
        (Fault.CHANGED, ("바뀐 것.txt",)),
        (Fault.CHANGED, ("잘린 것.txt",)),
        (Fault.MISSING, ("잃은 것.txt", "같은 것.txt")),
    ]
    assert heard == [(found.uid, 3)]
    act = Act.objects.get(verb="check_files")
    assert (act.actor_name, act.reason) == (
        "서관리", "파일 내용 3개를 확인했습니다. 이상 3건."
    )  # fmt: skip


def test_names_are_told_to_those_who_see_the_files_and_contents_nobody_has_are_no_fault(
    record, officer, store
):
    lost = actions.attach(record, text(name="남의 것.txt"), actor=officer, at=AT)
    dropped = actions.attach(record, text("버린 것"), actor=officer, at=AT)
    for each in (lost, dropped):
        store.remove(each.blob.sha256)
    dropped.delete()

    found = check()

    assert faults(found, ASKER) == [(Fault.MISSING, ())]
    assert faults(found, officer) == [(Fault.MISSING, ("남의 것.txt",))]


def test_old_files_that_no_row_speaks_of_are_named(record, officer, store):
    actions.attach(record, text(), actor=officer, at=AT)
    (store.folder / "사진.jpg").write_bytes(b"x")
    (store.folder / "새 것.jpg").write_bytes(b"x")
    old = (AT - timedelta(days=30)).timestamp()
    for kept in store.all():
        if kept.path.name != "새 것.jpg":
            os.utime(kept.path, (old, old))

    found = check(strangers=checking.unknown(before=AT))

    assert [(row.fault, row.place) for row in queries.faults(found.uid, officer, limit=9)] == [
        (Fault.UNKNOWN, "사진.jpg")
    ]


def test_a_check_goes_stretch_by_stretch(record, officer, monkeypatch):
    monkeypatch.setattr(checking, "STRETCH_FILES", 2)
    for number in range(5):
        actions.attach(record, text(f"{number}"), actor=officer, at=AT)
    found = checking.begin(job_uid="job-1", at=AT)

    sizes = []
    while waiting := checking.stretch(found):
        sizes.append(len(waiting))
        checking.note(found, checking.look(waiting))

    assert sizes == [2, 2, 1]


def test_a_stretch_ends_where_it_has_enough_bytes(record, officer, monkeypatch):
    monkeypatch.setattr(checking, "STRETCH_BYTES", 4)
    for number in range(5):
        actions.attach(record, text(f"{number}가"), actor=officer, at=AT)

    assert len(checking.stretch(checking.begin(job_uid="job-1", at=AT))) == 1


def test_a_content_that_was_cleared_away_during_the_look_is_no_fault(record, officer, store):
    made = actions.attach(record, text(), actor=officer, at=AT)
    found = checking.begin(job_uid="job-1", at=AT)
    waiting = checking.stretch(found)
    made.delete()
    made.blob.delete()
    store.remove(made.blob.sha256)

    checking.note(found, checking.look(waiting))

    assert FileFault.objects.count() == 0


def test_the_same_job_goes_on_and_another_waits_until_the_first_is_given_up(in_a):
    first = checking.begin(job_uid="job-1", at=AT)

    again = checking.begin(job_uid="job-1", at=AT + HOUR)
    with pytest.raises(Denied):
        checking.begin(job_uid="job-2", at=AT + HOUR)
    next_night = AT + 24 * HOUR - timedelta(seconds=5)
    later = checking.begin(job_uid="job-2", at=next_night)

    first.refresh_from_db()
    assert (again, first.is_whole, first.ended_at) == (first, False, next_night)
    rows = queries.checks(window=Window("-begun"))
    assert [(each.uid, each.is_running) for each in rows] == [(later.uid, True), (first.uid, False)]
    assert queries.last_whole_check() is None


def test_the_job_checks_all_and_says_what_it_found(transactional_db, tenant_a, folder, heard):
    with tenant(tenant_a.pk):
        person = seed.person_of(Role.OFFICER).pk
        made = actions.keep_for(person, text(), actor=SYSTEM, at=AT)
        queries.store().remove(made.blob.sha256)

    tasks.check_nightly(tenant_a.pk, AT)
    over = deliver(tenant_a)

    with tenant(tenant_a.pk):
        (found,) = FileCheck.objects.all()
    assert (over.state, over.result) == (
        "done", {"check": found.uid, "files": 1, "problems": 1}
    )  # fmt: skip
    assert (over.message, found.is_whole, heard) == (
        "파일 내용 1개를 확인했습니다.", True, [(found.uid, 1)]
    )  # fmt: skip


def test_a_check_that_is_cancelled_meanwhile_is_closed_and_the_next_one_begins(
    transactional_db, tenant_a, folder, superuser_dsn, monkeypatch
):
    with tenant(tenant_a.pk):
        person = seed.person_of(Role.OFFICER).pk
        actions.keep_for(person, text(), actor=SYSTEM, at=AT)
    tasks.check_nightly(tenant_a.pk, AT)
    hash_again = blobs.content_of

    def somebody_cancels(path):
        with psycopg.connect(superuser_dsn) as other:
            other.execute("UPDATE jobs_job SET cancel_asked_at = now()")
        return hash_again(path)

    monkeypatch.setattr(blobs, "content_of", somebody_cancels)
    over = deliver(tenant_a)

    with tenant(tenant_a.pk):
        (found,) = FileCheck.objects.all()
        assert (over.state, found.is_whole, found.blob_count) == ("cancelled", False, 0)
        assert found.ended_at is not None
        assert checking.begin(job_uid="job-2", at=AT).pk != found.pk


def deliver(whose):
    with tenant(whose.pk):
        job = Job.objects.get(task="files.check")
    runner.run(tasks.check_files, tenant_id=whose.pk, uid=job.uid, is_stopping=lambda: False)
    with tenant(whose.pk):
        return Job.objects.get(pk=job.pk)


def test_only_some_see_checks_and_only_administrators_start_them(actor):
    see = {role for role in Role if queries.why_not_see_checks(actor(role)) is None}
    start = {role for role in Role if queries.why_not_check(actor(role)) is None}

    assert (see, start) == ({Role.ADMINISTRATOR, Role.AUDITOR}, {Role.ADMINISTRATOR})


def test_a_check_that_was_asked_for_by_somebody_bears_their_name(
    transactional_db, tenant_a, folder
):
    with tenant(tenant_a.pk):
        jobs.enqueue(tasks.check_files, actor=ASKER, at=AT)

    deliver(tenant_a)

    with tenant(tenant_a.pk):
        assert Act.objects.get(verb="check_files").actor_name == "서관리"
