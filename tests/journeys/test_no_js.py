"""Without a script every page is there and can be used; on paper only the content is."""

import re

import pytest
from playwright.sync_api import expect

from mokmin.config.public import PUBLIC_ROUTES
from mokmin.foundation.access.states import Role
from tests.surfaces.routes import ROUTES

NOT_PAGES = {
    "healthz",
    "session-extend",
    "console:access-log-printed",
    "console:file",
    "console:order-template",
    "console:options-unit",
    "console:options-person",
    "console:options-post",
    "portal:holidays-ics",
    "portal:own-ics",
}
PAGES = [route for route in ROUTES if route.name not in NOT_PAGES]
OPEN = [route for route in PAGES if route.name in PUBLIC_ROUTES]
READERS = {"visitor": None, "administrator": Role.ADMINISTRATOR, "auditor": Role.AUDITOR}
SHUT = {403, 404, 409, 410}
"""Answers that explain themselves: not for this reader, or nothing there."""

FRAME = ("banner", "navigation", "contentinfo", "search")


@pytest.fixture(scope="module", autouse=True)
def _lived_in(site):
    """Rows in every list, and no second factor in the way."""
    site.plant()


@pytest.fixture(params=READERS)
def reader(request, visit):
    """Somebody whose browser runs no script, and the pages that they may open."""
    someone = visit(has_js=False)
    if role := READERS[request.param]:
        someone.sign_in(role)
        expect(someone.page).to_have_url(someone.site.url("/staff/"))
    closed = [route for route in PAGES if route not in OPEN]
    return someone, closed if role else OPEN


@pytest.fixture
def administrator(visit):
    someone = visit(has_js=False)
    someone.sign_in(Role.ADMINISTRATOR)
    return someone


def opened(someone, routes):
    """Each page in turn, with the status of its answer."""
    for route in routes:
        answer = someone.page.goto(someone.site.url(someone.site.path_of(route)))
        yield route.name, answer.status, someone.page


def test_every_page_is_there_without_a_script(reader):
    wrong, statuses = [], []

    for name, status, page in opened(*reader):
        statuses.append(status)
        if status not in {200} | SHUT:
            wrong.append((name, status))
        if not page.get_by_role("main").get_by_role("heading", level=1).is_visible():
            wrong.append((name, "no heading"))
        wrong += [
            (name, each.inner_text()) for each in page.locator(".mk-js").all() if each.is_visible()
        ]

    assert wrong == []
    assert statuses.count(200) >= 8


def test_on_paper_there_is_no_navigation(reader):
    someone, routes = reader
    someone.page.emulate_media(media="print")
    wrong = []

    for name, status, page in opened(someone, routes):
        if status != 200:
            continue
        wrong += [
            (name, role)
            for role in FRAME
            for each in page.get_by_role(role).all()
            if each.is_visible()
        ]
        wrong += [
            (name, each.inner_text())
            for each in page.get_by_role("button").all()
            if each.is_visible() and not each.get_attribute("formaction")  # a notice to read
        ]
        if not page.get_by_role("main").get_by_role("heading", level=1).is_visible():
            wrong.append((name, "no heading"))

    assert wrong == []


def test_settings_can_be_changed_without_a_script(administrator):
    page = administrator.open("/staff/settings/")

    page.get_by_label("문의 전화").fill("055-940-3000")
    page.get_by_role("main").get_by_role("button", name="저장").click()

    expect(page.get_by_text("기관 설정을 저장했습니다.")).to_be_visible()
    expect(page.get_by_label("문의 전화")).to_have_value("055-940-3000")


def test_what_is_wrong_is_said_without_a_script(administrator):
    page = administrator.open("/staff/settings/")

    page.get_by_label("자동 로그아웃 시간").fill("2")
    page.get_by_label("문의 전화").fill("없음")
    page.get_by_role("main").get_by_role("button", name="저장").click()

    said = page.locator("[data-error-summary]")
    expect(said.get_by_role("link")).to_have_count(2)
    expect(page.get_by_label("문의 전화")).to_have_value("없음")


def test_a_list_is_searched_without_a_script(administrator):
    page = administrator.open("/staff/people/")

    conditions = page.get_by_role("main").get_by_role("search")
    conditions.get_by_label("이름이나 전자우편").fill("김주무")
    conditions.get_by_role("button", name="찾기").click()

    found = page.get_by_role("main").get_by_role("row")
    expect(found.first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/staff/people/\?word="))
    assert all("김주무" in row for row in found.all_inner_texts()[1:])


def test_a_confirmation_is_a_page_without_a_script(administrator):
    page = administrator.open("/staff/people/?word=%EA%B9%80%EC%A3%BC%EB%AC%B4")
    page.get_by_role("link", name="김주무").click()

    page.get_by_role("link", name="계정 닫기").click()

    expect(page.get_by_role("main").get_by_text("계정을 닫을까요?")).to_be_visible()
    page.get_by_role("link", name="그만두기").click()
    expect(page.get_by_role("heading", level=1, name="김주무")).to_be_visible()


def test_the_menus_open_without_a_script(administrator):
    page = administrator.open("/staff/")

    page.locator("details.mk-menu > summary").last.click()
    page.get_by_role("banner").get_by_role("button", name="로그아웃").click()

    expect(page.get_by_text("로그아웃했습니다.")).to_be_visible()
