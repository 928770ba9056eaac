"""The session runs out: a warning in time, one click to stay, and nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.states import Role
from tests.journeys.newcomers import Clock, database_of, newcomer

MINUTES = 5
PAGE, FIELD, TYPED = "/staff/settings/", "담당부서", "기획예산실 성과관리담당"
SOON, OVER = "곧 자동으로 로그아웃됩니다", "로그인 시간이 끝났습니다"


@pytest.fixture(scope="module", autouse=True)
def _shortest_session(site):
    site.change_settings(mfa_roles=[], session_minutes=MINUTES)
    yield
    site.change_settings(session_minutes=30)


@pytest.fixture
def administrator():
    with newcomer(Role.ADMINISTRATOR) as found:
        yield found


@pytest.fixture
def someone(visit):
    found = visit()
    yield found
    assert found.complaints == []


@pytest.fixture
def later(someone):
    return Clock(someone.context)


@pytest.fixture
def page(someone, administrator, later):
    """Signed in, on a page with a form in which something has been typed."""
    administrator.sign_in(someone)
    expect(someone.page).to_have_url(someone.site.url("/staff/"))
    someone.open(PAGE).get_by_label(FIELD).fill(TYPED)
    return someone.page


def warning(page):
    return page.get_by_role("dialog", name="로그인 시간 안내")


def contact_unit():
    with database_of():
        return access.settings().contact_unit


def test_the_warning_comes_at_least_a_minute_before_the_end(page, later):
    later(minutes=2, seconds=50)
    before = warning(page).is_visible()

    later(seconds=20)
    expect(warning(page)).to_be_visible()

    assert not before
    assert later.seconds_left() >= 60
    assert page.locator("[data-session-left]").inner_text().startswith("1분 ")


def test_one_click_extends_and_what_was_typed_is_still_there(page, later):
    later(minutes=3, seconds=10)

    warning(page).get_by_role("button", name="계속 사용하기").click()

    expect(page.get_by_text("로그인 시간을 연장했습니다.")).to_be_visible()
    expect(warning(page)).to_be_hidden()
    expect(page.get_by_label(FIELD)).to_have_value(TYPED)
    assert later.seconds_left() > MINUTES * 60 - 30


def test_what_was_typed_can_be_saved_after_the_extension(page, later):
    later(minutes=3, seconds=10)
    warning(page).get_by_role("button", name="계속 사용하기").click()
    expect(warning(page)).to_be_hidden()

    page.get_by_role("main").get_by_role("button", name="저장").click()

    expect(page.get_by_text("기관 설정을 저장했습니다.")).to_be_visible()
    assert contact_unit() == TYPED


@pytest.mark.parametrize("passed", [{"minutes": 3, "seconds": 10}, {"minutes": 5, "seconds": 1}])
def test_the_warning_is_sound_before_and_after_the_end(someone, page, later, passed):
    later(**passed)
    expect(warning(page)).to_be_visible()

    assert someone.violations() == []


def test_escape_extends_as_well(page, later):
    later(minutes=3, seconds=10)
    expect(warning(page)).to_be_visible()

    page.keyboard.press("Escape")

    expect(warning(page)).to_be_hidden()
    expect(page.get_by_text("로그인 시간을 연장했습니다.")).to_be_visible()
    assert later.seconds_left() > MINUTES * 60 - 30


def test_after_the_end_the_page_asks_to_sign_in_and_then_comes_back(
    someone, administrator, page, later
):
    later(minutes=MINUTES, seconds=1)

    page.reload()
    asked = page.url
    administrator.sign_in(someone)

    assert asked == someone.site.url(f"/account/login/?next={PAGE}")
    expect(page).to_have_url(someone.site.url(PAGE))
    expect(page.get_by_role("heading", level=1, name="기관 설정")).to_be_visible()


def test_who_comes_too_late_signs_in_beside_the_page_and_saves_what_was_typed(
    someone, administrator, page, later
):
    someone.site.change_settings(contact_unit="기획예산실")
    later(minutes=MINUTES, seconds=1)
    expect(warning(page).get_by_role("heading", name=OVER)).to_be_visible()

    with someone.context.expect_page() as opened:
        warning(page).get_by_role("link", name="다시 로그인(새 창)").click()
    someone.page = opened.value
    administrator.sign_in(someone)
    expect(someone.page).to_have_url(someone.site.url("/staff/"))
    page.bring_to_front()

    expect(warning(page)).to_be_hidden()
    expect(page.get_by_label(FIELD)).to_have_value(TYPED)
    page.get_by_role("main").get_by_role("button", name="저장").click()
    expect(page.get_by_text("기관 설정을 저장했습니다.")).to_be_visible()


def test_two_tabs_warn_together_and_one_click_is_enough(someone, page, later):
    other = someone.context.new_page()
    other.goto(someone.site.url("/staff/"))
    later(minutes=3, seconds=10)
    for each in (page, other):
        expect(warning(each).get_by_role("heading", name=SOON)).to_be_visible()

    warning(other).get_by_role("button", name="계속 사용하기").click()

    for each in (page, other):
        expect(warning(each)).to_be_hidden()
    expect(page.get_by_label(FIELD)).to_have_value(TYPED)


def test_work_in_one_tab_keeps_the_other_from_warning(someone, page, later):
    other = someone.context.new_page()
    other.goto(someone.site.url("/staff/"))
    later(minutes=2)

    other.goto(someone.site.url("/staff/people/"))
    later(minutes=1, seconds=10)

    expect(other.get_by_role("heading", level=1)).to_be_visible()
    for each in (page, other):
        expect(warning(each)).to_be_hidden()


def test_signing_out_in_one_tab_is_told_in_the_other_when_it_is_used(someone, page, later):
    other = someone.context.new_page()
    other.goto(someone.site.url("/account/logout/"))
    other.get_by_role("main").get_by_role("button", name="로그아웃").click()
    expect(other.get_by_text("로그아웃했습니다.")).to_be_visible()

    page.get_by_role("main").get_by_role("button", name="저장").click()

    expect(warning(page).get_by_role("heading", name=OVER)).to_be_visible()
    expect(page.get_by_label(FIELD)).to_have_value(TYPED)
