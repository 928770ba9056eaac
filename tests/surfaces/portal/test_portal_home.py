"""The first page of the site: who one is, and where to go."""

import pytest

from mokmin.foundation.access.states import Role
from tests.seed import email_of
from tests.surfaces.portal.doors import choose, sign_in


def page(client):
    return client.get("/").content.decode()


def test_a_visitor_sees_whose_site_it_is_and_the_way_in(client_a):
    text = page(client_a)

    assert "<h1>가람군 누리집</h1>" in text
    assert 'href="/account/login/"' in text
    assert "/staff/" not in text
    assert "/account/signup/" not in text


def test_signing_up_is_offered_only_where_it_is_open(client_a):
    choose(has_resident_signup=True)

    assert 'href="/account/signup/"' in page(client_a)


@pytest.mark.parametrize(("role", "way"), [(Role.OFFICER, True), (Role.RESIDENT, False)])
def test_only_staff_are_shown_the_way_to_the_console(client_a, role, way):
    sign_in(client_a, email_of(role, "a"))

    text = page(client_a)

    assert ('href="/staff/"' in text) is way
    assert "님, 안녕하세요." in text


def test_the_page_foot_says_whom_to_ask(client_a):
    choose(contact_unit="기획예산실", contact_phone="055-940-0000")

    text = page(client_a)

    assert "<dt>담당부서</dt><dd>기획예산실</dd>" in text
    assert "055-940-0000" in text


def test_each_municipality_has_its_own(client_b):
    assert "<h1>나래군 누리집</h1>" in page(client_b)


def test_a_visitor_costs_no_session(client_a):
    client_a.get("/")

    assert "mokmin_session" not in client_a.cookies
