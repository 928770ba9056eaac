"""A browser, and the site it visits."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from mokmin.foundation.access.states import Role
from tests import accessibility, seed
from tests.journeys import site as sites
from tests.journeys.site import Site

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps an event loop in this thread

WINDOWS = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def site(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """The running product, new for each file of journeys: what one leaves behind meets no other."""
    with django_db_blocker.unblock(), sites.running(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture(autouse=True)
def _open_database(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Journeys ask the site's database for addresses."""
    with django_db_blocker.unblock():
        yield


class Visit:
    """One person's browser: pages, violations of the content policy, errors in the console."""

    def __init__(self, context: BrowserContext, site: Site, slug: str) -> None:
        self.context, self.site, self.slug = context, site, slug
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: object) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        """Go to a page of this municipality."""
        self.page.goto(self.site.url(path, self.slug))
        return self.page

    def sign_in(self, role: Role) -> Page:
        """Sign in by the form, as a person does; the page that one is led to, loaded."""
        self.open("/account/login/")
        self.page.get_by_label("전자우편").fill(seed.email_of(role, self.slug))
        self.page.get_by_label("비밀번호", exact=True).fill(seed.PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="로그인").click()
        self.page.wait_for_url(lambda url: "/account/login/" not in url)
        return self.page

    def violations(self, *, contrast_only: bool = False) -> list[str]:
        """What axe and pa11y's engine find on the page as it stands."""
        return accessibility.faults(self.page, contrast_only=contrast_only)


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Visit]]:
    """`visit("b", window="phone", has_js=False, contrast=True)`: a fresh browser profile."""
    contexts: list[BrowserContext] = []

    def start(
        slug: str = "a", *, window: str = "desktop", has_js: bool = True, contrast: bool = False
    ) -> Visit:
        width, height = WINDOWS[window]
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=has_js, locale="ko-KR"
        )
        if contrast:
            context.add_init_script("localStorage.setItem('mokmin.mode', 'high-contrast')")
        contexts.append(context)
        return Visit(context, site, slug)

    yield start
    for context in contexts:
        context.close()
