"""The organisation as plain values: spans of units, posts and holdings, read on any day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Protocol, TypeVar

from mokmin.foundation.orgs.states import AssignmentKind, PostRank, UnitKind

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AsOf:
    """Which day is shown, and as it was known when; None reads what is known now."""

    on: date
    known_at: datetime | None = None


class Span(Protocol):
    """Something that holds from one day until another."""

    @property
    def from_on(self) -> date:
        """First day."""

    @property
    def until_on(self) -> date | None:
        """First day on which it no longer holds; None when it is open."""


S = TypeVar("S", bound=Span)


def holds(span: Span, day: date) -> bool:
    """Whether the span holds on the day."""
    return span.from_on <= day and (span.until_on is None or day < span.until_on)


def overlap(one: Span, other: Span) -> bool:
    """Whether there is a day on which both hold."""
    return _before(one.from_on, other.until_on) and _before(other.from_on, one.until_on)


def _before(day: date, end: date | None) -> bool:
    return end is None or day < end


@dataclass(frozen=True, slots=True)
class UnitSpanValue:
    """What a unit is called and under which it stands; ids are 0 for what is not stored yet.

    `opened_by` and `closed_by` are ids of reorganisations; 0 is the one being planned.
    """

    uid: str
    kind: UnitKind
    name: str
    parent: str | None
    position: int
    phone: str
    from_on: date
    until_on: date | None = None
    opened_by: int | None = None
    closed_by: int | None = None
    unit_id: int = 0
    span_id: int = 0


@dataclass(frozen=True, slots=True)
class PostSpanValue:
    """Where a post stands and what it does; ids as with units."""

    uid: str
    unit: str
    rank: PostRank
    title: str
    grade: str
    duties: str
    phone: str
    position: int
    from_on: date
    until_on: date | None = None
    opened_by: int | None = None
    closed_by: int | None = None
    post_id: int = 0
    span_id: int = 0


@dataclass(frozen=True, slots=True)
class Holding:
    """A person in a post; `opened_by` and `closed_by` are orders, `ended_by` a reorganisation."""

    post: str
    person: str
    name: str
    kind: AssignmentKind
    from_on: date
    until_on: date | None = None
    opened_by: int | None = None
    closed_by: int | None = None
    ended_by: int | None = None
    person_id: int = 0
    assignment_id: int = 0

    @property
    def is_full(self) -> bool:
        """Whether this is the person's own post (본직)."""
        return self.kind == AssignmentKind.FULL


RANK_ORDER: Mapping[str, int] = {rank: place for place, rank in enumerate(PostRank)}


