import re
from datetime import timedelta

import pytest
from django.urls import reverse

from mokmin.foundation.access.states import Role
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.notices import actions, kinds, queries
from mokmin.foundation.notices.actions import Message
from mokmin.foundation.notices.models import Notice
from mokmin.foundation.tenancy.context import tenant
from tests import seed
from tests.surfaces import planted
from tests.surfaces.console import pages

INBOX = "/staff/notices/"


@pytest.fixture
def tell(tenant_a):
    """Tell the holder of a role something; the uid of the notice."""

    def notify(title, role=Role.OFFICER, kind=kinds.ORDER, about="", minutes=0):
        at = seed.AT + timedelta(minutes=minutes)
        with tenant(tenant_a.pk):
            person = seed.person_of(role)
            message = Message(title, f"{title} 내용", about=about)
            actions.notify(kind, message, people=[person.pk], at=at)
            return Notice.objects.latest("id").uid

    return notify


def listed(response):
    page = response.content.decode()
    return re.findall(r'formaction="[^"]+">([^<]+)</button>', page)


def bell(response):
    found = re.search(r'<a class="mk-bell".*?</a>', response.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found[0])).strip()


def unread(tenant_a, role=Role.OFFICER):
    with tenant(tenant_a.pk):
        return queries.own(planted.actor_of(role)).filter(read_at=None).count()


def test_the_inbox_shows_what_was_not_read_first(desk, tell, tenant_a):
    tell("첫째")
    second = tell("둘째", minutes=1)
    tell("셋째", minutes=2)
    client = desk(Role.OFFICER)
    client.post(f"{INBOX}{second}/")

    response = client.get(INBOX)

    assert listed(response) == ["셋째", "첫째", "둘째"]


def test_an_empty_inbox_says_so(desk):
    assert "받은 알림이 없습니다." in pages.text(desk(Role.OFFICER).get(INBOX))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=unread", ["개편"]),
        ("state=read", ["발령"]),
        ("kind=reorganisation", ["개편"]),
        ("since=2026-07-02", []),
        ("kind=nothing", ["개편", "발령"]),
    ],
)
def test_the_inbox_is_narrowed(asked, found, desk, tell):
    first = tell("발령")
    tell("개편", kind=kinds.REORGANISATION, minutes=5)
    client = desk(Role.OFFICER)
    client.post(f"{INBOX}{first}/")

    assert listed(client.get(f"{INBOX}?{asked}")) == found


def test_nobody_sees_what_others_were_told(desk, tell):
    uid = tell("발령", role=Role.TEAM_HEAD)
    client = desk(Role.OFFICER)

    assert listed(client.get(INBOX)) == []
    assert client.get(f"{INBOX}{uid}/").status_code == 404
    assert client.post(f"{INBOX}{uid}/").status_code == 404


def test_the_bell_tells_how_many_wait(desk, tell):
    tell("발령")
    tell("개편", kind=kinds.REORGANISATION)
    client = desk(Role.OFFICER)

    assert bell(client.get("/staff/")) == "2 알림, 읽지 않은 것 2건"
    assert bell(desk(Role.TEAM_HEAD).get("/staff/")) == "알림"


def test_the_bell_stops_counting_at_a_hundred(desk, tenant_a):
    with tenant(tenant_a.pk):
        person = seed.person_of(Role.OFFICER).pk
        for number in range(100):
            actions.notify(kinds.ORDER, Message(f"알림 {number}"), people=[person], at=seed.AT)

    assert bell(desk(Role.OFFICER).get("/staff/")) == "99+ 알림, 읽지 않은 것 100건"


def test_opening_a_notice_marks_it_and_leads_to_what_it_is_about(desk, tell, tenant_a):
    client = desk(Role.OFFICER)
    with tenant(tenant_a.pk):
        officer = planted.actor_of(Role.OFFICER)
        job = jobs.enqueue(planted.TASKS["a"], actor=officer, at=seed.AT)
    uid = tell("실패", kind=kinds.JOB_FAILED, about=job.uid)

    response = client.post(f"{INBOX}{uid}/")

    assert response.status_code == 303
    assert response["Location"] == reverse("console:job", args=[job.uid])
    assert client.get(response["Location"]).status_code == 200
    assert unread(tenant_a) == 0


def test_a_notice_about_nothing_leads_back_to_the_inbox(desk, tell, tenant_a):
    response = desk(Role.OFFICER).post(f"{INBOX}{tell('소식')}/")

    assert (response.status_code, response["Location"]) == (303, INBOX)
    assert unread(tenant_a) == 0


def test_looking_at_a_notice_does_not_mark_it(desk, tell, tenant_a):
    response = desk(Role.OFFICER).get(f"{INBOX}{tell('소식')}/")

    assert "소식 내용" in pages.text(response)
    assert unread(tenant_a) == 1


def test_several_are_marked_at_once(desk, tell, tenant_a):
    uids = [tell(f"알림 {number}", minutes=number) for number in range(3)]
    client = desk(Role.OFFICER)

    response = client.post(f"{INBOX}bulk/", {"do": "read", "uid": uids[:2]})
    page = pages.text(client.get(response["Location"]))

    assert response.status_code == 303
    assert "알림 0" in page
    assert unread(tenant_a) == 1


def test_all_are_marked_at_once_after_a_question(desk, tell, tenant_a):
    tell("발령")
    tell("개편", kind=kinds.REORGANISATION)
    client = desk(Role.OFFICER)

    asked = client.get(f"{INBOX}read-all/")
    done = client.post(f"{INBOX}read-all/")

    assert "모두 읽음으로 표시할까요?" in pages.text(asked)
    assert done.status_code == 303
    assert "2건을 읽음으로 표시했습니다." in pages.text(client.get(INBOX))
    assert unread(tenant_a) == 0


def test_marking_all_of_nothing_says_so(desk):
    client = desk(Role.OFFICER)

    client.post(f"{INBOX}read-all/")

    assert "읽지 않은 알림이 없습니다." in pages.text(client.get(INBOX))


def test_the_daily_letter_can_be_refused(desk, tenant_a):
    client = desk(Role.OFFICER)
    url = f"{INBOX}choices/"

    first = client.get(url)
    response = client.post(url, {})

    assert first.context["form"]["has_digest"].value() is True
    assert response.status_code == 303
    assert client.get(url).context["form"]["has_digest"].value() is False
    with tenant(tenant_a.pk):
        assert queries.has_digest(planted.actor_of(Role.OFFICER)) is False


def test_the_last_letter_is_told(desk, tell, tenant_a):
    tell("발령")
    with tenant(tenant_a.pk):
        person = seed.person_of(Role.OFFICER)
        until = seed.AT + timedelta(days=1)
        begun = actions.begin_digest(person.pk, on=until.date(), until_at=until, at=until)
        actions.end_digest(begun, at=until)

    page = pages.text(desk(Role.OFFICER).get(f"{INBOX}choices/"))

    assert "마지막 메일은 2026. 7. 2. 09:00 에 알림 1건을 담아 보냈습니다." in page
