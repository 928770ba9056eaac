"""Whose history (변경 이력) is shown to whom."""

from collections.abc import Collection
from dataclasses import replace

from django.urls import reverse

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.models import Settings
from mokmin.foundation.people.models import Grant, Person
from mokmin.foundation.trail.queries import ActFilter, ActRow

PERSON: str = Person._meta.db_table
ADMINISTRATION: tuple[str, ...] = (Settings._meta.db_table, PERSON, Grant._meta.db_table)
"""Settings, accounts and roles: as far as administrators see the trail."""


def tables(actor: Actor, chosen: str = "") -> Collection[str]:
    """The tables whose acts this actor may see, narrowed to the chosen one; empty means all."""
    allowed = () if access.sees_whole_trail(actor) else ADMINISTRATION
    if chosen and (not allowed or chosen in allowed):
        return (chosen,)
    return allowed


def asked(actor: Actor, found: ActFilter | None = None, *, table: str = "") -> ActFilter:
    """The filter with what this actor may see."""
    return replace(found or ActFilter(), tables=tables(actor, table))


def url(act: ActRow) -> str:
    """The page of an act."""
    return reverse("console:trail-act", args=[act.uid])
