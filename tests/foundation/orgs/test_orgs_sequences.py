"""Any sequence of dated changes in the tables: sound on every day, and read later as shown then.

What is entered may lie in the past; time goes on where somebody acknowledges a hand-over.
"""

from contextlib import contextmanager
from datetime import datetime, time, timedelta

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions, actions_hand_over, actions_posts, loading, queries
from mokmin.foundation.orgs.actions_posts import NewHolding
from mokmin.foundation.orgs.models import HandOver, Post, Unit
from mokmin.foundation.orgs.sheets import OrderSheet
from mokmin.foundation.orgs.states import AssignmentKind
from mokmin.foundation.orgs.steps import ReorganisationPlan
from mokmin.foundation.orgs.values import AsOf
from mokmin.foundation.people.models import Person
from mokmin.lib.errors import Refusal
from mokmin.lib.korean import SEOUL
from tests.foundation.orgs.county import AT, TODAY
from tests.foundation.orgs.sequences import (
    DAYS,
    Stock,
    faults,
    numbers,
    pick,
    row_choices,
    row_of,
    small,
    step_choices,
    step_of,
)

PAST = [TODAY - timedelta(days=40), TODAY]
SHOWN = [*PAST, DAYS[0], DAYS[-1]]
KINDS = list(AssignmentKind)
WHY = "조정"

days = st.sampled_from([*PAST, *DAYS])
likely_rows = st.tuples(st.sampled_from(["go", "end"]), numbers)
MOVES = (
    ("reorganise", st.lists(step_choices, min_size=1, max_size=3)),
    ("reorganise", st.lists(step_choices, min_size=1, max_size=1)),
    ("order", st.lists(row_choices, min_size=1, max_size=3)),
    ("order", st.lists(likely_rows, min_size=1, max_size=2)),
    ("order", st.lists(likely_rows, min_size=1, max_size=1)),
    ("undo", small),
    ("duties", small),
    ("close", small),
    ("take_back", small),
    ("assign", numbers),
    ("acknowledge", st.tuples(small, small)),
)
moves = st.one_of(*(st.tuples(st.just(name), days, what) for name, what in MOVES))


class Office:
    """Enters things as an administrator would; refusals leave everything as it was."""

    def __init__(self, county):
        self.actor = county.actor
        self.at = AT
        self.whole = loading.whole_organisation()
        self.entered = []
        self.changed = []

    def enter(self, what, on, choices):
        """Do one thing; whether it was not refused."""
        try:
            with transaction.atomic():
                getattr(self, what)(on, choices)
        except Refusal:
            return False
        finally:
            self.whole = loading.whole_organisation()
        return True

    def stock(self, on):
        return Stock(self.whole, on, len(self.entered))

    @property
    def who(self):
        return {"actor": self.actor, "at": self.at}

    def reorganise(self, on, choices):
        stock = self.stock(on)
        steps = tuple(step_of(stock, choice, n) for n, choice in enumerate(choices))
        plan = ReorganisationPlan("개편", on, steps, WHY, accepts_past=True)
        done = actions.reorganise(plan, **self.who)
        self.entered.append((actions.undo_reorganisation, done.reorganisation))

    def order(self, on, choices):
        stock = self.stock(on)
        rows = tuple(row_of(stock, choice) for choice in choices)
        done = actions.order(
            OrderSheet("발령", on, rows, reason=WHY, accepts_past=True), **self.who
        )
        self.entered.append((actions.undo_order, done.order))

    def undo(self, _on, number):
        if self.entered:
            take_back, found = pick(self.entered, number)
            take_back(found, reason="잘못 등록", **self.who)

    def duties(self, on, number):
        post = self.post(pick(self.stock(on).posts, number), on)
        changes = {"duties": f"업무 {number}"}
        actions_posts.change_post(post, changes, on=on, reason=WHY, **self.who)

    def close(self, on, number):
        stock = self.stock(on)
        post = self.post(pick(stock.vacant if number % 3 else stock.posts, number), on)
        actions_posts.close_post(post, on=on, reason=WHY, **self.who)

    def take_back(self, on, number):
        post, on = pick(self.changed or [(Post.objects.earliest("id"), on)], number)
        actions_posts.take_back_post(post, on=on, reason="착오", **self.who)

    def assign(self, on, choice):
        a, b, c = choice
        stock = self.stock(on)
        post = pick(stock.vacant if c % 2 else stock.posts, b)
        until_on = on + timedelta(days=c) if c % 3 else None
        row = NewHolding(pick(stock.people, a), post, on, pick(KINDS, c), until_on)
        actions_posts.assign([row], reason=WHY, **self.who)

    def acknowledge(self, _on, choice):
        """The successor confirms as soon as that is possible; where there is none, one is named."""
        number, who = choice
        if found := list(HandOver.objects.filter(acknowledged_at=None).order_by("id")):
            sheet = pick(found, number)
            self.at = max(self.at, datetime.combine(sheet.on, time(9), SEOUL))
            if sheet.successor_id is None:
                person = Person.objects.get(uid=pick(self.stock(sheet.on).people, who))
                actions_hand_over.name_successor(sheet, person, reason=WHY, **self.who)
                sheet.refresh_from_db()
            taker = Actor(
                person_id=sheet.successor_id, name="인수자", roles=frozenset({Role.OFFICER})
            )
            actions_hand_over.acknowledge(sheet, actor=taker, at=self.at)

    def post(self, uid, on):
        """The post, noted as one whose change may be taken back."""
        post = Post.objects.get(uid=uid)
        self.changed.append((post, on))
        return post


def plain(organisation):
    return {*organisation.units, *organisation.posts, *organisation.holdings}


def lives(whole):
    """Units and posts that do not begin and end with their spans, or never were and have an end."""
    units = [
        (unit.record.uid, unit, whole.spans_of_unit)
        for unit in Unit.objects.select_related("record")
    ]
    posts = [(post.uid, post, whole.spans_of_post) for post in Post.objects.all()]
    found = []
    for uid, thing, spans_of in (*units, *posts):
        spans = spans_of.get(uid)
        lasts = (spans[0].from_on, spans[-1].until_on) if spans else (thing.from_on,) * 2
        if (thing.from_on, thing.until_on) != lasts:
            found.append(f"{uid} is said to last {thing.from_on} {thing.until_on}, not {lasts}")
    return found


def confirmed():
    """What successors have acknowledged: it stays as they have seen it."""
    done = HandOver.objects.filter(acknowledged_at__isnull=False)
    return {sheet.uid: (sheet.successor_id, sheet.content) for sheet in done}


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
    max_examples=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sequence=st.lists(moves, min_size=5, max_size=12))
def test_every_day_is_sound_and_reads_later_as_it_was_shown(county, sequence):
    memory, kept = [], {}
    with put_back():
        office = Office(county)
        for what, on, choices in sequence:
            before = office.whole
            if not office.enter(what, on, choices):
                assert plain(office.whole) == plain(before)
            assert faults(office.whole) == []
            assert lives(office.whole) == []
            assert confirmed().items() >= kept.items()
            memory.append((clock(), shown()))
            kept = confirmed()

        assert [shown(known_at) for known_at, _ in memory] == [then for _, then in memory]
