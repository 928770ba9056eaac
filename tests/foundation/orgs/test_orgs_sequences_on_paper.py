"""Any sequence of reorganisations, orders and undos, worked out on paper alone."""

from dataclasses import dataclass, field, replace

from hypothesis import given, settings

from mokmin.foundation.orgs import ordering, reorganising, undoing
from mokmin.foundation.orgs.drafting import THIS_ONE
from mokmin.foundation.orgs.sheets import Candidate, OrderSheet
from mokmin.foundation.orgs.states import AssignmentKind, PostRank
from mokmin.foundation.orgs.steps import ReorganisationPlan
from mokmin.foundation.orgs.values import (
    ONE_DAY,
    Holding,
    Organisation,
    PostSpanValue,
    UnitSpanValue,
)
from tests.foundation.orgs.county import FOUNDED_ON, POSTS, RANKS, UNITS
from tests.foundation.orgs.sequences import (
    BEGIN,
    Stock,
    faults,
    row_of,
    sequences,
    step_of,
)

NUMBERED = {"opened_by", "closed_by", "ended_by"}


def founded() -> Organisation:
    units = [
        UnitSpanValue(name, kind, name, parent, 0, "", FOUNDED_ON, unit_id=n, span_id=n)
        for n, (name, kind, parent) in enumerate(UNITS, start=1)
    ]
    posts = [
        PostSpanValue(
            key, unit, RANKS.get(title, PostRank.OFFICER), title, "", "", "", 0, FOUNDED_ON,
            post_id=n, span_id=n,
        )
        for n, (key, unit, title, _) in enumerate(POSTS, start=1)
    ]  # fmt: skip
    holdings = [
        Holding(key, name, name, AssignmentKind.FULL, FOUNDED_ON, person_id=n, assignment_id=n)
        for n, (key, _, _, name) in enumerate(POSTS, start=1)
        if name
    ]
    return Organisation(tuple(units), tuple(posts), tuple(holdings))


@dataclass
class Paper:
    """The whole organisation, with what has been entered and can be taken back."""

    whole: Organisation = field(default_factory=founded)
    entered: list = field(default_factory=list)
    serial: int = 1000

    def since(self, day):
        """What is there on the day and later."""
        return Organisation(
            *(
                tuple(span for span in spans if span.until_on is None or span.until_on > day)
                for spans in (self.whole.units, self.whole.posts, self.whole.holdings)
            )
        )

    def turn(self, before, after):
        """Put one state into the place of the other, as the writer does with rows."""
        self.serial += 1
        parts = (
            (set(was), will, all_)
            for was, will, all_ in (
                (before.units, after.units, self.whole.units),
                (before.posts, after.posts, self.whole.posts),
                (before.holdings, after.holdings, self.whole.holdings),
            )
        )
        self.whole = Organisation(
            *(
                tuple(span for span in all_ if span not in was)
                + tuple(self.numbered(span) for span in will)
                for was, will, all_ in parts
            )
        )

    def numbered(self, span):
        changes = {
            name: self.serial
            for name in NUMBERED
            if getattr(span, name, None) == THIS_ONE and getattr(span, name, None) is not None
        }
        identity = "assignment_id" if isinstance(span, Holding) else "span_id"
        if not getattr(span, identity):
            changes[identity] = self.serial * 1000 + hash(span) % 997
        return replace(span, **changes)

    def reorganise(self, on, choices):
        stock = Stock(self.whole, on, self.serial)
        steps = tuple(step_of(stock, choice, n) for n, choice in enumerate(choices))
        plan = ReorganisationPlan("개편", on, steps)
        outcome = reorganising.outcome(self.since(on), plan, today=BEGIN)
        return self.enter("reorganisation", on, outcome)

    def order(self, on, choices):
        stock = Stock(self.whole, on, self.serial)
        people = [
            Candidate(held.person_id, held.person, held.name, is_waiting=True)
            for held in founded().holdings
        ]
        sheet = OrderSheet("발령", on, tuple(row_of(stock, choice) for choice in choices))
        outcome = ordering.outcome(self.since(on - ONE_DAY), people, sheet, today=BEGIN)
        return self.enter("order", on, outcome)

    def enter(self, what, on, outcome):
        if outcome.problems:
            return False
        self.turn(outcome.before, outcome.after)
        self.entered.append((what, self.serial, on))
        return True

    def undo(self, _on, number):
        if not self.entered:
            return False
        what, serial, on = self.entered[number % len(self.entered)]
        undone = getattr(undoing, f"without_{what}")
        before = self.since(on - ONE_DAY)
        after, reasons = undone(before, serial, on=on)
        if reasons:
            return False
        self.turn(before, after)
        self.entered.remove((what, serial, on))
        return True


@settings(max_examples=120, deadline=None, database=None)
@given(sequences)
def test_whatever_is_entered_every_post_is_reachable_and_nobody_is_in_two_places(sequence):
    paper = Paper()

    for what, on, choices in sequence:
        getattr(paper, what)(on, choices)

        assert faults(paper.whole) == []


@settings(max_examples=60, deadline=None, database=None)
@given(sequences)
def test_what_is_taken_back_at_once_leaves_no_trace(sequence):
    paper = Paper()

    for what, on, choices in sequence:
        if what == "undo":
            continue
        before = paper.whole
        if getattr(paper, what)(on, choices):
            after, entry = paper.whole, paper.entered[-1]

            assert paper.undo(on, len(paper.entered) - 1)
            assert set(paper.whole.units) == set(before.units)
            assert set(paper.whole.posts) == set(before.posts)
            assert set(paper.whole.holdings) == set(before.holdings)
            paper.whole = after
            paper.entered.append(entry)
