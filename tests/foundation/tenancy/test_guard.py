"""The product does not start with a role that the fence does not hold."""

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from mokmin.foundation.tenancy import guard
from tests import database
from tests.environment import WORKER

SENTENCE = (
    "DATABASE_URL의 데이터베이스 계정이 {why}입니다. "
    "기관 사이의 울타리가 듣지 않으므로 시작하지 않습니다. "
    "`mokmin db roles`가 알려 주는 mokmin_app 계정을 쓰세요."
)
ROLE = f"mokmin_guarded_{WORKER}"


@pytest.fixture
def connect(transactional_db, monkeypatch):
    """Django's `default` as another role of this database, asked for the first time."""
    settings = connections["default"].settings_dict
    monkeypatch.setattr(guard, "_passed", set())

    def try_as(user, *, become=""):
        connections["default"].close()
        monkeypatch.setitem(settings, "USER", user)
        if become:
            monkeypatch.setitem(settings["OPTIONS"], "options", f"-c role={become}")
        connections["default"].ensure_connection()
        return connections["default"].is_usable()

    yield try_as
    connections["default"].close()


@pytest.fixture
def role(transactional_db):
    """A role of this run with the attributes or memberships that a statement gives it."""
    with psycopg.connect(database.superuser_dsn("postgres"), autocommit=True) as superuser:

        def make(*statements):
            superuser.execute(f'CREATE ROLE "{ROLE}" LOGIN')
            for statement in statements:
                superuser.execute(statement.format(role=f'"{ROLE}"'))
            return ROLE

        yield make
        connections["default"].close()
        superuser.execute(f'DROP ROLE "{ROLE}"')


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("mokmin_super", "최고관리자"),
        ("mokmin_backup", "BYPASSRLS 권한"),
        ("mokmin_owner", "표의 소유자"),
    ],
)
def test_a_role_outside_the_fence_is_refused(connect, name, why):
    with pytest.raises(ImproperlyConfigured) as caught:
        connect(name)

    assert str(caught.value) == SENTENCE.format(why=why)


@pytest.mark.parametrize("other", ["mokmin_owner", "mokmin_backup", "mokmin_super"])
@pytest.mark.parametrize("inherits", ["INHERIT", "NOINHERIT"])
def test_a_member_of_such_a_role_is_refused(connect, role, other, inherits):
    member = role(f"ALTER ROLE {{role}} {inherits}", f"GRANT {other} TO {{role}}")

    with pytest.raises(ImproperlyConfigured) as caught:
        connect("mokmin_super", become=member)

    assert str(caught.value) == SENTENCE.format(why="울타리 밖 역할의 구성원")


def test_a_plain_role_is_let_in(connect, role):
    assert connect("mokmin_super", become=role())
