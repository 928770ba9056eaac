"""Residents sign up: closed unless chosen, and telling nobody who has an account."""

import base64

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mokmin.foundation.access.states import Role
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.models import Account, Grant, Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act
from mokmin.lib.errors import Denied
from mokmin.surfaces.portal.signin import tasks, tokens
from tests import seed
from tests.seed import email_of
from tests.surfaces.portal.doors import (
    account_of,
    choose,
    errors_on,
    let_pass,
    link_in,
    log_of,
    set_up_factor,
    sign_in,
    totp,
)

SIGN_UP = "/account/signup/"
NEWCOMER, NEIGHBOUR = "newcomer@home.example", email_of(Role.OFFICER, "b")
PASSWORD = "새로 정한 말 74가지"


@pytest.fixture
def opened(tenant_a):
    choose(has_resident_signup=True)


def apply(client, email=NEWCOMER, name="나새롬"):
    return client.post(SIGN_UP, {"name": name, "email": email})


def apply_for_link(client, post_office, email=NEWCOMER):
    apply(client, email)
    (letter,) = post_office()
    return link_in(letter)[1]


def set_password(client, path, password=PASSWORD):
    return client.post(path, {"password1": password, "password2": password})


def people_of(slug, email):
    with tenant(seed.tenant_of(slug).pk):
        found = Grant.objects.filter(person__email=email, revoked_at__isnull=True)
        return list(found.values_list("person__name", "role"))


def test_it_is_closed_unless_the_municipality_opens_it(client_a, in_a):
    home, login = client_a.get("/").content.decode(), client_a.get("/account/login/")

    page = client_a.get(SIGN_UP)
    sent = apply(client_a)

    assert "지금은 주민 가입을 받지 않습니다." in page.content.decode()
    assert "지금은 주민 가입을 받지 않습니다." in sent.content.decode()
    assert SIGN_UP not in home + login.content.decode()
    assert Job.objects.count() == 0


def test_a_resident_signs_up(client_a, post_office, opened):
    asked = apply(client_a, NEWCOMER.upper())
    (letter,) = post_office()
    host, path = link_in(letter)
    page = client_a.get(path)

    done = set_password(client_a, path)

    assert (asked.status_code, asked["Location"]) == (303, "/account/signup/sent/")
    assert (letter.to, host) == ([NEWCOMER], "a.localhost")
    assert page.context["standing"] == "new"
    assert (done.status_code, done["Location"]) == (303, "/")
    assert "나새롬님, 안녕하세요." in client_a.get("/").content.decode()
    assert people_of("a", NEWCOMER) == [("나새롬", "resident")]
    assert people_of("b", NEWCOMER) == []
    assert log_of() == [("sign_in", NEWCOMER, "로그인")]


def test_joining_is_in_the_trail(client_a, post_office, opened, in_a):
    set_password(client_a, apply_for_link(client_a, post_office))

    act = Act.objects.order_by("-id").first()
    assert (act.verb, act.subject_uid) == ("join", Person.objects.get(email=NEWCOMER).uid)


def test_a_new_resident_is_no_staff(client_a, post_office, opened):
    set_password(client_a, apply_for_link(client_a, post_office))

    assert client_a.get("/staff/").status_code == 403


def test_nothing_exists_before_the_address_has_answered(client_a, post_office, opened):
    before = Account.objects.count()

    apply_for_link(client_a, post_office)

    assert Account.objects.count() == before
    assert people_of("a", NEWCOMER) == []


@pytest.mark.parametrize(
    "email",
    [NEIGHBOUR, email_of(Role.OFFICER, "a"), email_of(Role.FINANCE, "a")],
    ids=["of another municipality", "of this one", "closed here"],
)
def test_every_address_is_answered_alike_and_gets_the_same_letter(
    client_a, post_office, opened, email
):
    with tenant(seed.tenant_of("a").pk):
        Person.objects.filter(email=email_of(Role.FINANCE, "a")).update(closed_at=timezone.now())
    apply(client_a, "first-of-all@home.example")
    answers, queries = [], []
    for each in (NEWCOMER, email):
        with CaptureQueriesContext(connection) as asked:
            response = apply(client_a, each)
        queries.append(len(asked))
        answers.append((response.status_code, response["Location"]))
    _, first, second = post_office()

    assert answers[0] == answers[1]
    assert queries[0] == queries[1]
    assert without_links(first) == without_links(second)
    assert (first.to, second.to) == ([NEWCOMER], [email])


