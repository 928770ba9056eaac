"""Declarations of what is due on a day: rooms above say what they have, the calendar asks them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mokmin.foundation.access.actor import Actor
from mokmin.lib.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that must be done by a day, by these people; `changed_at` is when it became so."""

    uid: str
    title: str
    on: date
    changed_at: datetime
    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One thing whose day is another under other public holidays."""

    uid: str
    title: str
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class DatedThing:
    """A kind of thing that is due on a day counted in working days.

    `dues(first, last, person_id)`: what is open and due within; with a person, only what that
    person must do. `recount(days)`: what is open and would be due on another day under these
    working days; writes nothing. `shift(moves, actor, at)`: writes those days, inside the caller's
    act. `touched_at()`: when anything of it has changed last, done or not.
    """

    slug: str
    name: str
    dues: Callable[[date, date, int | None], Sequence[Due]]
    recount: Callable[[WorkingDays], Sequence[Move]]
    shift: Callable[[Sequence[Move], Actor, datetime], None]
    touched_at: Callable[[], datetime | None]


THINGS: dict[str, DatedThing] = {}
"""Every declared thing by its slug; filled by `contributes`."""


def contributes(thing: DatedThing) -> None:
    """Make a thing known; called by the `ready` of the room that owns it.

    Raises ValueError when two rooms use one slug.
    """
    if THINGS.setdefault(thing.slug, thing) != thing:
        raise ValueError(f"dated thing {thing.slug!r} is declared twice")
