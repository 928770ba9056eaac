"""At night goes what nobody needs; what somebody is about to use stays."""

import os
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from mokmin.foundation.access.actor import SYSTEM
from mokmin.foundation.access.states import Role
from mokmin.foundation.files import actions, queries, sweeping, tasks
from mokmin.foundation.files.models import Blob, StoredFile
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act
from tests import seed
from tests.foundation.files.conftest import AT, text

NIGHT = timedelta(days=1)
FAR_AHEAD = datetime(2100, 1, 1, tzinfo=UTC)


def contents(store):
    return [kept.sha256 for kept in store.all()]


def remove_all(actor):
    for each in StoredFile.objects.all():
        actions.remove(each, reason="시험", actor=actor, at=AT)


def age(store, at):
    for kept in store.all():
        os.utime(kept.path, (at.timestamp(), at.timestamp()))


def sweep(at, *, grace=timedelta(days=7)):
    """One night, as the task does it, inside this test's transaction."""
    before = at - grace
    sweeping.expire(at)
    sweeping.mark(at)
    for blob_id in sweeping.unneeded(before=before):
        sweeping.remove_unneeded(blob_id, before=before, at=at)
    for sha256 in sweeping.orphans(before=before):
        sweeping.remove_orphan(sha256, before=before)


def test_a_content_goes_when_nothing_has_had_it_for_the_whole_grace(record, officer, store):
    actions.attach(record, text(), actor=officer, at=AT)
    remove_all(officer)

    nights = []
    for number in range(1, 10):
        sweep(AT + number * NIGHT)
        nights.append((Blob.objects.count(), len(contents(store))))

    assert nights == [(1, 1)] * 7 + [(0, 0)] * 2


def test_a_content_that_is_used_again_stays_and_its_grace_begins_anew(record, officer, store):
    actions.attach(record, text(), actor=officer, at=AT)
    remove_all(officer)
    sweep(AT + NIGHT)
    actions.attach(record, text(), actor=officer, at=AT)
    sweep(AT + 20 * NIGHT)
    remove_all(officer)
    sweep(AT + 21 * NIGHT)

    sweep(AT + 27 * NIGHT)

    assert (Blob.objects.count(), len(contents(store))) == (1, 1)


def test_a_content_that_something_has_stays_for_ever(record, officer, store):
    actions.attach(record, text(), actor=officer, at=AT)
    age(store, AT)

    sweep(AT + 1000 * NIGHT)

    assert (Blob.objects.count(), len(contents(store))) == (1, 1)


def test_files_made_for_somebody_go_when_their_day_has_passed(officer):
    actions.keep_for(officer.person_id, text(), actor=SYSTEM, at=AT, kept_until=AT + NIGHT)
    actions.keep_for(officer.person_id, text(), actor=SYSTEM, at=AT, kept_until=AT + 9 * NIGHT)

    sweep(AT + NIGHT)

    assert StoredFile.objects.count() == 1
    assert Act.objects.filter(verb="sweep_files", actor_name="시스템").count() == 1


def test_a_night_in_which_nothing_goes_leaves_no_act(record, officer):
    actions.attach(record, text(), actor=officer, at=AT)

    sweep(AT + NIGHT)

    assert Act.objects.filter(verb="sweep_files").count() == 0


def test_what_was_rolled_back_goes_once_it_is_old(record, officer, store):
    with transaction.atomic():
        actions.attach(record, text(), actor=officer, at=AT)
        transaction.set_rollback(True)
    age(store, AT)

    sweep(AT + 6 * NIGHT)
    left = len(contents(store))
    sweep(AT + 8 * NIGHT)

    assert (left, contents(store)) == (1, [])


def test_an_orphan_that_was_just_used_again_is_looked_at_again(record, officer, store):
    with transaction.atomic():
        actions.attach(record, text(), actor=officer, at=AT)
        transaction.set_rollback(True)
    age(store, AT)
    (sha256,) = sweeping.orphans(before=AT + NIGHT)
    actions.attach(record, text(), actor=officer, at=AT)

    is_gone = sweeping.remove_orphan(sha256, before=AT + NIGHT)

    assert (is_gone, contents(store)) == (False, [sha256])


