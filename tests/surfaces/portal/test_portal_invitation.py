"""An invitation leads to the first sign-in, and can be sent again."""

import pytest
from django.utils import timezone

from mokmin.foundation.access.states import Role
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.trail.models import Act
from mokmin.lib.errors import Denied
from tests.seed import AT, email_of
from tests.surfaces.portal.doors import account_of, link_in, sign_in

ORIGIN = "https://a.localhost"
CONTACT = Contact("노새로", "newcomer@a.example")
PASSWORD = "새로 정한 말 74가지"


@pytest.fixture
def invite(actor):
    """Invite somebody as an administrator would; the person."""

    def build(contact=CONTACT, times=1):
        administrator = actor(Role.ADMINISTRATOR)
        person = people.invite(
            contact, roles=["officer"], reason="발령", actor=administrator, at=AT
        )
        for _ in range(times):
            people.send_invitation(person, origin=ORIGIN, actor=administrator, at=AT)
        return person

    return build


def test_the_invited_set_a_password_and_sign_in(client_a, invite, post_office):
    invite()
    (letter,) = post_office()
    host, path = link_in(letter)

    opened = client_a.get(path)
    form = {"password1": PASSWORD, "password2": PASSWORD}
    done = client_a.post(opened["Location"], form)

    assert letter.to == [CONTACT.email]
    assert letter.subject == "[가람군] 업무 누리집에 초대합니다"
    assert host == "a.localhost"
    assert done["Location"] == "/account/password/reset/done/"
    assert sign_in(client_a, CONTACT.email, PASSWORD)["Location"] == "/staff/"


def test_before_that_they_cannot_sign_in(client_a, invite):
    invite()

    assert sign_in(client_a, CONTACT.email, PASSWORD).status_code == 422


def test_an_invitation_is_good_for_three_days(client_a, invite, post_office, settings):
    invite()
    (letter,) = post_office()

    assert settings.PASSWORD_RESET_TIMEOUT == 3 * 24 * 60 * 60
    assert "사흘 동안 한 번 쓸 수 있습니다." in letter.body


def test_it_can_be_sent_again(client_a, invite, post_office):
    invite(times=2)

    first, second = post_office()
    set_first = client_a.get(link_in(second)[1])["Location"]
    client_a.post(set_first, {"password1": PASSWORD, "password2": PASSWORD})

    assert (first.to, second.to) == ([CONTACT.email], [CONTACT.email])
    assert "쓸 수 없는 링크입니다." in client_a.get(link_in(first)[1]).content.decode()


def test_who_has_a_password_elsewhere_is_asked_to_sign_in_with_it(client_a, invite, post_office):
    neighbour = email_of(Role.OFFICER, "b")
    invite(Contact("김주무", neighbour))

    (letter,) = post_office()

    assert link_in(letter) == ("a.localhost", "/account/login/")
    assert sign_in(client_a, neighbour)["Location"] == "/staff/"


def test_sending_is_in_the_trail_and_waits_for_the_commit(invite, in_a, mailoutbox):
    person = invite()

    act = Act.objects.get(verb="send_invitation")
    (job,) = Job.objects.all()
    assert (act.subject_uid, act.actor_name) == (person.uid, "서관리")
    assert (job.state, job.asked_by_name) == ("queued", "서관리")
    assert mailoutbox == []


def test_the_queue_holds_no_secret(invite, in_a):
    invite()

    (job,) = Job.objects.all()
    assert job.arguments == {"account_id": account_id(CONTACT.email), "origin": ORIGIN}


def account_id(email):
    return type(account_of(Role.OFFICER)).objects.get(email=email).pk


def test_only_an_administrator_sends_invitations(actor, person_of):
    with pytest.raises(Denied) as refused:
        people.send_invitation(
            person_of(Role.LEGAL), origin=ORIGIN, actor=actor(Role.OFFICER), at=AT
        )

    assert str(refused.value) == "계정과 역할은 관리자만 바꿀 수 있습니다."


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"account": None}, "계정이 없는 사람에게는 초대 메일을 보낼 수 없습니다."),
        (
            {"closed_at": timezone.now()},
            "닫은 계정에는 초대 메일을 보낼 수 없습니다. 먼저 다시 열어 주세요.",
        ),
    ],
)
def test_nobody_is_invited_who_could_not_come(actor, person_of, values, why):
    person = person_of(Role.LEGAL)
    for name, value in values.items():
        setattr(person, name, value)

    with pytest.raises(Denied) as refused:
        people.send_invitation(person, origin=ORIGIN, actor=actor(Role.ADMINISTRATOR), at=AT)

    assert str(refused.value) == why


def test_a_letter_to_someone_closed_meanwhile_is_not_sent(invite, post_office, actor):
    person = invite()
    people.close(person, reason="퇴직", actor=actor(Role.ADMINISTRATOR), at=timezone.now())

    assert post_office() == []
