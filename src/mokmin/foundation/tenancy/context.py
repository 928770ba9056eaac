"""The tenant of the running request or job, held in Python and in the database transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, connections, transaction

_current: ContextVar[int | None] = ContextVar("mokmin_tenant", default=None)


class NoTenant(RuntimeError):
    """Tenant data was touched outside `tenant(…)`: a bug, not a refusal."""


def current_tenant_id() -> int:
    """Id of the tenant in force; raises NoTenant when there is none."""
    tenant_id = _current.get()
    if tenant_id is None:
        raise NoTenant("no tenant is set for this thread of work")
    return tenant_id


@contextmanager
def tenant(tenant_id: int, *, read_only: bool = False) -> Iterator[None]:
    """One transaction in which only the rows of this tenant exist.

    The setting is local to the transaction, so it is safe with a connection pool and behind
    PgBouncer in transaction mode. `read_only` makes the database refuse every write.
    """
    token = _current.set(int(tenant_id))
    try:
        nested = connection.in_atomic_block
        with transaction.atomic():
            outer = _setting() if nested else ""
            _enter(str(int(tenant_id)), read_only=read_only)
            yield
            if nested and not connection.needs_rollback:
                _set(outer)
    finally:
        _current.reset(token)


@contextmanager
def maintenance() -> Iterator[None]:
    """One transaction of the owner in which every municipality's rows exist (`using("owner")`).

    For data migrations and set-up only: the product's own role cannot enter it.
    """
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('app.maintenance', 'on', true)")
        yield


def _enter(tenant_id: str, *, read_only: bool) -> None:
    sql = "SELECT set_config('app.tenant', %s, true)"
    if read_only:
        sql += ", set_config('transaction_read_only', 'on', true)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [tenant_id])


def _setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.tenant', true), '')")
        return str(cursor.fetchone()[0])


def _set(value: str) -> None:
    """Put the outer tenant back: releasing a savepoint keeps what was set inside it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.tenant', %s, true)", [value])
