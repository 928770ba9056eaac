"""A key of an order is never NULL: a row without a place would be missed behind the first page."""

import importlib
import pkgutil

import pytest
from django.db.models import Case, F, Value

from mokmin import foundation
from mokmin.foundation.access.models import AccessEntry, AccessReview
from mokmin.foundation.files.models import FileCheck, StoredFile
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.notices.models import Notice
from mokmin.foundation.orgs.models import HandOver, PersonnelOrder, Reorganisation
from mokmin.foundation.people.models import Person
from mokmin.foundation.tenancy.keyset import EVER, Order, if_empty
from mokmin.foundation.trail.models import Act

ROWS = {
    "access.queries.ORDERS": AccessEntry,
    "access.queries.ORDERS_OF_REVIEWS": AccessReview,
    "files.queries.CHECKS": FileCheck,
    "files.queries.OF_PERSON": StoredFile,
    "jobs.queries.ORDERS": Job,
    "notices.queries.ORDERS": Notice,
    "orgs.queries_changes.ORDERS": PersonnelOrder,
    "orgs.queries_changes.REORGANISATIONS": Reorganisation,
    "orgs.queries_hand_overs.HAND_OVERS": HandOver,
    "people.queries_people.ORDERS": Person,
    "trail.queries.ORDERS": Act,
}
"""Orders → the table whose rows they put in order."""


def declared():
    """Every table of orders of the foundation, by where it stands."""
    for module in pkgutil.walk_packages(foundation.__path__, f"{foundation.__name__}."):
        if ".migrations" in module.name or ".queries" not in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, dict) and any(isinstance(each, Order) for each in value.values()):
                yield f"{module.name.removeprefix(foundation.__name__ + '.')}.{name}", value


FOUND = dict(declared())
KEYS = [
    pytest.param(ROWS[place], key, id=f"{place}:{name}:{at}")
    for place, orders in FOUND.items()
    if place in ROWS
    for name, order in orders.items()
    for at, key in enumerate(order.keys)
]


def may_be_null(model, key, *, known=()):
    """Whether the key has no value for some row; `known` are fields that have one here."""
    if isinstance(key, Value):
        return key.value is None
    if isinstance(key, F):
        return key.name not in known and model._meta.get_field(key.name).null
    assert isinstance(key, Case), f"{key!r} is none of the keys that are known here"
    asked = {
        name.removesuffix("__isnull")
        for case in key.cases
        for name, is_null in case.condition.children
        if name.endswith("__isnull") and is_null
    }
    results = [case.result for case in key.cases]
    return any(may_be_null(model, each) for each in results) or may_be_null(
        model, key.default, known=asked
    )


def test_every_table_of_orders_is_known_here():
    assert FOUND.keys() == ROWS.keys()


@pytest.mark.parametrize(("model", "key"), KEYS)
def test_a_key_of_an_order_is_never_null(model, key):
    assert not may_be_null(model, key)


@pytest.mark.parametrize("place", sorted(FOUND.keys() & ROWS.keys()))
def test_the_last_key_of_an_order_is_unique(place):
    last = [order.keys[-1] for order in FOUND[place].values()]

    assert [ROWS[place]._meta.get_field(key.name).unique for key in last] == [True] * len(last)


def test_a_column_that_may_be_empty_is_found_out():
    assert may_be_null(Person, F("closed_at"))
    assert not may_be_null(Person, if_empty("closed_at", EVER))
    assert may_be_null(Person, if_empty("closed_at", None))
