"""People who sign in to the console, and forms they send."""

import pytest
from django.test import Client

from mokmin.foundation.access import actions as access
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.people import queries as people
from mokmin.foundation.tenancy.context import tenant
from tests import seed


@pytest.fixture
def keeper(tenant_a) -> Actor:
    """The administrator of 가람군."""
    with tenant(tenant_a.pk):
        return actor_of(Role.ADMINISTRATOR)


@pytest.fixture
def desk(signed_in, tenant_a, keeper):
    """`desk(Role.AUDITOR)`: a client at work; the municipality asks no second factor."""
    with tenant(tenant_a.pk):
        access.change_settings({"mfa_roles": []}, actor=keeper, at=seed.AT)

    def sit(role: Role, slug: str = "a") -> Client:
        return signed_in(role, slug)

    return sit


def actor_of(role: Role) -> Actor:
    """The actor that the holder of a role is in the municipality in force."""
    account = seed.person_of(role).account
    assert account is not None
    found = people.actor_of(account)
    assert found is not None
    return found