def test_an_orphan_that_an_upload_has_made_new_stays(record, officer, store):
    with transaction.atomic():
        actions.attach(record, text(), actor=officer, at=AT)
        transaction.set_rollback(True)
    (sha256,) = contents(store)

    assert sweeping.remove_orphan(sha256, before=AT) is False


def test_what_others_put_into_the_store_is_left_alone(record, officer, store):
    actions.attach(record, text(), actor=officer, at=AT)
    (store.folder / "사진.jpg").write_bytes(b"x")
    age(store, AT)

    sweep(AT + 1000 * NIGHT)

    assert (store.folder / "사진.jpg").exists()


@contextmanager
def another_connection(tenant_id):
    """Run functions in a thread, which has a connection of its own."""
    results = []

    def run(deed):
        def work():
            try:
                with tenant(tenant_id):
                    results.append(deed())
            finally:
                connection.close()

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        return results[-1]

    yield run


def test_while_an_upload_is_not_committed_its_content_stays(transactional_db, tenant_a, folder):
    with tenant(tenant_a.pk):
        person = seed.person_of(Role.OFFICER).pk
        made = actions.keep_for(person, text(), actor=SYSTEM, at=AT)
        made.delete()
        sweeping.mark(AT)
        blob = Blob.objects.get()

    with another_connection(tenant_a.pk) as run, tenant(tenant_a.pk):
        actions.keep_for(person, text(), actor=SYSTEM, at=AT)
        is_gone = run(lambda: sweeping.remove_unneeded(blob.pk, before=AT + NIGHT, at=AT + NIGHT))
        is_orphan_gone = run(lambda: sweeping.remove_orphan(blob.sha256, before=FAR_AHEAD))

    with tenant(tenant_a.pk):
        assert (is_gone, is_orphan_gone) == (False, False)
        with queries.opened(StoredFile.objects.select_related("blob").get()) as file:
            assert file.read() == "해솔군".encode()


def test_the_task_clears_every_municipality_in_transactions_of_its_own(
    transactional_db, tenant_a, folder
):
    with tenant(tenant_a.pk):
        person = seed.person_of(Role.OFFICER).pk
        actions.keep_for(person, text(), actor=SYSTEM, at=AT, kept_until=AT + NIGHT)
        store = queries.store()
    age(store, AT)

    left = []
    for night in (2, 3, 12):
        tasks.sweep(tenant_a.pk, AT + night * NIGHT)
        with tenant(tenant_a.pk):
            left.append((StoredFile.objects.count(), Blob.objects.count(), len(contents(store))))

    assert left == [(0, 1, 1), (0, 1, 1), (0, 0, 0)]


@pytest.mark.parametrize(("age_in_days", "is_left"), [(0.5, True), (2, False)])
def test_what_never_finished_arriving_goes_after_a_day(store, age_in_days, is_left):
    incoming = store.folder / "incoming"
    incoming.mkdir(parents=True)
    path = incoming / "x"
    path.write_bytes(b"half")
    at = AT - timedelta(days=age_in_days)
    os.utime(path, (at.timestamp(), at.timestamp()))

    sweeping.clear_incoming(AT)

    assert path.exists() is is_left


def test_uploads_that_broke_off_go_after_a_day(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "uploads")
    tasks.clear_uploads(AT)
    (tmp_path / "uploads" / "folder").mkdir(parents=True)
    for name, age_in_days in (("new", 0.5), ("old", 2), ("folder", 2)):
        path = tmp_path / "uploads" / name
        path.exists() or path.write_bytes(b"x")
        at = (AT - timedelta(days=age_in_days)).timestamp()
        os.utime(path, (at, at))

    tasks.clear_uploads(AT)

    assert sorted(path.name for path in (tmp_path / "uploads").iterdir()) == ["folder", "new"]
