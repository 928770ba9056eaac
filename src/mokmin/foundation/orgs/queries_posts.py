"""Reading one post with its past, and how one unit is reached."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from mokmin.foundation.orgs import loading
from mokmin.foundation.orgs.models import Assignment, Post, PostSpan, Reorganisation, Unit, UnitSpan
from mokmin.foundation.orgs.queries import Named, PostRow, post_row
from mokmin.foundation.orgs.states import AssignmentKind
from mokmin.foundation.orgs.values import AsOf


@dataclass(frozen=True, slots=True)
class PostCard:
    """A post on a day with who is in it and where it stands."""

    post: Post
    row: PostRow
    unit: Named
    unit_path: str


def post_card(uid: str, at: AsOf) -> PostCard | None:
    """What the pages of a post show, in four queries; None where it is not there on the day."""
    post = Post.objects.filter(uid=uid).first()
    found = loading.organisation(at)
    span = found.post(uid, at.on)
    unit = found.unit(span.unit, at.on) if span else None
    if post is None or span is None or unit is None:
        return None
    return PostCard(
        post=post,
        row=post_row(found, span, at.on),
        unit=Named(unit.uid, unit.name),
        unit_path=found.path(unit.uid, at.on),
    )


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """How a unit is reached, and its place among its neighbours (직제 순서)."""

    unit: Unit
    uid: str
    name: str
    path: str
    phone: str
    position: int


def unit_place(uid: str, at: AsOf) -> UnitPlace | None:
    """What the form of a unit shows, in four queries; None where it is not there on the day."""
    unit = Unit.objects.select_related("record").filter(record__uid=uid).first()
    found = loading.organisation(at)
    span = found.unit(uid, at.on)
    if unit is None or span is None:
        return None
    path = found.path(uid, at.on)
    return UnitPlace(unit, uid, span.name, path, span.phone, span.position)


@dataclass(frozen=True, slots=True)
class PostTime:
    """Where the post stood, what it was called and what it did, from one day to another."""

    from_on: date
    until_on: date | None
    unit: Named
    title: str
    grade: str
    duties: str
    phone: str
    reorganisation: Named | None
    closed_by: Named | None
    """The reorganisation that ended it."""


@dataclass(frozen=True, slots=True)
class PostHolder:
    """Who held the post, how, and from one day to another."""

    person: Named
    kind: AssignmentKind
    from_on: date
    until_on: date | None
    order: Named | None


@dataclass(frozen=True, slots=True)
class PostStory:
    """A post over all the years, newest first; what is planned stands at the top."""

    post: Post
    times: tuple[PostTime, ...]
    holders: tuple[PostHolder, ...]

    def on(self, day: date) -> PostTime:
        """As it is on the day; else the nearest before, else the first that is planned."""
        there = (each for each in self.times if each.from_on <= day)
        return next(there, self.times[-1])


def post_story(uid: str) -> PostStory | None:
    """What the page of a post shows, in three queries; None for one that never was."""
    post = Post.objects.filter(uid=uid).first()
    known = UnitSpan.objects.filter(unit=OuterRef("unit"), from_on__lte=OuterRef("from_on"))
    called = Subquery(known.order_by("-from_on").values("name")[:1])
    spans = PostSpan.objects.filter(post=post).select_related(
        "unit__record", "opened_by", "closed_by"
    )
    dated = spans.annotate(called=called).order_by("-from_on")
    times = tuple(_time(span, span.called) for span in dated) if post else ()
    if post is None or not times:
        return None
    found = Assignment.objects.filter(post=post).select_related("person", "opened_by")
    return PostStory(post, times, tuple(map(_holder, found.order_by("-from_on", "kind", "id"))))


def _time(span: PostSpan, called: str) -> PostTime:
    """`called` is the unit's name of that day, whatever it was called later."""
    return PostTime(
        from_on=span.from_on,
        until_on=span.until_on,
        unit=Named(span.unit.record.uid, called),
        title=span.title,
        grade=span.grade,
        duties=span.duties,
        phone=span.phone,
        reorganisation=_named(span.opened_by),
        closed_by=_named(span.closed_by),
    )


def _named(by: Reorganisation | None) -> Named | None:
    return Named(by.uid, by.title) if by else None


def _holder(held: Assignment) -> PostHolder:
    by = held.opened_by
    return PostHolder(
        person=Named(held.person.uid, held.person.name),
        kind=AssignmentKind(held.kind),
        from_on=held.from_on,
        until_on=held.until_on,
        order=Named(by.uid, by.title) if by else None,
    )
