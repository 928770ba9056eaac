"""What comes into an open page is as sound as a page of its own, and the page is still the same."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.states import Role
from mokmin.surfaces.kit.http import today
from tests.journeys import offices
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
    expect(page.locator("#list").get_by_text("조건에 맞는 계정이 없습니다.")).to_be_visible()

    assert page.evaluate(SAME)
    assert list(faults(someone)) == []


def test_a_list_that_was_sorted_is_sound(someone):
    page = opened(someone, "/staff/people/")

    page.get_by_role("columnheader").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("sort="))

    assert page.evaluate(SAME)
    assert list(faults(someone)) == []


def test_a_list_with_a_condition_that_cannot_be_read_is_sound(someone):
    page = opened(someone, "/staff/people/")
    page.get_by_label("이름이나 전자우편").fill("가" * 201)

    page.get_by_role("main").get_by_role("button", name="찾기", exact=True).click()
    expect(page.get_by_text("찾는 말은 200자까지 적을 수 있습니다.")).to_be_visible()

    assert page.evaluate(SAME)
    assert list(faults(someone)) == []


@pytest.mark.parametrize("menu", ["list-columns", "list-views"])
def test_an_open_menu_of_a_list_is_sound(someone, menu):
    page = opened(someone, "/staff/people/")

    page.locator(f"#{menu} summary").click()

    assert list(faults(someone)) == []


def test_what_is_asked_before_several_rows_are_changed_is_sound(someone):
    page = opened(someone, "/staff/people/")

    page.locator("[data-list-row]").first.check()
    page.locator("#list-bulk").get_by_role("button").first.click()
    expect(page.get_by_label("사유")).to_be_visible()

    assert list(faults(someone)) == []


def test_the_preview_of_a_reorganisation_is_sound(someone, site):
    unit = next(iter(offices.furnish(site, "desktop").units.values()))
    page = opened(someone, "/staff/organisation/reorganisations/new/")
    page.get_by_label("제목").fill("하반기 조직개편")
    page.get_by_label("시행일").fill((today() + timedelta(days=30)).isoformat())
    page.get_by_label("무엇을 바꾸나요").select_option("rename")
    page.get_by_label("어느 부서를 바꾸나요").select_option(unit)
    page.get_by_role("button", name="이 변경 적기").click()
    page.locator("#id_step-name").fill("이름을바꾼과")
    page.get_by_role("button", name="바꿀 내용에 넣기").click()
    expect(page.locator(".mk-steps > li")).to_have_count(1)

    page.get_by_role("button", name="미리보기").last.click()
    expect(page.locator("#preview")).to_be_focused()

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
