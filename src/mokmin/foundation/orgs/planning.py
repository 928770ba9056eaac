"""What a plan would do, for a preview and for the action alike: the tables in, the outcome out."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import OUTSIDE, STAFF
from mokmin.foundation.orgs import access, loading, ordering, reorganising, rules, undoing
from mokmin.foundation.orgs.comparing import ReorganisationOutcome
from mokmin.foundation.orgs.models import Assignment, HandOver, PersonnelOrder, Reorganisation
from mokmin.foundation.orgs.sheets import Candidate, OrderOutcome, OrderSheet
from mokmin.foundation.orgs.states import AssignmentKind
from mokmin.foundation.orgs.steps import ReorganisationPlan
from mokmin.foundation.orgs.values import ONE_DAY, Organisation
from mokmin.foundation.people.models import Grant, Person
from mokmin.foundation.records.models import Record
from mokmin.lib.korean import count_text, in_seoul

ACKNOWLEDGED = "이미 확인한 인계인수가 있습니다."

TakenBack = tuple[Organisation, Organisation, list[str]]
"""The organisation with and without something, and what stands against taking it back."""


def reorganisation(plan: ReorganisationPlan, *, today: date) -> ReorganisationOutcome:
    """What the plan does and every reason against it; nothing is written."""
    return reorganising.outcome(loading.organisation_from(plan.on), plan, today=today)


def order(sheet: OrderSheet, *, today: date) -> OrderOutcome:
    """What the order does and every reason against it, of all rows; nothing is written."""
    now = loading.organisation_from(sheet.on - ONE_DAY)
    people = candidates(entry.person for entry in sheet.entries)
    return ordering.outcome(now, people, sheet, today=today)


def candidates(texts: Iterable[str]) -> list[Candidate]:
    """Everybody whom these uids, e-mail addresses or names may mean, in one query.

    A resident, a recipient or an evaluator is meant only once they have worked here.
    """
    wanted = {text.strip() for text in texts}
    names = wanted | {"".join(text.split()) for text in wanted}
    emails = {text.lower() for text in wanted if "@" in text}
    held = Assignment.objects.filter(person=OuterRef("pk"))
    last = held.filter(kind=AssignmentKind.FULL)
    given = Grant.objects.filter(person=OuterRef("pk"))
    found = (
        Person.objects.filter(Q(uid__in=wanted) | Q(email__in=emails) | Q(name__in=names))
        .filter(
            Exists(held)
            | Exists(given.filter(role__in=STAFF, revoked_at__isnull=True))
            | ~Exists(given.filter(role__in=OUTSIDE))
        )
        .annotate(ended_by=Subquery(last.order_by("-from_on").values("ended_by_id")[:1]))
        .order_by("name", "id")
    )
    return [
        Candidate(
            person_id=person_id,
            uid=uid,
            name=name,
            email=email,
            is_closed=closed_at is not None,
            is_waiting=ended_by is not None,
        )
        for person_id, uid, name, email, closed_at, ended_by in found.values_list(
            "id", "uid", "name", "email", "closed_at", "ended_by"
        )
    ]


def why_not_undo_reorganisation(found: Reorganisation, *, actor: Actor, today: date) -> str | None:
    """The reason why a reorganisation cannot be taken back."""
    why = why_too_late(found, actor=actor, today=today)
    return why or " ".join(without_reorganisation(found)[2]) or None


def why_not_undo_order(found: PersonnelOrder, *, actor: Actor, today: date) -> str | None:
    """The reason why an order cannot be taken back."""
    why = why_too_late(found, actor=actor, today=today)
    return why or " ".join(without_order(found)[2]) or None


def why_too_late(
    found: Reorganisation | PersonnelOrder, *, actor: Actor, today: date
) -> str | None:
    """The reasons that need no query: it is another's to take back, or too late."""
    if why := access.why_not_change_organisation(actor):
        return why
    entered = found.decided_at if isinstance(found, Reorganisation) else found.ordered_at
    return rules.why_not_undo(
        on=found.on,
        entered_on=in_seoul(entered).date(),
        today=today,
        is_undone=found.undone_at is not None,
    )


def without_reorganisation(found: Reorganisation) -> TakenBack:
    """What taking a reorganisation back does."""
    before = loading.organisation_from(found.on - ONE_DAY)
    after, reasons = undoing.without_reorganisation(before, found.pk, on=found.on)
    gone = before.spans_of_unit.keys() - after.spans_of_unit.keys()
    kept = Record.objects.filter(unit__uid__in=gone).count() if gone else 0
    if kept:
        reasons.append(
            f"새로 생긴 부서에 기록이 {count_text(kept, '건')} 있습니다. "
            "먼저 다른 부서로 옮겨 주세요."
        )
    if HandOver.objects.filter(reorganisation=found, acknowledged_at__isnull=False).exists():
        reasons.append(ACKNOWLEDGED)
    return before, after, reasons


def without_order(found: PersonnelOrder) -> TakenBack:
    """What taking an order back does."""
    before = loading.organisation_from(found.on - ONE_DAY)
    after, reasons = undoing.without_order(before, found.pk, on=found.on)
    if HandOver.objects.filter(order=found, acknowledged_at__isnull=False).exists():
        reasons.append(ACKNOWLEDGED)
    return before, after, reasons
