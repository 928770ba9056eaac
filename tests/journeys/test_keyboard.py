"""Everything by keys: no mouse is touched, and one always sees where one is."""

import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.states import Role
from tests import seed
from tests.journeys.newcomers import newcomer

SKIP = "본문 바로가기"
STOPS = 12
LEAST = {"/": 5, "/staff/": STOPS, "/staff/people/": STOPS, "/staff/settings/": STOPS}
"""The public page is short; its round may end before."""

WHERE = """() => {
  const { x, y, width, height } = document.activeElement.getBoundingClientRect();
  return { x: x - 8, y: y - 8, width: width + 16, height: height + 16 };
}"""
INSIDE = "selector => Boolean(document.activeElement.closest(selector))"
DONE = "document.activeElement === document.body"


@pytest.fixture(scope="module", autouse=True)
def _without_second_factor(site):
    site.change_settings(mfa_roles=[])


@pytest.fixture
def someone(visit):
    found = visit()
    yield found
    assert found.complaints == []


@pytest.fixture
def administrator(someone):
    someone.sign_in(Role.ADMINISTRATOR)
    expect(someone.page).to_have_url(someone.site.url("/staff/"))
    return someone


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, target):
    """Tab until it has the focus; a person would give up as well."""
    for _ in range(40):
        press(page, "Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"not within 40 stops: {target}")


def test_one_signs_in_and_reaches_the_content(someone):
    page = someone.open("/account/login/")

    tab_to(page, page.get_by_label("전자우편"))
    page.keyboard.type(seed.email_of(Role.ADMINISTRATOR, "a"))
    tab_to(page, page.get_by_label("비밀번호", exact=True))
    page.keyboard.type(seed.PASSWORD)
    press(page, "Enter")
    expect(page).to_have_url(someone.site.url("/staff/"))
    press(page, "Tab", "Enter")
    landed = page.evaluate("document.activeElement.id")
    press(page, "Tab")

    assert landed == "content"
    assert page.evaluate(INSIDE, "#content")


@pytest.mark.parametrize("path", LEAST)
def test_the_first_stop_leads_past_the_menu_and_is_seen(administrator, path):
    page = administrator.open(path)

    press(page, "Tab")

    first = page.get_by_role("link", name=SKIP)
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("contrast", [False, True], ids=["plain", "high-contrast"])
@pytest.mark.parametrize("path", LEAST)
def test_one_sees_the_focus_on_each_of_the_first_stops(visit, path, contrast):
    someone = visit(contrast=contrast)
    someone.sign_in(Role.ADMINISTRATOR)
    page = someone.open(path)

    seen = list(stops_seen(page))

    assert seen == [(name, True) for name, _ in seen]
    assert len(seen) >= LEAST[path]


def stops_seen(page):
    """Each stop by its words, and whether it looks otherwise with the focus than without."""
    for _ in range(STOPS):
        press(page, "Tab")
        if page.evaluate(DONE):
            return
        name = page.evaluate("document.activeElement.innerText || document.activeElement.name")
        clip = page.evaluate(WHERE)
        clip = {**clip, "x": max(clip["x"], 0), "y": max(clip["y"], 0)}
        focused = page.screenshot(clip=clip)
        page.evaluate("document.activeElement.blur()")
        yield name, focused != page.screenshot(clip=clip)


def test_the_menu_under_ones_name_opens_and_shuts_by_keys(administrator):
    page = administrator.page
    name = page.locator("details.mk-menu > summary").last
    tab_to(page, name)

    press(page, "Enter", "Tab")
    within = page.evaluate(INSIDE, ".mk-menu-panel")
    press(page, "Escape")

    assert within
    expect(page.locator(".mk-menu-panel").last).to_be_hidden()
    expect(name).to_be_focused()


def test_one_signs_out_by_keys(administrator):
    page = administrator.page
    tab_to(page, page.locator("details.mk-menu > summary").last)
    press(page, "Enter")

    tab_to(page, page.get_by_role("banner").get_by_role("button", name="로그아웃"))
    press(page, "Enter")

    expect(page.get_by_text("로그아웃했습니다.")).to_be_visible()


def test_the_menu_of_a_narrow_window_leads_on(visit):
    someone = visit(window="phone")
    someone.sign_in(Role.ADMINISTRATOR)
    page = someone.open("/staff/")
    tab_to(page, page.locator(".mk-nav-toggle > summary"))
    press(page, "Enter")

    tab_to(page, page.get_by_role("navigation").get_by_role("link", name="기관 설정"))
    press(page, "Enter")

    expect(page).to_have_url(someone.site.url("/staff/settings/"))


def test_escape_shuts_the_menu_of_a_narrow_window(visit):
    someone = visit(window="phone")
    someone.sign_in(Role.ADMINISTRATOR)
    page = someone.open("/staff/")
    toggle = page.locator(".mk-nav-toggle > summary")
    tab_to(page, toggle)
    press(page, "Enter")
    expect(page.get_by_role("navigation", name="주 메뉴")).to_be_visible()

    press(page, "Escape")

    expect(page.get_by_role("navigation", name="주 메뉴")).to_be_hidden()
    expect(toggle).to_be_focused()


def test_a_dialog_keeps_the_focus_and_escape_gives_it_back(administrator):
    page = administrator.page
    with newcomer(Role.OFFICER, name="노닫힘") as officer:
        administrator.open(f"/staff/people/?word={officer.email}")
        page.get_by_role("link", name=officer.name).focus()
        press(page, "Enter")
        opener = page.get_by_role("link", name="계정 닫기")
        tab_to(page, opener)

        press(page, "Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        press(page, *["Tab"] * 8)
        kept = page.evaluate(f"{DONE} || ({INSIDE})('dialog')")
        press(page, "Escape")

        assert kept
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(opener).to_be_focused()


def test_after_a_refusal_the_list_of_what_is_wrong_has_the_focus(administrator):
    page = administrator.open("/staff/settings/")
    page.get_by_label("자동 로그아웃 시간").focus()
    press(page, "Control+A")
    page.keyboard.type("2")

    press(page, "Enter")

    expect(page.locator("[data-error-summary]")).to_be_focused()
    press(page, "Tab", "Enter")
    expect(page.get_by_label("자동 로그아웃 시간")).to_be_focused()
