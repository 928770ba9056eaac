"""The small county as every test of the organisation finds it."""

import pytest

from mokmin.foundation.access.states import Role
from tests.foundation.orgs import county as small


@pytest.fixture
def administrator(actor):
    return actor(Role.ADMINISTRATOR)


@pytest.fixture
def county(administrator):
    return small.found(administrator)
