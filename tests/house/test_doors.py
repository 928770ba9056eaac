"""Every address is behind sign-in unless it is listed public."""

import pytest

from mokmin.config.public import PUBLIC_ROUTES
from mokmin.foundation.access.states import OUTSIDE
from tests.surfaces import planted
from tests.surfaces.routes import ROUTES

CONSOLE = [route for route in ROUTES if route.name.startswith("console:")]
CLOSED = [route for route in ROUTES if route.name not in PUBLIC_ROUTES]


def label(route):
    return route.name


def test_what_is_open_is_what_is_listed():
    opened = {r.name for r in ROUTES if not getattr(r.view, "login_required", True)}

    assert opened == PUBLIC_ROUTES


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", CLOSED, ids=label)
def test_a_visitor_is_led_to_sign_in(route, method, client_a):
    planted.plant()

    response = getattr(client_a, method)(route.url("a"))

    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize("role", sorted(OUTSIDE), ids=str)
@pytest.mark.parametrize("route", CONSOLE, ids=label)
def test_the_console_is_closed_to_people_from_outside(route, role, signed_in):
    planted.plant()

    assert signed_in(role).get(route.url("a")).status_code == 403
