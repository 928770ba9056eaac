"""Which role opens which page of the console."""

import pytest
from django.urls import resolve

from mokmin.foundation.access.states import OUTSIDE, STAFF, Role
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act
from mokmin.surfaces.console import tasks
from mokmin.surfaces.console.person import VERBS
from tests import seed
from tests.surfaces import planted_files
from tests.surfaces.console.conftest import actor_of
from tests.surfaces.routes import ROUTES

EVERYBODY = STAFF
KEEPERS = {Role.ADMINISTRATOR, Role.AUDITOR}
ADMINISTRATOR = {Role.ADMINISTRATOR}
PAGES = {
    "/staff/": EVERYBODY,
    "/staff/jobs/": EVERYBODY,
    "/staff/jobs/export/": EVERYBODY,
    "/staff/jobs/views/": EVERYBODY,
    "/staff/jobs/{job}/": EVERYBODY,
    "/staff/jobs/{job}/cancel/": EVERYBODY,
    "/staff/files/": EVERYBODY,
    "/staff/files/export/": EVERYBODY,
    "/staff/files/views/": EVERYBODY,
    "/staff/files/{file}/": EVERYBODY,
    "/staff/files/{file}/remove/": EVERYBODY,
    "/staff/files/checks/": KEEPERS,
    "/staff/files/checks/export/": KEEPERS,
    "/staff/files/checks/views/": KEEPERS,
    "/staff/files/checks/start/": ADMINISTRATOR,
    "/staff/files/checks/{check}/": KEEPERS,
    "/staff/records/{record}/files/": EVERYBODY,
    "/staff/search/": EVERYBODY,
    "/staff/settings/": ADMINISTRATOR,
    "/staff/people/": KEEPERS,
    "/staff/people/export/": KEEPERS,
    "/staff/people/views/": KEEPERS,
    "/staff/people/bulk/?do=close": ADMINISTRATOR,
    "/staff/people/new/": ADMINISTRATOR,
    "/staff/people/{uid}/": KEEPERS,
    "/staff/people/{uid}/contact/": ADMINISTRATOR,
    "/staff/people/{uid}/invite/": ADMINISTRATOR,
    **{f"/staff/people/{{uid}}/{verb}/?role=officer": ADMINISTRATOR for verb in VERBS},
    "/staff/trail/": KEEPERS,
    "/staff/trail/export/": KEEPERS,
    "/staff/trail/views/": KEEPERS,
    "/staff/trail/verify/": KEEPERS,
    "/staff/trail/{act}/": KEEPERS,
    "/staff/access-log/": KEEPERS,
    "/staff/access-log/export/": KEEPERS,
    "/staff/access-log/views/": KEEPERS,
    "/staff/access-log/reviews/past/": KEEPERS,
    "/staff/access-log/reviews/past/export/": KEEPERS,
    "/staff/access-log/reviews/past/views/": KEEPERS,
    "/staff/access-log/reviews/": KEEPERS,
}
PRINTED = "/staff/access-log/printed/"
"""Takes a report only and is no page."""


@pytest.fixture
def pages_of(tenant_a):
    """`pages_of(role)`: address of every page → how it is called above, with a job of theirs."""

    def fill(role):
        with tenant(tenant_a.pk):
            parts = {
                "uid": seed.person_of(Role.OFFICER).uid,
                "act": Act.objects.order_by("id")[0].uid,
                **planted_files.parts("문", actor_of(role)),
                "job": jobs.enqueue(tasks.verify_trail, actor=actor_of(role), at=seed.AT).uid,
            }
        return {page.format(**parts): page for page in PAGES}

    return fill


def test_every_address_of_the_console_has_its_doors_here(pages_of):
    known = {resolve(page.partition("?")[0]).view_name for page in pages_of(Role.OFFICER)}

    ours = {route.name for route in ROUTES if route.name.startswith("console:")}
    assert known | {resolve(PRINTED).view_name} == ours


@pytest.mark.parametrize("role", Role, ids=str)
def test_each_page_opens_for_its_roles_and_tells_the_others_why(desk, pages_of, role):
    client = desk(role)

    answers = {}
    for address, page in pages_of(role).items():
        response = client.get(address)
        answers[page] = response.status_code
        if response.status_code == 403:
            assert b"data-reason" in response.content
            assert "습니다" in response.content.decode()

    assert answers == {page: 200 if role in allowed else 403 for page, allowed in PAGES.items()}


def test_a_visitor_is_led_to_sign_in(client_a, pages_of):
    answers = [client_a.get(page) for page in pages_of(Role.OFFICER)]

    assert {response.status_code for response in answers} == {302}
    assert {response["Location"].partition("=")[0] for response in answers} == {
        "/account/login/?next"
    }


def test_no_page_stays_in_a_browser_or_proxy(desk, pages_of):
    client = desk(Role.ADMINISTRATOR)

    kept = [
        page
        for address, page in pages_of(Role.ADMINISTRATOR).items()
        if not {"no-store", "private"} <= set(client.get(address)["Cache-Control"].split(", "))
    ]

    assert kept == []


@pytest.mark.parametrize("role", sorted(OUTSIDE), ids=str)
def test_outsiders_have_no_way_into_the_console(desk, pages_of, role):
    client, addresses = desk(role), pages_of(role)

    seen = {client.get(address).status_code for address in addresses}
    sent = {client.post(address, {"reason": "시험"}).status_code for address in addresses}

    assert seen | sent == {403}
    assert client.post(PRINTED).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/staff/people/nosuchuid1/", "/staff/trail/nosuchuid1/", "/staff/jobs/nosuchuid1/",
     "/staff/people/nosuchuid1/contact/", "/staff/people/nosuchuid1/nosuchverb/"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(desk, path):
    assert desk(Role.ADMINISTRATOR).get(path).status_code == 404


LISTS = ["/staff/people/", "/staff/trail/", "/staff/access-log/", "/staff/jobs/"]


@pytest.mark.parametrize("page", [*LISTS, "/staff/trail/{act}/"])
@pytest.mark.parametrize("asked", ["after=%00", "after=x", "after=99999999999999999999-1",
                                   "after=²", "after=가|²", "after=가|99999999999999999999",
                                   "word=%00", "role=nobody", "state=nobody",
                                   "since=2026-99-99", "since=0001-01-01", "since=9999-12-31",
                                   "until=0001-01-01", "until=9999-12-31"])  # fmt: skip
def test_an_address_written_by_hand_breaks_no_list(desk, pages_of, page, asked):
    client = desk(Role.ADMINISTRATOR)
    address = {name: address for address, name in pages_of(Role.OFFICER).items()}[page]

    assert client.get(f"{address}?{asked}").status_code == 200
