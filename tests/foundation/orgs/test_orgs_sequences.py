"""Any sequence of dated changes in the tables: sound on every day, and read later as shown then."""

from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings

from mokmin.foundation.orgs import actions, actions_posts, loading, queries
from mokmin.foundation.orgs.models import Post
from mokmin.foundation.orgs.sheets import OrderSheet
from mokmin.foundation.orgs.steps import ReorganisationPlan
from mokmin.foundation.orgs.values import AsOf
from mokmin.lib.errors import Refusal
from tests.foundation.orgs.county import AT, FOUNDED_ON
from tests.foundation.orgs.sequences import (
    DAYS,
    Stock,
    days,
    faults,
    pick,
    row_of,
    sequences_of,
    small,
    st,
    step_of,
)

SHOWN = [FOUNDED_ON, *DAYS]
duties = st.tuples(st.just("duties"), days, small)


class Office:
    """Enters things as an administrator would; refusals leave everything as it was."""

    def __init__(self, county):
        self.actor = county.actor
        self.entered = []

    def enter(self, what, on, choices):
        with transaction.atomic():
            getattr(self, what)(on, choices)

    def reorganise(self, on, choices):
        stock = Stock(loading.whole_organisation(), on, len(self.entered))
        steps = tuple(step_of(stock, choice, n) for n, choice in enumerate(choices))
        plan = ReorganisationPlan("개편", on, steps)
        done = actions.reorganise(plan, actor=self.actor, at=AT)
        self.entered.append((actions.undo_reorganisation, done.reorganisation))

    def order(self, on, choices):
        stock = Stock(loading.whole_organisation(), on, 0)
        sheet = OrderSheet("발령", on, tuple(row_of(stock, choice) for choice in choices))
        done = actions.order(sheet, actor=self.actor, at=AT)
        self.entered.append((actions.undo_order, done.order))

    def undo(self, _on, number):
        if self.entered:
            take_back, found = pick(self.entered, number)
            take_back(found, reason="잘못 등록", actor=self.actor, at=AT)

    def duties(self, on, number):
        stock = Stock(loading.whole_organisation(), on, 0)
        post = Post.objects.get(uid=pick(stock.posts, number))
        changes = {"duties": f"업무 {number}"}
        actions_posts.change_post(post, changes, on=on, reason="조정", actor=self.actor, at=AT)


def plain(organisation):
    return {*organisation.units, *organisation.posts, *organisation.holdings}


def shown(known_at=None):
    """What the chart shows of several days, as it is known now or was known then."""
    return [queries.chart(AsOf(day, known_at)).roots for day in SHOWN]


@contextmanager
def put_back():
    """What one example enters is gone before the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


@settings(
    max_examples=8,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sequence=sequences_of(duties))
def test_every_day_is_sound_and_reads_later_as_it_was_shown(county, sequence):
    memory = []
    with put_back():
        office = Office(county)
        for what, on, choices in sequence:
            before = plain(loading.whole_organisation())
            try:
                office.enter(what, on, choices)
            except Refusal:
                assert plain(loading.whole_organisation()) == before
            assert faults(loading.whole_organisation()) == []
            memory.append((clock(), shown()))

        assert [shown(known_at) for known_at, _ in memory] == [then for _, then in memory]
