"""Writing what a planner has worked out: the difference between two organisations, as rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F

from mokmin.foundation.orgs.drafting import THIS_ONE
from mokmin.foundation.orgs.models import Assignment, Post, PostSpan, Unit, UnitSpan
from mokmin.foundation.orgs.values import (
    Holding,
    Organisation,
    PostSpanValue,
    Span,
    UnitSpanValue,
)
from mokmin.foundation.records import actions as records
from mokmin.foundation.records.models import Record
from mokmin.foundation.records.states import Visibility
from mokmin.foundation.tenancy.context import current_tenant_id

ORGANISING = 0x0E61
"""Advisory lock of those who change the organisation; the second key is the tenant."""

RECORD_KIND = "unit"


def alone() -> None:
    """One at a time per municipality: what a plan was checked against must still be true."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ORGANISING, current_tenant_id()])


@dataclass
class Written:
    """What has come to be: ids and addresses by the uid or key that the planner used."""

    unit_ids: dict[str, int] = field(default_factory=dict)
    unit_uids: dict[str, str] = field(default_factory=dict)
    post_ids: dict[str, int] = field(default_factory=dict)
    post_uids: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cause:
    """The reorganisation or the order for which rows are written."""

    reorganisation_id: int | None = None
    order_id: int | None = None

    def reorganisation(self, number: int | None) -> int | None:
        """The id that a planner could not know yet."""
        return self.reorganisation_id if number == THIS_ONE else number

    def order(self, number: int | None) -> int | None:
        """As above, of an order."""
        return self.order_id if number == THIS_ONE else number


def write(before: Organisation, after: Organisation, cause: Cause = Cause()) -> Written:
    """Bring the rows from one state to the other; what is gone, goes first.

    Both hold whole spans. Nothing is checked: the caller holds the lock and has a sound plan.
    """
    written = Written()
    _take_away(UnitSpan, before.units, after.units)
    _take_away(PostSpan, before.posts, after.posts)
    _take_away(Assignment, before.holdings, after.holdings)
    _found_units(after.units, written)
    _found_posts(after.posts, written)
    _unit_spans(before.units, after.units, written, cause)
    _post_spans(before.posts, after.posts, written, cause)
    _assignments(before.holdings, after.holdings, written, cause)
    _lives(Unit, _changed(before.units, after.units), before.spans_of_unit, after.spans_of_unit)
    _lives(Post, _changed(before.posts, after.posts), before.spans_of_post, after.spans_of_post)
    _hide_records(before, after)
    return written


def wrong_titles(today: date, unit_ids: Iterable[int] | None = None) -> dict[int, str]:
    """Records whose units are called otherwise today, with the names of these."""
    spans = UnitSpan.objects.filter(from_on__lte=today).exclude(until_on__lte=today)
    if unit_ids is not None:
        spans = spans.filter(unit_id__in=list(unit_ids))
    wrong = spans.exclude(unit__record__title=F("name"))
    return dict(wrong.values_list("unit__record_id", "name"))


def retitle(today: date, unit_ids: Iterable[int] | None = None) -> int:
    """Give the records of units the names that they bear today; how many had another."""
    names = wrong_titles(today, unit_ids)
    for record in Record.objects.filter(pk__in=names).select_for_update().order_by("id"):
        records.change(record, title=names[record.pk], visibility=Visibility(record.visibility))
    return len(names)


def _take_away(model: Any, before: Iterable[Any], after: Iterable[Any]) -> None:
    gone = {_row_id(span) for span in before} - {_row_id(span) for span in after}
    if gone:
        model.objects.filter(pk__in=gone).delete()


def _row_id(span: UnitSpanValue | PostSpanValue | Holding) -> int:
    return span.assignment_id if isinstance(span, Holding) else span.span_id


def _found_units(spans: Iterable[UnitSpanValue], written: Written) -> None:
    new = [span for span in spans if not span.unit_id]
    made = [records.register(RECORD_KIND, span.name) for span in new]
    units = Unit.objects.bulk_create(
        Unit(record=record, from_on=span.from_on, until_on=span.until_on)
        for span, record in zip(new, made, strict=True)
    )
    written.unit_ids |= {span.uid: span.unit_id for span in spans if span.unit_id}
    for span, record, unit in zip(new, made, units, strict=True):
        written.unit_ids[span.uid] = unit.pk
        written.unit_uids[span.uid] = record.uid


def _found_posts(spans: Iterable[PostSpanValue], written: Written) -> None:
    new = [span for span in spans if not span.post_id]
    posts = Post.objects.bulk_create(
        Post(from_on=span.from_on, until_on=span.until_on) for span in new
    )
    written.post_ids |= {span.uid: span.post_id for span in spans if span.post_id}
    for span, post in zip(new, posts, strict=True):
        written.post_ids[span.uid] = post.pk
        written.post_uids[span.uid] = post.uid


