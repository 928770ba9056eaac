"""Hand-over sheets that make themselves: opened when a post is left, filled when somebody comes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from mokmin.foundation.calendar import queries as calendar
from mokmin.foundation.orgs import rules, signals
from mokmin.foundation.orgs.models import HandOver
from mokmin.foundation.orgs.states import AssignmentKind
from mokmin.foundation.orgs.values import Holding, Organisation
from mokmin.foundation.orgs.writing import Cause

TAKES_OVER = frozenset({AssignmentKind.FULL, AssignmentKind.ACTING})
"""행정업무의 운영 및 혁신에 관한 규정 §61: whoever acts takes over while there is no successor."""


def left(before: Organisation, after: Organisation) -> list[Holding]:
    """Whose own post ends by what is written now, as it was before."""
    stay = {held.assignment_id: held.until_on for held in after.holdings}
    return [
        held
        for held in before.holdings
        if held.is_full and held.until_on is None and stay.get(held.assignment_id) is not None
    ]


def arrived(after: Organisation) -> list[Holding]:
    """Who comes to a post by what is written now."""
    return [held for held in after.holdings if not held.assignment_id and held.kind in TAKES_OVER]


def open_sheets(
    before: Organisation,
    after: Organisation,
    cause: Cause,
    *,
    on: date,
    term: int,
    at: datetime,
) -> list[HandOver]:
    """A sheet for every post that somebody leaves, with whoever takes over, if it is known.

    It is to be acknowledged within so many working days (`term`).
    """
    leaving = left(before, after)
    if not leaving:
        return []
    due_on = calendar.add_working_days(rules.counted_from(on, at), term)
    return HandOver.objects.bulk_create(
        HandOver(
            post_id=before.spans_of_post[held.post][0].post_id,
            leaver_id=held.person_id,
            successor_id=_taker(after.holders(held.post, on), leaver_id=held.person_id),
            order_id=cause.order_id,
            reorganisation_id=cause.reorganisation_id,
            on=on,
            due_on=due_on,
            opened_at=at,
            changed_at=at,
        )
        for held in leaving
    )


def fill(
    organisation: Organisation, posts: Iterable[str], *, on: date, at: datetime
) -> list[HandOver]:
    """Name whoever takes over now on the open sheets of these posts; the sheets that changed."""
    ids = {organisation.spans_of_post[uid][0].post_id: uid for uid in posts}
    waiting = HandOver.objects.filter(post_id__in=ids, acknowledged_at__isnull=True, on__lte=on)
    changed = []
    for sheet in waiting.select_for_update().order_by("id"):
        holders = organisation.holders(ids[sheet.post_id], on)
        taker = _taker(holders, leaver_id=sheet.leaver_id)
        if _is_better(taker, sheet, holders):
            sheet.successor_id, sheet.changed_at = taker, at
            changed.append(sheet)
    HandOver.objects.bulk_update(changed, ["successor", "changed_at"])
    return changed


def forget(posts: Iterable[int], people: Iterable[int], *, at: datetime) -> list[HandOver]:
    """Whoever was to come to a post and does not, does not take it over either; these sheets."""
    waiting = HandOver.objects.filter(acknowledged_at__isnull=True, post_id__in=list(posts))
    theirs = waiting.filter(successor_id__in=list(people)).select_for_update().order_by("id")
    changed = list(theirs)
    for sheet in changed:
        sheet.successor_id, sheet.changed_at = None, at
    HandOver.objects.bulk_update(changed, ["successor", "changed_at"])
    return changed


def hold(sheets: QuerySet[HandOver]) -> None:
    """Let nobody acknowledge these until the transaction ends: it is judged whether anybody has."""
    list(sheets.select_for_update().order_by("id").values_list("id"))


def tell(sheets: Collection[HandOver], *, at: datetime) -> None:
    """Let rooms above know of sheets: opened, with another successor or day, or confirmed."""
    if sheets:
        signals.hand_overs_changed.send(HandOver, hand_overs=sheets, at=at)


def _taker(holders: Sequence[Holding], *, leaver_id: int) -> int | None:
    return next((held.person_id for held in _takers(holders, leaver_id)), None)


def _takers(holders: Sequence[Holding], leaver_id: int) -> Iterator[Holding]:
    return (held for held in holders if held.kind in TAKES_OVER and held.person_id != leaver_id)


def _is_better(taker: int | None, sheet: HandOver, holders: Sequence[Holding]) -> bool:
    """One who was named by hand gives way only to one whose own post it is."""
    if taker is None or taker == sheet.successor_id:
        return False
    return sheet.successor_id is None or any(
        held.person_id == taker and held.is_full for held in holders
    )
