"""Residents join by themselves; where an account is at home; the first administrator."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction

from mokmin.foundation.access import actions as access
from mokmin.foundation.access.states import Role
from mokmin.foundation.people import actions, queries
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Account, Grant, Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act
from mokmin.lib.errors import Denied
from tests import seed

AT = datetime(2026, 7, 2, tzinfo=UTC)
PASSWORD = "새 말 아홉 마디 58"
NEWCOMER = Contact("나새롬", "new@resident.example", "010-1234-5678")


@pytest.fixture
def opened(actor):
    administrator = actor(Role.ADMINISTRATOR)
    access.change_settings({"has_resident_signup": True}, actor=administrator, at=AT)
    return administrator


def test_who_joins_is_a_resident_and_at_home_here(opened, in_a):
    person = actions.sign_up(NEWCOMER, PASSWORD, at=AT)

    account = Account.objects.get(email="new@resident.example")
    assert queries.actor_of(account).roles == {Role.RESIDENT}
    assert (account.check_password(PASSWORD), account.home_tenant_id) == (True, in_a.pk)
    assert Grant.objects.values_list("granted_by", "reason").get(person=person) == (
        "주민 본인", "본인 가입",
    )  # fmt: skip


def test_what_is_never_forgotten_names_no_resident(opened):
    person = actions.sign_up(NEWCOMER, PASSWORD, at=AT)

    act = Act.objects.get(verb="join")
    assert (act.actor_name, act.actor_person_id, act.subject_title) == (
        "주민 본인", None, person.uid,
    )  # fmt: skip
    kept = {
        table: rows_of(table) for table in ("trail_act", "trail_change", "people_grant_version")
    }
    for table, rows in kept.items():
        assert [word for word in ("나새롬", NEWCOMER.email, NEWCOMER.phone) if word in rows] == []
        assert str(person.pk) in rows, table


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT jsonb_agg(to_jsonb(t)) FROM {table} t")
        return json.dumps(json.loads(cursor.fetchone()[0]), ensure_ascii=False)


JOINING = {
    "sign_up": lambda _account: actions.sign_up(NEWCOMER, PASSWORD, at=AT),
    "join": lambda account: actions.join(NEWCOMER, account, at=AT),
}


@pytest.mark.parametrize("way", JOINING)
def test_nobody_joins_where_it_is_not_open(in_a, tenant_b, way):
    with tenant(tenant_b.pk):
        elsewhere = seed.person_of(Role.OFFICER).account
    before = Account.objects.count(), Person.objects.count(), Act.objects.count()

    with pytest.raises(Denied) as caught:
        JOINING[way](elsewhere)

    assert caught.value.reason == "지금은 주민 가입을 받지 않습니다."
    assert (Account.objects.count(), Person.objects.count(), Act.objects.count()) == before


def test_an_account_is_at_home_where_its_owner_came_in_and_not_where_invited(actor, tenant_b):
    administrator = actor(Role.ADMINISTRATOR)
    invited = actions.invite(
        Contact("나새롬", NEWCOMER.email), roles=["officer"], reason="선점", actor=administrator,
        at=AT,
    )  # fmt: skip
    account = Account.objects.get(email=NEWCOMER.email)
    at_first = account.home_tenant_id

    with tenant(tenant_b.pk):
        actions.settle(account)
    actions.settle(account)

    account.refresh_from_db()
    assert (at_first, account.home_tenant_id) == (None, tenant_b.pk)
    with pytest.raises(Denied):
        actions.reset_second_factor(invited, reason="분실", actor=administrator, at=AT)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"granted_by": ""}, "people_grant_granted_by_someone"),
        (
            {"revoked_at": seed.AT - timedelta(seconds=1), "revoked_by": "서관리"},
            "people_grant_revoked_after_granted",
        ),
        ({"revoked_at": AT}, "people_grant_revoked_by_someone"),
        ({"role": "king"}, "people_grant_role"),
    ],
)
def test_the_table_of_grants_refuses_what_no_action_writes(in_a, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Grant.objects.filter(role="officer").update(**change)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"uid": "ABCDEFGHIJ"}, "people_person_uid_form"),
        ({"uid": "short"}, "people_person_uid_form"),
        ({"name": ""}, "people_person_has_name"),
        ({"closed_at": seed.AT - timedelta(seconds=1)}, "people_person_closed_after_joined"),
    ],
)
def test_the_table_of_people_refuses_what_no_action_writes(in_a, change, constraint):
    person = seed.person_of(Role.OFFICER)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(**change)


def test_of_two_first_administrators_at_once_one_comes_to_be(transactional_db):
    tenant_id = seed.tenant_of("a").pk
    with tenant(tenant_id):
        Grant.objects.filter(role="administrator").update(revoked_at=AT, revoked_by="서관리")
    together, refused = threading.Barrier(2), []

    def found(number):
        try:
            with tenant(tenant_id):
                together.wait(timeout=20)
                actions.found_first_administrator(
                    Contact("첫 관리자", f"first{number}@a.example"), actor=seed.FOUNDER, at=AT
                )
        except Denied as denied:
            refused.append(denied.reason)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=found, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    with tenant(tenant_id):
        assert queries.other_administrators(0) == 1
    assert refused == ["이미 관리자가 있습니다. 관리자가 화면에서 다른 사람을 초대할 수 있습니다."]
