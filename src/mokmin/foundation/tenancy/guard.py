"""The product refuses to work with a database role that the fence does not hold."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

from mokmin.lib.postgres import roles

UNFENCED = f"""
SELECT r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT FROM pg_class WHERE relowner = r.oid AND relkind = 'r'),
       EXISTS (SELECT FROM pg_roles other
                WHERE other.oid <> r.oid AND pg_has_role(r.oid, other.oid, 'MEMBER')
                  AND (other.rolsuper OR other.rolbypassrls OR other.rolname = '{roles.OWNER}'))
  FROM pg_roles r WHERE r.rolname = current_user
"""
"""A member of an unfenced role may become it with `SET ROLE`."""

REASONS = ("최고관리자", "BYPASSRLS 권한", "표의 소유자", "울타리 밖 역할의 구성원")

_passed: set[str] = set()


def refuse_privileged(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Raise ImproperlyConfigured when `default` is, or may become, a role outside the fence.

    Asked once per process and address: roles do not change under a running server.
    """
    if connection.alias != "default" or _address(connection) in _passed:
        return
    with connection.cursor() as cursor:
        cursor.execute(UNFENCED)
        found = cursor.fetchone()
    why = next((reason for reason, holds in zip(REASONS, found, strict=True) if holds), None)
    if why:
        raise ImproperlyConfigured(
            f"DATABASE_URL의 데이터베이스 계정이 {why}입니다. "
            "기관 사이의 울타리가 듣지 않으므로 시작하지 않습니다. "
            "`mokmin db roles`가 알려 주는 mokmin_app 계정을 쓰세요."
        )
    _passed.add(_address(connection))


def _address(connection: BaseDatabaseWrapper) -> str:
    settings = connection.settings_dict
    return f"{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
