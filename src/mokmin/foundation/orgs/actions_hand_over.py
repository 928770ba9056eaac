"""Hand-overs (인계인수): the leaver adds to them, somebody takes over, the successor confirms."""

from collections.abc import Sequence
from datetime import datetime

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.queries import settings as chosen
from mokmin.foundation.calendar import queries as calendar
from mokmin.foundation.calendar.kinds import Move
from mokmin.foundation.orgs import (
    access,
    handing,
    handover,
    queries_hand_overs,
    rules,
    writing,
)
from mokmin.foundation.orgs.models import HandOver
from mokmin.foundation.people.models import Person
from mokmin.foundation.trail import actions as trail
from mokmin.lib.errors import Denied, Invalid
from mokmin.lib.korean import in_seoul
from mokmin.lib.working_days import WorkingDays

GONE = "취소된 발령이나 조직개편의 인계인수서입니다. 확인할 것이 없습니다."


def remark(sheet: HandOver, text: str, *, actor: Actor, at: datetime) -> None:
    """Write down what the leaver adds; again whenever wanted, until it is acknowledged."""
    if why := rules.why_not_remark(text):
        raise Invalid({"remark": why})
    with trail.act("remark", actor=actor, at=at, about=sheet):
        held = _held(sheet)
        _refuse(
            access.why_not_remark(
                actor, leaver_id=held.leaver_id, is_acknowledged=_is_acknowledged(held)
            )
        )
        held.remark, held.changed_at = text.strip(), at
        held.save(update_fields=["remark", "changed_at"])


def name_successor(
    sheet: HandOver, person: Person, *, reason: str, actor: Actor, at: datetime
) -> None:
    """Say who takes over while nobody comes to the post, or it is no more."""
    if why := rules.why_not_reason(reason):
        raise Invalid({"reason": why})
    with trail.act("name_successor", actor=actor, at=at, reason=reason, about=sheet):
        held = _held(sheet)
        _refuse(
            access.why_not_name_successor(
                actor,
                is_head=queries_hand_overs.answers_for(actor, handover.unit_id(held)),
                is_acknowledged=_is_acknowledged(held),
            )
        )
        if person.pk == held.leaver_id:
            raise Invalid(
                {"successor": "인계자 자신은 인수할 수 없습니다. 다른 사람을 골라 주세요."}
            )
        if person.closed_at:
            raise Invalid({"successor": "닫은 계정의 사람입니다. 다른 사람을 골라 주세요."})
        held.successor, held.changed_at = person, at
        held.save(update_fields=["successor", "changed_at"])
        handing.tell([held], at=at)


def acknowledge(sheet: HandOver, *, actor: Actor, at: datetime) -> None:
    """The successor confirms; what was handed over stays as it is at this moment."""
    with trail.act("acknowledge", actor=actor, at=at, about=sheet):
        held = _held(sheet)
        _refuse(
            access.why_not_acknowledge(
                actor,
                successor_id=held.successor_id,
                is_acknowledged=_is_acknowledged(held),
                on=held.on,
                today=in_seoul(at).date(),
            )
        )
        held.content = handover.frozen(held)
        held.acknowledged_at = held.changed_at = at
        held.save(update_fields=["content", "acknowledged_at", "changed_at"])
        handing.tell([held], at=at)


def shift_dues(moves: Sequence[Move], _actor: Actor, at: datetime) -> None:
    """Write the days that other public holidays give, inside the caller's act."""
    days = {move.uid: move.after for move in moves}
    waiting = HandOver.objects.filter(uid__in=days, acknowledged_at__isnull=True)
    moved = list(waiting.select_for_update().order_by("id"))
    for sheet in moved:
        sheet.due_on, sheet.changed_at = days[sheet.uid], at
    HandOver.objects.bulk_update(moved, ["due_on", "changed_at"])
    handing.tell(moved, at=at)


def recount_dues(*, actor: Actor, at: datetime) -> int:
    """Write the days that another term gives, inside the caller's act; how many moved.

    Whoever enters an order meanwhile waits, and opens its sheets by the new term.
    """
    writing.alone()
    days = WorkingDays(calendar.known_days(in_seoul(at).date()))
    moves = handover.recount(days, term=chosen().hand_over_days)
    shift_dues(moves, actor, at)
    return len(moves)


def _held(sheet: HandOver) -> HandOver:
    """The row, held: it may be acknowledged, or go with its order, while somebody still writes."""
    held = HandOver.objects.select_for_update().filter(pk=sheet.pk).first()
    if held is None:
        raise Denied(GONE)
    return held


def _is_acknowledged(sheet: HandOver) -> bool:
    return sheet.acknowledged_at is not None


def _refuse(why: str | None) -> None:
    if why:
        raise Denied(why)
