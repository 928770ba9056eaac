"""What comes into an open page is as sound as a page of its own, and the page is still the same."""

import re

import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.states import Role
from tests.journeys.test_pages import faults

SAME = "window.isSame"


@pytest.fixture(scope="module", autouse=True)
def _lived_in(site):
    """Rows in every list, and no second factor in the way."""
    site.plant()


@pytest.fixture
def someone(visit):
    found = visit()
    found.sign_in(Role.ADMINISTRATOR)
    expect(found.page).to_have_url(found.site.url("/staff/"))
    return found


def opened(someone, path):
    """A page that can be told from one that is loaded anew."""
    page = someone.open(path)
    page.evaluate(f"{SAME} = true")
    return page


def test_a_list_that_was_narrowed_is_sound(someone):
    page = opened(someone, "/staff/people/")
    page.get_by_label("이름이나 전자우편").fill("없는사람")

    page.get_by_role("main").get_by_role("button", name="찾기", exact=True).click()
    expect(page.get_by_text("조건에 맞는 계정이 없습니다.")).to_be_visible()

    assert page.evaluate(SAME)
    assert list(faults(someone)) == []


def test_a_list_that_was_sorted_is_sound(someone):
    page = opened(someone, "/staff/people/")

    page.get_by_role("columnheader").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("sort="))

    assert page.evaluate(SAME)
    assert list(faults(someone)) == []


def test_a_form_that_was_refused_is_sound(someone):
    page = opened(someone, "/staff/gallery/form/")

    page.get_by_role("main").get_by_role("button", name="보내기").click()
    expect(page.get_by_role("alert")).to_be_visible()

    assert page.evaluate(SAME)
    assert list(faults(someone)) == []


def test_a_menu_that_is_open_is_sound(someone):
    page = opened(someone, "/staff/")

    page.locator("summary", has_text="화면 설정").click()

    assert list(faults(someone)) == []


def test_a_question_that_was_asked_is_sound(someone):
    page = opened(someone, "/staff/kit/buttons/")
    page.evaluate("document.querySelector('a[data-confirm]').href = '/account/logout/'")

    page.get_by_role("link", name="말소").click()
    expect(page.get_by_role("dialog")).to_be_visible()

    assert page.evaluate(SAME)
    assert list(faults(someone)) == []


@pytest.mark.parametrize("section", ["records", "lines"])
def test_what_was_unfolded_is_sound(someone, section):
    page = opened(someone, f"/staff/kit/{section}/")

    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")

    assert list(faults(someone)) == []
