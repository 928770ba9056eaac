"""The second factor, from the first scan to the last recovery code, as its owner meets it."""

import re

import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.states import Role
from tests.journeys.newcomers import newcomer, sign_out
from tests.surfaces.portal.doors import totp

HOME, SET_UP, CODE = "/staff/", "/account/second/on/", "/account/login/code/"
SHOWN_ONCE = "지금 한 번만 보여 드립니다."


@pytest.fixture(scope="module", autouse=True)
def _lawyers_need_it(site):
    site.change_settings(mfa_roles=[Role.LEGAL])


@pytest.fixture
def someone(visit):
    found = visit()
    yield found
    assert found.complaints == []


@pytest.fixture
def lawyer():
    with newcomer(Role.LEGAL) as found:
        yield found


@pytest.fixture
def scanned(someone, lawyer):
    """Signed in, led to the set-up, and the key scanned: as an app would have it."""
    lawyer.sign_in(someone)
    return someone.page.locator("output[data-value]").get_attribute("data-value")


@pytest.fixture
def codes(someone, scanned):
    """Set up, with the recovery codes written down, and signed out again."""
    found = set_up(someone.page, scanned)
    someone.page.get_by_role("link", name="보관했습니다. 계속하기").click()
    sign_out(someone.page)
    return found


def set_up(page, key):
    """Give the first code; the recovery codes that are shown for it."""
    page.get_by_label("인증 번호").fill(totp(key))
    page.get_by_role("button", name="2단계 인증 켜기").click()
    shown = page.get_by_role("list", name="복구 코드").get_by_role("listitem")
    expect(shown).to_have_count(10)
    return shown.all_inner_texts()


def give_code(page, code):
    page.get_by_label("인증 번호").fill(code)
    page.get_by_role("main").get_by_role("button", name="로그인", exact=True).click()


def test_a_role_that_requires_it_is_led_to_the_set_up_and_then_on(someone, scanned):
    led = someone.page.url

    codes = set_up(someone.page, scanned)
    someone.page.get_by_role("link", name="보관했습니다. 계속하기").click()

    expect(someone.page).to_have_url(someone.site.url(HOME))
    assert led == someone.site.url(f"{SET_UP}?next=%2Fstaff%2F")
    assert [code for code in codes if re.fullmatch(r"\d{8}", code)] == codes
    assert len(set(codes)) == 10


def test_until_it_is_set_up_every_page_of_the_console_leads_there(someone, scanned):
    someone.open("/staff/people/")

    expect(someone.page).to_have_url(someone.site.url(f"{SET_UP}?next=%2Fstaff%2Fpeople%2F"))


def test_each_of_its_pages_is_sound_on_a_phone(visit, lawyer):
    someone = visit(window="phone")
    page = someone.page
    lawyer.sign_in(someone)
    key = page.locator("output[data-value]").get_attribute("data-value")
    faults = someone.violations()

    set_up(page, key)
    faults += someone.violations()
    someone.context.clear_cookies()
    lawyer.sign_in(someone)
    expect(page).to_have_url(someone.site.url(CODE))
    faults += someone.violations()

    assert faults + someone.complaints == []


def test_the_picture_and_the_key_can_be_seen(someone, scanned):
    picture = someone.page.get_by_role("img", name="QR 코드")

    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    assert someone.page.locator("output[data-value]").inner_text().replace(" ", "") == scanned


def test_the_recovery_codes_are_shown_once(someone, scanned):
    codes = set_up(someone.page, scanned)
    shown = someone.page.get_by_text(SHOWN_ONCE).is_visible()

    page = someone.open(SET_UP)

    assert shown
    expect(page).to_have_url(someone.site.url("/account/second/"))
    expect(page.get_by_text("쓰지 않은 코드가 10개 남았습니다.")).to_be_visible()
    assert [code for code in codes if code in page.content()] == []


def test_signing_in_again_asks_for_the_code_that_the_app_shows_now(someone, lawyer, scanned, codes):
    lawyer.sign_in(someone)
    expect(someone.page).to_have_url(someone.site.url(CODE))

    give_code(someone.page, totp(scanned, step=1))

    expect(someone.page).to_have_url(someone.site.url(HOME))
    expect(someone.page.get_by_role("banner").get_by_text(lawyer.name).first).to_be_visible()


def test_a_recovery_code_opens_the_door_once(someone, lawyer, codes):
    lawyer.sign_in(someone)
    give_code(someone.page, codes[0])
    expect(someone.page).to_have_url(someone.site.url(HOME))
    sign_out(someone.page)

    lawyer.sign_in(someone)
    give_code(someone.page, codes[0])

    refused = "인증 번호가 맞지 않습니다. 앱에 지금 보이는 번호를 적어 주세요."
    expect(someone.page.get_by_role("main").get_by_text(refused).first).to_be_visible()
    expect(someone.page).to_have_url(someone.site.url(CODE))


def test_a_used_recovery_code_is_no_longer_counted(someone, lawyer, codes):
    lawyer.sign_in(someone)
    give_code(someone.page, codes[3])
    expect(someone.page).to_have_url(someone.site.url(HOME))

    page = someone.open("/account/second/")

    expect(page.get_by_text("쓰지 않은 코드가 9개 남았습니다.")).to_be_visible()
