"""Whose history (변경 이력) is shown to whom."""

from collections.abc import Collection
from dataclasses import replace

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.people import queries as people
from mokmin.foundation.people.models import Person
from mokmin.foundation.trail.queries import ActFilter, ActRow
from mokmin.surfaces.kit.addresses import AddressOf

PERSON: str = Person._meta.db_table
ACT = AddressOf("console:trail-act")


def tables(actor: Actor, chosen: str = "") -> Collection[str]:
    """The tables whose acts this actor may see, narrowed to the chosen one; empty means all."""
    allowed = people.tables_of_trail(actor)
    if chosen and (not allowed or chosen in allowed):
        return (chosen,)
    return allowed


def asked(actor: Actor, found: ActFilter | None = None, *, table: str = "") -> ActFilter:
    """The filter with what this actor may see."""
    return replace(found or ActFilter(), tables=tables(actor, table))


def url(act: ActRow) -> str:
    """The page of an act."""
    return ACT(act.uid)
