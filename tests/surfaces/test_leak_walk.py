"""The leak walk: every address of the product, asked for another municipality's rows."""

import re

import pytest
from django.urls import reverse

from mokmin.config.public import PUBLIC_ROUTES
from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.uid import new_uid
from mokmin.surfaces.kit import middleware
from tests import seed
from tests.surfaces import planted
from tests.surfaces.routes import FACTORIES, ROUTES, parts_of

WITH_ROWS = [r for r in ROUTES if "uid" in r.parts and r.name.startswith("console:")]
"""Addresses of rows that are one municipality's; days and years are everybody's."""
ENDED = (200, 204, 302, 303, 400, 401, 403, 404, 405, 409, 410, 422, 429)
VISITOR = "visitor"
WALKERS = (VISITOR, *Role)
FORM = {
    "reason": "확인하려고",
    "name": "아무개",
    "email": "nobody@nowhere.example",
    "phone": "055-000-0000",
    "role": "legal",
    "roles": ["legal"],
    "finding": "이상이 없습니다.",
    "month": "2026-06",
    "format": "csv",
}
"""What the forms ask for, so that a post does not end at an empty field."""

HTMX = {"HX-Request": "true"}
WAYS = (
    ("get", {}, {}), ("get", {}, HTMX), ("head", {}, {}),
    ("post", {}, {}), ("post", FORM, {}), ("post", FORM, HTMX),
)  # fmt: skip
CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": ?"\w+"|csrf\w*="\w+"'
    r'|\bseconds="\d+"'
    r"|\b\d\d:\d\d 화면"
    r"|Content-Length: \d+|Expires: [^\n]+|\b[0-9a-f]{16}\b"
)
"""Tokens, the seconds of the session, the minute of the page, the number of the request."""

LAST = "account_logout"
"""Whoever signs out first walks on as a visitor."""
PATH = sorted(ROUTES, key=lambda route: route.name == LAST)


def test_every_address_with_a_row_has_a_factory():
    assert {route.name for route in ROUTES if route.parts} == set(FACTORIES)


@pytest.fixture
def walker(request, client_a, signed_in):
    planted.plant()
    role = request.param
    return role, client_a if role == VISITOR else signed_in(role)


@pytest.mark.parametrize("walker", WALKERS, indirect=True, ids=str)
def test_nothing_of_another_municipality_is_told(walker):
    role, client = walker
    marks = planted.marks_of("b")
    statuses, told = set(), []

    for route in PATH:
        if route.name == LAST:
            is_still_in = client.get("/session/").json()["seconds"] > 0
        url = route.url("b")
        for method, data, headers in WAYS:
            response = getattr(client, method)(url, data, headers=headers)
            statuses.add(response.status_code)
            text = told_by(response, asked=url)
            told += [(method, route.name, mark) for mark in marks if mark in text]

    assert told == []
    assert statuses <= set(ENDED)
    assert is_still_in is (role != VISITOR)


@pytest.mark.parametrize("walker", [Role.ADMINISTRATOR, Role.AUDITOR], indirect=True, ids=str)
@pytest.mark.parametrize("route", WITH_ROWS, ids=lambda route: route.name)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]}{' by htmx' * bool(way[2])}")
def test_anothers_row_is_answered_like_one_that_never_was(route, walker, way):
    _, client = walker
    method, data, headers = way
    url = route.url("b")
    invented_uid = new_uid()
    invented = reverse(route.name, kwargs=parts_of(route, "b") | {"uid": invented_uid})

    theirs = getattr(client, method)(url, data, headers=headers)
    nobodys = getattr(client, method)(invented, data, headers=headers)

    assert theirs.status_code == nobodys.status_code
    assert theirs.status_code in {404, 403, 405}
    assert plain(theirs, asked=url) == plain(nobodys, asked=invented)


@pytest.mark.parametrize("name", ["console:people-export", "console:access-log-export"])
def test_the_walk_makes_exports(name, signed_in):
    planted.plant()
    marks = planted.marks_of("a")
    client = signed_in(Role.AUDITOR if "access-log" in name else Role.ADMINISTRATOR)

    file = client.post(reverse(name), FORM)

    assert file["Content-Type"].startswith("text/csv")
    assert marks & {mark for mark in marks if mark in told_by(file, asked="")}


def test_the_walk_would_see_its_own_rows(signed_in):
    planted.plant()
    marks = planted.marks_of("a")
    walkers = [signed_in(Role.ADMINISTRATOR), signed_in(Role.AUDITOR)]

    seen = {
        mark
        for walker in walkers
        for route in ROUTES
        if route.name not in PUBLIC_ROUTES
        for mark in marks
        if mark in told_by(walker.get(route.url("a")), asked="")
    }

    assert planted.WORDS["a"] in seen
    assert _uid_of_officer("a") in seen


def test_a_session_carried_to_another_host_is_a_visitors(signed_in, client_b):
    client_b.cookies = signed_in(Role.ADMINISTRATOR).cookies

    response = client_b.get("/staff/")

    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/staff/"


def test_a_session_that_names_another_municipality_is_a_visitors(signed_in, client_b, tenant_b):
    client_b.cookies = signed_in(Role.ADMINISTRATOR).cookies
    session = client_b.session
    session[middleware.SESSION_TENANT] = tenant_b.pk
    session.save()

    assert client_b.get("/staff/").status_code == 302


def told_by(response, *, asked):
    """Body and headers, without the address that the walker typed itself."""
    body = response.content.decode(response.charset or "utf-8", errors="replace")
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n{body}".replace(asked, "") if asked else f"{headers}\n{body}"


def plain(response, *, asked):
    """What was told, without what differs between any two requests of one page."""
    return CHANGING.sub("", told_by(response, asked=asked))


def _uid_of_officer(slug):
    with tenant(seed.tenant_of(slug).pk):
        return seed.person_of(Role.OFFICER).uid
