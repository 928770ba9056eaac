"""Reading one unit as of a day: its place, its posts, what it came from and what it was called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.orgs import access, loading
from mokmin.foundation.orgs.models import (
    Assignment,
    Post,
    PostSpan,
    Reorganisation,
    Succession,
    Unit,
    UnitSpan,
)
from mokmin.foundation.orgs.queries import (
    Named,
    PostRow,
    UnitRow,
    in_force,
    post_row,
    unit_row,
)
from mokmin.foundation.orgs.states import AssignmentKind, UnitKind
from mokmin.foundation.orgs.values import AsOf, Organisation, UnitSpanValue, holds
from mokmin.foundation.trail.versions import rows


@dataclass(frozen=True, slots=True)
class Kin:
    """A unit whose work was taken over, or that took it over, on a day."""

    uid: str
    name: str
    on: date
    change: Named


@dataclass(frozen=True, slots=True)
class UnitEvent:
    """What the unit was called and under which it stood, from one day to another."""

    from_on: date
    until_on: date | None
    name: str
    kind: UnitKind
    parent: Named | None
    opened_by: Named | None
    closed_by: Named | None


@dataclass(frozen=True, slots=True)
class UnitCard:
    """One unit; `now` is None when it is not there on the day, and `name` the nearest one."""

    uid: str
    unit_id: int
    name: str
    kind: UnitKind
    from_on: date
    until_on: date | None
    now: UnitRow | None
    crumbs: tuple[Named, ...]
    predecessors: tuple[Kin, ...]
    successors: tuple[Kin, ...]
    history: tuple[UnitEvent, ...]
    why_not_change: str | None

    @property
    def is_there(self) -> bool:
        """Whether there is such a unit on the day."""
        return self.now is not None


def unit_card(uid: str, at: AsOf, actor: Actor) -> UnitCard | None:
    """What the page of a unit shows, in four queries; None for a unit that never was."""
    day = at.on
    spans = _spans(uid, at)
    own = sorted((span for span in spans if span.uid == uid), key=lambda span: span.from_on)
    if not own:
        return None
    units = Organisation(units=tuple(spans))
    there = units.unit(uid, day)
    shown = there or _nearest(own, day)
    found, vacant_since = _with_posts(units, uid, at)
    now = unit_row(found, there, day) if there else None
    changes = _changes(own, at)
    return UnitCard(
        uid=uid,
        unit_id=shown.unit_id,
        name=shown.name,
        kind=shown.kind,
        from_on=own[0].from_on,
        until_on=own[-1].until_on,
        now=_with_vacancies(now, vacant_since) if now else None,
        crumbs=tuple(Named(span.uid, span.name) for span in reversed(units.ancestors(uid, day))),
        predecessors=_kin(changes, uid, ("successor", "predecessor")),
        successors=_kin(changes, uid, ("predecessor", "successor")),
        history=tuple(_event(units, span, changes) for span in reversed(own)),
        why_not_change=access.why_not_change_organisation(actor),
    )


def people_of_record(record_id: int, on: date) -> Sequence[str]:
    """Who works in the unit of this record on a day (uids): papers of the unit may name them."""
    spans = "post__spans__"
    held = Assignment.objects.filter(
        in_force(on), in_force(on, spans), **{f"{spans}unit__record_id": record_id}
    )
    return list(held.order_by("person__uid").values_list("person__uid", flat=True).distinct())


def _spans(uid: str, at: AsOf) -> list[UnitSpanValue]:
    """Every unit of the day, and this one and those above it on any day."""
    this = Unit.objects.filter(record__uid=uid).values("pk")
    above = rows(UnitSpan, at.known_at).filter(unit_id__in=this, parent_id__isnull=False)
    named = Q(unit_id__in=this) | Q(unit_id__in=above.values("parent_id"))
    return loading.unit_spans(rows(UnitSpan, at.known_at).filter(in_force(at.on) | named))


def _nearest(own: Sequence[UnitSpanValue], day: date) -> UnitSpanValue:
    """The unit as it was last, or as it will be first."""
    return next((span for span in reversed(own) if span.from_on <= day), own[0])


def _with_posts(units: Organisation, uid: str, at: AsOf) -> tuple[Organisation, Mapping[str, date]]:
    """The posts of the unit and of those below it, and since when its own ones are nobody's."""
    below = [span.unit_id for span in _below(units, uid, at.on)]
    there = rows(PostSpan, at.known_at).filter(in_force(at.on), unit_id__in=below)
    own = there.filter(unit_id__in=below[:1]).values("post_id")
    posts = loading.post_spans(
        rows(PostSpan, at.known_at).filter(
            Q(pk__in=there.values("pk")) | Q(post_id__in=own, from_on__lte=at.on)
        )
    )
    past = Q(kind=AssignmentKind.FULL, until_on__lte=at.on, post_id__in=own)
    now = in_force(at.on) & Q(post_id__in=there.values("post_id"))
    held = loading.holdings(rows(Assignment, at.known_at).filter(now | past))
    newest_first = sorted(posts, key=attrgetter("from_on"), reverse=True)
    since = {span.uid: span.from_on for span in newest_first}
    since |= {each.post: each.until_on for each in held if each.until_on and not holds(each, at.on)}
    return replace(units, posts=tuple(posts), holdings=tuple(held)), since