def _unit_spans(
    before: Iterable[UnitSpanValue], after: Iterable[UnitSpanValue], written: Written, cause: Cause
) -> None:
    def columns(span: UnitSpanValue) -> dict[str, Any]:
        return {
            **_plain(span, "kind", "name", "position", "phone", "from_on", "until_on"),
            "unit_id": written.unit_ids[span.uid],
            "parent_id": None if span.parent is None else written.unit_ids.get(span.parent),
            "opened_by_id": cause.reorganisation(span.opened_by),
            "closed_by_id": cause.reorganisation(span.closed_by),
        }

    _save(UnitSpan, before, [(span, columns(span)) for span in _differing(before, after)])


def _post_spans(
    before: Iterable[PostSpanValue], after: Iterable[PostSpanValue], written: Written, cause: Cause
) -> None:
    texts = ("rank", "title", "grade", "duties", "phone", "position", "from_on", "until_on")

    def columns(span: PostSpanValue) -> dict[str, Any]:
        return {
            **_plain(span, *texts),
            "post_id": written.post_ids[span.uid],
            "unit_id": written.unit_ids.get(span.unit),
            "opened_by_id": cause.reorganisation(span.opened_by),
            "closed_by_id": cause.reorganisation(span.closed_by),
        }

    _save(PostSpan, before, [(span, columns(span)) for span in _differing(before, after)])


def _assignments(
    before: Iterable[Holding], after: Iterable[Holding], written: Written, cause: Cause
) -> None:
    def columns(held: Holding) -> dict[str, Any]:
        return {
            **_plain(held, "kind", "from_on", "until_on", "person_id"),
            "post_id": written.post_ids.get(held.post),
            "opened_by_id": cause.order(held.opened_by),
            "closed_by_id": cause.order(held.closed_by),
            "ended_by_id": cause.reorganisation(held.ended_by),
        }

    _save(Assignment, before, [(held, columns(held)) for held in _differing(before, after)])


def _plain(span: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(span, name) for name in names}


def _differing(before: Iterable[Any], after: Iterable[Any]) -> list[Any]:
    same = set(before)
    return [span for span in after if span not in same]


def _save(model: Any, before: Iterable[Any], wanted: list[tuple[Any, dict[str, Any]]]) -> None:
    """Shorten and change what is there, several rows at once where they change alike; then add."""
    stored = {_row_id(span): span for span in before}
    alike: defaultdict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for span, columns in wanted:
        if number := _row_id(span):
            changed = _changed_columns(stored[number], span, columns)
            alike[tuple(changed.items())].append(number)
    for changes, numbers in alike.items():
        model.objects.filter(pk__in=numbers).update(**dict(changes))
    model.objects.bulk_create(model(**columns) for span, columns in wanted if not _row_id(span))


def _changed_columns(was: Any, span: Any, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Only what differs, named as the table names it."""
    changed = {
        each.name for each in fields(span) if getattr(was, each.name) != getattr(span, each.name)
    }
    return {name: value for name, value in columns.items() if name.removesuffix("_id") in changed}


def _changed(before: Iterable[Any], after: Iterable[Any]) -> set[str]:
    """Units or posts of which a span has come, gone or changed."""
    return {span.uid for span in {*before} ^ {*after}}


def _lives(
    model: Any,
    uids: set[str],
    before: Mapping[str, Iterable[Span]],
    after: Mapping[str, Iterable[Span]],
) -> None:
    """End what has ended, and let go on what has not; what never came to be ends as it begins."""
    ends: defaultdict[date | None, list[int]] = defaultdict(list)
    for uid in uids:
        was, will = list(before.get(uid, ())), list(after.get(uid, ()))
        if not was:
            continue
        end = will[-1].until_on if will else was[0].from_on
        if not will or end != was[-1].until_on:
            ends[end].append(_thing_id(was[0]))
    for end, numbers in ends.items():
        model.objects.filter(pk__in=numbers).update(until_on=end)


def _thing_id(span: Any) -> int:
    number: int = span.unit_id if isinstance(span, UnitSpanValue) else span.post_id
    return number


def _hide_records(before: Organisation, after: Organisation) -> None:
    """What never came to be keeps its address and is found by nobody but auditors."""
    gone = before.spans_of_unit.keys() - after.spans_of_unit.keys()
    for record in Record.objects.filter(uid__in=gone).order_by("id") if gone else ():
        records.change(record, title=record.title, visibility=Visibility.RESTRICTED)
