"""Guessing passwords: how soon it ends, for how long, and what it tells."""

from threading import Barrier, Thread

import psycopg
import pytest
from django.db import connections
from django.test import Client

from mokmin.foundation.access.states import Role
from tests import seed
from tests.seed import email_of
from tests.surfaces.portal.doors import (
    errors_on,
    let_pass,
    log_of,
    sign_in,
    without_tokens,
)

OFFICER, UNKNOWN = email_of(Role.OFFICER, "a"), "nobody@nowhere.example"
LOCKED = "로그인에 여러 번 실패하여 이 전자우편 주소로는 로그인할 수 없습니다."
CROWDED = "이 컴퓨터나 기관에서 로그인에 실패한 횟수가 많아 로그인할 수 없습니다."
MISMATCH = "전자우편 주소나 비밀번호가 맞지 않습니다. 다시 확인해 주세요."


@pytest.fixture
def narrow(settings):
    """Twenty failures are enough to shut an address."""
    limits = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_from": "20/15m/ip"}
    settings.ACCOUNT_RATE_LIMITS = limits


def fail(client, email, times=5, **more):
    return [sign_in(client, email, f"틀린 비밀번호 {number}", **more) for number in range(times)]


def test_five_failures_shut_the_account_and_say_for_how_long(client_a):
    failures = fail(client_a, OFFICER)
    let_pass(4 * 60)

    right = sign_in(client_a, OFFICER)

    assert [errors_on(failure) for failure in failures] == [[MISMATCH]] * 5
    assert right.status_code == 429
    assert errors_on(right) == [f"{LOCKED} 11분 뒤에 다시 해 주세요."]


def test_after_fifteen_minutes_the_account_is_open_again(client_a):
    fail(client_a, OFFICER)
    let_pass(15 * 60)

    assert sign_in(client_a, OFFICER)["Location"] == "/staff/"


def test_what_is_typed_while_it_is_shut_does_not_keep_it_shut(client_a):
    fail(client_a, OFFICER)
    let_pass(14 * 60)
    fail(client_a, OFFICER, times=3)
    let_pass(60)

    assert sign_in(client_a, OFFICER)["Location"] == "/staff/"


def test_an_unknown_account_is_shut_in_the_same_words(client_a):
    fail(client_a, OFFICER)
    fail(client_a, UNKNOWN)

    known, unknown = sign_in(client_a, OFFICER), sign_in(client_a, UNKNOWN)

    assert known.status_code == unknown.status_code == 429
    assert without_tokens(known) == without_tokens(unknown)


def test_signing_in_does_not_use_up_attempts(client_a):
    fail(client_a, OFFICER, times=4)
    sign_in(client_a, OFFICER)
    client_a.post("/account/logout/")

    fail(client_a, OFFICER, times=1)

    assert sign_in(client_a, OFFICER).status_code == 429


def test_another_host_name_gives_no_further_attempts(client_a, client_b):
    fail(client_a, OFFICER, times=3)
    fail(client_b, OFFICER.upper(), times=2)

    assert sign_in(client_a, OFFICER).status_code == 429


def test_the_account_of_somebody_else_stays_open(client_a):
    fail(client_a, OFFICER)

    assert sign_in(client_a, email_of(Role.LEGAL, "a"))["Location"] == "/staff/"


def test_a_whole_county_behind_one_address_is_not_shut_by_its_typing_errors(client_a):
    for number in range(15):
        fail(client_a, f"guess{number}@nowhere.example", times=4)

    assert sign_in(client_a, OFFICER)["Location"] == "/staff/"


def test_too_many_failures_shut_an_address_for_every_account(client_a, narrow):
    for number in range(5):
        fail(client_a, f"guess{number}@nowhere.example", times=4)

    here = sign_in(client_a, OFFICER)
    there = Client(HTTP_HOST="a.localhost", REMOTE_ADDR="10.1.2.3")

    assert errors_on(here) == [f"{CROWDED} 15분 뒤에 다시 해 주세요."]
    assert sign_in(there, OFFICER)["Location"] == "/staff/"


def test_a_shut_address_does_not_shut_the_accounts_it_asks_for(client_a, narrow):
    for number in range(5):
        fail(client_a, f"guess{number}@nowhere.example", times=4)
    fail(client_a, OFFICER, times=6)

    there = Client(HTTP_HOST="a.localhost", REMOTE_ADDR="10.1.2.3")

    assert sign_in(there, OFFICER)["Location"] == "/staff/"


@pytest.mark.parametrize(("trusted", "status"), [(True, 303), (False, 429)])
def test_a_proxy_names_the_address_only_where_it_is_trusted(
    client_a, settings, narrow, trusted, status
):
    settings.TRUST_FORWARDED_FOR = trusted
    for number in range(5):
        fail(client_a, f"guess{number}@nowhere.example", times=4)

    response = sign_in(Client(HTTP_HOST="a.localhost", HTTP_X_FORWARDED_FOR="10.9.9.9"), OFFICER)

    assert response.status_code == status


def test_every_attempt_is_in_the_access_log(client_a):
    fail(client_a, OFFICER)
    sign_in(client_a, OFFICER)

    assert log_of() == [("sign_in_failed", OFFICER, "로그인")] * 6


def test_looking_at_the_page_is_no_attempt(client_a):
    statuses = {client_a.head("/account/login/").status_code for _ in range(70)}
    statuses |= {client_a.get("/account/login/").status_code for _ in range(5)}

    assert statuses == {200}
    assert sign_in(client_a, OFFICER)["Location"] == "/staff/"


def test_failures_are_kept_where_a_restart_does_not_reach(transactional_db, app_dsn):
    client = Client(HTTP_HOST="a.localhost")
    fail(client, OFFICER)
    connections.close_all()

    with psycopg.connect(app_dsn) as other:
        kept = other.execute(
            "SELECT count(*) FROM platform_cache WHERE cache_key LIKE '%%login_failed:5%%'"
        ).fetchone()

    assert kept == (1,)
    assert sign_in(Client(HTTP_HOST="a.localhost"), OFFICER).status_code == 429


def test_guessing_many_at_once_gives_no_further_guesses(transactional_db):
    said, gate = [], Barrier(8)

    def guess():
        gate.wait()
        said.append(sign_in(Client(HTTP_HOST="a.localhost"), OFFICER, "틀린 비밀번호").status_code)
        connections.close_all()

    threads = [Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == [422] * 5 + [429] * 3
    assert sign_in(Client(HTTP_HOST="a.localhost"), OFFICER, seed.PASSWORD).status_code == 429