def _below(units: Organisation, uid: str, day: date) -> Iterable[UnitSpanValue]:
    span = units.unit(uid, day)
    if span is not None:
        yield span
        for child in units.children(uid, day):
            yield from _below(units, child.uid, day)


def _with_vacancies(row: UnitRow, since: Mapping[str, date]) -> UnitRow:
    posts = (
        replace(post, vacant_since=since[post.uid]) if post.is_vacant else post
        for post in row.posts
    )
    return replace(row, posts=tuple(posts))


def _changes(own: Sequence[UnitSpanValue], at: AsOf) -> Sequence[Mapping[str, Any]]:
    """The reorganisations that the unit went through, with who took over from whom."""
    unit_id = own[0].unit_id
    both = Q(predecessor_id=unit_id) | Q(successor_id=unit_id)
    taken_over = Succession.objects.filter(both)
    kin = taken_over.filter(reorganisation=OuterRef("pk")).order_by("id")
    noted = {span.opened_by for span in own} | {span.closed_by for span in own}
    known = Q(undone_at__isnull=True)
    if at.known_at:
        known &= Q(decided_at__lt=at.known_at)
    found = Reorganisation.objects.filter(
        known, Q(pk__in=noted - {None}) | Q(pk__in=taken_over.values("reorganisation_id"))
    ).annotate(
        kin=ArraySubquery(
            kin.values(
                pair=JSONObject(
                    predecessor=F("predecessor__record__uid"),
                    predecessor_name=F("predecessor__record__title"),
                    successor=F("successor__record__uid"),
                    successor_name=F("successor__record__title"),
                )
            )
        )
    )
    return list(found.order_by("on", "id").values("id", "uid", "title", "on", "kin"))


def _kin(changes: Sequence[Mapping[str, Any]], uid: str, sides: tuple[str, str]) -> tuple[Kin, ...]:
    """Those on the other side of a succession in which the unit is on one side."""
    mine, other = sides
    return tuple(
        Kin(pair[other], pair[f"{other}_name"], change["on"], Named(change["uid"], change["title"]))
        for change in changes
        for pair in change["kin"]
        if pair[mine] == uid
    )


def _event(
    units: Organisation, span: UnitSpanValue, changes: Sequence[Mapping[str, Any]]
) -> UnitEvent:
    named = {change["id"]: Named(change["uid"], change["title"]) for change in changes}
    above = next(
        (
            each
            for each in units.spans_of_unit.get(span.parent or "", ())
            if holds(each, span.from_on)
        ),
        None,
    )
    return UnitEvent(
        from_on=span.from_on,
        until_on=span.until_on,
        name=span.name,
        kind=span.kind,
        parent=Named(above.uid, above.name) if above else None,
        opened_by=named.get(span.opened_by or 0),
        closed_by=named.get(span.closed_by or 0),
    )


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post that is nobody's own (결원), its unit with those above it, and since when."""

    post: PostRow
    path: str
    since: date


def vacancies(at: AsOf) -> tuple[Vacancy, ...]:
    """Every vacant post of a day, the longest vacant first, in four queries."""
    found = loading.organisation(at)
    vacant = {span.post_id: span for span in found.posts if not found.full_holder(span.uid, at.on)}
    left = rows(Assignment, at.known_at).filter(
        post_id=OuterRef("pk"), kind=AssignmentKind.FULL, until_on__lte=at.on
    )
    since = (
        rows(Post, at.known_at)
        .filter(pk__in=vacant)
        .annotate(left=Subquery(left.order_by("-until_on").values("until_on")[:1]))
        .values_list("pk", "from_on", "left")
    )
    listed = [
        Vacancy(
            replace(post_row(found, vacant[post_id], at.on), vacant_since=left or from_on),
            found.path(vacant[post_id].unit, at.on),
            left or from_on,
        )
        for post_id, from_on, left in since
    ]
    return tuple(sorted(listed, key=lambda each: (each.since, each.path, each.post.uid)))
