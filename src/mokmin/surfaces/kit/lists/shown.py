"""A list as one person sees it now: the rows of a stretch, and the ways on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mokmin.foundation.tenancy.keyset import Gone, Window
from mokmin.lib.korean import josa
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.lists import asked
from mokmin.surfaces.kit.lists.asked import Asked
from mokmin.surfaces.kit.lists.declared import Listing, asks


@dataclass(frozen=True, slots=True)
class ShownList:
    """The rows of one stretch; whether others stand in front of it and behind it."""

    listing: Listing
    state: Asked
    rows: Sequence[Any]
    has_previous: bool = False
    has_next: bool = False
    is_lost: bool = False
    """The place to go on from was gone: these are the first rows."""

    @property
    def address(self) -> str:
        """What the address line is to say: what was left empty does not stand there."""
        place = self._marked("after", self.state.after) | self._marked("before", self.state.before)
        return f"{self.listing.address()}{self.state.address(**place)}"

    def _marked(self, way: str, place: str) -> dict[str, str]:
        return {way: asked.sealed(self.listing, place)} if place and not self.is_lost else {}

    @property
    def first_url(self) -> str:
        """Where the list begins."""
        is_beyond = bool(self.state.before) and not self.rows
        is_elsewhere = self.has_previous or is_beyond
        return self.state.address(sort=self.state.sort) if is_elsewhere else ""

    @property
    def previous_url(self) -> str:
        """The rows in front of these."""
        return self._beside("before", 0) if self.has_previous else ""

    @property
    def next_url(self) -> str:
        """The rows behind these."""
        return self._beside("after", -1) if self.has_next else ""

    def _beside(self, way: str, at: int) -> str:
        if not self.rows:
            return ""
        return self.state.address(**{way: asked.mark(self.listing, self.rows[at])})

    @property
    def subjects(self) -> tuple[str, ...]:
        """Whose personal data is shown."""
        if self.listing.subjects is None or not self.is_personal:
            return ()
        return self.listing.subjects(self.rows)

    @property
    def is_personal(self) -> bool:
        """Whether the access log has to know."""
        return self.state.is_personal

    @property
    def summary(self) -> str:
        """How many rows are shown; the whole is not counted, that would cost more than the page."""
        if not self.rows:
            return ""
        count = f"{len(self.rows):,}{self.listing.unit}"
        if self.is_lost:
            return f"보던 자리가 그 사이에 없어져, 처음부터 {josa(count, '을/를')} 보여 드립니다."
        if self.has_previous:
            return f"이 쪽에 {count}입니다."
        return f"{count}씩 보여 드립니다." if self.has_next else f"{count}입니다."

    @property
    def nothing(self) -> str:
        """Why there are no rows."""
        if self.state.after or self.state.before:
            return "더 없습니다."
        return self.listing.nothing if self.state.is_narrowed else self.listing.empty


def show(request: MokminRequest, listing: Listing) -> ShownList:
    """Read what the address asks for; one row more than is shown tells whether it goes on."""
    state = asked.read(listing, request.GET, request.actor)
    window = Window(state.sort, after=state.after, before=state.before, limit=state.size + 1)
    ask = asks(request, window, state.conditions)
    try:
        rows = listing.rows(ask)
    except Gone:
        first = Window(state.sort, limit=state.size + 1)
        rows = listing.rows(replace(ask, window=first))
        has_next = len(rows) > state.size
        return ShownList(listing, state, rows[: state.size], has_next=has_next, is_lost=True)
    has_more = len(rows) > state.size
    if state.before:
        return ShownList(listing, state, rows[-state.size :], has_more, bool(rows))
    return ShownList(listing, state, rows[: state.size], bool(state.after), has_more)
