"""What the scripts of the kit do in a real browser under the real content policy."""

import json
import re
import time

import pytest
from django.http import QueryDict
from playwright.sync_api import expect

from mokmin.foundation.access.actor import VISITOR
from mokmin.surfaces.kit.gallery import lists
from mokmin.surfaces.kit.lists import asked, parts
from tests import accessibility

PAGE = "{% extends 'base_staff.html' %}{% block title %}시험{% endblock %}{% block content %}"
FORM = (
    PAGE + '<form class="mk-form" method="post">{% csrf_token %}'
    '<c-field label="내용" for="text"><input id="text" name="text"></c-field>'
    '<c-button type="submit">저장</c-button></form>{% endblock %}'
)
SECRET = (
    PAGE + '<form method="post"><c-reveal for="pw" label="비밀번호">'
    '<input id="pw" name="pw" type="password" aria-label="비밀번호"></c-reveal>'
    '<c-button type="submit">보내기</c-button></form>{% endblock %}'
)
LIST = PAGE + (
    '<c-button href="/close/" :confirm="True">닫기</c-button>'
    '<c-print-button log="/printed/" />{% endblock %}'
)
CLOSE = PAGE + (
    '<c-confirm title="닫을까요?" submit="예" cancel="/">끝입니다.</c-confirm>{% endblock %}'
)
MODE = "document.documentElement.dataset.krdsMode"
GROUND = "getComputedStyle(document.body).backgroundColor"


def ticks(count):
    """A list of so many rows with its bar."""
    box = '<tr><td><input type="checkbox" data-list-row aria-label="줄 {}"></td></tr>'
    rows = "".join(map(box.format, range(1, count + 1)))
    state = asked.read(lists.LISTING, QueryDict(), VISITOR)
    every = '<input type="checkbox" data-list-all aria-label="모두">'
    bar = parts.bulk_bar(lists.LISTING, state, lists.BULK)
    return f"{PAGE}<table><tr><td>{every}</td></tr>{rows}</table>{bar}{{% endblock %}}"


@pytest.fixture(autouse=True)
def _nothing_to_complain_of(complaints):
    yield
    assert complaints == []


def type_before_the_warning(page):
    """As if typed earlier: behind an open dialog the browser takes no keys."""
    page.evaluate("() => { document.getElementById('text').value = '쓰던 글'; }")


def warning(page):
    return page.get_by_role("dialog", name="로그인 시간 안내")


def test_the_session_is_extended_by_one_click_and_what_was_typed_stays(site, window):
    running, page = site({"/": FORM}), window()
    running.ends_at = time.time() + 118
    page.goto(running.url)
    type_before_the_warning(page)

    page.get_by_role("button", name="계속 사용하기").click()

    expect(warning(page)).to_have_count(0)
    expect(page.get_by_label("내용")).to_have_value("쓰던 글")
    assert running.ends_at > time.time() + 600
    assert [path for path, _ in running.posted] == ["/session/"]


def test_the_warning_comes_at_least_a_minute_before_the_end(site, window):
    running, page = site({"/": FORM}), window()
    running.ends_at = time.time() + 118

    page.goto(running.url)

    expect(warning(page)).to_be_visible()
    assert running.ends_at - time.time() >= 60
    assert page.locator("[data-session-left]").inner_text().startswith("1분 5")


def test_an_extension_in_another_window_closes_the_warning(site, window):
    running, page = site({"/": FORM}), window()
    running.ends_at = time.time() + 118
    page.goto(running.url)
    expect(warning(page)).to_be_visible()

    running.ends_at = time.time() + 1800
    window(beside=page).goto(running.url)

    expect(warning(page)).to_have_count(0)


def test_after_signing_in_again_elsewhere_the_page_goes_on_with_a_fresh_token(site, window):
    running, page = site({"/": FORM}), window()
    running.ends_at = time.time() + 2
    page.goto(running.url)
    type_before_the_warning(page)
    expect(page.get_by_text("로그인 시간이 끝났습니다")).to_be_visible()
    token = page.locator("input[name=csrfmiddlewaretoken]").first
    stale = token.input_value()

    running.ends_at = time.time() + 1800
    sign_in_elsewhere(page, window, running)

    expect(warning(page)).to_have_count(0)
    expect(token).not_to_have_value(stale)
    expect(page.get_by_label("내용")).to_have_value("쓰던 글")