@dataclass(frozen=True)
class Organisation:
    """Spans of units, posts and holdings; of one day or of many."""

    units: tuple[UnitSpanValue, ...] = ()
    posts: tuple[PostSpanValue, ...] = ()
    holdings: tuple[Holding, ...] = ()

    def on(self, day: date) -> "Organisation":
        """Only what holds on the day."""
        return Organisation(
            tuple(span for span in self.units if holds(span, day)),
            tuple(span for span in self.posts if holds(span, day)),
            tuple(span for span in self.holdings if holds(span, day)),
        )

    def unit(self, uid: str, day: date) -> UnitSpanValue | None:
        """The unit as it is on the day."""
        return _on(self.spans_of_unit.get(uid, ()), day)

    def post(self, uid: str, day: date) -> PostSpanValue | None:
        """The post as it is on the day."""
        return _on(self.spans_of_post.get(uid, ()), day)

    def children(self, uid: str | None, day: date) -> list[UnitSpanValue]:
        """The units that stand under this one on the day, in their order; None: at the top."""
        found = (span for span in self._units_under.get(uid, ()) if holds(span, day))
        return sorted(found, key=lambda span: (span.position, span.name, span.uid))

    def posts_in(self, uid: str, day: date) -> list[PostSpanValue]:
        """The posts of the unit itself on the day, heads first."""
        found = (span for span in self._posts_in_unit.get(uid, ()) if holds(span, day))
        return sorted(found, key=post_order)

    def holders(self, post: str, day: date) -> list[Holding]:
        """Who holds the post on the day, the one whose own post it is first."""
        found = (span for span in self.holdings_of_post.get(post, ()) if holds(span, day))
        return sorted(found, key=lambda held: (not held.is_full, held.kind, held.person))

    def full_holder(self, post: str, day: date) -> Holding | None:
        """The person whose own post it is on the day."""
        return next((held for held in self.holders(post, day) if held.is_full), None)

    def held_by(self, person: str, day: date) -> list[Holding]:
        """The posts that the person holds on the day, the own one first."""
        found = (span for span in self.holdings_of_person.get(person, ()) if holds(span, day))
        return sorted(found, key=lambda held: (not held.is_full, held.kind, held.post))

    def ancestors(self, uid: str, day: date) -> list[UnitSpanValue]:
        """The unit and those above it, from below; ends where a circle would begin."""
        chain: list[UnitSpanValue] = []
        seen: set[str] = set()
        at: str | None = uid
        while at is not None and at not in seen and (span := self.unit(at, day)):
            seen.add(at)
            chain.append(span)
            at = span.parent
        return chain

    def path(self, uid: str, day: date) -> str:
        """The unit with those above it, from above: `행정복지국 기획예산과 기획팀`."""
        chain = self.ancestors(uid, day)
        named = [span.name for span in chain if span.kind != UnitKind.HEAD] or [
            span.name for span in chain[:1]
        ]
        return " ".join(reversed(named))

    def post_name(self, uid: str, day: date) -> str:
        """The post with its unit: `기획예산과 기획팀 주무관`."""
        span = self.post(uid, day)
        return f"{self.path(span.unit, day)} {span.title}".strip() if span else ""

    def post_name_near(self, uid: str, day: date) -> str:
        """The post as it is called on the day, or on the day nearest to it on which it is.

        Empty where it never is.
        """
        spans = self.spans_of_post.get(uid, ())
        if not spans:
            return ""
        span, day = _nearest(spans, day)
        unit_spans = self.spans_of_unit.get(span.unit, ())
        if unit_spans and self.unit(span.unit, day) is None:
            _, day = _nearest(unit_spans, day)
        return f"{self.path(span.unit, day)} {span.title}".strip()

    def post_label(self, uid: str, day: date) -> str:
        """The same, told from its like as pickers do: `재무과 재산팀 주무관 2`."""
        name = self.post_name_near(uid, day)
        if not name:
            return ""
        span, day = _nearest(self.spans_of_post[uid], day)
        like = (each for each in self._posts_in_unit[span.unit] if holds(each, day))
        place = (span.position, span.post_id)
        before = sum(
            each.title == span.title and (each.position, each.post_id) < place for each in like
        )
        return f"{name} {before + 1}" if before else name

    def days_after(self, day: date) -> list[date]:
        """The later days on which something begins or ends."""
        found = {
            each
            for span in self.all_spans()
            for each in (span.from_on, span.until_on)
            if each is not None and each > day
        }
        return sorted(found)

    def all_spans(self) -> Iterator[Span]:
        """Every span of whatever."""
        yield from self.units
        yield from self.posts
        yield from self.holdings

    @cached_property
    def spans_of_unit(self) -> Mapping[str, Sequence[UnitSpanValue]]:
        """Spans of each unit in the order of days."""
        return _grouped((span.uid, span) for span in self.units)

    @cached_property
    def spans_of_post(self) -> Mapping[str, Sequence[PostSpanValue]]:
        """Spans of each post in the order of days."""
        return _grouped((span.uid, span) for span in self.posts)

    @cached_property
    def holdings_of_post(self) -> Mapping[str, Sequence[Holding]]:
        """Who held each post, in the order of days."""
        return _grouped((span.post, span) for span in self.holdings)

    @cached_property
    def holdings_of_person(self) -> Mapping[str, Sequence[Holding]]:
        """What each person held, in the order of days."""
        return _grouped((span.person, span) for span in self.holdings)

    @cached_property
    def _units_under(self) -> Mapping[str | None, Sequence[UnitSpanValue]]:
        return _grouped((span.parent, span) for span in self.units)

    @cached_property
    def _posts_in_unit(self) -> Mapping[str, Sequence[PostSpanValue]]:
        return _grouped((span.unit, span) for span in self.posts)


def post_order(span: PostSpanValue) -> tuple[int, int, str, str]:
    """Heads first, then as the unit has put them."""
    return RANK_ORDER[span.rank], span.position, span.title, span.uid


K = TypeVar("K")


def _grouped(pairs: Iterable[tuple[K, S]]) -> Mapping[K, Sequence[S]]:
    found: defaultdict[K, list[S]] = defaultdict(list)
    for key, span in pairs:
        found[key].append(span)
    for spans in found.values():
        spans.sort(key=lambda span: span.from_on)
    return dict(found)


def _on(spans: Sequence[S], day: date) -> S | None:
    return next((span for span in spans if holds(span, day)), None)


def _nearest(spans: Sequence[S], day: date) -> tuple[S, date]:
    """The span that holds on the day or lies nearest to it, and its day nearest to that."""

    def near(span: S) -> date:
        last = span.until_on - ONE_DAY if span.until_on else day
        return min(max(day, span.from_on), max(last, span.from_on))

    found = min(spans, key=lambda span: abs(near(span) - day))
    return found, near(found)
