"""Reading the organisation: the whole of it as of a day, and which day can be read how."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Q

from mokmin.foundation.orgs import access, loading
from mokmin.foundation.orgs.models import Assignment, PostSpan, UnitSpan
from mokmin.foundation.orgs.states import AssignmentKind, PostRank, UnitKind
from mokmin.foundation.orgs.values import (
    AsOf,
    Holding,
    Organisation,
    PostSpanValue,
    UnitSpanValue,
    holds,
)
from mokmin.foundation.trail.twins import name_of
from mokmin.lib.korean import SEOUL

why_not_see_organisation = access.why_not_see_organisation
why_not_change_organisation = access.why_not_change_organisation

KNOWN_SINCE = "SELECT greatest({})".format(
    ", ".join(
        f'(SELECT min(sys_from) FROM "{name_of(model._meta.db_table)}")'
        for model in (UnitSpan, PostSpan, Assignment)
    )
)
"""When the last of the tables began to remember; one that holds nothing yet does not count."""


def as_of(day: date, today: date) -> AsOf:
    """How a day is shown: a past one as it was known at its end, if so much is remembered.

    A day from before that, today and the future are shown by what is known now.
    """
    if day >= today:
        return AsOf(day)
    end = datetime.combine(day + timedelta(days=1), time(), SEOUL)
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_SINCE)
        (since,) = cursor.fetchone()
    return AsOf(day, end) if since is not None and since < end else AsOf(day)


def in_force(day: date, span: str = "") -> Q:
    """Spans that hold on the day; `span` leads to them (`post__spans__`)."""
    lasts = Q(**{f"{span}until_on__isnull": True}) | Q(**{f"{span}until_on__gt": day})
    return Q(**{f"{span}from_on__lte": day}) & lasts


def holding(span: str, day: str) -> str:
    """SQL: the same."""
    return f"{span}.from_on <= {day} AND ({span}.until_on IS NULL OR {span}.until_on > {day})"


def post_label(post: str, day: str) -> str:
    """SQL: what a post was called on a day, with team and department (`기획과 기획팀 주무관`).

    From the second of one title in a unit on, they are numbered as in pickers.
    """
    return f"""(
        SELECT concat_ws(' ', CASE u.kind WHEN '{UnitKind.TEAM}' THEN (
                   SELECT a.name FROM orgs_unitspan a
                    WHERE a.unit_id = u.parent_id AND {holding("a", day)}) END, u.name, s.title, (
                   SELECT nullif(count(*) + 1, 1) FROM orgs_postspan b
                    WHERE b.unit_id = s.unit_id AND b.title = s.title AND {holding("b", day)}
                      AND (b.position, b.post_id) < (s.position, s.post_id)))
          FROM orgs_postspan s
          JOIN orgs_unitspan u ON u.unit_id = s.unit_id AND {holding("u", day)}
         WHERE s.post_id = {post} AND {holding("s", day)})"""


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an address and a name."""

    uid: str
    name: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures of posts (정원), people in posts of their own (현원) and vacancies (결원).

    `acting` and `concurrent` are posts with somebody in them in that way, vacant or not.
    """

    posts: int = 0
    people: int = 0
    acting: int = 0
    concurrent: int = 0

    @property
    def vacancies(self) -> int:
        """Posts that are nobody's own."""
        return self.posts - self.people

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.posts + other.posts,
            self.people + other.people,
            self.acting + other.acting,
            self.concurrent + other.concurrent,
        )


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post on a day with whoever is in it; `vacant_since` only where it was asked for."""

    uid: str
    unit: str
    rank: PostRank
    title: str
    grade: str
    duties: str
    phone: str
    position: int
    from_on: date
    until_on: date | None
    holdings: tuple[Holding, ...] = ()
    vacant_since: date | None = None

    @property
    def holder(self) -> Holding | None:
        """The person whose own post it is (본직)."""
        return next((held for held in self.holdings if held.is_full), None)

    @property
    def acting(self) -> tuple[Holding, ...]:
        """Who acts in it (직무대리)."""
        return self._held(AssignmentKind.ACTING)

    @property
    def concurrent(self) -> tuple[Holding, ...]:
        """Who holds it besides a post of their own (겸임)."""
        return self._held(AssignmentKind.CONCURRENT)

    @property
    def is_vacant(self) -> bool:
        """Whether it is nobody's own."""
        return self.holder is None

    @property
    def is_head(self) -> bool:
        """Whether it answers for others."""
        return self.rank != PostRank.OFFICER

    @property
    def counts(self) -> Counts:
        """What it adds to the figures."""
        return Counts(
            1, int(not self.is_vacant), int(bool(self.acting)), int(bool(self.concurrent))
        )

    def _held(self, kind: AssignmentKind) -> tuple[Holding, ...]:
        return tuple(held for held in self.holdings if held.kind == kind)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit on a day with its posts, what stands under it, and the figures of both."""

    uid: str
    name: str
    kind: UnitKind
    phone: str
    parent: str | None
    path: str
    depth: int
    posts: tuple[PostRow, ...]
    children: tuple["UnitRow", ...]
    own: Counts
    whole: Counts

    @property
    def head(self) -> PostRow | None:
        """The first post that answers for others."""
        return next((post for post in self.posts if post.is_head), None)

    def walk(self) -> Iterator["UnitRow"]:
        """The unit and all below it, from above."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class OrganisationChart:
    """The organisation of a day as a tree."""

    as_of: AsOf
    roots: tuple[UnitRow, ...]

    @property
    def whole(self) -> Counts:
        """The figures of everything."""
        return sum((root.whole for root in self.roots), Counts())

    def walk(self) -> Iterator[UnitRow]:
        """Every unit, from above."""
        for root in self.roots:
            yield from root.walk()

    def unit(self, uid: str) -> UnitRow | None:
        """One unit, if it is there on that day."""
        return next((row for row in self.walk() if row.uid == uid), None)