def test_somebody_elses_sign_in_does_not_wake_the_page(site, window):
    running, page = site({"/": FORM}), window()
    running.ends_at = time.time() + 2
    page.goto(running.url)
    expect(page.get_by_text("로그인 시간이 끝났습니다")).to_be_visible()

    running.ends_at, running.who = time.time() + 1800, "zzzzzzzzzz"
    with page.expect_response(re.compile("/session/")):
        sign_in_elsewhere(page, window, running)

    expect(page.get_by_text("로그인 시간이 끝났습니다")).to_be_visible()


def sign_in_elsewhere(page, window, running):
    """Another window of the same browser gets a session with another mark."""
    other = window(beside=page)
    other.goto(running.url)
    shared = json.dumps({"endsAt": (time.time() + 1800) * 1000, "mark": "another"})
    other.evaluate("value => localStorage.setItem('mokmin.session', value)", shared)


def test_the_screen_mode_is_remembered_and_there_before_the_first_paint(site, window):
    running, page = site({"/": FORM}), window()
    page.goto(running.url)
    light = page.evaluate(GROUND)
    page.get_by_text("화면 설정").click()
    page.get_by_label("선명하게(고대비)").check()
    later = window(beside=page)
    later.add_init_script(
        "document.addEventListener('readystatechange', () => window.early ??= "
        f"document.readyState + ' ' + {MODE})"
    )

    later.goto(running.url)

    assert later.evaluate("window.early") == "interactive high-contrast"
    assert later.evaluate(GROUND) != light
    assert page.evaluate(GROUND) == later.evaluate(GROUND)


def test_a_confirmation_opens_as_a_dialog_and_gives_the_focus_back(site, window):
    running, page = site({"/": LIST, "/close/": CLOSE}), window()
    page.goto(running.url)

    page.get_by_role("link", name="닫기").click()
    dialog = page.get_by_role("dialog", name="닫을까요?")
    expect(dialog).to_be_visible()
    dialog.get_by_role("link", name="그만두기").click()

    expect(dialog).to_have_count(0)
    expect(page.get_by_role("link", name="닫기")).to_be_focused()
    assert page.url == f"{running.url}/"


def test_a_confirmed_dialog_posts_to_the_page_it_came_from(site, window):
    running, page = site({"/": LIST, "/close/": CLOSE}), window()
    page.goto(running.url)

    page.get_by_role("link", name="닫기").click()
    with page.expect_response(re.compile("/close/")):
        page.get_by_role("button", name="예").click()

    assert [path for path, _ in running.posted] == ["/close/"]


def test_a_page_that_asks_nothing_is_opened_as_a_page(site, window):
    told = PAGE + "<p>이미 닫혔습니다.</p>{% endblock %}"
    running, page = site({"/": LIST, "/close/": told}), window()
    page.goto(running.url)

    page.get_by_role("link", name="닫기").click()

    expect(page).to_have_url(f"{running.url}/close/")
    expect(page.get_by_text("이미 닫혔습니다.")).to_be_visible()


def test_without_a_script_a_confirmation_is_a_page(site, window):
    running, page = site({"/": LIST, "/close/": CLOSE}), window(has_js=False)
    page.goto(running.url)

    page.get_by_role("link", name="닫기").click()

    expect(page.get_by_role("heading", name="닫을까요?")).to_be_visible()
    assert page.url == f"{running.url}/close/"
    assert page.get_by_role("button", name="인쇄").count() == 0


def test_every_print_is_told_to_the_server_first(site, window):
    running, page = site({"/": LIST}), window()
    page.goto(running.url)

    with page.expect_response(re.compile("/printed/")):
        page.evaluate("() => { dispatchEvent(new Event('beforeprint')); }")

    [(path, token)] = running.posted
    assert path == "/printed/"
    assert len(token) == 64


PRINTS = (
    "window.prints = 0; window.print = () => {"
    " window.prints += 1; dispatchEvent(new Event('beforeprint')); };"
)


