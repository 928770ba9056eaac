"""What a list is: the declaration that the rest of this package reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.utils import timezone

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.models import Settings
from mokmin.foundation.tenancy.keyset import Window
from mokmin.lib.korean import in_seoul
from mokmin.surfaces.kit.addresses import page
from mokmin.surfaces.kit.forms.base import StaffForm
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.lists.filters import Filter
from mokmin.surfaces.kit.rows import Kind

RESERVED = frozenset({"sort", "cols", "rows", "after", "before", "uid", "do", "back"})
"""What the address of a list says besides its conditions."""

WhyNot = Callable[[Actor], str | None]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is wanted of a list: by whom and when, under which conditions, which stretch of it.

    `is_file` when rows are written to a file, which may hold more of each than a page shows.
    """

    actor: Actor
    settings: Settings
    at: datetime
    conditions: Mapping[str, Any]
    window: Window
    is_file: bool = False

    @property
    def today(self) -> date:
        """The day in Seoul."""
        return in_seoul(self.at).date()


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: `cell` makes what is seen of a row, `value` what a file holds.

    `sort` is the name of the order that its heading leads to, `is_hidden` one that is shown only
    when chosen, `is_personal` one whose sight the access log keeps and whose download needs a
    reason.
    """

    key: str
    title: str
    cell: Callable[[Any], str]
    _: KW_ONLY
    value: Callable[[Any], object] | None = None
    kind: Kind = "text"
    sort: str = ""
    names_row: bool = False
    hides_title: bool = False
    is_hidden: bool = False
    is_personal: bool = False

    @property
    def style(self) -> str:
        """The class of its cells; text needs none."""
        return "" if self.kind == "text" else f"is-{self.kind}"


class BulkForm(StaffForm):
    """Nothing has to be said."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What can be done with several rows at once: `run(uid, values, actor=…, at=…)` for each.

    A row that is refused stays as it is and says why; the others are done.
    """

    name: str
    label: str
    run: Callable[..., None]
    _: KW_ONLY
    form: type[StaffForm] = BulkForm
    open_to: WhyNot
    note: str = ""
    is_dangerous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list: what it shows of which rows to whom, and what can be done with it.

    `rows` answers an Ask in the order and length of its window. `key` tells a row from the others
    in addresses; where rows have numbers only, `has_numbers` keeps these out of sight. `subjects`
    are the people (uids) whose personal data rows hold.
    """

    route: str
    title: str
    open_to: WhyNot
    rows: Callable[[Ask], Sequence[Any]]
    columns: tuple[ListColumn, ...]
    sort: str
    name: str = ""
    unit: str = "건"
    filters: tuple[Filter, ...] = ()
    bulk: tuple[Bulk, ...] = ()
    key: Callable[[Any], str] = attrgetter("uid")
    has_numbers: bool = False
    subjects: Callable[[Sequence[Any]], tuple[str, ...]] | None = None
    empty: str = "아직 내용이 없습니다."
    nothing: str = "조건에 맞는 내용이 없습니다."
    template: str = "lists/page.html"
    context: Callable[[MokminRequest], Mapping[str, Any]] | None = None
    by_key: Mapping[str, ListColumn] = field(init=False)
    sorts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Refuse a declaration that could not work; these are bugs."""
        by_key = {column.key: column for column in self.columns}
        object.__setattr__(self, "by_key", by_key)
        names = {column.sort for column in self.columns if column.sort}
        object.__setattr__(self, "sorts", frozenset({self.sort.removeprefix("-"), *names}))
        if clash := RESERVED & {each.name for each in self.filters}:
            raise ValueError(f"{self.route}: a filter cannot be called {sorted(clash)}")
        if len(by_key) != len(self.columns) or len(self.naming) != 1:
            raise ValueError(f"{self.route}: keys are unique, and one column names the row")
        if self.subjects is None and any(column.is_personal for column in self.columns):
            raise ValueError(f"{self.route}: personal columns have subjects")

    @property
    def naming(self) -> tuple[ListColumn, ...]:
        """The column that names a row; it is always shown."""
        return tuple(column for column in self.columns if column.names_row)

    @property
    def said_name(self) -> str:
        """What the access log, files and captions call it."""
        return self.name or self.title

    def address(self, part: str = "") -> str:
        """The address of its page, or of a part of it: export, views, bulk."""
        return page(f"{self.route}-{part}" if part else self.route)


def asks(request: MokminRequest, window: Window, conditions: Mapping[str, Any]) -> Ask:
    """What the person in front of the page wants."""
    settings = request.carried.settings or Settings()
    return Ask(request.actor, settings, timezone.now(), conditions, window)


LISTINGS: dict[str, Listing] = {}
"""Every list by the route of its page; each surface declares its own when Django starts."""


def declare(*listings: Listing) -> None:
    """Make lists known to workers; called by the `ready` of the surface's AppConfig."""
    LISTINGS.update({listing.route: listing for listing in listings})
