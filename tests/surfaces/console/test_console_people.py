"""Pages of accounts and roles: what they do, what they log, what they refuse."""

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.people import actions, queries, queries_people
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Window
from mokmin.surfaces.kit.lists import asked
from tests import seed
from tests.surfaces.console import pages

PEOPLE = "/staff/people/"
NEW = {
    "name": "새사람", "email": "new@a.example", "phone": "055-940-1111",
    "roles": ["officer", "finance"], "reason": "신규 임용",
}  # fmt: skip
GUARDED = "마지막 관리자입니다. 다른 사람에게 관리자 역할을 먼저 부여해 주세요."
NOT_YET = "이 기관에 아직 들어오지 않은 사람입니다. 들어온 뒤에 초기화할 수 있습니다."


@pytest.fixture
def client(desk):
    return desk(Role.ADMINISTRATOR)


def card_of(role):
    with tenant(seed.tenant_of("a").pk):
        person = seed.person_of(role)
        return queries.person(person.uid)


def test_the_list_shows_everybody_and_the_log_knows_whom(client):
    response = client.get(PEOPLE)

    assert [name for name in seed.NAMES.values() if name not in pages.text(response)] == []
    assert pages.log() == [("서관리", "view", "계정과 역할 목록", len(Role), "")]


def test_the_list_goes_on_behind_fifty(client, keeper, tenant_a):
    with tenant(tenant_a.pk):
        for number in range(60):
            actions.invite(
                Contact(f"하나{number:02}", f"p{number}@a.example"), roles=["officer"],
                reason="시험", actor=keeper, at=seed.AT,
            )  # fmt: skip

    first = client.get(PEOPLE)
    first = first.context["shown"]
    second = client.get(PEOPLE + first.next_url).context["shown"]

    assert (len(first.rows), len(second.rows)) == (50, 60 + len(Role) - 50)
    assert second.next_url == ""
    assert (first.summary, second.summary) == (
        "50명씩 보여 드립니다.", f"이 쪽에 {10 + len(Role)}명입니다.",
    )  # fmt: skip


def test_no_name_stands_in_the_address_of_the_next_page(client, keeper, tenant_a, monkeypatch):
    monkeypatch.setattr(asked, "SIZES", (2,))

    first = client.get(PEOPLE)

    with tenant(tenant_a.pk):
        people = queries_people.people(window=Window("name", limit=2))
    assert first.context["shown"].next_url == f"?after={people[1].uid}"


def test_an_empty_list_says_so(client):
    response = client.get(PEOPLE, {"word": "없는사람"})

    assert "조건에 맞는 계정이 없습니다." in pages.text(response)


def test_an_invited_person_is_taken_in_and_written_to(client, tenant_a):
    response = client.post(PEOPLE + "new/", NEW)

    with tenant(tenant_a.pk):
        person = Person.objects.get(email="new@a.example")
        row = queries.person(person.uid)
        job = Job.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"{PEOPLE}{person.uid}/")
    assert set(row.roles) == {Role.OFFICER, Role.FINANCE}
    assert (job.title, job.arguments["account_id"]) == ("초대 메일 보내기", person.account_id)
    assert pages.log() == [("서관리", "create", "계정 만들기", 1, "")]


def test_every_wrong_field_comes_back_at_once_with_what_was_written(client):
    response = client.post(PEOPLE + "new/", {"name": "", "email": "x", "phone": "y"})

    assert response.status_code == 422
    assert set(pages.errors(response)) == {"name", "email", "phone", "roles", "reason"}
    assert 'value="x"' in response.content.decode()
    assert pages.log() == []


def test_an_auditor_looks_but_finds_no_way_to_change(desk):
    uid = pages.uid_of(Role.OFFICER)

    response = desk(Role.AUDITOR).get(f"{PEOPLE}{uid}/")

    assert "계정과 역할은 관리자만 바꿀 수 있습니다." in pages.text(response)
    assert f"{PEOPLE}{uid}/" not in response.content.decode().split("<main")[1]


@pytest.mark.parametrize("verb", ["contact", "invite", "grant", "revoke", "close", "reopen",
                                  "reset"])  # fmt: skip
