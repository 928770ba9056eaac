"""An order (인사발령) as it is proposed, and what comes of it, as values."""

from dataclasses import dataclass
from datetime import date

from mokmin.foundation.orgs.rules import PlanProblem
from mokmin.foundation.orgs.states import AssignmentKind, OrderVerb
from mokmin.foundation.orgs.values import Organisation

OPENS: dict[OrderVerb, AssignmentKind] = {
    OrderVerb.APPOINT: AssignmentKind.FULL,
    OrderVerb.TRANSFER: AssignmentKind.FULL,
    OrderVerb.PROMOTE: AssignmentKind.FULL,
    OrderVerb.RETURN: AssignmentKind.FULL,
    OrderVerb.CONCURRENT: AssignmentKind.CONCURRENT,
    OrderVerb.ACT: AssignmentKind.ACTING,
}
"""How the new post is held; the other verbs give none."""

ENDS_ONE: dict[OrderVerb, AssignmentKind] = {
    OrderVerb.END_CONCURRENT: AssignmentKind.CONCURRENT,
    OrderVerb.END_ACT: AssignmentKind.ACTING,
}
"""Which kind of holding ends, the own post staying."""

ENDS_ALL = frozenset({OrderVerb.LEAVE, OrderVerb.DISPATCH, OrderVerb.MOVE_OUT, OrderVerb.RETIRE})
BEGINS_AFRESH = frozenset({OrderVerb.APPOINT, OrderVerb.RETURN})
MOVES = frozenset({OrderVerb.TRANSFER, OrderVerb.PROMOTE})
GOES_FOR_GOOD = frozenset({OrderVerb.MOVE_OUT, OrderVerb.RETIRE})
ONCE_A_PERSON = ENDS_ALL | BEGINS_AFRESH | MOVES


@dataclass(frozen=True, slots=True)
class OrderEntry:
    """One row: whom it is about, what is done, and to which post.

    `person` is a uid, an e-mail address or a name; `post` a uid, or a title within `unit`.
    `name`, `unit_name` and `title` are what was written beside an address or a uid: it decides
    nothing, but must not say anything else.
    """

    person: str
    verb: OrderVerb
    post: str = ""
    unit: str = ""
    note: str = ""
    name: str = ""
    unit_name: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class OrderSheet:
    """An order as it is proposed; `makes_hand_overs` is off for what is entered as history."""

    title: str
    on: date
    entries: tuple[OrderEntry, ...]
    number: str = ""
    reason: str = ""
    accepts_past: bool = False
    makes_hand_overs: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom a row may mean; one who waits has lost the own post to a reorganisation."""

    person_id: int
    uid: str
    name: str
    email: str = ""
    is_closed: bool = False
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class EntryResult:
    """What a row does with its person; posts are uids, empty where there is none."""

    row: int
    person: str
    person_id: int
    name: str
    verb: OrderVerb
    from_post: str
    to_post: str
    before: str
    after: str
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """`김주무: 기획팀 주무관 → 재산팀 주무관(전보)`."""
        return f"{self.name}: {self.before or '—'} → {self.after or '—'}({self.verb.label})"


@dataclass(frozen=True)
class OrderOutcome:
    """What an order does, and every reason against it."""

    on: date
    problems: tuple[PlanProblem, ...]
    notes: tuple[str, ...]
    results: tuple[EntryResult, ...]
    before: Organisation
    after: Organisation
    named: frozenset[str] = frozenset()
    """Everybody whom results, problems and notes name (uids), for the access log."""
