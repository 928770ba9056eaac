"""Reading hand-overs (인계인수): those that somebody may see, and one with what may be done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, OuterRef, Q, Subquery, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import access
from mokmin.foundation.orgs.models import HandOver, PostSpan, Unit
from mokmin.foundation.orgs.queries import Named, post_label
from mokmin.foundation.tenancy.keyset import Order, Window, stretch

HAND_OVERS = {"on": Order("on", "id"), "due": Order("due_on", "id")}
COLUMNS = (
    "uid", "post__uid", "post_name", "unit", "on", "due_on", "acknowledged_at",
    "leaver__uid", "leaver__name", "successor__uid", "successor__name",
    "order__uid", "order__title", "reorganisation__uid", "reorganisation__title",
)  # fmt: skip


ANSWERED_FOR = """
WITH RECURSIVE gone (unit_id, heir_id) AS (
    SELECT s.predecessor_id, s.successor_id
      FROM orgs_succession s JOIN orgs_unit u ON u.id = s.predecessor_id AND u.until_on = s."on"
    UNION ALL
    SELECT u.id, l.parent_id
      FROM orgs_unit u JOIN orgs_unitspan l ON l.unit_id = u.id AND l.until_on = u.until_on
     WHERE l.parent_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM orgs_succession s
                        WHERE s.predecessor_id = u.id AND s."on" = u.until_on)
), answered (id) AS (
    SELECT unnest(%s::bigint[])
    UNION
    SELECT gone.unit_id FROM answered JOIN gone ON gone.heir_id = answered.id
)
SELECT id FROM answered
"""
"""Units that somebody heads, with those that are no more: the head of what came in their place, or
else of what stood above them, answers for what was left there."""


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """One line of the list of hand-overs; the post as it was called on its last day."""

    uid: str
    post: str
    post_name: str
    unit: str
    on: date
    due_on: date
    acknowledged_at: datetime | None
    leaver: Named
    successor: Named | None
    order: Named | None
    reorganisation: Named | None


@dataclass(frozen=True, slots=True)
class HandOverCard:
    """One hand-over with the reasons why this person cannot do something with it."""

    row: HandOverRow
    hand_over: HandOver
    why_not_remark: str | None
    why_not_acknowledge: str | None
    why_not_name_successor: str | None


def hand_overs(  # one argument per filter of the page
    actor: Actor,
    *,
    state: str = "",
    is_mine: bool = False,
    person: str = "",
    post: str = "",
    today: date,
    window: Window,
) -> Sequence[HandOverRow]:
    """The hand-overs that this person may see; `state` is open, late or done.

    `person` and `post` are addresses: of leaver or successor, and of what is handed over.
    """
    found = _visible_to(actor).filter(_in_state(state, today))
    if is_mine:
        found = found.filter(_of_parties(actor))
    if person:
        found = found.filter(Q(leaver__uid=person) | Q(successor__uid=person))
    if post:
        found = found.filter(post__uid=post)
    rows = stretch(found, window, HAND_OVERS).values_list(*COLUMNS)
    return window.turned([_row(row) for row in rows])


def waiting(actor: Actor, *, limit: int) -> Sequence[HandOverRow]:
    """Open sheets that somebody has to do something with, in one query: the own ones, due ones
    first, then those nobody takes over, for whoever names who does.
    """
    nameless = Q(successor__isnull=True)
    if not actor.holds(Role.ADMINISTRATOR):
        nameless &= _answered_by(actor, "unit_id")
    own = _of_parties(actor)
    found = _visible_to(actor).filter(_in_state("open", date.max), own | nameless)
    first = Case(When(own, then=0), default=1)
    rows = found.order_by(first, "due_on", "id").values_list(*COLUMNS)[:limit]
    return [_row(row) for row in rows]


def leavers(uids: Collection[str]) -> tuple[str, ...]:
    """Who hands over by these sheets (uids), whoever asks."""
    found = HandOver.objects.filter(uid__in=uids).order_by("leaver__uid")
    return tuple(found.values_list("leaver__uid", flat=True).distinct())


def hand_over(uid: str, actor: Actor, *, today: date) -> HandOverCard | None:
    """What the page of a hand-over shows, in three queries; None when it is not for this person."""
    found = _visible_to(actor).filter(uid=uid)
    sheet = found.first()
    if sheet is None:
        return None
    is_acknowledged = sheet.acknowledged_at is not None
    return HandOverCard(
        row=_row(found.values_list(*COLUMNS)[0]),
        hand_over=sheet,
        why_not_remark=access.why_not_remark(
            actor, leaver_id=sheet.leaver_id, is_acknowledged=is_acknowledged
        ),
        why_not_acknowledge=access.why_not_acknowledge(
            actor,
            successor_id=sheet.successor_id,
            is_acknowledged=is_acknowledged,
            on=sheet.on,
            today=today,
        ),
        why_not_name_successor=access.why_not_name_successor(
            actor,
            is_head=answers_for(actor, sheet.unit_id),
            is_acknowledged=is_acknowledged,
        ),
    )


def _visible_to(actor: Actor) -> Any:
    """Sheets with the post's last unit and name, as far as this person may see them."""
    last = PostSpan.objects.filter(post=OuterRef("post_id"), from_on__lt=OuterRef("on"))
    last = last.order_by("-from_on")
    label = post_label('"orgs_handover"."post_id"', '("orgs_handover"."on" - 1)')
    found = HandOver.objects.annotate(
        unit_id=Subquery(last.values("unit_id")[:1]),
        unit=Subquery(last.values("unit__record__uid")[:1]),
        post_name=Coalesce(
            RawSQL(label, (), output_field=CharField()), Subquery(last.values("title")[:1])
        ),
    )
    if access.sees_every_hand_over(actor):
        return found
    return found.filter(_of_parties(actor) | _answered_by(actor, "unit_id"))


def answers_for(actor: Actor, unit_id: int) -> bool:
    """Whether this person heads the unit, or what has taken the place of one that is no more."""
    return Unit.objects.filter(_answered_by(actor, "pk"), pk=unit_id).exists()


def _answered_by(actor: Actor, unit: str) -> Q:
    if not actor.headed:
        return Q(pk__in=())
    return Q(**{f"{unit}__in": RawSQL(ANSWERED_FOR, [sorted(actor.headed)])})


def _of_parties(actor: Actor) -> Q:
    if actor.person_id is None:
        return Q(pk__in=())
    return Q(leaver_id=actor.person_id) | Q(successor_id=actor.person_id)


def _in_state(state: str, today: date) -> Q:
    waiting = Q(acknowledged_at__isnull=True)
    return {
        "open": waiting,
        "late": waiting & Q(due_on__lt=today),
        "done": ~waiting,
    }.get(state, Q())


def _row(row: tuple[Any, ...]) -> HandOverRow:
    """Behind the own columns come those of others in pairs: address and name."""
    others: list[Any] = [
        Named(uid, name) if uid else None for uid, name in zip(row[7::2], row[8::2], strict=True)
    ]
    return HandOverRow(*row[:7], *others)
