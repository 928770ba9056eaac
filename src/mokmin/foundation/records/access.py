"""Who may see a record."""

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import STAFF, Role
from mokmin.foundation.records.states import Visibility

WORKING = STAFF - {Role.ADMINISTRATOR}
"""Roles that deal with the municipality's affairs; an administrator deals with its accounts."""


def visibilities(actor: Actor) -> frozenset[Visibility]:
    """The visibilities this person sees everywhere; what belongs to a unit comes with units."""
    if actor.holds(Role.AUDITOR):
        return frozenset(Visibility)
    if actor.holds(Role.COORDINATOR, Role.EXECUTIVE):
        return frozenset(Visibility) - {Visibility.RESTRICTED}
    if actor.holds(*WORKING):
        return frozenset({Visibility.PUBLIC, Visibility.STAFF})
    return frozenset({Visibility.PUBLIC})
