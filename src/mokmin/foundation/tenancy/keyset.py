"""Stretches of lists (쪽): so many rows in an order, from behind or in front of a row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import Case, Expression, F, QuerySet, Value, When
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from mokmin.lib.errors import Denied

Row = TypeVar("Row")
Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")

SIZE = 50
EVER = datetime(9999, 12, 30, tzinfo=UTC)
"""The place in an order of an instant that has not come."""


class Gone(Denied):
    """The row at which a list was to go on is not there any more."""

    def __init__(self) -> None:
        super().__init__(
            "이어 볼 자리에 있던 줄이 그 사이에 없어졌습니다. 처음부터 다시 보아 주세요."
        )


class Order:
    """An order that a list can have: columns or expressions of its table, the last one unique.

    None of them may be NULL, which has no place among other values: see `if_empty`.
    """

    def __init__(self, *keys: str | Expression) -> None:
        self.keys = tuple(F(key) if isinstance(key, str) else key for key in keys)


def if_empty(column: str, instead: Any) -> Expression:
    """A column as a key of an order, with a value that stands for NULL.

    Written as CASE, which PostgreSQL knows to give nothing away: behind row security an index on
    COALESCE would be passed over.
    """
    return Case(When(**{f"{column}__isnull": True}, then=Value(instead)), default=F(column))


@dataclass(frozen=True, slots=True)
class Window:
    """Which stretch of a list is wanted.

    `sort` is the name of an order, with "-" in front when turned round. `after` and `before` are
    keys of rows (their uid); `uids` asks for exactly these; `skip` leaves out as many of the first.
    """

    sort: str
    after: str = ""
    before: str = ""
    uids: tuple[str, ...] = ()
    limit: int = SIZE
    skip: int = 0

    @property
    def is_turned(self) -> bool:
        """Whether the largest come first."""
        return self.sort.startswith("-")

    @property
    def runs_down(self) -> bool:
        """Whether rows are read from the largest on: turned round, or going back, but not both."""
        return self.is_turned != bool(self.before)

    @property
    def slice(self) -> slice:
        """Which rows of those that follow."""
        return slice(self.skip, self.skip + self.limit)

    def turned(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Rows as they are shown: those of a step back come from the nearest on."""
        return rows[::-1] if self.before else rows

    def cut(
        self,
        rows: Sequence[Row],
        orders: Mapping[str, Callable[[Row], Any]],
        *,
        key: Callable[[Row], str],
    ) -> Sequence[Row]:
        """The same for a list that was made in Python. Raises Gone."""
        if self.uids:
            rows = [row for row in rows if key(row) in self.uids]
        order = orders[self.sort.removeprefix("-")]
        found = sorted(rows, key=order, reverse=self.runs_down)
        if place := self.before or self.after:
            at = next((at for at, row in enumerate(found) if key(row) == place), None)
            if at is None:
                raise Gone
            found = found[at + 1 :]
        return self.turned(found[self.slice])


def stretch(found: Rows, window: Window, orders: Mapping[str, Order], *, key: str = "uid") -> Rows:
    """The rows of a window, ordered; those of a step back need `window.turned`. Raises Gone."""
    keys = orders[window.sort.removeprefix("-")].keys
    if window.uids:
        found = found.filter(**{f"{key}__in": window.uids})
    if place := window.before or window.after:
        ways = TupleLessThan if window.runs_down else TupleGreaterThan
        found = found.filter(ways(Tuple(*keys), _place(found, {key: place}, keys)))
    ordered = found.order_by(*(each.desc() if window.runs_down else each.asc() for each in keys))
    return ordered[window.slice]


def page_of(found: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """A table of `place` and `id` for a statement that tells more of the rows found, with values.

    The ORM finds the rows; what a list tells of them stands in one constant statement. Built anew
    by the ORM for each request, that would cost more than all the rest of the page.
    """
    try:
        sql, values = found.values("id").query.sql_with_params()
    except EmptyResultSet:
        return "(SELECT 0 AS place, 0 AS id WHERE false)", ()
    return f"(SELECT row_number() OVER () AS place, id FROM ({sql}) AS found)", values


def _place(found: Rows, row: Mapping[str, str], keys: Sequence[Any]) -> tuple[Any, ...]:
    """The keys of the row, which need not fit the conditions of the list any longer."""
    names = {f"place_{at}": each for at, each in enumerate(keys)}
    rows = found.model.objects.filter(**row).annotate(**names)
    place = rows.values_list(*names).first()
    if place is None:
        raise Gone
    return tuple(place)
