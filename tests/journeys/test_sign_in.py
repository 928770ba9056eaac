"""Everybody signs in, in a real browser, and arrives where they belong."""

import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.states import STAFF, Role
from tests import seed


@pytest.fixture(scope="module", autouse=True)
def _without_second_factor(site):
    """The second factor has a journey of its own; here the municipality asks for none."""
    site.change_settings(mfa_roles=[])


@pytest.mark.parametrize("role", Role, ids=str)
def test_each_role_signs_in_and_is_greeted(role, visit):
    someone = visit()

    page = someone.sign_in(role)

    home = "/staff/" if role in STAFF else "/"
    expect(page).to_have_url(someone.site.url(home))
    expect(page.get_by_text(seed.NAMES[role]).first).to_be_visible()
    assert someone.complaints == []


def test_signing_in_works_without_javascript(visit):
    someone = visit(has_js=False)

    page = someone.sign_in(Role.ADMINISTRATOR)

    expect(page).to_have_url(someone.site.url("/staff/"))


def test_a_person_of_another_municipality_is_told_what_a_stranger_is_told(visit):
    someone = visit("b")
    page = someone.open("/account/login/")

    said = []
    for email in (seed.email_of(Role.OFFICER, "a"), "nobody@b.example"):
        page.get_by_label("전자우편").fill(email)
        page.get_by_label("비밀번호", exact=True).fill(seed.PASSWORD)
        page.get_by_role("main").get_by_role("button", name="로그인").click()
        said.append(page.get_by_role("alert").first.inner_text())

    assert said[0] == said[1]
