"""Reading what changes the organisation: reorganisations and orders."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from mokmin.foundation.orgs import comparing, loading, steps
from mokmin.foundation.orgs.comparing import PostChange, UnitChange
from mokmin.foundation.orgs.models import (
    Assignment,
    OrderLine,
    PersonnelOrder,
    PostSpan,
    Reorganisation,
)
from mokmin.foundation.orgs.queries import Named, post_label
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.foundation.orgs.steps import Step
from mokmin.foundation.orgs.values import ONE_DAY, Organisation
from mokmin.foundation.tenancy.keyset import Order, Window, stretch
from mokmin.foundation.trail.queries import reason_given


@dataclass(frozen=True, slots=True)
class ReorganisationRow:
    """One line of the list of reorganisations."""

    uid: str
    title: str
    on: date
    steps: int
    decided_at: datetime
    decided_by: str
    undone_at: datetime | None
    undone_by: str
    reason: str


REORGANISATIONS = {
    "on": Order("on", "id"),
    "decided": Order("decided_at", "id"),
    "title": Order("title", "id"),
}


def reorganisations(
    *, word: str = "", state: str = "", today: date, window: Window
) -> Sequence[ReorganisationRow]:
    """Reorganisations by words of the title; `state` is planned, done or undone."""
    found = Reorganisation.objects.filter(_in_state(state, today), title__icontains=word)
    return window.turned([_reorganisation(row) for row in stretch(found, window, REORGANISATIONS)])


def _in_state(state: str, today: date) -> Q:
    """What has not come yet, has come, or was taken back; anything else asks nothing."""
    standing = Q(undone_at__isnull=True)
    return {
        "planned": standing & Q(on__gt=today),
        "done": standing & Q(on__lte=today),
        "undone": ~standing,
    }.get(state, Q())


def _reorganisation(row: Reorganisation) -> ReorganisationRow:
    return ReorganisationRow(
        uid=row.uid,
        title=row.title,
        on=row.on,
        steps=len(row.steps),
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
        reason=row.reason,
    )


@dataclass(frozen=True, slots=True)
class ReorganisationCard:
    """One reorganisation with what it made of units and posts.

    `before` and `after` are the organisation of the eve and of the day, whatever else came then.
    """

    row: ReorganisationRow
    reorganisation: Reorganisation
    steps: tuple[Step, ...]
    units: tuple[UnitChange, ...]
    posts: tuple[PostChange, ...]
    before: Organisation
    after: Organisation
    why_undone: str


def reorganisation(uid: str) -> ReorganisationCard | None:
    """What the page of a reorganisation shows, in four queries.

    Of one taken back it is what it would have moved, as it was known just before that.
    """
    known = Reorganisation.objects.select_related("record").annotate(
        why_undone=reason_given("undo_reorganisation", Reorganisation, at="undone_at")
    )
    found = known.filter(uid=uid).first()
    if found is None:
        return None
    around = loading.organisation_around(found.on, known_at=found.undone_at)
    if not around.units:  # entered afterwards, for instants before there were versions
        around = loading.organisation_around(found.on)
    day = found.on
    units = {span.uid for span in around.units if found.pk in (span.opened_by, span.closed_by)}
    posts = {span.uid for span in around.posts if found.pk in (span.opened_by, span.closed_by)}
    was, is_now = _eve_held_on(around, day), around.on(day)
    changed = comparing.units_changed(was, is_now, day)
    moved = comparing.posts_changed(was, is_now, day)
    return ReorganisationCard(
        row=_reorganisation(found),
        reorganisation=found,
        steps=steps.from_json(found.steps),
        units=tuple(change for change in changed if change.uid in units),
        posts=tuple(change for change in moved if change.uid in posts),
        before=around.on(day - ONE_DAY),
        after=is_now,
        why_undone=found.why_undone or "",
    )


def reorganisation_record(uid: str) -> Reorganisation | None:
    """The reorganisation by address, for the action that a page is about to call."""
    return Reorganisation.objects.filter(uid=uid).first()


def _eve_held_on(around: Organisation, day: date) -> Organisation:
    """The eve as if nothing had ended with it, so that both are looked at on one day."""
    eve = around.on(day - ONE_DAY)
    return Organisation(
        tuple(replace(span, until_on=None) for span in eve.units),
        tuple(replace(span, until_on=None) for span in eve.posts),
        tuple(replace(span, until_on=None) for span in eve.holdings),
    )


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line of the list of orders."""

    uid: str
    number: str
    title: str
    on: date
    people: int
    ordered_at: datetime
    ordered_by: str
    undone_at: datetime | None
    undone_by: str
    reason: str


ORDER_COLUMNS = (
    "uid", "number", "title", "on", "people", "ordered_at", "ordered_by", "undone_at", "undone_by",
    "reason",
)  # fmt: skip
ORDERS = {
    "on": Order("on", "id"),
    "ordered": Order("ordered_at", "id"),
    "title": Order("title", "id"),
}


