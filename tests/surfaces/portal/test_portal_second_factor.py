"""The second factor: asked for by roles, set up with an app, saved by recovery codes."""

import base64
import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from mokmin.foundation.access.states import Role
from mokmin.foundation.people import actions as people
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.cipher import Cipher
from mokmin.surfaces.cli.checks import work
from tests import seed
from tests.seed import email_of
from tests.surfaces.portal.doors import (
    account_of,
    choose,
    codes_on,
    errors_on,
    let_pass,
    log_of,
    secret_on,
    set_up_factor,
    sign_in,
    totp,
    wrong,
)

AUDITOR, OFFICER = email_of(Role.AUDITOR, "a"), email_of(Role.OFFICER, "a")
SET_UP, CODE, INDEX = "/account/second/on/", "/account/login/code/", "/account/second/"
OFF, CODES, AGAIN = "/account/second/off/", "/account/second/codes/", "/account/again/"
WRONG_CODE = ["인증 번호가 맞지 않습니다. 앱에 지금 보이는 번호를 적어 주세요."]


def long_after_signing_in(client):
    """Let the sign-in be an hour old, though the session still runs."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()


def half_a_minute_later(account, code):
    """By then allauth has forgotten the code, which is still good for some time."""
    assert cache.delete(f"allauth.mfa.totp.used?user={account.pk}&code={code}")


@pytest.fixture
def with_factor(client_a):
    """An officer with a second factor, signed out again: key and recovery codes."""
    sign_in(client_a, OFFICER)
    made = set_up_factor(client_a)
    client_a.post("/account/logout/")
    return made


def test_a_role_that_needs_it_is_led_to_set_it_up_and_then_back(client_a):
    sign_in(client_a, AUDITOR)

    asked = client_a.get("/staff/?part=todo")
    page = client_a.get(asked["Location"])
    done = client_a.post(asked["Location"], {"code": totp(secret_on(page))})

    assert asked["Location"] == f"{SET_UP}?next=%2Fstaff%2F%3Fpart%3Dtodo"
    assert done.context["onward"] == "/staff/?part=todo"
    assert client_a.get("/staff/").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_until_then_the_console_is_shut_and_the_account_is_open(client_a, method):
    sign_in(client_a, AUDITOR)

    inside = getattr(client_a, method)("/staff/")
    password = client_a.get("/account/password/")

    assert urlsplit(inside["Location"]).path == SET_UP
    assert password.status_code == 200
    assert client_a.post("/session/").json()["seconds"] == 30 * 60


def test_a_part_of_a_page_sends_the_whole_page_to_the_set_up(client_a):
    sign_in(client_a, AUDITOR)

    response = client_a.get("/staff/", headers={"HX-Request": "true"})

    assert response.status_code == 401
    assert response["HX-Redirect"] == f"{SET_UP}?next=%2F"


def test_a_role_that_does_not_need_it_goes_straight_in(client_a):
    sign_in(client_a, OFFICER)

    assert client_a.get("/staff/").status_code == 200


def test_the_municipality_chooses_the_roles(client_a):
    choose(mfa_roles=[Role.OFFICER])
    sign_in(client_a, OFFICER)
    auditor = Client(HTTP_HOST="a.localhost")
    sign_in(auditor, AUDITOR)

    assert urlsplit(client_a.get("/staff/")["Location"]).path == SET_UP
    assert auditor.get("/staff/").status_code == 200


def test_the_set_up_shows_the_key_as_picture_and_as_text(client_a):
    sign_in(client_a, AUDITOR)

    page = client_a.get(SET_UP)

    source = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page.content.decode())[1]
    assert base64.b64decode(source).startswith(b"<?xml")
    asked = parse_qs(urlsplit(page.context["totp_url"]).query)
    assert asked == {"secret": [secret_on(page)], "issuer": ["목민"]}
    assert "img-src 'self' data:" in page["Content-Security-Policy"]


def test_a_page_loaded_twice_shows_the_same_key(client_a):
    sign_in(client_a, AUDITOR)

    first, second = (secret_on(client_a.get(SET_UP)) for _ in range(2))

    assert first == second


def test_a_wrong_first_code_changes_nothing(client_a):
    sign_in(client_a, AUDITOR)
    secret = secret_on(client_a.get(SET_UP))

    refused = client_a.post(SET_UP, {"code": wrong(totp(secret))})

    assert (refused.status_code, errors_on(refused)) == (422, WRONG_CODE)
    assert secret_on(refused) == secret
    assert Authenticator.objects.count() == 0


def test_recovery_codes_are_shown_once(client_a):
    sign_in(client_a, AUDITOR)
    secret = secret_on(client_a.get(SET_UP))

    shown = client_a.post(SET_UP, {"code": totp(secret)})
    again = client_a.get(SET_UP, follow=True)

    assert len(set(codes_on(shown))) == 10
    assert "no-store" in shown["Cache-Control"]
    assert again.redirect_chain == [(INDEX, 302)]
    assert codes_on(again) == []
    assert "쓰지 않은 코드가 10개 남았습니다." in again.content.decode()


def test_neither_key_nor_seed_lies_readable_in_the_database(client_a, settings):
    sign_in(client_a, OFFICER)
    secret = secret_on(client_a.get(SET_UP))
    waiting = client_a.session["mfa.totp.secret"]

    client_a.post(SET_UP, {"code": totp(secret)})

    cipher = Cipher([settings.SECRET_KEY], purpose="mokmin second factor")
    kept = {made.type: made.data for made in Authenticator.objects.all()}
    assert cipher.decrypt(waiting) == cipher.decrypt(kept["totp"]["secret"]) == secret
    assert len(cipher.decrypt(kept["recovery_codes"]["seed"])) == 80
    assert "mfa.totp.secret" not in client_a.session


def test_a_factor_outlives_a_change_of_the_secret_key(client_a, with_factor, settings):
    secret, _ = with_factor
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret key, long enough for everything that is signed with it"

    sign_in(client_a, OFFICER)
    done = client_a.post(CODE, {"code": totp(secret)})

    assert (done.status_code, done["Location"]) == (303, "/staff/")


def test_a_factor_restored_under_another_secret_key_says_what_to_do(
    client_a, with_factor, settings
):
    secret, _ = with_factor
    settings.SECRET_KEY = "another secret key, long enough for everything that is signed with it"

    sign_in(client_a, OFFICER)
    refused = client_a.post(CODE, {"code": totp(secret)})

    assert refused.status_code == 409
    assert refused.context["reason"] == (
        "2단계 인증을 읽을 수 없습니다. 관리자에게 2단계 인증의 초기화를 요청해 주세요."
    )
    assert client_a.get("/staff/")["Location"] == "/account/login/?next=/staff/"


def test_the_doctor_counts_the_factors_of_another_secret_key(client_a, with_factor, settings):
    found = work.second_factors()
    settings.SECRET_KEY = "another secret key, long enough for everything that is signed with it"
    foreign = work.second_factors()

    assert (found.level, found.found) == ("good", "2개를 모두 읽을 수 있습니다.")
    assert (foreign.level, foreign.found) == (
        "bad",
        "지금의 비밀 키로 읽지 못하는 것이 2개 있습니다.",
    )


def test_signing_in_asks_for_the_code_and_only_then_lets_in(client_a, with_factor):
    secret, _ = with_factor

    half = sign_in(client_a, OFFICER, next="/staff/?part=todo")
    before = client_a.get("/staff/")
    done = client_a.post(CODE, {"code": totp(secret)})

    assert (half.status_code, half["Location"]) == (303, CODE)
    assert before["Location"] == "/account/login/?next=/staff/"
    assert (done.status_code, done["Location"]) == (303, "/staff/?part=todo")
    assert client_a.get("/staff/").status_code == 200


def test_only_the_whole_sign_in_is_in_the_access_log(client_a, with_factor):
    secret, _ = with_factor
    before = len(log_of())

    sign_in(client_a, OFFICER)
    client_a.post(CODE, {"code": wrong(totp(secret))})
    client_a.post(CODE, {"code": totp(secret)})

    assert log_of()[before:] == [
        ("sign_in_failed", OFFICER, "2단계 인증"),
        ("sign_in", OFFICER, "로그인"),
    ]


def test_a_wrong_code_is_refused_with_a_sentence(client_a, with_factor):
    secret, _ = with_factor
    sign_in(client_a, OFFICER)

    refused = client_a.post(CODE, {"code": wrong(totp(secret))})

    assert (refused.status_code, errors_on(refused)) == (422, WRONG_CODE)


def test_a_code_is_good_once(client_a, with_factor):
    secret, _ = with_factor
    code = totp(secret, step=1)
    sign_in(client_a, OFFICER)
    client_a.post(CODE, {"code": code})
    client_a.post("/account/logout/")

    sign_in(client_a, OFFICER)
    half_a_minute_later(account_of(Role.OFFICER), code)
    refused = client_a.post(CODE, {"code": code})

    assert errors_on(refused) == WRONG_CODE


def test_a_recovery_code_works_once(client_a, with_factor):
    _, codes = with_factor
    sign_in(client_a, OFFICER)
    first = client_a.post(CODE, {"code": f"{codes[0][:4]} {codes[0][4:]}"})
    client_a.post("/account/logout/")

    sign_in(client_a, OFFICER)
    second = client_a.post(CODE, {"code": codes[0]})

    assert first["Location"] == "/staff/"
    assert errors_on(second) == WRONG_CODE


def test_five_wrong_codes_shut_the_second_step(client_a, with_factor):
    secret, _ = with_factor
    sign_in(client_a, OFFICER)
    for _ in range(5):
        client_a.post(CODE, {"code": wrong(totp(secret))})
    let_pass(5 * 60)

    refused = client_a.post(CODE, {"code": totp(secret)})

    assert refused.status_code == 429
    assert errors_on(refused) == [
        "인증 번호를 여러 번 틀려 잠시 막았습니다. 10분 뒤에 다시 해 주세요."
    ]


def test_a_right_code_does_not_wipe_out_the_failures_of_the_address(
    client_a, with_factor, settings
):
    limits = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_from": "20/15m/ip"}
    settings.ACCOUNT_RATE_LIMITS = limits
    secret, _ = with_factor
    for number in range(19):
        sign_in(client_a, f"guess{number}@nowhere.example")
    sign_in(client_a, OFFICER)
    client_a.post(CODE, {"code": totp(secret)})
    client_a.post("/account/logout/")
    sign_in(client_a, "guess19@nowhere.example")

    assert sign_in(client_a, OFFICER).status_code == 429


def test_the_second_step_can_be_left_for_another_account(client_a, with_factor):
    sign_in(client_a, OFFICER)
    stuck = client_a.get("/account/login/")

    left = client_a.post("/account/logout/", {"next": "/account/login/"})
    page = client_a.get(left["Location"])

    assert stuck["Location"] == CODE
    assert page.status_code == 200


def test_half_a_sign_in_cannot_be_finished_at_another_municipality(client_a, client_b, with_factor):
    secret, _ = with_factor
    sign_in(client_a, OFFICER)
    client_b.cookies["mokmin_session"] = client_a.cookies["mokmin_session"].value

    carried = client_b.post(CODE, {"code": totp(secret)})

    assert carried["Location"] == "/account/login/"
    assert client_b.get("/staff/")["Location"] == "/account/login/?next=/staff/"
    assert log_of("b") == []


def test_it_cannot_be_turned_off_while_a_role_needs_it(client_a):
    sign_in(client_a, AUDITOR)
    set_up_factor(client_a)
    why = (
        "감사 역할에는 2단계 인증이 필요하여 끌 수 없습니다. "
        "휴대전화를 바꾸었으면 관리자에게 초기화를 요청해 주세요."
    )

    page, refused = client_a.get(INDEX), client_a.post(OFF)

    assert why in page.content.decode()
    assert (refused.status_code, errors_on(refused)) == (422, [why])
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_it_can_be_turned_off_where_no_role_needs_it(client_a):
    sign_in(client_a, OFFICER)
    set_up_factor(client_a)

    done = client_a.post(OFF, follow=True)

    assert done.redirect_chain == [(INDEX, 303)]
    assert "2단계 인증을 껐습니다." in done.content.decode()
    assert Authenticator.objects.count() == 0


def test_it_can_be_turned_off_only_where_the_account_was_made(client_a, client_b):
    choose("b", has_resident_signup=True)
    with tenant(seed.tenant_of("b").pk):
        contact = people.Contact("김주무", OFFICER)
        people.join(contact, account_of(Role.OFFICER), at=seed.AT)
    sign_in(client_b, OFFICER)
    set_up_factor(client_b)

    refused = client_b.post(OFF)

    assert errors_on(refused) == [
        "다른 기관이 만든 계정입니다. 그 기관의 누리집에서만 끌 수 있습니다."
    ]


@pytest.mark.parametrize("path", [SET_UP, OFF, CODES])
@pytest.mark.parametrize("method", ["get", "post"])
def test_factors_change_only_after_proving_oneself_again(client_a, path, method):
    sign_in(client_a, OFFICER)
    if path != SET_UP:
        set_up_factor(client_a)
    long_after_signing_in(client_a)

    response = getattr(client_a, method)(path)

    assert urlsplit(response["Location"]).path == AGAIN
    assert parse_qs(urlsplit(response["Location"]).query) == {"next": [path]}


def test_proving_oneself_leads_back_to_what_was_begun(client_a):
    sign_in(client_a, OFFICER)
    set_up_factor(client_a)
    long_after_signing_in(client_a)
    asked = client_a.get(CODES)

    refused = client_a.post(asked["Location"], {"password": "틀린 비밀번호"})
    done = client_a.post(asked["Location"], {"password": seed.PASSWORD, "next": CODES})

    assert errors_on(refused) == ["비밀번호가 맞지 않습니다."]
    assert log_of()[-1] == ("sign_in_failed", OFFICER, "본인 확인")
    assert done["Location"] == CODES
    assert client_a.get(CODES).status_code == 200


def test_a_code_proves_oneself_as_well(client_a):
    sign_in(client_a, OFFICER)
    secret, _ = set_up_factor(client_a)
    long_after_signing_in(client_a)
    asked = client_a.get(CODES)
    page = client_a.get(asked["Location"]).content.decode()

    done = client_a.post(f"/account/again/code/?next={CODES}", {"code": totp(secret, step=1)})

    assert "인증 번호로 확인하기" in page
    assert done["Location"] == CODES


def test_new_recovery_codes_void_the_old_ones(client_a):
    sign_in(client_a, OFFICER)
    _, old = set_up_factor(client_a)
    asked = client_a.get(CODES)

    new = codes_on(client_a.post(CODES))
    client_a.post("/account/logout/")
    sign_in(client_a, OFFICER)
    refused = client_a.post(CODE, {"code": old[0]})
    done = client_a.post(CODE, {"code": new[0]})

    assert "전에 받은 복구 코드 10개는 더 이상 쓸 수 없습니다." in asked.content.decode()
    assert not set(old) & set(new)
    assert errors_on(refused) == WRONG_CODE
    assert done["Location"] == "/staff/"


def test_an_administrator_lets_a_lost_phone_be_forgotten(client_a, actor):
    sign_in(client_a, AUDITOR)
    set_up_factor(client_a)
    client_a.post("/account/logout/")

    people.reset_second_factor(
        seed.person_of(Role.AUDITOR),
        reason="휴대전화 분실",
        actor=actor(Role.ADMINISTRATOR),
        at=seed.AT,
    )
    sign_in(client_a, AUDITOR)

    assert urlsplit(client_a.get("/staff/")["Location"]).path == SET_UP


def test_the_code_that_tests_compute_is_that_of_the_standard():
    secret = base64.b32encode(b"12345678901234567890").decode()
    began = int(time.time()) // 30

    assert totp(secret, step=1 - began) == "287082"
