"""The ways to reach the scratch table: product, owner, tamperer."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import psycopg
import pytest
from django.db import connection

from tests.foundation.trail.garden import Plot, make_table


@pytest.fixture
def superuser(superuser_dsn) -> Iterator[psycopg.Connection]:
    """A connection that nothing holds back; every statement commits."""
    with psycopg.connect(superuser_dsn, autocommit=True) as opened:
        yield opened


@pytest.fixture
def tamper(superuser) -> Callable[..., None]:
    """Run SQL past every trigger and rule, as someone with the server would."""

    def run(sql: str, *values: object) -> None:
        superuser.execute("SET session_replication_role = replica")
        changed = superuser.execute(sql, values)
        assert changed.rowcount > 0, "the test must change something"

    return run


@pytest.fixture
def owner(superuser_dsn) -> Iterator[psycopg.Connection]:
    """A connection as the owner; commits at the end."""
    with psycopg.connect(superuser_dsn) as opened:
        opened.execute("SET ROLE mokmin_owner")
        opened.commit()
        yield opened


@pytest.fixture
def plots(superuser_dsn) -> type[Plot]:
    """The scratch table, made when this database has none yet; it stays until the clone goes."""
    with psycopg.connect(superuser_dsn) as opened, opened.cursor() as cursor:
        cursor.execute("SET ROLE mokmin_owner")
        cursor.execute("SELECT to_regclass('scratch_plot') IS NULL")
        if cursor.fetchone()[0]:
            make_table(cursor, "scratch_plot", Plot.trailed)
    return Plot


@pytest.fixture
def session(app_dsn) -> Callable[[int], AbstractContextManager[psycopg.Connection]]:
    """Open a connection of the product's role whose next transaction is inside a municipality."""

    @contextmanager
    def enter(tenant_id: int) -> Iterator[psycopg.Connection]:
        with psycopg.connect(app_dsn) as opened:
            opened.execute("SELECT set_config('app.tenant', %s, true)", [str(tenant_id)])
            yield opened

    return enter


@pytest.fixture
def settle() -> Callable[[], None]:
    """Do now what the end of the transaction would do: checks, seals, links."""
    return connection.check_constraints