def without_links(letter):
    return letter.subject, letter.body.replace(link_in(letter)[1], "")


def test_the_owner_of_an_account_elsewhere_joins_with_its_password(client_a, post_office, opened):
    path = apply_for_link(client_a, post_office, NEIGHBOUR)
    page = client_a.get(path)

    refused = client_a.post(path, {"password": "틀린 비밀번호"})
    done = client_a.post(path, {"password": seed.PASSWORD})

    assert page.context["standing"] == "elsewhere"
    assert (refused.status_code, errors_on(refused)) == (422, ["비밀번호가 맞지 않습니다."])
    assert done["Location"] == "/"
    assert people_of("a", NEIGHBOUR) == [("나새롬", "resident")]
    assert Account.objects.filter(email=NEIGHBOUR).count() == 1
    assert log_of() == [
        ("sign_in_failed", NEIGHBOUR, "주민 가입"),
        ("sign_in", NEIGHBOUR, "로그인"),
    ]


def test_joining_asks_for_the_second_factor_too(client_a, client_b, post_office, opened):
    sign_in(client_b, NEIGHBOUR)
    secret, _ = set_up_factor(client_b)
    path = apply_for_link(client_a, post_office, NEIGHBOUR)

    half = client_a.post(path, {"password": seed.PASSWORD})
    inside = client_a.get("/account/password/")
    done = client_a.post(half["Location"], {"code": totp(secret, step=1)})

    assert half["Location"] == "/account/login/code/"
    assert inside["Location"] == "/account/login/?next=/account/password/"
    assert done["Location"] == "/"


def test_guessing_the_password_while_joining_counts_as_signing_in(
    client_a, client_b, post_office, opened
):
    path = apply_for_link(client_a, post_office, NEIGHBOUR)
    for number in range(5):
        client_a.post(path, {"password": f"틀린 비밀번호 {number}"})

    here = client_a.post(path, {"password": seed.PASSWORD})
    at_home = sign_in(client_b, NEIGHBOUR)

    assert (here.status_code, at_home.status_code) == (429, 429)
    assert people_of("a", NEIGHBOUR) == []


def test_who_belongs_here_already_is_sent_to_sign_in(client_a, post_office, opened):
    page = client_a.get(apply_for_link(client_a, post_office, email_of(Role.OFFICER, "a")))

    assert "이미 가입되어 있습니다." in page.content.decode()


def test_who_was_closed_here_is_told_whom_to_ask(client_a, post_office, opened):
    with tenant(seed.tenant_of("a").pk):
        Person.objects.filter(email=email_of(Role.LEGAL, "a")).update(closed_at=timezone.now())
    path = apply_for_link(client_a, post_office, email_of(Role.LEGAL, "a"))

    page, sent = client_a.get(path), client_a.post(path, {"password": seed.PASSWORD})

    assert "닫힌 계정의 주소입니다." in page.content.decode()
    assert sent.context["standing"] == "closed"


def test_a_link_serves_once(client_a, post_office, opened):
    path = apply_for_link(client_a, post_office)
    set_password(client_a, path)
    client_a.post("/account/logout/")

    again = set_password(client_a, path, "또 다른 말 86가지")

    assert again.context["standing"] == "here"
    assert sign_in(client_a, NEWCOMER, PASSWORD)["Location"] == "/"


@pytest.mark.parametrize("change", ["tampered", "old", "of another municipality"])
def test_a_link_that_is_not_good_says_so(
    client_a, client_b, post_office, opened, change, monkeypatch
):
    choose("b", has_resident_signup=True)
    path = apply_for_link(client_a, post_office)
    client = client_b if change == "of another municipality" else client_a
    if change == "tampered":
        path = f"{path[:40]}{'aaaaa' if path[40:45] != 'aaaaa' else 'bbbbb'}{path[45:]}"
    if change == "old":
        monkeypatch.setattr(tokens, "GOOD_FOR", -1)

    response = client.get(path)

    assert response.status_code == 410
    assert "쓸 수 없는 링크입니다." in response.content.decode()


