"""What under /account/ can be reached, by whom, and that looking changes nothing."""

import re

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mokmin.foundation.access.states import Role
from mokmin.surfaces.kit import middleware
from mokmin.surfaces.portal.signin import adapter, urls
from tests import seed
from tests.seed import email_of
from tests.surfaces.portal.doors import choose, log_of, set_up_factor, sign_in

OFFICER = email_of(Role.OFFICER, "a")
NAMES = [pattern.name for pattern in urls.urlpatterns]
KEYS = {
    "account_confirm_email": {"key": "no-such-key"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "no-such-key"},
}
PAGES = {name: reverse(name, kwargs=KEYS.get(name)) for name in NAMES}
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)", re.IGNORECASE)
ENGLISH = re.compile(r">[^<]*\b(the|your|you|please|code|password|email)\b[^<]*<", re.IGNORECASE)


def test_only_these_addresses_exist():
    assert sorted(NAMES) == [
        "account_change_password",
        "account_confirm_email",
        "account_email_verification_sent",
        "account_inactive",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_signup",
        "mfa_activate_totp",
        "mfa_authenticate",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_reauthenticate",
    ]


@pytest.mark.parametrize(
    "path",
    ["/account/", "/account/email/", "/account/password/set/", "/account/webauthn/", "/account/3/"],
)
def test_nothing_else_of_the_library_is_reachable(client_a, path):
    assert client_a.get(path).status_code == 404


@pytest.mark.parametrize("name", [pattern.name for pattern in urls.OWN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_own_pages_are_behind_sign_in(client_a, name, method):
    response = getattr(client_a, method)(PAGES[name])

    assert (response.status_code, response["Location"]) == (
        302,
        f"/account/login/?next={PAGES[name]}",
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["visitor", "officer", "officer with a factor"])
def test_looking_writes_nothing(client_a, name, who):
    choose(has_resident_signup=True)
    if who != "visitor":
        sign_in(client_a, OFFICER)
    if "factor" in who:
        set_up_factor(client_a)
    client_a.get(PAGES[name])

    with CaptureQueriesContext(connection) as asked:
        response = client_a.get(PAGES[name])

    written = [each["sql"] for each in asked if WRITES.match(each["sql"])]
    assert [sql for sql in written if "django_session" not in sql] == []
    assert response.status_code in {200, 302, 404, 410}
    assert middleware.WRITES_ON_GET == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_head_is_answered_as_a_get(client_a, name):
    assert client_a.head(PAGES[name]).status_code == client_a.get(PAGES[name]).status_code


@pytest.mark.parametrize("method", ["put", "delete", "options", "patch"])
def test_other_methods_are_refused(client_a, method):
    response = getattr(client_a, method)("/account/login/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_korean_and_kept_nowhere(client_a, name):
    choose(has_resident_signup=True)
    if name in {pattern.name for pattern in urls.OWN}:
        sign_in(client_a, OFFICER)
        set_up_factor(client_a)

    response = client_a.get(PAGES[name], follow=True)

    text = re.sub(r"<(script|svg)\b.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    assert ENGLISH.findall(text) == []
    assert '<html lang="ko">' in text
    assert "no-store" in client_a.get(PAGES[name])["Cache-Control"]


FIELDS = {
    "account_login": {"login": "username", "password": "current-password"},
    "account_signup": {"name": "name", "email": "username"},
    "account_reset_password": {"email": "username"},
    "account_change_password": {
        "oldpassword": "current-password",
        "password1": "new-password",
        "password2": "new-password",
    },
    "account_reauthenticate": {"password": "current-password"},
    "mfa_reauthenticate": {"code": "one-time-code"},
}


@pytest.mark.parametrize("name", FIELDS)
def test_fields_tell_the_browser_what_they_are_and_their_errors(client_a, name):
    choose(has_resident_signup=True)
    if name in {pattern.name for pattern in urls.OWN}:
        sign_in(client_a, OFFICER)
        set_up_factor(client_a)

    page = client_a.post(PAGES[name], {}).content.decode()

    inputs = {
        re.search(r'name="(\w+)"', tag)[1]: tag
        for tag in re.findall(r"<input[^>]+>", page)
        if 'type="hidden"' not in tag and "data-screen" not in tag
    }
    assert {
        field: re.search(r'autocomplete="([^"]+)"', tag)[1] for field, tag in inputs.items()
    } == FIELDS[name]
    for field, tag in inputs.items():
        assert 'aria-invalid="true"' in tag
        described = re.search(r'aria-describedby="([^"]+)"', tag)[1].split()
        assert f"id_{field}_error" in described
        assert [each for each in described if f'id="{each}"' not in page] == []
        assert f'<label for="id_{field}"' in page
        assert "placeholder" not in tag
        assert "maxlength" not in tag or int(re.search(r'maxlength="(\d+)"', tag)[1]) >= 60


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_fields(client_a):
    page = client_a.post("/account/login/", {}).content.decode()

    assert 'data-error-summary tabindex="-1"' in page
    assert 'role="alert"' in page
    assert '<a href="#id_login">전자우편 주소</a>: 전자우편 주소를 적어 주세요.' in page


HANGUL_SENTENCE = re.compile(r"[가-힣].*[.]$")


def test_every_sentence_that_is_ours_is_a_korean_sentence():
    said = {**adapter.ERRORS, **adapter.WEAK, **adapter.NOTICES}

    assert [text for text in said.values() if not HANGUL_SENTENCE.search(text)] == []


def test_the_sentences_belong_to_errors_that_the_library_knows():
    known = {*DefaultAccountAdapter.error_messages, *DefaultMFAAdapter.error_messages}

    assert set(adapter.ERRORS) - known == set()


def test_signing_in_works_where_the_address_is_not_known(client_a):
    response = client_a.post(
        "/account/login/", {"login": OFFICER, "password": seed.PASSWORD}, REMOTE_ADDR=""
    )

    assert response["Location"] == "/staff/"


def test_too_many_requests_meet_a_page_that_says_so(client_a, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "3/m/ip"}

    answers = [client_a.post("/account/login/", {"login": "", "password": ""}) for _ in range(4)]

    assert [answers[0].status_code, answers[-1].status_code] == [422, 429]
    assert "짧은 시간에 여러 번 시도하여 잠시 막았습니다." in answers[-1].content.decode()


def test_a_failed_sign_in_is_logged_although_the_request_is_refused(client_a):
    response = sign_in(client_a, OFFICER, "틀린 비밀번호")

    assert response.status_code == 422
    assert log_of() == [("sign_in_failed", OFFICER, "로그인")]


def test_a_missing_page_is_a_404_and_not_an_error(client_a):
    response = client_a.get("/no-such-page/")

    assert response.status_code == 404
    assert "error" not in response.content.decode().lower().replace("mk-error", "")
