"""What a page costs in queries: at most five for the frame and five of its own, however full."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import InternalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mokmin.config.public import PUBLIC_ROUTES
from mokmin.foundation.access import actions as access
from mokmin.foundation.access.states import Role
from mokmin.foundation.people.models import Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.surfaces.console.listings import LISTINGS
from mokmin.surfaces.kit import middleware
from tests import seed
from tests.surfaces import filled, planted
from tests.surfaces.routes import ROUTES

FRAME, OWN, FULL = 5, 5, 50
GATHERED = {"console:hand-over": 2}
"""Sheets that several rooms contribute to: a query more for each that asks."""

LISTS = [listing.route for listing in LISTINGS]
PAGES = [
    route
    for route in ROUTES
    if route.name not in PUBLIC_ROUTES and route.name.startswith("console:")
]


CHEAPEST = "console:people-new"
POST_ONLY = {"console:access-log-printed"}
OF_ROWS = "-bulk"
"""Pages of what is done with several rows: without any they are not there."""
SECRET = {"secret": "JBSWY3DPEHPK3PXP"}


def label(route):
    return route.name


NOT_THE_PAGES = re.compile(
    r"^\s*(SAVEPOINT|RELEASE|INSERT INTO \"?access_accessentry\b"
    r"|SELECT coalesce\(current_setting|SELECT set_config\('app.tenant', '\d*', true\)$)"
)
"""What a test's own transaction adds, and the access log, which follows the response."""


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    return response, [q["sql"] for q in captured if not NOT_THE_PAGES.match(q["sql"])]


def frame_of(client):
    """Queries that every page of the console costs: measured on one that asks nothing itself."""
    response, asked = queries_of(client, reverse(CHEAPEST))
    assert response.status_code == 200
    return len(asked)


@pytest.fixture
def readers(signed_in):
    """Who may open the pages, with the second factor that their roles need."""
    planted.plant()
    with tenant(seed.tenant_of("a").pk):
        actor = planted.actor_of(Role.ADMINISTRATOR)
        needing = [Role.ADMINISTRATOR, Role.AUDITOR]
        access.change_settings({"mfa_roles": needing}, actor=actor, at=seed.AT)
        accounts = [seed.person_of(role).account for role in needing]
    for account in accounts:
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data=SECRET)
    return [signed_in(role) for role in needing]


@pytest.fixture
def reader(readers):
    return readers[0]


def opened(route, readers):
    """The page as the first of them who may open it gets it, and whose it is."""
    for client in readers:
        response, asked = queries_of(client, route.url("a"))
        if response.status_code != 403:
            return client, response, asked
    raise AssertionError(f"nobody may open {route.name}")


def test_the_frame_costs_five_queries_at_most(reader):
    assert frame_of(reader) <= FRAME


def answer_of(route):
    if route.name.endswith(OF_ROWS):
        return 404
    return 405 if route.name in POST_ONLY else 200


@pytest.mark.parametrize("route", PAGES, ids=label)
def test_a_page_costs_five_queries_of_its_own_at_most(route, readers):
    client, response, asked = opened(route, readers)

    assert response.status_code == answer_of(route)
    own = OWN + GATHERED.get(route.name, 0)
    assert len(asked) - frame_of(client) <= own, "\n".join(asked)


@pytest.mark.parametrize("name", LISTS)
def test_a_full_list_costs_as_many_queries_as_a_short_one(name, readers):
    route = next(route for route in ROUTES if route.name == name)
    reader, _, short = opened(route, readers)
    url = route.url("a")

    filled.fill(name, FULL)
    response, full = queries_of(reader, url)

    assert len(response.context["shown"].rows) == FULL
    assert len(full) == len(short), "\n".join(full)


def test_a_get_cannot_write_even_if_its_view_tries(tenant_a):
    def writing_view(_request):
        Person.objects.update(phone="055-000-0000")
        return HttpResponse()

    request = RequestFactory().get("/")
    request.tenant = tenant_a

    with pytest.raises(InternalError, match="read-only transaction"):
        middleware.one_transaction(writing_view)(request)
