"""A password forgotten, guessed at, or not yet chosen: what arrives by mail and what it opens."""

import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.states import Role
from tests import seed
from tests.journeys.newcomers import (
    Newcomer,
    leave,
    letter,
    letters,
    newcomer,
    until_letters_are_sent,
)

NEW = "새로 정한 말 74가지"
MISMATCH = "전자우편 주소나 비밀번호가 맞지 않습니다. 다시 확인해 주세요."
LOCKED = "로그인에 여러 번 실패하여 이 전자우편 주소로는 로그인할 수 없습니다."
SENT = "/account/password/reset/sent/"


@pytest.fixture(scope="module", autouse=True)
def _without_second_factor(site):
    site.change_settings(mfa_roles=[])


@pytest.fixture
def someone(visit):
    found = visit()
    yield found
    assert found.complaints == []


@pytest.fixture
def officer():
    with newcomer(Role.OFFICER) as found:
        yield found


@pytest.fixture
def invited(visit):
    """Somebody whom an administrator has just invited, by the page for it."""
    found = Newcomer("노초대", "invited@a.example")
    administrator = visit()
    page = administrator.sign_in(Role.ADMINISTRATOR)
    administrator.open("/staff/people/new/")
    page.get_by_label("이름").fill(found.name)
    page.get_by_label("전자우편").fill(found.email)
    page.get_by_label("평가위원").check()
    page.get_by_label("사유").fill("평가단 위촉")
    page.get_by_role("button", name="만들고 초대하기").click()
    said(page, "계정을 만들었습니다. 초대 메일을 곧 보냅니다.")
    yield found
    leave(found)
    assert administrator.complaints == []


def ask_for_link(someone, email):
    page = someone.open("/account/login/")
    page.get_by_role("link", name="비밀번호를 잊으셨나요?").click()
    page.get_by_label("전자우편").fill(email)
    page.get_by_role("button", name="링크 받기").click()
    expect(page).to_have_url(someone.site.url(SENT))


def choose_password(page, link):
    page.goto(link)
    page.get_by_label("새 비밀번호", exact=True).fill(NEW)
    page.get_by_label("새 비밀번호 확인").fill(NEW)
    page.get_by_role("button", name="비밀번호 정하기").click()
    page.get_by_role("main").get_by_role("link", name="로그인").click()


def said(page, sentence):
    expect(page.get_by_role("main").get_by_text(sentence).first).to_be_visible()


def test_the_letter_leads_to_a_new_password_with_which_one_signs_in(someone, officer):
    ask_for_link(someone, officer.email)
    found = letter(someone.site, officer.email)

    choose_password(someone.page, found.link)
    officer.sign_in(someone, NEW)

    expect(someone.page).to_have_url(someone.site.url("/staff/"))
    assert found.subject == "[가람군] 새 비밀번호를 정하는 링크입니다"
    assert found.link.startswith(someone.site.url("/account/password/reset/"))


def test_the_old_password_is_refused_from_then_on(someone, officer):
    ask_for_link(someone, officer.email)
    choose_password(someone.page, letter(someone.site, officer.email).link)

    officer.sign_in(someone, seed.PASSWORD)

    said(someone.page, MISMATCH)


def test_a_used_link_says_so_and_offers_another(someone, officer):
    ask_for_link(someone, officer.email)
    link = letter(someone.site, officer.email).link
    choose_password(someone.page, link)

    someone.page.goto(link)

    said(someone.page, "쓸 수 없는 링크입니다.")
    expect(someone.page.get_by_role("link", name="링크 다시 받기")).to_be_visible()


def test_an_unknown_address_sees_the_same_page_and_gets_no_letter(someone, officer):
    pages = []
    for email in (officer.email, "nobody@nowhere.example"):
        ask_for_link(someone, email)
        pages.append(someone.page.get_by_role("main").inner_text())
    until_letters_are_sent()

    assert pages[0] == pages[1]
    assert len(letters(someone.site, officer.email)) == 1
    assert letters(someone.site, "nobody@nowhere.example") == []


def test_five_failures_shut_the_door_and_say_until_when(someone, officer):
    for number in range(5):
        officer.sign_in(someone, f"틀린 비밀번호 {number}")
        said(someone.page, MISMATCH)

    officer.sign_in(someone, seed.PASSWORD)

    said(someone.page, f"{LOCKED} 15분 뒤에 다시 해 주세요.")
    expect(someone.page).to_have_url(someone.site.url("/account/login/"))


def test_the_invited_choose_a_password_and_are_inside(someone, invited):
    found = letter(someone.site, invited.email)

    choose_password(someone.page, found.link)
    invited.sign_in(someone, NEW)

    said(someone.page, "노초대님, 안녕하세요.")
    expect(someone.page).to_have_url(someone.site.url("/"))
    assert found.subject == "[가람군] 업무 누리집에 초대합니다"
