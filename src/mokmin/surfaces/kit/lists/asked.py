"""What the address of a list asks for, as far as it can be read; and addresses beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from mokmin.foundation.access.actor import Actor
from mokmin.lib.errors import Refusal
from mokmin.surfaces.kit import pager
from mokmin.surfaces.kit.lists.declared import ListColumn, Listing
from mokmin.surfaces.kit.lists.filters import Filter

SIZES = (50, 100, 200, 500)
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """How a list is looked at."""

    filters: tuple[Filter, ...]
    said: Mapping[str, str]
    conditions: Mapping[str, Any]
    problems: Mapping[str, str]
    columns: tuple[ListColumn, ...]
    sort: str
    size: int
    after: str
    before: str
    kept: Pairs
    """What every address of the list keeps: conditions, order, columns, size."""

    @property
    def query(self) -> str:
        """The query string without the place."""
        return urlencode(self.kept)

    @property
    def is_narrowed(self) -> bool:
        """Whether there is any condition."""
        return bool(self.conditions)

    @property
    def is_personal(self) -> bool:
        """Whether the access log has to know of what is shown."""
        return any(column.is_personal for column in self.columns) or any(
            each.is_personal for each in self.filters if each.name in self.conditions
        )

    def address(self, **changes: str) -> str:
        """The query string with something changed; an empty value leaves the name out."""
        kept = [(name, value) for name, value in self.kept if name not in changes]
        return (
            f"?{urlencode([*kept, *((name, value) for name, value in changes.items() if value)])}"
        )

    def without(self, *names: str) -> Pairs:
        """What a form that asks for `names` has to keep besides."""
        return tuple((name, value) for name, value in self.kept if name not in names)


def read(listing: Listing, params: QueryDict, actor: Actor) -> Asked:
    """Read the address; what this list does not know is passed over, what is wrong is told."""
    filters = tuple(each for each in listing.filters if each.open_to(actor) is None)
    said = {each.name: _said(params, each.name) for each in filters}
    conditions, problems = _conditions(filters, said, actor)
    columns = _columns(listing, params)
    sort = _said(params, "sort")
    if sort.removeprefix("-") not in listing.sorts:
        sort = listing.sort
    size = _size(params)
    return Asked(
        filters=filters,
        said=said,
        conditions=conditions,
        problems=problems,
        columns=columns,
        sort=sort,
        size=size,
        after=place(listing, _said(params, "after")),
        before=place(listing, _said(params, "before")),
        kept=_kept(listing, said, columns=columns, sort=sort, size=size),
    )


def _said(params: QueryDict, name: str) -> str:
    """What stands there; no text may hold a NUL in the database."""
    return str(params.get(name, "")).replace("\0", "").strip()


def _conditions(
    filters: Sequence[Filter], said: Mapping[str, str], actor: Actor
) -> tuple[dict[str, Any], dict[str, str]]:
    conditions, problems = {}, {}
    for each in filters:
        if not said[each.name]:
            continue
        try:
            value = each.read(said[each.name], actor)
        except Refusal as refusal:
            problems[each.name] = str(refusal)
        else:
            conditions[each.name] = value
    return conditions, problems


def _columns(listing: Listing, params: QueryDict) -> tuple[ListColumn, ...]:
    """The columns asked for, in the order of the list; its own when none of them is known."""
    keys = {key for said in params.getlist("cols") for key in said.split(",")}
    if chosen := keys & listing.by_key.keys():
        return tuple(
            column for column in listing.columns if column.key in chosen or column.names_row
        )
    return usual_columns(listing)


def usual_columns(listing: Listing) -> tuple[ListColumn, ...]:
    """The columns that are shown unasked."""
    return tuple(column for column in listing.columns if not column.is_hidden)


def _size(params: QueryDict) -> int:
    said = _said(params, "rows")
    return next((size for size in SIZES if str(size) == said), SIZES[0])


def _kept(
    listing: Listing,
    said: Mapping[str, str],
    *,
    columns: tuple[ListColumn, ...],
    sort: str,
    size: int,
) -> Pairs:
    kept = [(name, value) for name, value in said.items() if value]
    if sort != listing.sort:
        kept.append(("sort", sort))
    if columns != usual_columns(listing):
        kept.append(("cols", ",".join(column.key for column in columns)))
    if size != SIZES[0]:
        kept.append(("rows", str(size)))
    return tuple(kept)


def mark(listing: Listing, row: Any) -> str:
    """What stands for a row in addresses: its key, sealed where it is a number."""
    return sealed(listing, str(listing.key(row)))


def sealed(listing: Listing, key: str) -> str:
    """What an address says instead of a key."""
    return pager.sealed(int(key)) if listing.has_numbers else key


def place(listing: Listing, said: str) -> str:
    """The key behind what an address says; none for what this product has not written."""
    if not (said and listing.has_numbers):
        return said
    number = pager.unsealed(said)
    return "" if number is None else str(number)
