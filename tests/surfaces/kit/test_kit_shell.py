"""The frames: landmarks, identity, what a visitor and an officer get, error pages."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from mokmin.surfaces.kit import menu, shell
from mokmin.surfaces.kit.menu import Area, Entry, Group
from tests.surfaces.kit.stage import render, request, visit

PAGE = "{% extends shell.base %}{% block title %}계정{% endblock %}"
ERRORS = ("400", "403", "403_csrf", "404", "409", "422", "429", "500", "host")


@pytest.fixture(autouse=True)
def areas(monkeypatch):
    monkeypatch.setattr(menu, "AREAS", {})
    home = Group("내 업무", (Entry("처음", "console:home", "home"),))
    menu.declare(Area("/staff/", "base_staff.html", "성과관리", "console:home", menu=(home,)))
    menu.declare(Area("/", "base_public.html", "누리집", "healthz"))


def test_the_staff_frame_has_its_landmarks_and_its_title_twice():
    html = render(PAGE)

    assert re.findall(r"<(header|nav|main|footer)\b", html) == ["header", "nav", "main"]
    assert "<title>계정 - 가람군 성과관리</title>" in html
    assert html.count("<h1>계정</h1>") == 1
    assert html.index("krds-skip-link") < html.index("<header")


def test_the_public_frame_has_header_main_and_footer():
    html = render(PAGE, on=visit())

    assert re.findall(r"<(header|nav|main|footer)\b", html) == ["header", "main", "footer"]
    assert "이 누리집은 가람군 누리집입니다." in html


def test_the_government_banner_is_a_choice_of_the_municipality():
    chosen = visit()
    chosen.carried.settings.has_government_banner = True

    assert "krds-masthead" not in render(PAGE, on=visit())
    assert "이 누리집은 대한민국 공식 전자정부 누리집입니다." in render(PAGE, on=chosen)


def test_an_officer_sees_name_and_roles_and_is_warned_before_the_session_ends():
    html = render(PAGE, on=request(seconds=900))

    dialog = re.search(r"<dialog[^>]*>", html)[0]
    assert '<strong>김주무</strong> <span class="mk-sub">담당 · 관리자</span>' in html
    assert 'data-seconds="900"' in dialog
    assert int(re.search(r'data-warn="(\d+)"', dialog)[1]) >= 60
    assert 'hx-headers:inherited=\'{"X-CSRFToken":' in html


def test_a_visitor_is_offered_to_sign_in_and_gets_no_cookie():
    visitor = visit()

    html = render(PAGE, on=visitor)

    assert "<dialog" not in html
    assert "X-CSRFToken" not in html
    assert "CSRF_COOKIE" not in visitor.META
    assert re.search(r'<a href="[^"]*login/">.*?로그인', html)


def test_the_screen_mode_is_set_before_the_stylesheet_is_asked_for():
    html = render(PAGE)

    assert html.index("mode.") < html.index('rel="stylesheet"')
    assert "defer" not in re.search(r"<script[^>]*mode\.[^>]*>", html)[0]


def test_the_mark_of_a_session_does_not_tell_its_key():
    first, second = request(), request()
    first.session, second.session = (SimpleNamespace(session_key=key) for key in ("one", "two"))

    marks = {shell.shell_of(each).user.session_mark for each in (first, second)}

    assert len(marks) == 2
    assert marks.isdisjoint({"one", "two"})


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("path", ["/staff/x/", "/x/"])
def test_error_pages_stand_in_the_frame_of_their_place(name, path):
    html = render_to_string(
        f"errors/{name}.html",
        {"reason": "까닭입니다.", "request_id": "a1b2", "host": "x"},
        request(path),
    )

    assert html.count("<h1>") == 1
    assert "data-reason" in html


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_stand_without_a_municipality(name, rf):
    html = render_to_string(
        f"errors/{name}.html", {"reason": "", "request_id": "", "host": "x"}, rf.get("/")
    )

    assert "<title>" in html
    assert "- 목민</title>" in html
