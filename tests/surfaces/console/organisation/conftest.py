"""The small county behind the pages of the organisation, and whoever opens them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.korean import in_seoul
from tests.foundation.orgs import county as small
from tests.foundation.orgs.county import SmallCounty
from tests.surfaces.console.conftest import actor_of


@pytest.fixture
def county(desk, tenant_a) -> SmallCounty:
    """기획과 and 재무과 with their teams, everybody in their place since 2024."""
    with tenant(tenant_a.pk):
        return small.found(actor_of(Role.ADMINISTRATOR))


@pytest.fixture
def today() -> date:
    """The day that the pages call today."""
    return in_seoul(timezone.now()).date()


@pytest.fixture
def soon(today) -> date:
    """A day that has not come."""
    return today + timedelta(days=10)


@pytest.fixture
def client(desk):
    """The administrator's browser."""
    return desk(Role.ADMINISTRATOR)


@pytest.fixture
def within(tenant_a):
    """`with within():` inside 가람군."""
    return lambda: tenant(tenant_a.pk)


@pytest.fixture
def heading(soon):
    """What stands above the rows of an order."""
    return {"title": "정기인사", "number": "행정과-1", "on": soon.isoformat(), "reason": ""}
