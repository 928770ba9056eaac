"""A session ends after the chosen time, tells how long is left, and is extended in one click."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from mokmin.foundation.access.states import Role
from mokmin.surfaces.portal.signin import tasks
from tests.seed import email_of
from tests.surfaces.portal.doors import choose, sign_in

OFFICER = email_of(Role.OFFICER, "a")
ASK = "/session/"


@pytest.fixture
def officer(client_a):
    choose(session_minutes=10)
    sign_in(client_a, OFFICER)
    return client_a


def wait(client, **time):
    """Let that much time pass for the session."""
    passed = timedelta(**time)
    session = client.session
    session["mokmin_refreshed"] -= passed.total_seconds()
    session.set_expiry(session.get_expiry_date() - passed)
    session.save()
    assert Session.objects.get(pk=session.session_key).expire_date < timezone.now() + timedelta(
        minutes=10
    )


def seconds(client):
    return client.get(ASK).json()["seconds"]


def test_it_tells_how_long_is_left_without_moving_the_end(officer):
    wait(officer, minutes=8)

    first, second = seconds(officer), seconds(officer)

    assert 115 <= second <= first <= 120


def test_one_click_lets_it_last_in_full(officer):
    wait(officer, minutes=9, seconds=30)

    answer = officer.post(ASK).json()

    assert answer["seconds"] == 600
    assert 595 <= seconds(officer) <= 600


def test_a_request_moves_the_end(officer):
    wait(officer, minutes=8)

    officer.get("/account/password/")

    assert 595 <= seconds(officer) <= 600


def test_what_a_page_asks_for_by_itself_does_not_move_the_end(officer):
    wait(officer, minutes=8)

    officer.get("/account/password/", headers={"X-Mokmin-Poll": "1"})

    assert 115 <= seconds(officer) <= 120


def test_after_the_chosen_time_the_next_request_is_signed_out_and_led_back(officer):
    wait(officer, minutes=10, seconds=1)

    asked = officer.get("/staff/?part=todo")
    again = officer.post(asked["Location"], {"login": OFFICER, "password": "바른 말 아홉 마디 93"})

    assert asked["Location"] == "/account/login/?next=/staff/%3Fpart%3Dtodo"
    assert again["Location"] == "/staff/?part=todo"


def test_after_that_it_cannot_be_extended(officer):
    wait(officer, minutes=10, seconds=1)

    assert officer.post(ASK).json()["seconds"] == 0
    assert seconds(officer) == 0


def test_what_was_typed_can_be_sent_after_an_extension(officer):
    page = officer.get("/account/password/")
    wait(officer, minutes=9, seconds=55)
    officer.post(ASK)
    wait(officer, minutes=9)

    form = {"oldpassword": "바른 말 아홉 마디 93", "password1": "새 말 74가지", "password2": ""}
    sent = officer.post("/account/password/", form)

    assert page.status_code == 200
    assert sent.status_code == 422


def test_an_open_page_goes_on_after_a_new_sign_in_in_another_window(tenant_a):
    window = Client(HTTP_HOST="a.localhost", enforce_csrf_checks=True)
    page = window.get("/account/login/")
    first = window.post(
        "/account/login/",
        {
            "login": OFFICER,
            "password": "바른 말 아홉 마디 93",
            "csrfmiddlewaretoken": page.context["csrf_token"],
        },
    )

    asked = window.get(ASK).json()
    refused = window.post(ASK, headers={"X-CSRFToken": str(page.context["csrf_token"])})
    extended = window.post(ASK, headers={"X-CSRFToken": asked["csrf"]})

    assert first.status_code == 303
    assert refused.status_code == 403
    assert extended.json()["seconds"] == 30 * 60
    assert extended.json()["who"] == asked["who"] != ""


def test_a_visitor_is_told_that_nothing_is_left(client_a):
    for answer in (client_a.get(ASK), client_a.post(ASK)):
        assert answer.json()["seconds"] == 0
        assert answer.json()["who"] == ""

    assert "mokmin_session" not in client_a.cookies


def test_a_shorter_time_counts_at_once_for_who_is_inside(officer):
    choose(session_minutes=5)

    assert seconds(officer) <= 300


def test_sessions_that_have_ended_are_deleted_by_night(officer, signed_in):
    signed_in(Role.LEGAL)
    ended = officer.session.session_key
    Session.objects.filter(pk=ended).update(expire_date=timezone.now() - timedelta(seconds=1))
    before = Session.objects.count()

    tasks.clear_sessions(timezone.now())

    assert Session.objects.count() == before - 1
    assert not Session.objects.filter(pk=ended).exists()
