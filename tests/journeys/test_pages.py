"""Every page, in every window: no violation, no complaint of the browser, nothing cut off."""

import pytest

from mokmin.config.public import PUBLIC_ROUTES
from mokmin.foundation.access.states import Role
from tests.surfaces.routes import ROUTES

SCREENS = {
    "desktop": {"window": "desktop"},
    "phone": {"window": "phone"},
    "high-contrast": {"window": "desktop", "contrast": True},
}
NOT_FOR_READING = 405
NOT_PAGES = {"healthz", "session-extend"}
OPEN = [route for route in ROUTES if route.name in PUBLIC_ROUTES - NOT_PAGES - {"account_logout"}]
CLOSED = [
    route for route in ROUTES if route.name not in PUBLIC_ROUTES | NOT_PAGES | {"account_logout"}
]
READERS = {"visitor": None, "administrator": Role.ADMINISTRATOR, "auditor": Role.AUDITOR}


@pytest.fixture(scope="module", autouse=True)
def _lived_in(site):
    """Rows in every list, and no second factor in the way."""
    site.plant()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_is_sound(screen, reader, visit):
    someone = visit(**SCREENS[screen])
    if READERS[reader]:
        someone.sign_in(READERS[reader])
    else:
        someone.open("/")
    wrong, seen = [], 0

    for route in CLOSED if READERS[reader] else OPEN:
        path = someone.site.path_of(route)
        status = someone.page.evaluate("path => fetch(path).then(answer => answer.status)", path)
        if status == NOT_FOR_READING:
            continue
        someone.open(path)
        seen += 1
        wrong += [(route.name, what) for what in faults(someone, status)]

    assert wrong == []
    assert seen >= 8


def faults(someone, status):
    """What is wrong with the page as it stands."""
    page = someone.page
    if status not in {200, 400, 403, 404, 410}:
        yield f"status {status}"
    yield from someone.violations()
    yield from someone.complaints
    someone.complaints.clear()
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        yield "wider than the window"
    if page.evaluate("document.documentElement.lang") != "ko":
        yield "not marked as Korean"
    if page.locator("h1").count() != 1:
        yield "not exactly one main heading"
