"""What a database holds, counted by one statement per table inside one snapshot."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import IsolationLevel, sql

from mokmin.lib.errors import Refusal
from mokmin.surfaces.cli import running

PLATFORM = ""
"""Stands for the tenant of rows that belong to none."""

TABLES = """
SELECT c.relname, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid
                             AND a.attname = 'tenant_id' AND NOT a.attisdropped)
  FROM pg_class c
 WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""

Rows = Mapping[str, Mapping[str, int]]
"""Table, tenant (its id as text), number of rows."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All of it, in figures; `heads` are place and hash of each municipality's last link."""

    server: str
    migrations: tuple[str, ...]
    tenants: Mapping[str, str]
    tables: Rows
    heads: Mapping[str, tuple[int, str]]

    @property
    def row_count(self) -> int:
        """Rows of all tables."""
        return sum(sum(rows.values()) for rows in self.tables.values())


@contextmanager
def snapshot(url: str) -> Iterator[psycopg.Connection[Any]]:
    """A transaction that sees the database as of one moment, and changes nothing."""
    try:
        with psycopg.connect(url) as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            yield connection
    except psycopg.errors.DiskFull as error:
        raise Refusal(running.DISK_FULL) from error
    except psycopg.OperationalError as error:
        detail = " ".join(str(error).split())
        raise Refusal(f"백업 계정으로 데이터베이스에 접속하지 못했습니다. ({detail})") from error


def exported(connection: psycopg.Connection[Any]) -> str:
    """The name by which another connection sees the same moment."""
    return str(_one(connection, "SELECT pg_export_snapshot()"))


def is_empty(connection: psycopg.Connection[Any]) -> bool:
    """Whether there are no tables at all."""
    return not connection.execute(TABLES).fetchall()


def read(connection: psycopg.Connection[Any]) -> Contents:
    """Count everything that the connection sees; raises Refusal when there is nothing yet."""
    if not _one(connection, "SELECT to_regclass('trail_head') IS NOT NULL"):
        raise Refusal("데이터베이스에 표가 없습니다. `mokmin db migrate`를 먼저 실행해 주세요.")
    return Contents(
        server=str(_one(connection, "SHOW server_version")).split(" ")[0],
        migrations=tuple(_column(connection, "SELECT app || '.' || name FROM django_migrations")),
        tenants=dict(connection.execute("SELECT id::text, slug FROM tenancy_tenant").fetchall()),
        tables={
            name: _rows(connection, name, owned=owned) for name, owned in connection.execute(TABLES)
        },
        heads={
            str(tenant_id): (seq, bytes(digest).hex())
            for tenant_id, seq, digest in connection.execute(
                "SELECT tenant_id, seq, hash FROM trail_head"
            )
        },
    )


def link(connection: psycopg.Connection[Any], tenant_id: str, seq: int) -> str | None:
    """The hash at a place of a municipality's chain; None when the chain is shorter."""
    row = connection.execute(
        "SELECT hash FROM trail_link WHERE tenant_id = %s AND seq = %s", [int(tenant_id), seq]
    ).fetchone()
    return bytes(row[0]).hex() if row else None


def _rows(connection: psycopg.Connection[Any], table: str, *, owned: bool) -> dict[str, int]:
    whose = sql.SQL("coalesce(tenant_id::text, '')" if owned else "''")
    query = sql.SQL("SELECT {}, count(*) FROM {} GROUP BY 1 ORDER BY 1")
    found = connection.execute(query.format(whose, sql.Identifier(table))).fetchall()
    return {str(tenant): int(count) for tenant, count in found}


def _one(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def _column(connection: psycopg.Connection[Any], query: str) -> list[str]:
    return sorted(row[0] for row in connection.execute(query.encode()).fetchall())