def orders(  # one argument per filter of the page
    *,
    word: str = "",
    person: str = "",
    since: date | None = None,
    until: date | None = None,
    state: str = "",
    today: date,
    window: Window,
) -> Sequence[OrderRow]:
    """Orders by words of title or number, by whom they are about (a uid), and by day."""
    found = PersonnelOrder.objects.filter(
        _in_state(state, today), Q(title__icontains=word) | Q(number__icontains=word)
    )
    if person:
        lines = OrderLine.objects.filter(order=OuterRef("pk"), person__uid=person)
        found = found.filter(Exists(lines))
    if since:
        found = found.filter(on__gte=since)
    if until:
        found = found.filter(on__lte=until)
    rows = stretch(_counted(found), window, ORDERS).values_list(*ORDER_COLUMNS)
    return window.turned([OrderRow(*row) for row in rows])


def _counted(found: QuerySet[PersonnelOrder]) -> Any:
    """With how many people each is about."""
    lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
    count = lines.annotate(number=Count("person", distinct=True)).values("number")
    return found.annotate(people=Subquery(count))


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """What an order does with one person; posts are named as on the eve and on the day."""

    row: int
    person: str
    name: str
    verb: OrderVerb
    from_post: str
    before: str
    to_post: str
    after: str
    note: str


@dataclass(frozen=True, slots=True)
class OrderCard:
    """One order with its lines."""

    row: OrderRow
    order: PersonnelOrder
    lines: tuple[OrderLineRow, ...]
    why_undone: str


LINES = f"""
SELECT l.position, h.uid, h.name, l.verb,
       coalesce(f.uid, ''), coalesce({post_label("l.from_post_id", 'o."on" - 1')}, ''),
       coalesce(t.uid, ''), coalesce({post_label("l.to_post_id", 'o."on"')}, ''), l.note
  FROM orgs_orderline l
  JOIN orgs_personnelorder o ON o.id = l.order_id
  JOIN people_person h ON h.id = l.person_id
  LEFT JOIN orgs_post f ON f.id = l.from_post_id
  LEFT JOIN orgs_post t ON t.id = l.to_post_id
 WHERE l.order_id = %s ORDER BY l.position, l.id
"""


def order(uid: str) -> OrderCard | None:
    """What the page of an order shows, in two queries."""
    why = reason_given("undo_order", PersonnelOrder, at="undone_at")
    found = _counted(PersonnelOrder.objects.filter(uid=uid)).annotate(why_undone=why).first()
    if found is None:
        return None
    row = OrderRow(*(getattr(found, name) for name in ORDER_COLUMNS))
    lines = _asked(LINES, found.pk)
    return OrderCard(
        row,
        found,
        tuple(
            OrderLineRow(place, person, name, OrderVerb(verb), *rest)
            for place, person, name, verb, *rest in lines
        ),
        found.why_undone or "",
    )


def order_record(uid: str) -> PersonnelOrder | None:
    """The order by address, for the action that a page is about to call."""
    return PersonnelOrder.objects.filter(uid=uid).first()


@dataclass(frozen=True, slots=True)
class UnitOrderLine:
    """What an order did with a post of a unit."""

    on: date
    person: str
    name: str
    verb: OrderVerb
    before: str
    after: str
    order: Named
    is_undone: bool


LINES_OF_UNIT = f"""
SELECT o."on", h.uid, h.name, l.verb,
       coalesce({post_label("l.from_post_id", 'o."on" - 1')}, ''),
       coalesce({post_label("l.to_post_id", 'o."on"')}, ''),
       o.uid, o.title, o.undone_at IS NOT NULL
  FROM orgs_orderline l
  JOIN orgs_personnelorder o ON o.id = l.order_id
  JOIN people_person h ON h.id = l.person_id
 WHERE EXISTS (SELECT FROM orgs_postspan s
                WHERE s.unit_id = %s
                  AND (s.post_id = l.from_post_id
                       AND s.from_on < o."on" AND (s.until_on IS NULL OR s.until_on >= o."on")
                       OR s.post_id = l.to_post_id
                       AND s.from_on <= o."on" AND (s.until_on IS NULL OR s.until_on > o."on")))
 ORDER BY o."on" DESC, o.id DESC, l.position LIMIT %s
"""


def lines_of_unit(unit_id: int, *, limit: int = 20) -> tuple[UnitOrderLine, ...]:
    """The orders about posts that stood in the unit at the time, newest first, in one query."""
    return tuple(
        UnitOrderLine(on, person, name, OrderVerb(verb), before, after, Named(uid, title), undone)
        for on, person, name, verb, before, after, uid, title, undone in _asked(
            LINES_OF_UNIT, unit_id, limit
        )
    )


def people_of_order(record_id: int, _on: date) -> Sequence[str]:
    """Everybody in the order of this record (uids): its papers name them."""
    named = OrderLine.objects.filter(order__record_id=record_id)
    return list(named.order_by("person__uid").values_list("person__uid", flat=True).distinct())


def people_of_reorganisation(record_id: int, _on: date) -> Sequence[str]:
    """Whose posts the reorganisation of this record moves or ends (uids)."""
    day = Subquery(Reorganisation.objects.filter(record_id=record_id).values("on")[:1])
    changed = PostSpan.objects.filter(
        Q(opened_by__record_id=record_id) | Q(closed_by__record_id=record_id)
    )
    held = Assignment.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=day),
        post_id__in=changed.values("post_id"),
        from_on__lte=day,
    )
    return list(held.order_by("person__uid").values_list("person__uid", flat=True).distinct())


def _asked(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