def test_an_auditor_changes_nothing(desk, verb):
    before = card_of(Role.OFFICER)

    response = desk(Role.AUDITOR).post(
        f"{PEOPLE}{pages.uid_of(Role.OFFICER)}/{verb}/", {"role": "legal", "reason": "까닭"}
    )

    assert response.status_code == 403
    assert card_of(Role.OFFICER) == before


@pytest.mark.parametrize(
    ("verb", "said", "act"),
    [
        ("grant", {"role": "legal", "reason": "겸임"}, ("grant", "서관리", "겸임")),
        ("revoke", {"role": "officer", "reason": "이동"}, ("revoke", "서관리", "이동")),
        ("close", {"reason": "퇴직"}, ("close", "서관리", "퇴직")),
        ("invite", {}, ("send_invitation", "서관리", "")),
        ("contact", {"name": "김바꿈", "email": "k@a.example", "phone": ""},
         ("change_contact", "서관리", "")),
    ],
)  # fmt: skip
def test_a_change_is_done_and_leaves_its_trace(client, verb, said, act):
    page = f"{PEOPLE}{pages.uid_of(Role.OFFICER)}/"

    response = client.post(f"{page}{verb}/", said)

    assert (response.status_code, response["Location"]) == (303, page)
    assert pages.last_act() == act
    assert pages.log() == [("서관리", "update", "계정 상세", 1, "")]


@pytest.mark.parametrize("verb", ["grant", "revoke", "close", "reset"])
def test_without_a_reason_the_form_comes_back(client, verb):
    page = f"{PEOPLE}{pages.uid_of(Role.OFFICER)}/{verb}/"

    response = client.post(page, {"role": "officer", "reason": " "})

    assert response.status_code == 422
    assert pages.errors(response) == {"reason": "사유를 적어 주세요. 기록에 남습니다."}


def test_giving_without_choosing_a_role_is_told_at_the_roles(client):
    page = f"{PEOPLE}{pages.uid_of(Role.OFFICER)}/grant/"

    response = client.post(page, {"reason": "겸임"})

    assert response.status_code == 422
    assert pages.errors(response) == {"role": "역할을 골라 주세요."}
    assert "목록에 없는 역할" not in pages.text(response)


@pytest.mark.parametrize("asked", ["", "?role=", "?role=nobody", "?role=legal"])
def test_there_is_nothing_to_ask_about_a_role_that_is_not_held(client, asked):
    page = f"{PEOPLE}{pages.uid_of(Role.OFFICER)}/revoke/"

    assert client.get(page + asked).status_code == 404


def test_a_role_that_was_taken_back_meanwhile_is_told_so(client):
    page = f"{PEOPLE}{pages.uid_of(Role.OFFICER)}/revoke/"
    said = {"role": "officer", "reason": "이동"}
    client.post(page, said)

    response = client.post(page, said)

    assert response.status_code == 409
    assert "갖고 있지 않은 역할입니다." in pages.text(response)


def test_buttons_of_several_roles_say_which_role_they_take(client):
    client.post(f"{PEOPLE}{pages.uid_of(Role.OFFICER)}/grant/", {"role": "legal", "reason": "겸임"})

    page = pages.text(client.get(f"{PEOPLE}{pages.uid_of(Role.OFFICER)}/"))

    assert [said in page for said in ("말소 (담당)", "말소 (법무)")] == [True, True]


@pytest.mark.parametrize(
    ("verb", "said", "why"),
    [
        ("close", {"reason": "까닭"}, GUARDED),
        ("revoke", {"role": "administrator", "reason": "까닭"}, GUARDED),
        ("reopen", {"reason": "까닭"}, "닫지 않은 계정입니다."),
        ("reset", {"reason": "까닭"}, NOT_YET),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(client, verb, said, why):
    uid = pages.uid_of(Role.ADMINISTRATOR)

    page = client.get(f"{PEOPLE}{uid}/")
    response = client.post(f"{PEOPLE}{uid}/{verb}/", said)

    assert response.status_code == 409
    assert why in pages.text(response)
    assert verb == "reopen" or why in pages.text(page)


def test_closing_and_opening_again(client):
    page = f"{PEOPLE}{pages.uid_of(Role.OFFICER)}/"

    client.post(f"{page}close/", {"reason": "휴직"})
    closed = client.get(page)
    client.post(f"{page}reopen/", {"reason": "복직"})

    assert "닫은 때" in pages.text(closed)
    assert card_of(Role.OFFICER).closed_at is None
