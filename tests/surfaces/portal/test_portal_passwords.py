"""Forgotten, changed and weak passwords."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mokmin.foundation.access.states import Role
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.people.models import Account, Person
from mokmin.foundation.tenancy.context import tenant
from tests import seed
from tests.seed import email_of
from tests.surfaces.portal.doors import (
    account_of,
    choose,
    errors_on,
    link_in,
    set_up_factor,
    sign_in,
    without_tokens,
)

OFFICER = email_of(Role.OFFICER, "a")
ASK, CHANGE = "/account/password/reset/", "/account/password/"
NEW = "새로 정한 말 74가지"
VOID = "쓸 수 없는 링크입니다."


def ask(client, email):
    return client.post(ASK, {"email": email})


def ask_for_link(client, post_office, email=OFFICER):
    ask(client, email)
    (letter,) = post_office()
    return link_in(letter)[1]


def set_new(client, path, password=NEW, again=None):
    opened = client.get(path)
    form = {"password1": password, "password2": again or password}
    return client.post(opened["Location"], form)


def test_the_letter_leads_to_a_new_password(client_a, post_office):
    asked = ask(client_a, OFFICER.upper())
    (letter,) = post_office()
    host, path = link_in(letter)

    done = set_new(client_a, path)

    assert (asked.status_code, asked["Location"]) == (303, "/account/password/reset/sent/")
    assert host == "a.localhost"
    assert (done.status_code, done["Location"]) == (303, "/account/password/reset/done/")
    assert sign_in(client_a, OFFICER, seed.PASSWORD).status_code == 422
    assert sign_in(client_a, OFFICER, NEW)["Location"] == "/staff/"


def test_the_letter_comes_from_the_municipality_in_its_words(client_a, post_office):
    choose(contact_unit="기획예산실", contact_phone="055-940-0000")
    ask(client_a, OFFICER)

    (letter,) = post_office()

    assert letter.to == [OFFICER]
    assert letter.subject == "[가람군] 새 비밀번호를 정하는 링크입니다"
    assert letter.from_email == "=?utf-8?b?6rCA656M6rWw?= <mokmin@localhost>"
    assert letter.body.splitlines()[0] == "안녕하세요."
    assert "문의: 가람군 기획예산실 055-940-0000" in letter.body.splitlines()


def test_a_letter_is_sent_by_a_job_and_not_by_the_request(client_a, mailoutbox, in_a):
    ask(client_a, OFFICER)

    (job,) = Job.objects.all()
    assert mailoutbox == []
    assert (job.task, job.asked_by_name) == ("portal.send_password_reset", "방문자")


def test_the_queue_holds_no_secret_before_or_after(client_a, post_office, in_a):
    path = ask_for_link(client_a, post_office)

    (job,) = Job.objects.all()
    key = path.rstrip("/").rpartition("-")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        queued = "".join(args for (args,) in cursor.fetchall())

    assert job.state == "done"
    assert job.arguments == {
        "account_id": account_of(Role.OFFICER).pk,
        "origin": "http://a.localhost",
    }
    assert job.result is None
    assert key not in queued


@pytest.mark.parametrize(
    "email",
    ["nobody@nowhere.example", email_of(Role.OFFICER, "b"), email_of(Role.FINANCE, "a")],
    ids=["unknown", "of another municipality", "closed"],
)
def test_nobody_else_gets_a_letter_and_the_asking_looks_the_same(client_a, post_office, email):
    with tenant(seed.tenant_of("a").pk):
        Person.objects.filter(email=email_of(Role.FINANCE, "a")).update(closed_at=timezone.now())
    asked = {}
    for each in (OFFICER, email):
        with CaptureQueriesContext(connection) as queries:
            response = ask(client_a, each)
        asked[each] = (len(queries), response.status_code, response["Location"])
    page = without_tokens(client_a.get(response["Location"]))

    letters = post_office()

    assert asked[OFFICER] == asked[email]
    assert "적어 주신 주소로 가람군에 등록된 계정이 있으면 메일을 보냈습니다." in page
    assert [letter.to for letter in letters] == [[OFFICER]]


def test_the_link_leads_to_the_port_that_was_asked(client_a, post_office):
    client_a.defaults["HTTP_HOST"] = "a.localhost:8000"

    ask(client_a, OFFICER)

    (letter,) = post_office()
    assert link_in(letter)[0] == "a.localhost:8000"


def test_a_link_works_once(client_a, post_office):
    path = ask_for_link(client_a, post_office)
    set_new(client_a, path)

    again = client_a.get(path)

    assert VOID in again.content.decode()


def test_a_link_is_void_after_three_days(client_a, post_office, settings):
    path = ask_for_link(client_a, post_office)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert VOID in client_a.get(path).content.decode()


def test_a_link_is_void_after_the_next_sign_in(client_a, post_office):
    path = ask_for_link(client_a, post_office)
    sign_in(client_a, OFFICER)
    client_a.post("/account/logout/")

    assert VOID in client_a.get(path).content.decode()


def test_a_link_is_void_at_another_municipality(client_a, client_b, post_office):
    path = ask_for_link(client_a, post_office)

    assert VOID in client_b.get(path).content.decode()


def test_opening_a_link_ends_nobody_elses_session_but_using_it_does(client_a, post_office):
    path = ask_for_link(client_a, post_office)
    sign_in(client_a, email_of(Role.LEGAL, "a"))

    opened = client_a.get(path, follow=True)
    still_inside = client_a.get("/staff/").status_code
    client_a.post(opened.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})

    assert still_inside == 200
    assert client_a.get("/staff/")["Location"] == "/account/login/?next=/staff/"


def test_a_new_password_opens_a_shut_account(client_a, post_office):
    for number in range(5):
        sign_in(client_a, OFFICER, f"틀린 비밀번호 {number}")
    set_new(client_a, ask_for_link(client_a, post_office))

    assert sign_in(client_a, OFFICER, NEW)["Location"] == "/staff/"


def test_a_new_password_does_not_go_round_the_second_factor(client_a, post_office):
    sign_in(client_a, OFFICER)
    set_up_factor(client_a)
    client_a.post("/account/logout/")
    set_new(client_a, ask_for_link(client_a, post_office))

    assert sign_in(client_a, OFFICER, NEW)["Location"] == "/account/login/code/"


def test_a_new_password_ends_every_session(transactional_db, post_office):
    first, second = Client(HTTP_HOST="a.localhost"), Client(HTTP_HOST="a.localhost")
    sign_in(first, OFFICER)
    key = first.session.session_key
    set_new(second, ask_for_link(second, post_office))

    response = first.get("/staff/")

    assert response["Location"] == "/account/login/?next=/staff/"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session WHERE session_key = %s", [key])
        assert cursor.fetchone() == (0,)


def test_a_changed_password_keeps_this_session_and_ends_the_others(client_a):
    other = Client(HTTP_HOST="a.localhost")
    sign_in(client_a, OFFICER)
    sign_in(other, OFFICER)

    form = {"oldpassword": seed.PASSWORD, "password1": NEW, "password2": NEW}
    done = client_a.post(CHANGE, form, follow=True)

    assert done.redirect_chain == [("/staff/", 303)]
    assert "비밀번호를 바꾸었습니다." in done.content.decode()
    assert client_a.get("/staff/").status_code == 200
    assert other.get("/staff/")["Location"] == "/account/login/?next=/staff/"


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("틀린 비밀번호", NEW, NEW, ["지금 쓰는 비밀번호가 맞지 않습니다."]),
        (seed.PASSWORD, "짧음", "짧음", ["비밀번호는 10자 이상으로 정해 주세요."]),
        (
            seed.PASSWORD,
            "officer@a.example1",
            "officer@a.example1",
            ["비밀번호가 전자우편 주소와 너무 비슷합니다."],
        ),
        (
            seed.PASSWORD,
            "1234567890",
            "1234567890",
            [
                "너무 흔한 비밀번호입니다. 다른 말을 섞어 주세요.",
                "숫자만으로 된 비밀번호는 쓸 수 없습니다.",
            ],
        ),
        (seed.PASSWORD, NEW, f"{NEW}!", ["동일한 비밀번호를 입력해야 합니다."]),
        (
            "",
            "",
            "",
            [
                "지금 쓰는 비밀번호를 적어 주세요.",
                "새 비밀번호를 적어 주세요.",
                "새 비밀번호를 한 번 더 적어 주세요.",
            ],
        ),
    ],
)
def test_every_weakness_is_said_in_a_sentence(client_a, old, new, again, said):
    sign_in(client_a, OFFICER)

    response = client_a.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again})

    assert (response.status_code, errors_on(response)) == (422, said)
    assert Account.objects.get(email=OFFICER).check_password(seed.PASSWORD)


def test_asking_too_often_is_stopped(client_a):
    statuses = [ask(client_a, OFFICER).status_code for _ in range(6)]

    assert statuses == [303] * 5 + [429]


def test_a_refused_letter_is_said_in_the_list_of_jobs(client_a, post_office, settings, in_a):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    ask(client_a, OFFICER)
    post_office()

    (job,) = Job.objects.all()
    assert (job.state, job.error) == (
        "failed",
        "메일 서버가 메일을 받지 않았습니다. 메일 설정을 확인하고 다시 요청해 주세요.",
    )
