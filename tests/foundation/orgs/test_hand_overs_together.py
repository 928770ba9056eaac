"""A hand-over that is acknowledged while its order is taken back: one of the two, never half."""

import time
from datetime import UTC, datetime
from threading import Thread

import psycopg
import pytest
from django.db import connection, transaction

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions, actions_hand_over
from mokmin.foundation.orgs.models import HandOver
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.foundation.people import queries as people
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.errors import Denied
from tests import seed
from tests.foundation.orgs import county as small
from tests.foundation.orgs.county import DAY

EVE = datetime(2026, 6, 30, 20, tzinfo=UTC)
"""Already the day itself in Seoul: what is entered then can be taken back and acknowledged."""
PATIENCE = 20.0


@pytest.fixture
def whose(transactional_db):
    return seed.tenant_of("a").pk


@pytest.fixture
def done(whose):
    """An order in which 사주무 takes over from 바주무."""
    with tenant(whose):
        administrator = people.actor_of(seed.person_of(Role.ADMINISTRATOR).account)
        county = small.found(administrator)
        entries = (
            OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["재산2"]),
            OrderEntry("사주무", OrderVerb.TRANSFER, county.posts["기획1"]),
        )
        found = actions.order(OrderSheet("인사", DAY, entries), actor=administrator, at=EVE)
    return administrator, found.order, found.hand_overs[0]


def until_somebody_waits(dsn):
    """Return once the server says that a row of another transaction is waited for."""
    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(dsn, autocommit=True) as watcher:
        while time.monotonic() < deadline:
            found = watcher.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND wait_event_type = 'Lock'"
            ).fetchone()
            if found != (0,):
                return
    pytest.fail("nobody came to wait")


def in_a_thread(whose, do):
    """Do this on another connection; what it was refused with comes to stand in the list."""
    said = []

    def run():
        try:
            with tenant(whose):
                do()
        except Denied as refusal:
            said.append(refusal.reason)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread, said


def test_an_order_is_not_taken_back_over_an_acknowledgement_that_is_just_made(
    whose, done, superuser_dsn
):
    administrator, order, sheet = done

    with tenant(whose), transaction.atomic():
        successor = Actor(person_id=sheet.successor_id, name="사주무")
        actions_hand_over.acknowledge(sheet, actor=successor, at=EVE)
        thread, said = in_a_thread(
            whose, lambda: actions.undo_order(order, reason="착오", actor=administrator, at=EVE)
        )
        until_somebody_waits(superuser_dsn)
    thread.join()

    with tenant(whose):
        kept = HandOver.objects.get(pk=sheet.pk)
    assert (said, kept.acknowledged_at) == (["이미 확인한 인계인수가 있습니다."], EVE)


def test_what_goes_with_its_order_is_not_acknowledged(whose, done, superuser_dsn):
    administrator, order, sheet = done
    successor = Actor(person_id=sheet.successor_id, name="사주무")

    with tenant(whose), transaction.atomic():
        actions.undo_order(order, reason="착오", actor=administrator, at=EVE)
        thread, said = in_a_thread(
            whose, lambda: actions_hand_over.acknowledge(sheet, actor=successor, at=EVE)
        )
        until_somebody_waits(superuser_dsn)
    thread.join()

    assert said == [actions_hand_over.GONE]
