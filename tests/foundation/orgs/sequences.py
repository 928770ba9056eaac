"""Sequences of what may be entered about the small county, and what must be true afterwards."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from mokmin.foundation.orgs.sheets import ENDS_ALL, ENDS_ONE, OrderEntry
from mokmin.foundation.orgs.states import OrderVerb, PostRank, UnitKind
from mokmin.foundation.orgs.steps import (
    AbolishUnit,
    AddPost,
    ClosePost,
    CreateUnit,
    MergeUnits,
    MovePost,
    MoveUnit,
    NewPost,
    NewUnit,
    RenameUnit,
    SplitPart,
    SplitUnit,
)
from mokmin.foundation.orgs.values import Organisation, holds

BEGIN = date(2026, 7, 1)
DAYS = [BEGIN + timedelta(days=step) for step in (0, 1, 5, 9)]
NAMES = ("기획팀", "재산팀", "미래과", "재무과")
KIND = UnitKind.DEPARTMENT
STEPS = ("create", "rename", "move", "merge", "split", "abolish", "add", "send", "close")

small = st.integers(min_value=0, max_value=30)
numbers = st.tuples(small, small, small)
step_choices = st.tuples(st.sampled_from(STEPS), numbers)
row_choices = st.tuples(st.sampled_from(["go", "go", "end", *OrderVerb]), numbers)
days = st.sampled_from(DAYS)

reorganisations = st.tuples(
    st.just("reorganise"), days, st.lists(step_choices, min_size=1, max_size=3)
)
orders = st.tuples(st.just("order"), days, st.lists(row_choices, min_size=1, max_size=3))
undos = st.tuples(st.just("undo"), days, small)


sequences = st.lists(st.one_of(reorganisations, orders, undos), min_size=3, max_size=9)


@dataclass(frozen=True)
class Stock:
    """What there is to choose from on a day; now and then something that is no more."""

    whole: Organisation
    on: date
    serial: int

    def __post_init__(self):
        there = self.whole.on(self.on)
        kinds = {"teams": {UnitKind.TEAM}, "departments": set(UnitKind) - {UnitKind.TEAM}}
        for name, wanted in kinds.items():
            units = [span.uid for span in there.units if span.kind in wanted]
            object.__setattr__(self, name, units or [span.uid for span in self.whole.units])
        posts = [span.uid for span in there.posts]
        vacant = [uid for uid in posts if there.full_holder(uid, self.on) is None]
        object.__setattr__(self, "posts", posts or ["none"])
        object.__setattr__(self, "vacant", vacant or self.posts)
        people = list(dict.fromkeys(held.person for held in self.whole.holdings))
        object.__setattr__(self, "people", people)

    def any_unit(self, number: int) -> str:
        """Any unit that there ever was."""
        return pick([*self.teams, *self.departments, *self.whole.spans_of_unit], number)


def pick(things, number):
    """One of these."""
    return things[number % len(things)]


def step_of(stock: Stock, choice, place: int):
    """A step made of a kind and three numbers; it need not be a sensible one."""
    kind, (a, b, c) = choice
    key, there = f"new-{stock.serial}-{place}", stock.whole.on(stock.on)
    team, department = pick(stock.teams, a), pick(stock.departments, a)
    same = stock.teams if c % 2 else stock.departments[1:] or stock.departments
    mine, other = pick(same, a), pick(same, a + 1 + b)
    root = stock.departments[0]
    name = NAMES[b % len(NAMES)]
    new = NewUnit(key, *((UnitKind.TEAM, name, department) if c % 2 else (KIND, name, root)))
    posts = tuple(post.uid for post in there.posts_in(mine, stock.on))
    units = tuple(unit.uid for unit in there.children(mine, stock.on))
    half = b % (len(posts) + 1)
    goes_on = (SplitPart(mine), SplitPart(key, posts[:half], made=new))
    ends = (SplitPart(key, posts[:half], units, made=new), SplitPart(other, posts[half:]))
    return {
        "create": CreateUnit(new),
        "rename": RenameUnit(mine, name),
        "move": MoveUnit(team, pick(stock.departments, b), c),
        "merge": MergeUnits((mine, other), key, new) if b % 2 else MergeUnits((mine,), other),
        "split": SplitUnit(mine, pick((goes_on, ends), b)),
        "abolish": AbolishUnit(
            mine, other if b % 3 else None, stock.any_unit(b) if units else None
        ),
        "add": AddPost(NewPost(key, team, PostRank.OFFICER, "주무관")),
        "send": MovePost(pick(stock.posts, a), stock.any_unit(b)),
        "close": ClosePost(pick(stock.vacant if c % 2 else stock.posts, a)),
    }[kind]


def row_of(stock: Stock, choice) -> OrderEntry:
    """A row made of a verb and three numbers: often one that fits the person."""
    verb, (a, b, c) = choice
    person, post = pick(stock.people, a), pick(stock.vacant if c % 3 else stock.posts, b)
    held = stock.whole.held_by(person, stock.on)
    has_post = bool(held) and held[0].is_full
    if verb == "go":
        verb = OrderVerb.TRANSFER if has_post else OrderVerb.APPOINT
    if verb == "end":
        verb = pick([OrderVerb.LEAVE, OrderVerb.RETIRE, OrderVerb.END_ACT], c)
    ends = {*ENDS_ALL, *ENDS_ONE} | ({OrderVerb.PROMOTE} if c % 2 else set())
    return OrderEntry(person, verb, "" if verb in ends else post)


def boundaries(whole: Organisation) -> list[date]:
    """Every day on which anything begins or ends."""
    spans = (*whole.units, *whole.posts, *whole.holdings)
    return sorted({day for span in spans for day in (span.from_on, span.until_on) if day})


def faults(whole: Organisation) -> list[str]:
    """What no organisation may show on any day, looked for in the plainest way."""
    found = []
    for day in boundaries(whole):
        units = {span.uid: span for span in whole.units if holds(span, day)}
        posts = {span.uid: span for span in whole.posts if holds(span, day)}
        held = [each for each in whole.holdings if holds(each, day)]
        full = [each for each in held if each.is_full]
        found += [
            f"{day} {post.uid} unreachable" for post in posts.values() if not _leads_up(units, post)
        ]
        found += [f"{day} {each.post} held but gone" for each in held if each.post not in posts]
        found += _twice(day, "unit", (span.uid for span in whole.units if holds(span, day)))
        found += _twice(day, "post", (span.uid for span in whole.posts if holds(span, day)))
        found += _twice(day, "person", (each.person for each in full))
        found += _twice(day, "holder", (each.post for each in full))
        found += _twice(day, "name", ((span.parent, span.name) for span in units.values()))
    return found


def _twice(day, what, keys):
    return [f"{day} {what} {key} twice" for key, times in Counter(keys).items() if times > 1]


def _leads_up(units, post) -> bool:
    at, steps = post.unit, 0
    while at is not None:
        if at not in units or steps > len(units):
            return False
        at, steps = units[at].parent, steps + 1
    return True