def chart(at: AsOf) -> OrganisationChart:
    """The whole organisation as of a day, in three queries."""
    return chart_of(loading.organisation(at), at)


def chart_of(found: Organisation, at: AsOf) -> OrganisationChart:
    """The tree of what has been loaded already."""
    return OrganisationChart(at, tuple(unit_row(found, span, at.on) for span in _top(found, at.on)))


def _top(found: Organisation, day: date) -> Sequence[UnitSpanValue]:
    """Units under no other; one whose superior is not there on the day is not lost."""
    there = [span for span in found.units if holds(span, day)]
    names = {span.uid for span in there}
    lost = [span for span in there if span.parent is not None and span.parent not in names]
    return [*found.children(None, day), *lost]


def unit_row(found: Organisation, span: UnitSpanValue, day: date, depth: int = 0) -> UnitRow:
    """A unit of loaded values with everything below it."""
    children = tuple(
        unit_row(found, child, day, depth + 1) for child in found.children(span.uid, day)
    )
    posts = tuple(post_row(found, post, day) for post in found.posts_in(span.uid, day))
    own = sum((post.counts for post in posts), Counts())
    return UnitRow(
        uid=span.uid,
        name=span.name,
        kind=span.kind,
        phone=span.phone,
        parent=span.parent,
        path=found.path(span.uid, day),
        depth=depth,
        posts=posts,
        children=children,
        own=own,
        whole=sum((child.whole for child in children), own),
    )


def post_row(found: Organisation, span: PostSpanValue, day: date) -> PostRow:
    """A post of loaded values with who is in it."""
    return PostRow(
        uid=span.uid,
        unit=span.unit,
        rank=span.rank,
        title=span.title,
        grade=span.grade,
        duties=span.duties,
        phone=span.phone,
        position=span.position,
        from_on=span.from_on,
        until_on=span.until_on,
        holdings=tuple(found.holders(span.uid, day)),
    )
