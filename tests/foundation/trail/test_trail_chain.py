"""Every municipality has one unbroken chain, whoever commits when."""

import hashlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail import actions, queries
from mokmin.foundation.trail.models import Act, Head, Link, Seal
from tests.foundation.trail.garden import AT, OFFICER

WRITERS = 8
PATIENCE = 20.0


def chain(of):
    with tenant(of.pk):
        seals = dict(Seal.objects.values_list("pk", "hash"))
        links = Link.objects.order_by("seq").values_list("pk", "seq", "prev", "hash")
        return [(seq, bytes(p), bytes(h), bytes(seals[pk])) for pk, seq, p, h in links]


def lease(plots, of, title="가"):
    with tenant(of.pk), actions.act("lease", actor=OFFICER, at=AT) as act:
        plots.objects.create(title=title)
    return act


def add_plot(connection, of, title="가"):
    """A direct change in a transaction that stays open; the new row's number."""
    return connection.execute(
        "INSERT INTO scratch_plot (tenant_id, title) VALUES (%s, %s) RETURNING id", [of.pk, title]
    ).fetchone()[0]


def until_it_waits_for_a_lock(superuser, connection):
    """Return once the server says that this connection is held up by another."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = superuser.execute(
            "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s",
            [connection.info.backend_pid],
        ).fetchone()
        if found == (True,):
            return
    pytest.fail("the transaction never came to wait")


def test_links_are_numbered_from_one_and_hang_together(plots, transactional_db, tenant_a):
    for title in ("가", "나", "다"):
        lease(plots, tenant_a, title)

    links = chain(tenant_a)

    previous = b""
    for number, (seq, prev, digest, seal) in enumerate(links, start=1):
        assert (seq, prev) == (number, previous)
        assert digest == hashlib.sha256(previous + seal).digest()
        previous = digest
    with tenant(tenant_a.pk):
        head = Head.objects.get()
    assert (head.seq, bytes(head.hash)) == (len(links), previous)


def test_two_municipalities_have_separate_chains(plots, transactional_db, tenant_a, tenant_b):
    before_a, before_b = chain(tenant_a), chain(tenant_b)

    lease(plots, tenant_a)
    lease(plots, tenant_b)
    lease(plots, tenant_a)

    assert len(chain(tenant_a)) == len(before_a) + 2
    assert len(chain(tenant_b)) == len(before_b) + 1
    assert chain(tenant_a)[: len(before_a)] == before_a


def test_a_transaction_over_two_municipalities_links_both(
    plots, transactional_db, superuser, tenant_a, tenant_b
):
    lengths = [len(chain(tenant_a)), len(chain(tenant_b))]

    with superuser.transaction():
        add_plot(superuser, tenant_a)
        add_plot(superuser, tenant_b)
        add_plot(superuser, tenant_a)

    now = [len(chain(tenant_a)), len(chain(tenant_b))]
    assert now == [lengths[0] + 1, lengths[1] + 1]
    for of in (tenant_a, tenant_b):
        with tenant(of.pk):
            assert queries.verify().is_sound


def test_the_head_is_free_while_a_transaction_is_open(plots, transactional_db, session, tenant_a):
    with session(tenant_a.pk) as slow:
        add_plot(slow, tenant_a, "느린 것")
        before = len(chain(tenant_a))

        lease(plots, tenant_a, "빠른 것")

        assert len(chain(tenant_a)) == before + 1
    assert len(chain(tenant_a)) == before + 2


def test_eight_writers_that_hold_their_transactions_together_all_commit(
    plots, transactional_db, session, tenant_a
):
    before = len(chain(tenant_a))
    everyone_has_written = threading.Barrier(WRITERS, timeout=PATIENCE)

    def write(number):
        with session(tenant_a.pk) as opened:
            first = add_plot(opened, tenant_a, f"{number}번")
            opened.execute("UPDATE scratch_plot SET area = 1 WHERE id = %s", [first])
            everyone_has_written.wait()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))

    assert [seq for seq, *_ in chain(tenant_a)[before:]] == [
        before + number for number in range(1, WRITERS + 1)
    ]
    with tenant(tenant_a.pk):
        assert queries.verify().is_sound


def test_the_head_is_taken_after_every_other_check_at_commit(
    plots, transactional_db, session, superuser, tenant_a
):
    """A key check that waits at commit must not hold the head: whoever it waits for needs it."""
    shared = add_plot(superuser, tenant_a, "둘레")
    with session(tenant_a.pk) as one, session(tenant_a.pk) as two:
        two.execute("SELECT FROM scratch_plot WHERE id = %s FOR UPDATE", [shared])
        add_plot(two, tenant_a, "둘")
        add_plot(one, tenant_a, "하나")
        one.execute(
            "INSERT INTO scratch_plot (tenant_id, title, neighbour_id) VALUES (%s, '옆', %s)",
            [tenant_a.pk, shared],
        )

        with ThreadPoolExecutor(1) as pool:
            committed = pool.submit(one.commit)
            until_it_waits_for_a_lock(superuser, one)
            two.commit()
            committed.result(PATIENCE)

    with tenant(tenant_a.pk):
        assert queries.verify().is_sound


def test_an_act_without_changes_is_sealed_and_linked(transactional_db, tenant_a):
    with tenant(tenant_a.pk), actions.act("sign_in", actor=OFFICER, at=AT) as act:
        pass

    with tenant(tenant_a.pk):
        found = Act.objects.get(uid=act.uid)
        assert Seal.objects.get(pk=found.pk).change_ids == []
        assert Link.objects.filter(pk=found.pk).count() == 1


def test_a_change_in_a_migration_of_the_owner_is_linked(plots, transactional_db, owner, tenant_a):
    before = len(chain(tenant_a))

    owner.execute("SELECT set_config('app.maintenance', 'on', true)")
    add_plot(owner, tenant_a, "옮긴 것")
    owner.commit()

    assert len(chain(tenant_a)) == before + 1