def test_a_link_is_void_when_signing_up_is_closed_meanwhile(client_a, post_office, opened):
    path = apply_for_link(client_a, post_office)
    choose(has_resident_signup=False)

    sent = set_password(client_a, path)

    assert "지금은 주민 가입을 받지 않습니다." in sent.content.decode()
    assert people_of("a", NEWCOMER) == []


def test_an_account_that_came_to_be_meanwhile_keeps_its_password(client_a, opened, in_a):
    set_up = people.Contact("나새롬", NEWCOMER)
    people.sign_up(set_up, PASSWORD, at=timezone.now())

    with pytest.raises(Denied) as refused:
        people.sign_up(set_up, "또 다른 말 86가지", at=timezone.now())

    assert str(refused.value) == "이미 가입한 전자우편 주소입니다. 로그인해 주세요."
    assert Account.objects.get(email=NEWCOMER).check_password(PASSWORD)


def test_one_address_gets_one_letter_in_three_minutes(client_a, post_office, opened):
    answers = {apply(client_a)["Location"] for _ in range(3)}
    letters = post_office()
    let_pass(3 * 60)
    apply(client_a)

    assert answers == {"/account/signup/sent/"}
    assert len(letters) == 1
    assert len(post_office()) == 1


def test_the_letter_repeats_nothing_that_a_stranger_typed(client_a, post_office, opened):
    apply(client_a, name="http://evil.example 에서 확인하세요")

    (letter,) = post_office()

    assert "evil" not in letter.subject + letter.body


def test_the_link_tells_neither_name_nor_address(client_a, post_office, opened):
    path = apply_for_link(client_a, post_office)

    key = path.removeprefix("/account/signup/").rstrip("/")
    written = base64.urlsafe_b64decode(key)
    assert [word for word in ("나새롬", NEWCOMER) if word.encode() in written] == []
    with pytest.raises(signing.BadSignature):
        signing.loads(key, salt=tokens.SALT)


def test_a_letter_that_could_not_be_written_any_more_fails_its_job(
    client_a, post_office, opened, in_a
):
    apply(client_a)
    (job,) = Job.objects.all()
    cache.delete(job.arguments["envelope"])

    assert post_office() == []

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", tasks.EXPIRED)


def test_neither_address_nor_name_stay_in_the_queue(client_a, post_office, opened, in_a):
    apply(client_a)
    (job,) = Job.objects.all()
    waiting = cache.get(job.arguments["envelope"])
    post_office()

    job.refresh_from_db()
    assert (waiting.name, waiting.email) == ("나새롬", NEWCOMER)
    assert set(job.arguments) == {"envelope", "origin"}
    assert NEWCOMER not in str(job.arguments)
    assert cache.get(job.arguments["envelope"]) is None


def test_the_form_says_everything_that_is_wrong(client_a, opened):
    response = apply(client_a, email="새롬", name="")

    assert response.status_code == 422
    assert errors_on(response) == [
        "이름을 적어 주세요.",
        "전자우편 주소를 이름@기관.kr 꼴로 적어 주세요.",
    ]


def test_a_weak_first_password_is_refused(client_a, post_office, opened):
    path = apply_for_link(client_a, post_office)

    response = set_password(client_a, path, NEWCOMER)

    assert errors_on(response) == ["비밀번호가 전자우편 주소와 너무 비슷합니다."]
    assert Account.objects.filter(email=NEWCOMER).count() == 0


def test_a_person_invited_at_home_may_have_no_password_yet(client_a, post_office, opened):
    account = account_of(Role.OFFICER, "b")
    account.set_unusable_password()
    account.save()
    path = apply_for_link(client_a, post_office, NEIGHBOUR)

    refused = client_a.post(path, {"password": seed.PASSWORD})

    assert errors_on(refused) == ["비밀번호가 맞지 않습니다."]
