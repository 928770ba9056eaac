"""Signing in and out, and what a stranger learns from it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mokmin.foundation.access.states import Role
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.models import Person
from mokmin.foundation.tenancy.context import tenant
from tests import seed
from tests.seed import email_of
from tests.surfaces.portal.doors import (
    LOGIN,
    Cheap,
    account_of,
    choose,
    errors_on,
    log_of,
    sign_in,
    without_tokens,
)

OFFICER, RESIDENT = email_of(Role.OFFICER, "a"), email_of(Role.RESIDENT, "a")
MISMATCH = ["전자우편 주소나 비밀번호가 맞지 않습니다. 다시 확인해 주세요."]
HX = {"HX-Request": "true", "HX-Current-URL": "http://a.localhost/staff/?part=todo"}


def close(role):
    with tenant(seed.tenant_of("a").pk):
        Person.objects.filter(email=email_of(role, "a")).update(closed_at=timezone.now())


@pytest.mark.parametrize(("email", "to"), [(OFFICER, "/staff/"), (RESIDENT, "/")])
def test_staff_come_to_their_work_and_everyone_else_to_the_portal(client_a, email, to):
    response = sign_in(client_a, email)

    assert (response.status_code, response["Location"]) == (303, to)


def test_the_address_may_be_typed_in_capitals_and_with_spaces(client_a):
    response = sign_in(client_a, f"  {OFFICER.upper()} ")

    assert response["Location"] == "/staff/"


def test_a_page_asked_for_without_signing_in_comes_after_it(client_a):
    asked = client_a.get("/staff/?part=todo")

    page = client_a.get(asked["Location"])
    done = client_a.post(
        asked["Location"],
        {"login": OFFICER, "password": seed.PASSWORD, "next": "/staff/?part=todo"},
    )

    assert asked["Location"] == f"{LOGIN}?next=/staff/%3Fpart%3Dtodo"
    assert page.status_code == 200
    assert done["Location"] == "/staff/?part=todo"


@pytest.mark.parametrize(
    "foreign",
    ["http://b.localhost/staff/", "//b.localhost/", "https://evil.example/", "javascript:alert(1)"],
)
def test_nobody_is_led_to_another_host(client_a, settings, foreign):
    settings.CSRF_TRUSTED_ORIGINS = ["http://b.localhost"]
    settings.ALLOWED_HOSTS = ["a.localhost", "b.localhost"]

    response = sign_in(client_a, OFFICER, next=foreign)

    assert response["Location"] == "/staff/"


def test_a_part_asked_for_without_signing_in_sends_the_whole_page_to_sign_in(client_a):
    response = client_a.get("/staff/", headers=HX)

    assert response.status_code == 401
    assert response["HX-Redirect"] == f"{LOGIN}?next=%2Fstaff%2F%3Fpart%3Dtodo"


def test_who_is_signed_in_already_is_led_on(client_a):
    sign_in(client_a, OFFICER)

    response = client_a.get(LOGIN)

    assert response["Location"] == "/staff/"


def test_signing_in_begins_a_new_session(client_a):
    client_a.get("/account/logout/")
    session = client_a.session
    session["before"] = "kept"
    session.save()
    old = session.session_key

    sign_in(client_a, OFFICER)

    assert client_a.session.session_key != old
    assert client_a.session["mokmin_tenant"] == seed.tenant_of("a").pk


@pytest.mark.parametrize("minutes", [5, 120])
def test_a_session_lasts_as_long_as_the_municipality_chose(client_a, minutes):
    choose(session_minutes=minutes)

    sign_in(client_a, OFFICER)

    assert round(client_a.session.get_expiry_age() / 60) == minutes
    assert client_a.cookies["mokmin_session"]["max-age"] == ""


def test_signing_out_ends_the_session_and_says_so(client_a):
    sign_in(client_a, OFFICER)
    asked = client_a.get("/account/logout/")

    left = client_a.post("/account/logout/", follow=True)

    assert "로그아웃할까요?" in asked.content.decode()
    assert left.redirect_chain == [("/", 303)]
    assert "로그아웃했습니다." in left.content.decode()
    assert client_a.get("/staff/")["Location"] == f"{LOGIN}?next=/staff/"


def test_the_access_log_keeps_coming_failing_and_leaving(client_a):
    sign_in(client_a, OFFICER, "틀린 비밀번호")
    sign_in(client_a, OFFICER)
    client_a.post("/account/logout/")

    assert log_of() == [
        ("sign_in_failed", OFFICER, "로그인"),
        ("sign_in", OFFICER, "로그인"),
        ("sign_out", OFFICER, "로그아웃"),
    ]


def test_the_access_log_keeps_what_was_typed_within_its_limit(client_a):
    long = f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.{'c' * 60}.example"

    sign_in(client_a, long)

    assert log_of() == [("sign_in_failed", long[:254], "로그인")]


def test_every_refusal_reads_the_same(client_a):
    close(Role.FINANCE)
    with tenant(seed.tenant_of("a").pk):
        unset = account_of(Role.LEGAL)
        unset.set_unusable_password()
        unset.save()
    attempts = [
        ("wrong password", OFFICER, "틀린 비밀번호 3"),
        ("unknown", "nobody@nowhere.example", seed.PASSWORD),
        ("of another municipality", email_of(Role.OFFICER, "b"), seed.PASSWORD),
        ("closed", email_of(Role.FINANCE, "a"), seed.PASSWORD),
        ("invited only", email_of(Role.LEGAL, "a"), seed.PASSWORD),
    ]

    pages = {name: sign_in(client_a, email, given) for name, email, given in attempts}

    assert {name: errors_on(page) for name, page in pages.items()} == {
        name: MISMATCH for name, _, _ in attempts
    }
    assert {page.status_code for page in pages.values()} == {422}
    assert len({without_tokens(page) for page in pages.values()}) == 1


def test_every_refusal_costs_the_same(client_a):
    close(Role.FINANCE)
    costs = {}
    for name, email in [
        ("first of all", "somebody@nowhere.example"),
        ("wrong password", OFFICER),
        ("unknown", "nobody@nowhere.example"),
        ("of another municipality", email_of(Role.OFFICER, "b")),
        ("closed", email_of(Role.FINANCE, "a")),
    ]:
        Cheap.times = 0
        with CaptureQueriesContext(connection) as queries:
            sign_in(client_a, email, "틀린 비밀번호 3")
        costs[name] = (Cheap.times, len(queries))
    del costs["first of all"]

    assert len(set(costs.values())) == 1, costs
    assert costs["unknown"][0] == 1


def test_a_session_of_one_municipality_is_none_at_another(client_a, client_b):
    sign_in(client_a, OFFICER)
    client_b.cookies["mokmin_session"] = client_a.cookies["mokmin_session"].value

    page = client_b.get("/")
    inside = client_b.get("/staff/")
    extended = client_b.post("/session/")

    assert "김주무" not in page.content.decode()
    assert inside["Location"] == f"{LOGIN}?next=/staff/"
    assert extended.json()["seconds"] == 0


def test_a_session_ends_when_its_person_is_closed(client_a):
    sign_in(client_a, OFFICER)
    close(Role.OFFICER)

    assert client_a.get("/staff/")["Location"] == f"{LOGIN}?next=/staff/"


def test_a_person_of_two_municipalities_signs_in_to_each(client_a, client_b):
    choose("b", has_resident_signup=True)
    with tenant(seed.tenant_of("b").pk):
        contact = people.Contact("김주무", OFFICER)
        people.join(contact, account_of(Role.OFFICER), at=timezone.now())

    at_home, elsewhere = sign_in(client_a, OFFICER), sign_in(client_b, OFFICER)

    assert (at_home["Location"], elsewhere["Location"]) == ("/staff/", "/")


def test_the_form_says_what_is_missing(client_a):
    response = sign_in(client_a, "", "")

    assert response.status_code == 422
    assert errors_on(response) == ["전자우편 주소를 적어 주세요.", "비밀번호를 적어 주세요."]
    assert log_of() == []


def test_the_form_says_what_an_address_looks_like(client_a):
    response = sign_in(client_a, "김주무")

    assert errors_on(response) == ["전자우편 주소를 이름@기관.kr 꼴로 적어 주세요."]


def test_there_is_no_second_way_in_by_json(client_a):
    response = client_a.get(LOGIN, headers={"Accept": "application/json"})

    assert response["Content-Type"] == "text/html; charset=utf-8"


def test_the_form_is_protected_against_other_sites(tenant_a):
    client = Client(HTTP_HOST="a.localhost", enforce_csrf_checks=True)

    assert sign_in(client, OFFICER).status_code == 403
