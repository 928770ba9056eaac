"""What a person of the organisation holds, held and will hold, and the orders about them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from mokmin.foundation.access.states import STAFF
from mokmin.foundation.orgs import loading
from mokmin.foundation.orgs.models import Assignment, PostSpan, UnitSpan
from mokmin.foundation.orgs.queries import post_label
from mokmin.foundation.orgs.states import AssignmentKind, OrderVerb, PostRank
from mokmin.foundation.orgs.values import AsOf, Organisation, holds
from mokmin.foundation.trail.versions import rows

DEEPEST = 3
"""단체장, 국, 과, 팀: how many levels stand above the lowest unit."""


@dataclass(frozen=True, slots=True)
class Held:
    """A post that somebody holds, held or will hold, as it was called on the day shown."""

    post: str
    title: str
    rank: PostRank
    grade: str
    duties: str
    unit: str
    unit_path: str
    kind: AssignmentKind
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class PersonOrder:
    """What an order did with a person."""

    uid: str
    title: str
    number: str
    on: date
    verb: OrderVerb
    before: str
    after: str
    note: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class CareerCard:
    """One person of the organisation: posts of the day, those before and after, orders.

    How they are reached is told by the room of people, to those who may know it.
    """

    uid: str
    person_id: int
    name: str
    is_closed: bool
    posts: tuple[Held, ...]
    history: tuple[Held, ...]
    orders: tuple[PersonOrder, ...]


PERSON = f"""
SELECT h.id, h.name, h.closed_at IS NOT NULL, o.uid, o.title, o.number, o."on", l.verb,
       {post_label("l.from_post_id", 'o."on" - 1')}, {post_label("l.to_post_id", 'o."on"')},
       l.note, {{undone}}
  FROM people_person h
  LEFT JOIN orgs_orderline l ON l.person_id = h.id
  LEFT JOIN orgs_personnelorder o ON o.id = l.order_id AND {{known}}
 WHERE h.uid = %(uid)s
   AND (l.id IS NOT NULL
        OR EXISTS (SELECT FROM orgs_assignment a WHERE a.person_id = h.id)
        OR EXISTS (SELECT FROM people_grant g WHERE g.person_id = h.id AND g.revoked_at IS NULL
                      AND g.role = ANY (%(staff)s)))
 ORDER BY o."on" DESC NULLS LAST, l.id DESC
"""
"""One row for each line of an order, at least one; residents are nobody here."""


def person_card(uid: str, at: AsOf) -> CareerCard | None:
    """What the page of a person shows to every member of staff, in four queries."""
    known = "o.ordered_at < %(known_at)s" if at.known_at else "true"
    undone = "o.undone_at < %(known_at)s" if at.known_at else "o.undone_at IS NOT NULL"
    asked = {"uid": uid, "staff": sorted(STAFF), "known_at": at.known_at}
    with connection.cursor() as cursor:
        cursor.execute(PERSON.format(known=known, undone=f"coalesce({undone}, false)"), asked)
        found = cursor.fetchall()
    if not found:
        return None
    person_id, name, is_closed, *_order = found[0]
    held = _held(person_id, at)
    return CareerCard(
        uid=uid,
        person_id=person_id,
        name=name,
        is_closed=is_closed,
        posts=tuple(each for each in held if holds(each, at.on)),
        history=tuple(each for each in reversed(held) if not holds(each, at.on)),
        orders=tuple(
            PersonOrder(order, title, number, on, OrderVerb(verb), before or "", after or "", *rest)
            for _id, _name, _closed, order, title, number, on, verb, before, after, *rest in found
            if order
        ),
    )


def _held(person_id: int, at: AsOf) -> list[Held]:
    """Every post of a person in the order of days, as it is on the day or was at its beginning."""
    spans = loading.holdings(rows(Assignment, at.known_at).filter(person_id=person_id))
    mine = rows(Assignment, at.known_at).filter(person_id=person_id).values("post_id")
    posts = loading.post_spans(rows(PostSpan, at.known_at).filter(post_id__in=mine))
    units = rows(PostSpan, at.known_at).filter(post_id__in=mine).values("unit_id")
    found = Organisation(tuple(loading.unit_spans(_lineage(units, at))), tuple(posts), tuple(spans))
    held = []
    for span in spans:
        day = at.on if holds(span, at.on) else span.from_on
        if post := found.post(span.post, day):
            held.append(
                Held(
                    post=span.post,
                    title=post.title,
                    rank=post.rank,
                    grade=post.grade,
                    duties=post.duties,
                    unit=post.unit,
                    unit_path=found.path(post.unit, day),
                    kind=span.kind,
                    from_on=span.from_on,
                    until_on=span.until_on,
                )
            )
    return held


def _lineage(units: Any, at: AsOf) -> Any:
    """The spans of these units and of those above them on any day."""
    wanted = Q(unit_id__in=units)
    for _ in range(DEEPEST):
        below = rows(UnitSpan, at.known_at).filter(unit_id__in=units, parent_id__isnull=False)
        units = below.values("parent_id")
        wanted |= Q(unit_id__in=units)
    return rows(UnitSpan, at.known_at).filter(wanted)
