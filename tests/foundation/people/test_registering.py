"""Many officials are taken in at once: all of them, or none with every reason."""

import pytest

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
