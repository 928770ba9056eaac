"""Taking people in, giving and taking roles, closing and opening again."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ObjectDoesNotExist

from mokmin.foundation.access.states import Role
from mokmin.foundation.people import actions, queries
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Account, Grant, Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act
from mokmin.lib.errors import Denied, Invalid
from tests import seed

AT = datetime(2026, 7, 2, tzinfo=UTC)
NEW = Contact("새사람", "New@A.example ", "055-940-1111")


@pytest.fixture
def administrator(actor):
    return actor(Role.ADMINISTRATOR)


def roles_of(person):
    row = queries.person(person.uid)
    assert row is not None
    return set(row.roles)


def test_a_person_is_taken_in_with_account_and_roles(administrator):
    person = actions.invite(
        NEW, roles=["officer", "finance"], reason="신규 임용", actor=administrator, at=AT
    )

    assert (person.name, person.email, person.account.email) == (
        "새사람", "new@a.example", "new@a.example",
    )  # fmt: skip
    assert not person.account.has_usable_password()
    assert roles_of(person) == {Role.OFFICER, Role.FINANCE}
    assert Act.objects.order_by("-id").values_list("verb", "reason").first() == (
        "invite", "신규 임용",
    )  # fmt: skip


def test_every_wrong_field_is_told_at_once(administrator):
    with pytest.raises(Invalid) as caught:
        actions.invite(
            Contact(" ", "주소 아님", "전화"), roles=[], reason="", actor=administrator, at=AT
        )

    assert caught.value.problems == {
        "name": "이름을 적어 주세요.",
        "email": "전자우편 주소를 이름@기관.kr 꼴로 적어 주세요.",
        "phone": "전화는 숫자와 붙임표(-)로 적어 주세요. 예: 055-940-0000",
        "roles": "역할을 골라 주세요.",
        "reason": "사유를 적어 주세요. 기록에 남습니다.",
    }


def test_an_address_of_this_municipality_is_taken_once(administrator):
    again = Contact("또", seed.email_of(Role.OFFICER, "a"))

    with pytest.raises(Invalid) as caught:
        actions.invite(again, roles=["officer"], reason="까닭", actor=administrator, at=AT)

    assert caught.value.problems == {"email": "이미 등록된 전자우편 주소입니다."}


def test_an_address_of_another_municipality_is_linked_without_a_word(administrator, tenant_b):
    theirs = Contact("겸임", seed.email_of(Role.OFFICER, "b"))
    before = Account.objects.count()

    person = actions.invite(theirs, roles=["officer"], reason="겸임", actor=administrator, at=AT)

    assert Account.objects.count() == before
    assert person.account.home_tenant_id == tenant_b.pk


def test_the_address_of_a_closed_account_is_refused(administrator, person_of):
    person = person_of(Role.OFFICER)
    actions.close(person, reason="퇴직", actor=administrator, at=AT)

    with pytest.raises(Invalid) as caught:
        actions.invite(
            Contact("또", person.email), roles=["officer"], reason="까닭",
            actor=administrator, at=AT,
        )  # fmt: skip

    assert caught.value.problems == {"email": "닫은 계정의 주소입니다. 그 계정을 다시 열어 주세요."}


CHANGES = {
    "invite": lambda who, _person: actions.invite(
        NEW, roles=["officer"], reason="까닭", actor=who, at=AT
    ),
    "send_invitation": lambda who, person: actions.send_invitation(
        person, origin="http://a.localhost", actor=who, at=AT
    ),
    "contact": lambda who, person: actions.change_contact(person, NEW, actor=who, at=AT),
    "grant": lambda who, person: actions.grant(person, "legal", reason="까닭", actor=who, at=AT),
    "revoke": lambda who, person: actions.revoke(
        person, "officer", reason="까닭", actor=who, at=AT
    ),
    "close": lambda who, person: actions.close(person, reason="까닭", actor=who, at=AT),
    "reopen": lambda who, person: actions.reopen(person, reason="까닭", actor=who, at=AT),
    "reset": lambda who, person: actions.reset_second_factor(
        person, reason="까닭", actor=who, at=AT
    ),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}), ids=str)
def test_only_administrators_change_people(actor, person_of, role, change):
    with pytest.raises(Denied) as caught:
        CHANGES[change](actor(role), person_of(Role.OFFICER))

    assert caught.value.reason == "계정과 역할은 관리자만 바꿀 수 있습니다."


REASONED = {
    "grant": lambda person, **values: actions.grant(person, "legal", **values),
    "revoke": lambda person, **values: actions.revoke(person, "officer", **values),
    "close": actions.close,
    "reopen": actions.reopen,
    "reset": actions.reset_second_factor,
}


@pytest.mark.parametrize("change", REASONED)
@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (" ", "사유를 적어 주세요. 기록에 남습니다."),
        ("가" * 301, "사유는 300자까지 적을 수 있습니다."),
    ],
    ids=["empty", "long"],
)
def test_a_change_of_rights_needs_its_reason(administrator, person_of, change, reason, sentence):
    with pytest.raises(Invalid) as caught:
        REASONED[change](person_of(Role.OFFICER), reason=reason, actor=administrator, at=AT)

    assert caught.value.problems == {"reason": sentence}


def test_a_role_is_given_once(administrator, person_of):
    person = person_of(Role.OFFICER)

    with pytest.raises(Denied) as caught:
        actions.grant(person, "officer", reason="또", actor=administrator, at=AT)

    assert caught.value.reason == "이미 담당 역할을 갖고 있습니다."


def test_an_unknown_role_is_refused(administrator, person_of):
    with pytest.raises(Invalid) as caught:
        actions.grant(person_of(Role.OFFICER), "king", reason="왕", actor=administrator, at=AT)

    assert caught.value.problems == {"roles": "목록에 없는 역할입니다: king."}


def test_a_role_is_taken_back_and_the_history_tells_by_whom(administrator, person_of):
    person = person_of(Role.OFFICER)

    actions.revoke(person, "officer", reason="휴직", actor=administrator, at=AT)

    assert roles_of(person) == set()
    assert list(
        Grant.objects.filter(person=person).values_list(
            "revoked_at", "revoked_by", "revoked_reason"
        )
    ) == [(AT, "서관리", "휴직")]


def test_a_role_that_is_not_held_cannot_be_taken(administrator, person_of):
    with pytest.raises(Denied) as caught:
        actions.revoke(person_of(Role.OFFICER), "legal", reason="없음", actor=administrator, at=AT)

    assert caught.value.reason == "갖고 있지 않은 역할입니다. 화면을 새로 열어 확인해 주세요."


def test_closing_ends_what_the_person_is_and_opening_brings_it_back(administrator, person_of):
    person = person_of(Role.OFFICER)

    actions.close(person, reason="휴직", actor=administrator, at=AT)
    while_closed = queries.actor_of(person.account)
    actions.reopen(person, reason="복직", actor=administrator, at=AT + timedelta(days=1))

    assert while_closed is None
    assert queries.actor_of(person.account).roles == {Role.OFFICER}


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("close", "close", "이미 닫은 계정입니다."),
        ("", "reopen", "닫지 않은 계정입니다."),
        ("close", "grant", "닫은 계정에는 역할을 부여할 수 없습니다. 먼저 다시 열어 주세요."),
        ("close", "send_invitation",
         "닫은 계정에는 초대 메일을 보낼 수 없습니다. 먼저 다시 열어 주세요."),
        ("", "reset",
         "이 기관에 아직 들어오지 않은 사람입니다. 들어온 뒤에 초기화할 수 있습니다."),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(administrator, person_of, first, second, sentence):
    person = person_of(Role.OFFICER)
    if first:
        CHANGES[first](administrator, person)

    with pytest.raises(Denied) as caught:
        CHANGES[second](administrator, person)

    assert caught.value.reason == sentence


def test_a_lost_phone_is_forgotten(administrator, person_of):
    person = person_of(Role.OFFICER)
    Authenticator.objects.create(user=person.account, type="totp", data={"secret": "x"})

    actions.reset_second_factor(person, reason="분실", actor=administrator, at=AT)

    assert not Authenticator.objects.filter(user=person.account).exists()


def test_another_municipalitys_account_keeps_its_second_factor(administrator, tenant_b):
    theirs = Contact("겸임", seed.email_of(Role.OFFICER, "b"))
    person = actions.invite(theirs, roles=["officer"], reason="겸임", actor=administrator, at=AT)
    Authenticator.objects.create(user=person.account, type="totp", data={"secret": "x"})

    with pytest.raises(Denied) as caught:
        actions.reset_second_factor(person, reason="분실", actor=administrator, at=AT)

    assert caught.value.reason == (
        "이 기관에 아직 들어오지 않은 사람입니다. 들어온 뒤에 초기화할 수 있습니다."
    )


LEAVING = {
    "close": actions.close,
    "revoke": lambda person, **values: actions.revoke(person, "administrator", **values),
}


@pytest.mark.parametrize("change", LEAVING)
def test_the_last_administrator_stays(administrator, person_of, change):
    person = person_of(Role.ADMINISTRATOR)

    with pytest.raises(Denied) as caught:
        LEAVING[change](person, reason="까닭", actor=administrator, at=AT)

    assert caught.value.reason == (
        "마지막 관리자입니다. 다른 사람에게 관리자 역할을 먼저 부여해 주세요."
    )


def test_a_closed_administrator_does_not_count(administrator, person_of):
    first = person_of(Role.ADMINISTRATOR)
    second = person_of(Role.OFFICER)
    actions.grant(second, "administrator", reason="두 번째", actor=administrator, at=AT)
    actions.close(second, reason="퇴직", actor=administrator, at=AT)

    with pytest.raises(Denied):
        actions.close(first, reason="까닭", actor=administrator, at=AT)


def test_contact_is_corrected_but_the_sign_in_address_stays(administrator, person_of):
    person = person_of(Role.OFFICER)

    actions.change_contact(person, NEW, actor=administrator, at=AT)

    row = queries.person(person.uid)
    assert (row.name, row.email, row.phone) == ("새사람", "new@a.example", "055-940-1111")
    assert person.account.email == seed.email_of(Role.OFFICER, "a")


def test_a_municipality_has_one_first_administrator(in_a):
    with pytest.raises(Denied) as caught:
        actions.found_first_administrator(NEW, actor=seed.FOUNDER, at=AT)

    assert caught.value.reason == (
        "이미 관리자가 있습니다. 관리자가 화면에서 다른 사람을 초대할 수 있습니다."
    )


def test_a_person_of_another_municipality_is_out_of_reach(administrator, tenant_b):
    with tenant(tenant_b.pk):
        theirs = seed.person_of(Role.OFFICER)

    with pytest.raises(ObjectDoesNotExist):
        actions.close(theirs, reason="까닭", actor=administrator, at=AT)

    with tenant(tenant_b.pk):
        assert Person.objects.get(pk=theirs.pk).closed_at is None
