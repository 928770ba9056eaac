"""Checks of the database: who may do what, and whether the fence has a hole."""

from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from mokmin.foundation.tenancy import fence
from mokmin.lib import place
from mokmin.lib.postgres import roles
from mokmin.surfaces.cli import stamps
from mokmin.surfaces.cli.checks.finding import Finding, bad, good, watch

OLDEST_SERVER = 150000
SECONDS_APART = 5.0
SHOWN = 5

UNFENCED = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
 WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
   AND a.attname = 'tenant_id' AND NOT a.attisdropped AND c.relname <> ALL (%s)
   AND NOT (c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid
                           AND pg_get_expr(p.polqual, p.polrelid) LIKE '%%app.tenant%%'))
 ORDER BY 1
"""
OPEN_POLICIES = """
SELECT c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
 WHERE c.relnamespace = 'public'::regnamespace
   AND p.polname NOT IN ('own_tenant', 'maintenance')
   AND NOT (p.polname = 'search' AND p.polcmd = 'r' AND c.relname = ANY (%s)
            AND p.polroles = ARRAY['mokmin_search'::regrole::oid]) ORDER BY 1
"""
CONSTRAINTS = "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
SWITCHED_ON = """
SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE t.tgname = 'trail' AND t.tgenabled = 'O' AND c.relnamespace = 'public'::regnamespace
"""
RIGHTS = """
SELECT rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole OR rolcreatedb,
       EXISTS (SELECT FROM pg_class WHERE relowner = r.oid AND relkind = 'r')
  FROM pg_roles r WHERE rolname = ANY (%s)
"""
WANTED = {
    roles.OWNER: (False, False, True, False),
    roles.APP: (False, False, True, False),
    roles.BACKUP: (False, True, True, False),
    roles.SEARCH: (False, False, False, False),
}
"""Superuser, BYPASSRLS, login, may make roles or databases."""


def reach() -> Finding:
    """It answers, as the product's own role; asked first, the rest needs it."""
    name = "데이터베이스 접속"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int, now()")
            version, now = cursor.fetchone()
    except ImproperlyConfigured as error:
        return bad(name, str(error), "DATABASE_URL을 mokmin_app 계정의 주소로 바꿔 주세요.")
    except DatabaseError as error:
        mend = (
            "DATABASE_URL의 주소와 암호, 서버가 켜져 있는지 확인해 주세요."
            if place.is_external()
            else "`mokmin db start`로 켜거나 `mokmin up`을 실행해 주세요."
        )
        return bad(name, " ".join(str(error).split()), mend)
    if version < OLDEST_SERVER:
        return bad(name, f"PostgreSQL {version // 10000}", "PostgreSQL 15 이상으로 올려 주세요.")
    apart = abs((timezone.now() - now).total_seconds())
    if apart > SECONDS_APART:
        found = f"데이터베이스의 시계와 {apart:,.0f}초 다릅니다."
        return bad(name, found, "두 컴퓨터의 시계를 맞춰 주세요(timedatectl, NTP).")
    where = place.external_name() if place.is_external() else "내장"
    return good(name, f"PostgreSQL {version // 10000} ({where})")


def role_rights() -> Finding:
    """Each role has its rights and no more."""
    name = "데이터베이스 역할"
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, [list(WANTED)])
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    wrong = [role for role, rights in WANTED.items() if found.get(role, ())[:4] != rights]
    wrong += [role for role in (roles.APP, roles.BACKUP) if found.get(role, (False,))[-1]]
    if wrong:
        mend = (
            "`mokmin db roles`가 보여 주는 SQL을 최고관리자로 실행해 주세요."
            if place.is_external()
            else "`mokmin db start`가 바로잡습니다."
        )
        return bad(name, f"권한이 다른 역할: {', '.join(sorted(set(wrong)))}", mend)
    return good(name, "주인·앱·백업·검색의 권한이 맞습니다.")


def migrations() -> Finding:
    """Nothing is waiting to be applied."""
    name, mend = "표", "`mokmin db migrate`를 실행해 주세요."
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        waiting = ", ".join(f"{step.app_label}.{step.name}" for step, _back in plan[:SHOWN])
        return bad(name, f"적용하지 않은 마이그레이션 {len(plan)}개: {waiting}", mend)
    with connection.cursor() as cursor:
        cursor.execute(stamps.READ)
        if cursor.fetchone()[0] != stamps.of_schema():
            return watch(name, "마지막으로 맞춘 뒤에 프로그램이 바뀌었습니다.", mend)
    return good(name, "지금 판과 같습니다.")


def fenced() -> Finding:
    """Row-level security on every table with a tenant, and composite keys between them."""
    name, mend = "기관 사이의 울타리", "`mokmin db migrate`가 다시 칩니다."
    open_tables = [model._meta.db_table for model in fence.READ_ONLY_FOR_APP]
    searched = [model._meta.db_table for model in fence.tenant_models() if model.searched]
    with connection.cursor() as cursor:
        cursor.execute(UNFENCED, [open_tables])
        holes = [f"{table}(정책 없음)" for (table,) in cursor.fetchall()]
        cursor.execute(OPEN_POLICIES, [searched])
        holes += [f"{table}(모르는 정책)" for (table,) in cursor.fetchall()]
        cursor.execute(CONSTRAINTS)
        holes += _missing_keys({row[0] for row in cursor.fetchall()})
    count = len(list(fence.tenant_models()))
    if holes:
        return bad(name, f"구멍 {len(holes)}곳: {', '.join(holes[:SHOWN])}", mend)
    return good(name, f"표 {count}개에 모두 쳐 있습니다.")


def _missing_keys(known: set[str]) -> Iterator[str]:
    fenced = list(fence.tenant_models())
    for table in sorted(fence.referred_tables(fenced)):
        if f"{table}_tenant_row" not in known:
            yield f"{table}(유일 열쇠 없음)"
    for model in fenced:
        table = model._meta.db_table
        for column, _target in fence.relations(model):
            if f"{table}_{column}_same_tenant" not in known:
                yield f"{table}.{column}(복합 외래키 없음)"


def watched() -> Finding:
    """The trail's triggers stand on every table that asks for them."""
    name, mend = "변경 이력의 트리거", "`mokmin db migrate`가 다시 답니다."
    wanted = {model._meta.db_table for model in fence.tenant_models() if model.trailed is not None}
    with connection.cursor() as cursor:
        cursor.execute(SWITCHED_ON)
        missing = wanted - {row[0] for row in cursor.fetchall()}
    if missing:
        return bad(name, f"없거나 꺼진 표: {', '.join(sorted(missing)[:SHOWN])}", mend)
    return good(name, f"표 {len(wanted)}개에 달려 있습니다.")


CHECKS = (role_rights, migrations, fenced, watched)
"""In this order, and only when the database was reached."""