def test_our_button_prints_once_it_is_noted_and_notes_it_once(site, window):
    running, page = site({"/": LIST}), window()
    page.add_init_script(PRINTS)
    page.goto(running.url)

    page.get_by_role("button", name="인쇄").click()

    page.wait_for_function("window.prints === 1")
    assert [path for path, _ in running.posted] == ["/printed/"]


def test_what_could_not_be_noted_is_not_printed(site, window, complaints):
    running, page = site({"/": LIST}), window()
    running.refusals["/printed/"] = "연 지 오래된 화면입니다."
    page.add_init_script(PRINTS)
    page.goto(running.url)

    page.get_by_role("button", name="인쇄").click()

    expect(page.locator("#toasts")).to_contain_text("연 지 오래된 화면입니다.")
    assert page.evaluate("window.prints") == 0
    [said] = complaints
    assert "409" in said
    complaints.clear()


def test_a_password_that_is_shown_is_sent_as_a_password(site, window):
    running, page = site({"/": SECRET}), window()
    page.goto(running.url)
    page.get_by_label("비밀번호", exact=True).fill("비밀")
    page.get_by_role("button", name="비밀번호 보기").click()
    expect(page.get_by_label("비밀번호", exact=True)).to_have_attribute("type", "text")
    page.evaluate(
        "() => document.addEventListener('submit', (e) => {"
        " e.preventDefault(); window.sentAs = document.getElementById('pw').type; })"
    )

    page.get_by_role("button", name="보내기").click()

    assert page.evaluate("window.sentAs") == "password"


def test_the_phone_menu_opens_without_a_script(site, window):
    running, page = site({"/": FORM}), window(width=390, has_js=False)
    page.goto(running.url)
    side = page.get_by_role("navigation", name="주 메뉴")
    expect(side).to_be_hidden()

    page.locator(".mk-nav-toggle summary").click()

    expect(side).to_be_visible()


def test_the_phone_menu_stays_open_until_the_keys_have_come_to_it(site, window):
    running, page = site({"/": FORM}), window(width=390)
    page.goto(running.url)
    page.locator(".mk-nav-toggle summary").focus()
    page.keyboard.press("Enter")
    first = page.get_by_role("navigation", name="주 메뉴").get_by_role("link", name="처음")

    for _ in range(4):
        page.keyboard.press("Tab")

    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    expect(first).to_be_hidden()


def test_menus_shut_on_escape_and_give_the_focus_back(site, window):
    running, page = site({"/": FORM}), window()
    page.goto(running.url)
    page.get_by_text("화면 설정").click()
    page.keyboard.press("Tab")

    page.keyboard.press("Escape")

    expect(page.get_by_text("선명하게(고대비)")).to_be_hidden()
    assert page.evaluate("document.activeElement.innerText") == "화면 설정"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("mode", ["", "high-contrast"])
def test_nothing_is_wrong_even_with_the_warning_open(site, window, width, mode):
    running, page = site({"/": FORM}), window(width=width)
    running.ends_at = time.time() + 118
    page.add_init_script(f"localStorage.setItem('mokmin.mode', '{mode}')")
    page.goto(running.url)
    expect(warning(page)).to_be_visible()

    assert accessibility.faults(page) == []


def test_nothing_scrolls_sideways_at_320_pixels(site, window):
    running, page = site({"/": FORM}), window(width=320)

    page.goto(running.url)

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_more_rows_than_can_be_done_at_once_are_told_before_they_are_sent(site, window):
    running, page = site({"/": ticks(parts.MOST_AT_ONCE + 1)}), window()
    page.goto(running.url)
    do = page.get_by_role("button", name="다시 알리기")

    page.get_by_label("모두").check()
    expect(page.locator("[data-list-count]")).to_have_text(
        "101건 골랐습니다. 한 번에 100건까지 할 수 있습니다. 표시를 줄여 주세요."
    )
    expect(do).to_be_disabled()

    page.get_by_label("줄 7", exact=True).uncheck()
    expect(page.locator("[data-list-count]")).to_have_text("100건 골랐습니다.")
    expect(do).to_be_enabled()
