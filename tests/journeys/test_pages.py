"""Every page, in every window: no violation, no complaint of the browser, nothing cut off."""

import pytest

from mokmin.config.public import PUBLIC_ROUTES
from mokmin.foundation.access.states import Role
from tests.journeys.conftest import WINDOWS
from tests.surfaces.routes import ROUTES

OPEN = [route for route in ROUTES if route.name in PUBLIC_ROUTES - {"account_logout"}]
CLOSED = [route for route in ROUTES if route.name not in PUBLIC_ROUTES]
SOUND = {200, 400, 404, 409, 410}
FORBIDDEN = 403
ASK = """path => fetch(path).then(async answer =>
  [answer.status, (await answer.text()).trimStart().toLowerCase().startsWith("<!doctype html")])"""
MODE = "document.documentElement.getAttribute('data-krds-mode') ?? ''"
LOOK = "mode => document.documentElement.setAttribute('data-krds-mode', mode)"


@pytest.fixture(scope="module", autouse=True)
def _lived_in(site):
    """Rows in every list, and no second factor in the way."""
    site.plant()


def test_every_public_page_is_sound(visit):
    someone = visit()
    someone.open("/")

    wrong, seen, refused = walked(someone, OPEN)

    assert (wrong, refused) == ([], [])
    assert seen >= 8


def test_every_staff_page_is_sound_for_the_administrator_or_else_for_the_auditor(visit):
    administrator, auditor = visit(), visit()
    administrator.sign_in(Role.ADMINISTRATOR)
    auditor.sign_in(Role.AUDITOR)

    wrong, seen, refused = walked(administrator, CLOSED)
    more, left, nobodys = walked(auditor, refused)

    assert wrong + more == []
    assert seen + left >= 20
    assert {route.name for route in nobodys} <= set(FOR_OTHERS)


def test_a_page_that_may_not_be_opened_is_sound(visit):
    officer = visit()
    officer.sign_in(Role.OFFICER)
    officer.open("/staff/settings/")

    assert list(faults(officer)) == []


FOR_OTHERS: tuple[str, ...] = ()
"""Pages that neither of the two may open; their own journeys look at them."""


def walked(someone, routes):
    """What is wrong with the pages behind these routes, how many there are, which are refused."""
    wrong, seen, refused = [], 0, []
    for route in routes:
        path = someone.site.path_of(route)
        status, is_page = someone.page.evaluate(ASK, path)
        if status == FORBIDDEN:
            refused.append(route)
        elif is_page:
            someone.open(path)
            seen += 1
            wrong += [(route.name, f"status {status}")] if status not in SOUND else []
            wrong += [(route.name, what) for what in faults(someone)]
    return wrong, seen, refused


def faults(someone):
    """What is wrong with the page as it stands: on a desk and on a phone, each in high contrast."""
    page = someone.page
    usual = page.evaluate(MODE)
    for window, (width, height) in WINDOWS.items():
        page.set_viewport_size({"width": width, "height": height})
        yield from (f"{window}: {what}" for what in someone.violations())
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            yield f"{window}: wider than the window"
        page.evaluate(LOOK, "high-contrast")
        yield from (
            f"{window}, high contrast: {what}" for what in someone.violations(contrast_only=True)
        )
        page.evaluate(LOOK, usual)
    yield from someone.complaints
    someone.complaints.clear()
    if page.evaluate("document.documentElement.lang") != "ko":
        yield "not marked as Korean"
    if page.locator("h1").count() != 1:
        yield "not exactly one main heading"
