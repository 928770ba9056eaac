"""Which role opens which page of the console."""

import pytest

from mokmin.foundation.access.states import OUTSIDE, STAFF, Role
from mokmin.foundation.tenancy.context import tenant
from tests import seed

EVERYBODY = STAFF
KEEPERS = {Role.ADMINISTRATOR, Role.AUDITOR}
ADMINISTRATOR = {Role.ADMINISTRATOR}
PAGES = {
    "/staff/": EVERYBODY,
    "/staff/jobs/": EVERYBODY,
    "/staff/settings/": ADMINISTRATOR,
    "/staff/people/": KEEPERS,
    "/staff/people/export/": KEEPERS,
    "/staff/people/new/": ADMINISTRATOR,
    "/staff/people/{uid}/": KEEPERS,
    "/staff/people/{uid}/contact/": ADMINISTRATOR,
    "/staff/people/{uid}/invite/": ADMINISTRATOR,
    "/staff/people/{uid}/grant/": ADMINISTRATOR,
    "/staff/people/{uid}/close/": ADMINISTRATOR,
    "/staff/trail/": KEEPERS,
    "/staff/trail/verify/": KEEPERS,
    "/staff/access-log/": KEEPERS,
    "/staff/access-log/export/": KEEPERS,
    "/staff/access-log/reviews/": KEEPERS,
}


@pytest.fixture
def officer_uid(tenant_a):
    with tenant(tenant_a.pk):
        return seed.person_of(Role.OFFICER).uid


@pytest.mark.parametrize("role", Role, ids=str)
def test_each_page_opens_for_its_roles_and_tells_the_others_why(desk, officer_uid, role):
    client = desk(role)

    answers = {}
    for page in PAGES:
        response = client.get(page.format(uid=officer_uid))
        answers[page] = response.status_code
        if response.status_code == 403:
            assert b"data-reason" in response.content
            assert "습니다" in response.content.decode()

    assert answers == {page: 200 if role in allowed else 403 for page, allowed in PAGES.items()}


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_led_to_sign_in(client_a, officer_uid, page):
    response = client_a.get(page.format(uid=officer_uid))

    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_stays_in_a_browser_or_proxy(desk, officer_uid, page):
    response = desk(Role.ADMINISTRATOR).get(page.format(uid=officer_uid))

    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))


def test_outsiders_have_no_way_into_the_console():
    assert {role for role in Role if not any(role in allowed for allowed in PAGES.values())} == (
        OUTSIDE
    )


@pytest.mark.parametrize(
    "path",
    ["/staff/people/nosuchuid1/", "/staff/trail/nosuchuid1/", "/staff/jobs/nosuchuid1/",
     "/staff/people/nosuchuid1/contact/", "/staff/people/nosuchuid1/nosuchverb/"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(desk, path):
    assert desk(Role.ADMINISTRATOR).get(path).status_code == 404


@pytest.mark.parametrize("page", ["/staff/people/", "/staff/trail/", "/staff/access-log/",
                                  "/staff/jobs/"])  # fmt: skip
@pytest.mark.parametrize("asked", ["after=%00", "after=x", "after=99999999999999999999-1",
                                   "word=%00", "since=2026-99-99", "role=nobody",
                                   "after=가|99999999999999999999"])  # fmt: skip
def test_an_address_written_by_hand_breaks_no_list(desk, page, asked):
    assert desk(Role.ADMINISTRATOR).get(f"{page}?{asked}").status_code == 200
