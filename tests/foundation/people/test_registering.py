"""Many officials are taken in at once: all of them, or none with every reason."""

import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connections

from mokmin.foundation.access.states import Role
from mokmin.foundation.people import actions, queries
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Account, Grant, Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.errors import Denied, Invalid
from tests import seed

REASON = "조직 자료 이관"


def test_everybody_has_an_account_that_opens_nothing_yet(actor):
    contacts = [
        Contact("김하나", "One@a.example"),
        Contact("이두리", "two@a.example", "055-940-0001"),
    ]

    made = actions.register(contacts, reason=REASON, actor=actor(Role.ADMINISTRATOR), at=seed.AT)

    found = Person.objects.filter(pk__in=[each.pk for each in made]).order_by("id")
    assert [(each.name, each.email, each.phone) for each in found] == [
        ("김하나", "one@a.example", ""),
        ("이두리", "two@a.example", "055-940-0001"),
    ]
    assert [each.account.has_usable_password() for each in found] == [False, False]
    assert not Grant.objects.filter(person__in=found).exists()


def test_an_account_is_the_same_whichever_way_it_came(actor):
    asked = {"reason": REASON, "actor": actor(Role.ADMINISTRATOR), "at": seed.AT}

    (registered,) = actions.register([Contact("김하나", "One@a.example")], **asked)
    invited = actions.invite(Contact("이두리", "Two@a.example"), roles=["officer"], **asked)

    assert [
        (
            each.account.email,
            each.account.home_tenant_id,
            each.account.has_usable_password(),
            list(
                EmailAddress.objects.filter(user=each.account).values_list(
                    "email", "verified", "primary"
                )
            ),
        )
        for each in (registered, invited)
    ] == [
        ("one@a.example", None, False, [("one@a.example", True, True)]),
        ("two@a.example", None, False, [("two@a.example", True, True)]),
    ]


def test_the_address_of_a_closed_account_is_refused(actor, person_of):
    person, administrator = person_of(Role.OFFICER), actor(Role.ADMINISTRATOR)
    actions.close(person, reason="퇴직", actor=administrator, at=seed.AT)

    with pytest.raises(Invalid) as caught:
        actions.register(
            [Contact("또", person.email)], reason=REASON, actor=administrator, at=seed.AT
        )

    assert caught.value.problems == {"1": "닫은 계정의 주소입니다. 그 계정을 다시 열어 주세요."}


WAYS = {
    "register": lambda contact, **asked: actions.register([contact], **asked),
    "invite": lambda contact, **asked: actions.invite(contact, roles=["officer"], **asked),
}


@pytest.mark.parametrize("ways", [("register", "register"), ("invite", "register")])
def test_of_two_who_enter_one_address_at_once_one_is_told(transactional_db, ways):
    tenant_id = seed.tenant_of("a").pk
    with tenant(tenant_id):
        administrator = queries.actor_of(seed.person_of(Role.ADMINISTRATOR).account)
    together, told = threading.Barrier(2), []

    def enter(way):
        try:
            with tenant(tenant_id):
                together.wait(timeout=20)
                WAYS[way](
                    Contact("김하나", "one@a.example"),
                    reason=REASON,
                    actor=administrator,
                    at=seed.AT,
                )
        except Invalid as refusal:
            told.extend(refusal.problems.values())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=enter, args=[way]) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    with tenant(tenant_id):
        assert Person.objects.filter(account__email="one@a.example").count() == 1
    assert told == ["이미 등록된 전자우편 주소입니다."]


def test_every_wrong_row_is_told_at_once_and_nobody_is_taken_in(actor):
    contacts = [
        Contact("", "one@a.example"),
        Contact("이두리", "two"),
        Contact("박세찬", "three@a.example"),
        Contact("최네모", "THREE@a.example"),
        Contact("정다섯", seed.email_of(Role.OFFICER, "a")),
    ]
    before = Person.objects.count()

    with pytest.raises(Invalid) as caught:
        actions.register(contacts, reason=REASON, actor=actor(Role.ADMINISTRATOR), at=seed.AT)

    assert caught.value.problems == {
        "1": "이름을 적어 주세요.",
        "2": "전자우편 주소를 이름@기관.kr 꼴로 적어 주세요.",
        "4": "3번째 줄에 있는 전자우편 주소입니다.",
        "5": "이미 등록된 전자우편 주소입니다.",
    }
    assert Person.objects.count() == before


def test_an_account_from_elsewhere_is_linked(actor):
    with tenant(seed.tenant_of("b").pk):
        there = queries.account_here(seed.email_of(Role.OFFICER, "b"))

    contact = Contact("김주무", seed.email_of(Role.OFFICER, "b"))
    (made,) = actions.register(
        [contact], reason=REASON, actor=actor(Role.ADMINISTRATOR), at=seed.AT
    )

    assert made.account == there
    assert Account.objects.filter(email=contact.email).count() == 1


def test_only_an_administrator_registers(actor):
    with pytest.raises(Denied, match="관리자만"):
        actions.register([], reason=REASON, actor=actor(Role.COORDINATOR), at=seed.AT)
