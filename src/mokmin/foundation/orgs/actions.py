"""Reorganisations (조직개편) and orders (인사발령): entered on a day, taken back until it comes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mokmin.foundation.access.actor import SYSTEM, Actor
from mokmin.foundation.access.queries import settings as chosen
from mokmin.foundation.orgs import access, handing, planning, rules, signals, writing
from mokmin.foundation.orgs.comparing import ReorganisationOutcome
from mokmin.foundation.orgs.models import (
    HandOver,
    OrderLine,
    PersonnelOrder,
    Reorganisation,
    Succession,
)
from mokmin.foundation.orgs.sheets import OrderOutcome, OrderSheet
from mokmin.foundation.orgs.steps import ReorganisationPlan, to_json
from mokmin.foundation.orgs.values import Organisation
from mokmin.foundation.orgs.writing import Cause, Written
from mokmin.foundation.records import actions as records
from mokmin.foundation.records.states import Visibility
from mokmin.foundation.trail import actions as trail
from mokmin.lib.errors import Denied, Invalid
from mokmin.lib.korean import in_seoul

REORGANISATION_RECORD, ORDER_RECORD = "reorganisation", "order"


@dataclass(frozen=True, slots=True)
class Reorganised:
    """What a reorganisation has done; `made` gives the addresses of what the steps call by key."""

    reorganisation: Reorganisation
    outcome: ReorganisationOutcome
    made: Mapping[str, str]
    hand_overs: tuple[HandOver, ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    """What an order has done, person by person in `outcome.results`."""

    order: PersonnelOrder
    outcome: OrderOutcome
    hand_overs: tuple[HandOver, ...]


def reorganise(plan: ReorganisationPlan, *, actor: Actor, at: datetime) -> Reorganised:
    """Enter a reorganisation; everything that changes on its day is written at once.

    Raises Denied, or Invalid with everything that is wrong in any step.
    """
    allow(actor)
    today = in_seoul(at).date()
    with trail.act("reorganise", actor=actor, at=at, reason=plan.reason.strip()) as act:
        writing.alone()
        outcome = planning.reorganisation(plan, today=today)
        if outcome.problems:
            raise Invalid(rules.as_fields(outcome.problems))
        record = records.register(REORGANISATION_RECORD, plan.title)
        found = Reorganisation.objects.create(
            uid=record.uid,
            record=record,
            title=" ".join(plan.title.split()),
            on=plan.on,
            reason=plan.reason.strip(),
            steps=to_json(plan.steps),
            decided_at=at,
            decided_by=actor.name,
        )
        act.about(found)
        cause = Cause(reorganisation_id=found.pk)
        written = writing.write(outcome.before, outcome.after, cause)
        _succeed(found, outcome, written)
        found.made = written.unit_uids | written.post_uids
        found.save(update_fields=["made"])
        sheets = (
            _open_sheets(outcome.before, outcome.after, cause, on=plan.on, at=at)
            if plan.makes_hand_overs
            else []
        )
        touched = _units_touched(outcome.before, outcome.after, written)
        writing.retitle(today, touched)
        signals.reorganised.send(Reorganisation, reorganisation=found, units=touched, at=at)
        handing.tell(sheets, at=at)
    return Reorganised(found, outcome, found.made, tuple(sheets))


def undo_reorganisation(found: Reorganisation, *, reason: str, actor: Actor, at: datetime) -> None:
    """Take a reorganisation back before its day: exactly what it wrote.

    Raises Denied with the reason, Invalid without one.
    """
    allow(actor)
    need_reason(reason)
    today = in_seoul(at).date()
    with trail.act("undo_reorganisation", actor=actor, at=at, reason=reason, about=found):
        writing.alone()
        found.refresh_from_db()
        refuse(planning.why_too_late(found, actor=actor, today=today))
        sheets = HandOver.objects.filter(reorganisation=found)
        handing.hold(sheets)
        before, after, reasons = planning.without_reorganisation(found)
        refuse(" ".join(reasons))
        Succession.objects.filter(reorganisation=found).delete()
        sheets.delete()
        written = writing.write(before, after)
        touched = _units_touched(before, after, written)
        writing.retitle(today, touched)
        _mark_undone(found, actor=actor, at=at)
        signals.reorganisation_undone.send(
            Reorganisation, reorganisation=found, units=touched, at=at
        )


def order(sheet: OrderSheet, *, actor: Actor, at: datetime) -> Ordered:
    """Enter an order: all of its rows or none.

    Raises Denied, or Invalid with everything that is wrong in any row. Accounts stay as they are:
    closing one is another decision (people.actions.close).
    """
    allow(actor)
    today = in_seoul(at).date()
    with trail.act("order", actor=actor, at=at, reason=sheet.reason.strip()) as act:
        writing.alone()
        outcome = planning.order(sheet, today=today)
        if outcome.problems:
            raise Invalid(rules.as_fields(outcome.problems))
        record = records.register(ORDER_RECORD, sheet.title)
        found = PersonnelOrder.objects.create(
            uid=record.uid,
            record=record,
            number=sheet.number.strip(),
            title=" ".join(sheet.title.split()),
            on=sheet.on,
            reason=sheet.reason.strip(),
            ordered_at=at,
            ordered_by=actor.name,
        )
        act.about(found)
        cause = Cause(order_id=found.pk)
        written = writing.write(outcome.before, outcome.after, cause)
        _write_lines(found, sheet, outcome, written)
        sheets = _hand_over(sheet, outcome, cause, at=at)
        signals.order_registered.send(PersonnelOrder, order=found, at=at)
        handing.tell(sheets, at=at)
    return Ordered(found, outcome, tuple(sheets))


def undo_order(found: PersonnelOrder, *, reason: str, actor: Actor, at: datetime) -> None:
    """Take an order back before its day; its lines stay to be read.

    Raises Denied with the reason, Invalid without one.
    """
    allow(actor)
    need_reason(reason)
    with trail.act("undo_order", actor=actor, at=at, reason=reason, about=found):
        writing.alone()
        found.refresh_from_db()
        refuse(planning.why_too_late(found, actor=actor, today=in_seoul(at).date()))
        sheets = HandOver.objects.filter(order=found)
        handing.hold(sheets)
        before, after, reasons = planning.without_order(found)
        refuse(" ".join(reasons))
        sheets.delete()
        writing.write(before, after)
        others = _forget_takers(found, before, after, at=at)
        _mark_undone(found, actor=actor, at=at)
        signals.order_undone.send(PersonnelOrder, order=found, at=at)
        handing.tell(others, at=at)


def retitle_units(*, at: datetime) -> int:
    """Call the records of units as the units are called today; how many had another name."""
    today = in_seoul(at).date()
    if not writing.wrong_titles(today):
        return 0
    with trail.act("retitle_units", actor=SYSTEM, at=at):
        writing.alone()
        return writing.retitle(today)


def allow(actor: Actor) -> None:
    """Only administrators change the organisation."""
    refuse(access.why_not_change_organisation(actor))


def refuse(why: str | None) -> None:
    """Raise Denied where there is a reason."""
    if why:
        raise Denied(why)


def need_reason(reason: str) -> None:
    """Raise Invalid where no reason is given, or too long a one."""
    if why := rules.why_not_reason(reason):
        raise Invalid({"reason": why})


def _mark_undone(found: Reorganisation | PersonnelOrder, *, actor: Actor, at: datetime) -> None:
    """It keeps its page and its papers, and is found by words by nobody but auditors."""
    found.undone_at, found.undone_by = at, actor.name
    found.save(update_fields=["undone_at", "undone_by"])
    if found.record is not None:
        title = found.record.title
        records.change(found.record, title=title, visibility=Visibility.RESTRICTED)


def _succeed(found: Reorganisation, outcome: ReorganisationOutcome, written: Written) -> None:
    Succession.objects.bulk_create(
        Succession(
            predecessor_id=written.unit_ids[predecessor],
            successor_id=written.unit_ids[successor],
            reorganisation=found,
            on=found.on,
        )
        for predecessor, successor in outcome.successions
    )


def _units_touched(before: Organisation, after: Organisation, written: Written) -> Collection[int]:
    """Ids of the units that are otherwise, or whose posts are."""
    units, posts = {*before.units} ^ {*after.units}, {*before.posts} ^ {*after.posts}
    uids = {span.uid for span in units} | {span.unit for span in posts}
    ids = {span.uid: span.unit_id for span in before.units} | written.unit_ids
    return sorted(ids[uid] for uid in uids & ids.keys())


def _write_lines(
    found: PersonnelOrder, sheet: OrderSheet, outcome: OrderOutcome, written: Written
) -> None:
    OrderLine.objects.bulk_create(
        OrderLine(
            order=found,
            position=result.row,
            person_id=result.person_id,
            verb=result.verb,
            from_post_id=written.post_ids.get(result.from_post),
            to_post_id=written.post_ids.get(result.to_post),
            note=sheet.entries[result.row - 1].note.strip(),
        )
        for result in outcome.results
    )


def _open_sheets(
    before: Organisation, after: Organisation, cause: Cause, *, on: date, at: datetime
) -> list[HandOver]:
    """Sheets of those who leave, by the term that holds now that nobody else changes anything."""
    return handing.open_sheets(before, after, cause, on=on, term=chosen().hand_over_days, at=at)


def _hand_over(
    sheet: OrderSheet, outcome: OrderOutcome, cause: Cause, *, at: datetime
) -> list[HandOver]:
    """Open the sheets of those who leave; the sheets that now await somebody."""
    before, after = outcome.before, outcome.after
    opened = (
        _open_sheets(before, after, cause, on=sheet.on, at=at) if sheet.makes_hand_overs else []
    )
    arrived = {held.post for held in handing.arrived(after)}
    earlier = handing.fill(after, arrived, on=sheet.on, at=at)
    return [*opened, *(each for each in earlier if each not in opened)]


def _forget_takers(
    found: PersonnelOrder, before: Organisation, after: Organisation, *, at: datetime
) -> list[HandOver]:
    """Whoever the order brought does not take over; whoever is there again may; these sheets."""
    came = [held for held in before.holdings if held.opened_by == found.pk]
    posts = {held.post for held in came}
    ids = [before.spans_of_post[uid][0].post_id for uid in posts]
    forgotten = handing.forget(ids, [held.person_id for held in came], at=at)
    filled = handing.fill(after, posts, on=found.on, at=at)
    return [*filled, *(each for each in forgotten if each not in filled)]
