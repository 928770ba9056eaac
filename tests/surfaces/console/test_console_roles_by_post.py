"""Roles that come with a post open the console, ask for the second factor, and show on accounts."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from mokmin.foundation.access import actions as access
from mokmin.foundation.access.states import Role
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.models import Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.surfaces.kit import http
from tests import seed
from tests.foundation.orgs import hamlet
from tests.surfaces.console import pages

WHY = "부서장 역할에는 2단계 인증이 필요하여 끌 수 없습니다."


@pytest.fixture
def head(tenant_a, desk, keeper) -> Client:
    """한주민, a resident who heads a unit since this year began, signed in."""
    with tenant(tenant_a.pk):
        first = http.today().replace(month=1, day=1)
        unit = hamlet.unit("기획예산과", "department", on=first)
        post = hamlet.post(unit, "기획예산과장", "unit_head", on=first)
        hamlet.put(seed.person_of(Role.RESIDENT), post, on=first)
    return desk(Role.RESIDENT)


def choose(keeper, *roles):
    with tenant(seed.tenant_of("a").pk):
        access.change_settings({"mfa_roles": list(roles)}, actor=keeper, at=seed.AT)


def test_a_post_opens_the_console(head):
    response = head.get("/staff/")

    assert response.status_code == 200
    assert response.context["roles"] == ["부서장", "주민"]


def test_a_post_that_is_over_closes_it(head, tenant_a):
    with tenant(tenant_a.pk):
        person = seed.person_of(Role.RESIDENT)
        person.assignments.update(from_on=date(2020, 1, 1), until_on=date(2021, 1, 1))

    assert head.get("/staff/").status_code == 403


def test_a_role_by_post_asks_for_the_second_factor(head, keeper):
    choose(keeper, Role.UNIT_HEAD)

    response = head.get("/staff/")

    assert (response.status_code, response.url) == (302, "/account/second/on/?next=%2Fstaff%2F")


def test_the_second_factor_that_a_post_needs_cannot_be_dropped(head, keeper, tenant_a):
    with tenant(tenant_a.pk):
        account = seed.person_of(Role.RESIDENT).account
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    choose(keeper, Role.UNIT_HEAD)

    response = head.get("/account/second/")

    assert WHY in pages.text(response)


def test_the_accounts_show_roles_by_post(head, desk):
    listed = pages.text(desk(Role.ADMINISTRATOR).get("/staff/people/?word=한주민"))
    missing = desk(Role.ADMINISTRATOR).get("/staff/people/?role=unit_head")
    card = pages.text(desk(Role.ADMINISTRATOR).get(f"/staff/people/{pages.uid_of(Role.RESIDENT)}/"))

    assert "부서장, 주민" in listed
    assert "한주민" in pages.text(missing)
    assert "맡은 자리에 따른 역할입니다. 자리를 떠나면 없어집니다." in card


def test_who_lacks_a_factor_that_a_post_needs_is_found(head, keeper, desk, tenant_a):
    choose(keeper, Role.UNIT_HEAD)

    found = pages.text(desk(Role.AUDITOR).get("/staff/people/?factor=missing"))

    assert "한주민" in found
    assert "박과장" in found
    assert "김주무" not in found


def test_signing_in_leads_a_head_to_the_console(head, tenant_a):
    with tenant(tenant_a.pk):
        person = Person.objects.get(pk=seed.person_of(Role.RESIDENT).pk)
        people.set_password(person.account, seed.PASSWORD)
    client = Client(HTTP_HOST="a.localhost")

    response = client.post(
        "/account/login/", {"login": person.account.email, "password": seed.PASSWORD}
    )

    assert (response.status_code, response.url) == (303, "/staff/")
