"""The list of people, one person's card, the figures."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator

from mokmin.foundation.access import actions as access
from mokmin.foundation.access.actions import Handled, Whence
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.people import actions, queries, queries_people
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Account
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Window
from tests import seed

AT = datetime(2026, 7, 2, tzinfo=UTC)
LAST = "마지막 관리자입니다. 다른 사람에게 관리자 역할을 먼저 부여해 주세요."
BARRED = "계정과 역할은 관리자만 바꿀 수 있습니다."
NOT_YET = "이 기관에 아직 들어오지 않은 사람입니다. 들어온 뒤에 초기화할 수 있습니다."
FOREIGN = "다른 기관이 만든 계정입니다. 그 기관의 관리자에게 요청해 주세요."


def names(**asked):
    return [row.name for row in people(**asked)]


def people(sort="name", after="", limit=50, **asked):
    return queries_people.people(window=Window(sort, after=after, limit=limit), **asked)


def test_the_list_is_by_name_and_goes_on_behind_its_key(in_a):
    whole = names()
    first = people(limit=5)

    rest = names(after=first[-1].uid)

    assert [row.name for row in first] + rest == whole == sorted(seed.NAMES.values())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"word": "감사"}, ["강감사"]),
        ({"word": "LEGAL@"}, ["윤법무"]),
        ({"role": "mayor"}, []),
        ({"role": "auditor"}, ["강감사"]),
        ({"is_closed": True}, []),
        ({"lacking_factor_for": ["auditor", "legal"]}, ["강감사", "윤법무"]),
    ],
)
def test_the_list_is_narrowed(in_a, asked, found):
    assert names(**asked) == found


def test_who_has_the_second_factor_does_not_lack_it(in_a, person_of):
    account = person_of(Role.AUDITOR).account
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})

    assert names(lacking_factor_for=["auditor"]) == []
    assert queries.person(person_of(Role.AUDITOR).uid).has_second_factor


def test_one_query_whatever_the_number_of_people(in_a, actor, django_assert_num_queries):
    administrator = actor(Role.ADMINISTRATOR)
    for number in range(30):
        actions.invite(
            Contact(f"사람{number}", f"p{number}@a.example"), roles=["officer"],
            reason="시험", actor=administrator, at=AT,
        )  # fmt: skip

    with django_assert_num_queries(1):
        found = people()

    assert len(found) == len(Role) + 30


def test_figures_are_counted(in_a, actor, person_of):
    actions.close(person_of(Role.LEGAL), reason="퇴직", actor=actor(Role.ADMINISTRATOR), at=AT)

    found = queries_people.figures(needed_for=["auditor", "administrator"])

    assert (found.people, found.staff, found.administrators, found.unprotected) == (12, 9, 1, 2)


def test_the_card_of_the_last_administrator_says_what_cannot_be_done(actor, person_of):
    card = queries.card(person_of(Role.ADMINISTRATOR).uid, actor(Role.ADMINISTRATOR))

    assert (card.why_not_manage, card.why_not_close) == (None, LAST)
    assert card.why_not_revoke("administrator") == LAST
    assert card.why_not_reopen == "닫지 않은 계정입니다."
    assert card.why_not_reset == NOT_YET
    assert (card.why_not_give, card.why_not_invite) == (None, None)
    assert set(card.givable) == set(Role) - {Role.ADMINISTRATOR}


def test_the_card_tells_an_auditor_that_they_may_only_look(actor, person_of):
    card = queries.card(person_of(Role.OFFICER).uid, actor(Role.AUDITOR))

    assert {
        card.why_not_manage, card.why_not_give, card.why_not_close, card.why_not_reopen,
        card.why_not_invite, card.why_not_reset, card.why_not_revoke("officer"),
    } == {BARRED}  # fmt: skip


@pytest.fixture
def busy_elsewhere(tenant_b):
    """An account of 나래군 that signs in there with a second factor."""
    account = Account.objects.get(email=seed.email_of(Role.OFFICER, "b"))
    Account.objects.filter(pk=account.pk).update(last_login=AT)
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    with tenant(tenant_b.pk):
        come_in(queries.actor_of(account))
    return account.email


def come_in(who):
    access.log_access(
        Handled(Handling.SIGN_IN, page="로그인", subject_uids=(), reason=""),
        whence=Whence(who, "127.0.0.1", "1"),
        at=AT,
    )


def invite(email, who):
    return actions.invite(
        Contact("겸임", email), roles=["auditor"], reason="겸임", actor=who, at=AT
    )


def test_an_invited_address_tells_nothing_of_its_account_elsewhere(busy_elsewhere, actor):
    administrator = actor(Role.ADMINISTRATOR)
    new = queries.card(invite("new@a.example", administrator).uid, administrator)

    shared = queries.card(invite(busy_elsewhere, administrator).uid, administrator)

    same = {"id": 0, "uid": "", "email": "", "is_of_here": True}
    assert replace(shared.row, **same) == replace(new.row, **same)
    assert (shared.row.last_login, shared.row.is_known) == (None, False)
    assert shared.why_not_reset == new.why_not_reset == NOT_YET
    assert names(lacking_factor_for=["auditor"]) == ["강감사", "겸임", "겸임"]
    assert queries_people.figures(needed_for=["auditor"]).unprotected == 3


def test_who_has_come_in_here_is_known_here(busy_elsewhere, actor):
    administrator = actor(Role.ADMINISTRATOR)
    person = invite(busy_elsewhere, administrator)

    come_in(queries.actor_of(person.account))

    card = queries.card(person.uid, administrator)
    assert (card.row.last_login, card.row.has_second_factor) == (AT, True)
    assert card.why_not_reset == FOREIGN


def test_who_has_come_in_without_a_second_factor_has_none_to_reset(actor, person_of):
    come_in(actor(Role.OFFICER))

    card = queries.card(person_of(Role.OFFICER).uid, actor(Role.ADMINISTRATOR))

    assert (card.row.is_known, card.row.has_second_factor) == (True, False)
    assert card.why_not_reset == "등록한 2단계 인증이 없습니다."


def test_there_is_no_card_of_nobody(actor):
    assert queries.card("nosuchuid1", actor(Role.ADMINISTRATOR)) is None
