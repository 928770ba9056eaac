from datetime import UTC, date, datetime, timedelta
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from mokmin.foundation.access.states import Role
from mokmin.foundation.calendar import actions as calendar
from mokmin.foundation.calendar.actions import HolidayEntry
from mokmin.foundation.notices import actions, kinds
from mokmin.foundation.notices.actions import Message
from mokmin.foundation.notices.models import Digest
from mokmin.foundation.tenancy.context import tenant
from mokmin.surfaces.console import digest
from tests import seed
from tests.surfaces import planted

MORNING = datetime(2026, 7, 1, 23, 0, tzinfo=UTC)
"""2 July, a Thursday, at eight in Seoul."""

BODY = """김주무님, 안녕하세요.

2026. 7. 2.(목) 08:00까지 읽지 않으신 알림입니다.

· [인사발령] 인사발령이 등록되었습니다.
  http://a.localhost/staff/notices/{uid}/

모두 보기: http://a.localhost/staff/notices/
메일을 받지 않으려면: http://a.localhost/staff/notices/choices/

문의: 가람군 기획예산실
이 메일은 보내기만 하는 주소에서 왔습니다. 답장하지 마세요.
"""


@pytest.fixture
def tell(tenant_a):
    def notify(*roles, title="인사발령이 등록되었습니다.", slug="a", at=seed.AT):
        with tenant(seed.tenant_of(slug).pk):
            people = [seed.person_of(role) for role in roles]
            message = Message(title, "2026. 7. 3. 휴직: 하반기 인사발령")
            actions.notify(kinds.ORDER, message, people=[each.pk for each in people], at=at)
            return people[0].notices.latest("id").uid

    return notify


@pytest.fixture
def send(tenant_a):
    def run(at=MORNING, now=None):
        return digest.send(tenant_a.pk, at=at, now=now or at)

    return run


def addressees(mailoutbox):
    return sorted(mail.to[0] for mail in mailoutbox)


def test_the_letter_says_what_waits_and_where(tell, send, mailoutbox):
    uid = tell(Role.OFFICER)

    assert send() == 1
    [mail] = mailoutbox
    assert (mail.subject, mail.to) == ("[가람군] 읽지 않은 알림 1건", ["officer@a.example"])
    assert mail.body == BODY.format(uid=uid)
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert parseaddr(str(make_header(decode_header(mail.from_email)))) == (
        "가람군",
        "mokmin@localhost",
    )


def test_everybody_with_something_unread_gets_one_letter(tell, send, mailoutbox):
    tell(Role.OFFICER, Role.TEAM_HEAD)
    tell(Role.OFFICER, title="또 하나")

    assert send() == 2
    assert addressees(mailoutbox) == ["officer@a.example", "team-head@a.example"]


def test_nothing_is_sent_about_nothing(send, mailoutbox):
    assert send() == 0
    assert mailoutbox == []


@pytest.mark.parametrize("minutes", [0, 20, 40])
def test_the_later_attempts_of_a_morning_send_nothing_twice(minutes, tell, send, mailoutbox):
    tell(Role.OFFICER)
    send()

    assert send(MORNING + timedelta(minutes=minutes)) == 0
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    "at",
    [datetime(2026, 7, 3, 23, 0, tzinfo=UTC), datetime(2026, 7, 4, 23, 0, tzinfo=UTC)],
    ids=["Saturday", "Sunday"],
)
def test_no_letters_are_sent_at_the_weekend(at, tell, send, mailoutbox):
    tell(Role.OFFICER)

    assert send(at) == 0
    assert mailoutbox == []


def test_no_letters_are_sent_on_a_public_holiday_of_the_municipality(
    tell, send, mailoutbox, tenant_a
):
    tell(Role.OFFICER)
    with tenant(tenant_a.pk):
        calendar.add_holiday(
            date(2026, 7, 2),
            HolidayEntry("임시공휴일", "temporary", "의결"),
            reason="의결",
            actor=planted.actor_of(Role.ADMINISTRATOR),
            at=seed.AT,
        )

    assert send() == 0
    assert send(MORNING + timedelta(days=1)) == 1


def test_a_letter_that_was_late_by_half_a_day_waits_for_the_next_morning(tell, send, mailoutbox):
    tell(Role.OFFICER)

    assert send(MORNING, now=MORNING + timedelta(hours=12)) == 0
    assert send(MORNING + timedelta(days=1)) == 1


def test_who_refused_the_letter_gets_none(tell, send, mailoutbox, tenant_a):
    tell(Role.OFFICER, Role.TEAM_HEAD)
    with tenant(tenant_a.pk):
        actions.choose(has_digest=False, actor=planted.actor_of(Role.OFFICER))

    assert send() == 1
    assert addressees(mailoutbox) == ["team-head@a.example"]


def test_one_wrong_address_holds_nobody_up_and_is_tried_again(
    tell, send, mailoutbox, settings, tenant_a
):
    tell(Role.OFFICER, Role.TEAM_HEAD)
    settings.EMAIL_BACKEND = "tests.surfaces.console.refusing.RefusesOne"
    first = send()

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    second = send(MORNING + timedelta(minutes=20))

    assert (first, second) == (1, 1)
    assert addressees(mailoutbox) == ["officer@a.example", "team-head@a.example"]


def test_a_server_that_is_down_loses_nothing(tell, send, mailoutbox, settings, tenant_a):
    tell(Role.OFFICER, Role.TEAM_HEAD)
    settings.EMAIL_BACKEND = "tests.surfaces.console.refusing.IsDown"
    first = send()
    with tenant(tenant_a.pk):
        left = Digest.objects.count()

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    second = send(MORNING + timedelta(minutes=20))

    assert (first, left, second) == (0, 0, 2)


def test_a_long_letter_tells_the_first_and_how_many_more(tell, send, mailoutbox):
    for number in range(33):
        tell(Role.OFFICER, title=f"{number}번째 알림", at=seed.AT + timedelta(minutes=number))

    send()

    [mail] = mailoutbox
    assert mail.subject == "[가람군] 읽지 않은 알림 33건"
    assert [word for word in ("29번째 알림", "30번째 알림") if word in mail.body] == ["29번째 알림"]
    assert "이 밖에 3건이 더 있습니다." in mail.body


def test_a_municipality_sends_its_own_letters_only(tell, send, mailoutbox):
    tell(Role.OFFICER)
    tell(Role.TEAM_HEAD, slug="b")

    send()

    assert addressees(mailoutbox) == ["officer@a.example"]


def test_each_municipality_has_an_entry_of_its_own_in_the_queue(tenant_a, tenant_b):
    app.tasks["console.send_digests"](timestamp=int(MORNING.timestamp()))

    entries = ProcrastinateJob.objects.filter(task_name="console.send_digests:tenant")
    assert [entry.args["tenant_id"] for entry in entries.order_by("id")] == [
        tenant_a.pk,
        tenant_b.pk,
    ]


def test_an_entry_from_long_ago_sends_nothing(tell, mailoutbox, tenant_a):
    tell(Role.OFFICER)

    app.tasks["console.send_digests:tenant"](
        tenant_id=tenant_a.pk, timestamp=int(MORNING.timestamp())
    )

    assert mailoutbox == []
