"""Two administrators who take each other's role at the same moment: one of them stays."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections

from mokmin.foundation.access.states import Role
from mokmin.foundation.people import actions, queries
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.errors import Denied
from tests import seed

AT = datetime(2026, 7, 2, tzinfo=UTC)


def actor_of(person):
    found = queries.actor_of(person.account)
    assert found is not None
    return found


def take_away(person, *, actor, change):
    if change == "close":
        actions.close(person, reason="서로 닫음", actor=actor, at=AT)
    else:
        actions.revoke(person, "administrator", reason="서로 거둠", actor=actor, at=AT)


@pytest.mark.parametrize("changes", [("revoke", "revoke"), ("close", "close"), ("close", "revoke")])
def test_of_two_who_take_each_others_role_one_stays(transactional_db, changes):
    tenant_id = seed.tenant_of("a").pk
    with tenant(tenant_id):
        first, second = seed.person_of(Role.ADMINISTRATOR), seed.person_of(Role.OFFICER)
        actions.grant(second, "administrator", reason="둘째", actor=actor_of(first), at=AT)
        pairs = [(first, actor_of(second), changes[0]), (second, actor_of(first), changes[1])]
    together, refused = threading.Barrier(2), []

    def press(person, actor, change):
        try:
            with tenant(tenant_id):
                together.wait(timeout=20)
                take_away(person, actor=actor, change=change)
        except Denied as denied:
            refused.append(denied.reason)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    with tenant(tenant_id):
        assert queries.other_administrators(0) == 1
    assert len(refused) == 1
    assert refused[0].startswith("마지막 관리자입니다.")
