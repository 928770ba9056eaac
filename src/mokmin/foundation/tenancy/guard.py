"""The product refuses to work with a database role that the fence does not hold."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

UNFENCED = """
SELECT rolsuper, rolbypassrls,
       EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relkind = 'r')
  FROM pg_roles WHERE rolname = current_user
"""

_passed: set[str] = set()


def refuse_privileged(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Raise ImproperlyConfigured when `default` connects as superuser, BYPASSRLS or table owner.

    Asked once per process and address: roles do not change under a running server.
    """
    if connection.alias != "default" or _address(connection) in _passed:
        return
    with connection.cursor() as cursor:
        cursor.execute(UNFENCED)
        is_super, bypasses, owns = cursor.fetchone()
    if is_super or bypasses or owns:
        why = "최고관리자" if is_super else "BYPASSRLS 권한" if bypasses else "표의 소유자"
        raise ImproperlyConfigured(
            f"DATABASE_URL의 데이터베이스 계정이 {why}입니다. "
            "기관 사이의 울타리가 듣지 않으므로 시작하지 않습니다. "
            "`mokmin db roles`가 알려 주는 mokmin_app 계정을 쓰세요."
        )
    _passed.add(_address(connection))


def _address(connection: BaseDatabaseWrapper) -> str:
    settings = connection.settings_dict
    return f"{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
