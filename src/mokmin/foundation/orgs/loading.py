"""Reading the organisation into plain values, from the tables or as it was known at an instant."""

from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from mokmin.foundation.orgs.models import Assignment, Post, PostSpan, Unit, UnitSpan
from mokmin.foundation.orgs.states import AssignmentKind, PostRank, UnitKind
from mokmin.foundation.orgs.values import AsOf, Holding, Organisation, PostSpanValue, UnitSpanValue
from mokmin.foundation.people.models import Person
from mokmin.foundation.trail.versions import rows


def organisation(as_of: AsOf) -> Organisation:
    """The organisation of one day, in three queries."""
    return _read(Q(until_on__isnull=True) | Q(until_on__gt=as_of.on), as_of)


def organisation_around(day: date, *, known_at: datetime | None = None) -> Organisation:
    """The organisation of a day and of the one before, in three queries."""
    return _read(Q(until_on__isnull=True) | Q(until_on__gte=day), AsOf(day, known_at))


def organisation_from(day: date, *, known_at: datetime | None = None) -> Organisation:
    """The organisation of that day and of every later one, in three queries."""
    return _read(Q(until_on__isnull=True) | Q(until_on__gt=day), AsOf(date.max, known_at))


def whole_organisation(*, known_at: datetime | None = None) -> Organisation:
    """The organisation of every day, in three queries."""
    return _read(Q(), AsOf(date.max, known_at))


def _read(days: Q, begun: AsOf) -> Organisation:
    """What has begun by a day; `days` says how long it must have lasted."""
    wanted = days & Q(from_on__lte=begun.on)
    return Organisation(
        tuple(unit_spans(rows(UnitSpan, begun.known_at).filter(wanted))),
        tuple(post_spans(rows(PostSpan, begun.known_at).filter(wanted))),
        tuple(holdings(rows(Assignment, begun.known_at).filter(wanted))),
    )


def unit_spans(found: QuerySet[Any]) -> list[UnitSpanValue]:
    """Values of rows of units' spans, of the table or its twin.

    Units are never deleted and keep their address, so that one is read from the table.
    """
    spans = found.annotate(uid=_uid_of_unit("unit_id"), under=_uid_of_unit("parent_id"))
    return [
        UnitSpanValue(uid, UnitKind(kind), *others)
        for uid, kind, *others in spans.order_by("position", "name", "id").values_list(
            "uid", "kind", "name", "under", "position", "phone", "from_on", "until_on",
            "opened_by_id", "closed_by_id", "unit_id", "id",
        )
    ]  # fmt: skip


def post_spans(found: QuerySet[Any]) -> list[PostSpanValue]:
    """Values of rows of posts' spans, of the table or its twin."""
    spans = found.annotate(uid=_uid(Post, "post_id"), in_unit=_uid_of_unit("unit_id"))
    return [
        PostSpanValue(uid, unit, PostRank(rank), *others)
        for uid, unit, rank, *others in spans.order_by("position", "title", "id").values_list(
            "uid", "in_unit", "rank", "title", "grade", "duties", "phone", "position", "from_on",
            "until_on", "opened_by_id", "closed_by_id", "post_id", "id",
        )
    ]  # fmt: skip


def holdings(found: QuerySet[Any]) -> list[Holding]:
    """Values of rows of assignments, of the table or its twin, with present names."""
    spans = found.annotate(
        post_uid=_uid(Post, "post_id"),
        person_uid=_uid(Person, "person_id"),
        name=Subquery(Person.objects.filter(pk=OuterRef("person_id")).values("name")[:1]),
    )
    return [
        Holding(post, person, name, AssignmentKind(kind), *others)
        for post, person, name, kind, *others in spans.order_by("from_on", "id").values_list(
            "post_uid", "person_uid", "name", "kind", "from_on", "until_on",
            "opened_by_id", "closed_by_id", "ended_by_id", "person_id", "id",
        )
    ]  # fmt: skip


def _uid(model: Any, column: str) -> Subquery:
    """Looked up row by row: right after a load nobody has analysed the tables, and a join of three
    runs in nested loops (0.1 s against 2.5 s for a county). Twins have no relations to join by.
    """
    return Subquery(model.objects.filter(pk=OuterRef(column)).values("uid")[:1])


def _uid_of_unit(column: str) -> Subquery:
    return Subquery(Unit.objects.filter(pk=OuterRef(column)).values("record__uid")[:1])
