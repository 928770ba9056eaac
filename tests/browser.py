"""The browser that journeys and kit pages are shown in."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tools import browser as browsers

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

expect.set_options(timeout=20_000)  # milliseconds; a busy machine is no failure


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one that answers these tests are skipped, with the reason."""
    program = browsers.find()
    if not program:
        pytest.skip(os.environ.get(browsers.REASON) or browsers.MISSING)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield found
        found.close()
