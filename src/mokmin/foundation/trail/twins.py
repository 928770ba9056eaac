"""Twins: a `<table>_version` beside each table whose rows must be readable as of any past day.

A twin has the columns of its table, personal ones as hashes, and the period in which they held.
Each column is marked with the number that the database gave its original, which a rename keeps.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper

from mokmin.foundation.tenancy import fence
from mokmin.foundation.tenancy.models import Trailed

TRIGGER = "trail_twin"
PERIOD = ("sys_from", "sys_to")
HASHED = "해시"

COLUMNS = """
SELECT attname, format_type(atttypid, NULL), attnum, col_description(attrelid, attnum)
  FROM pg_attribute
 WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped
 ORDER BY attnum
"""

PAIRS = """
SELECT t.relname FROM pg_class t
  JOIN pg_class v ON v.relname = t.relname || '_version' AND v.relnamespace = t.relnamespace
 WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace
   AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = v.oid AND attname = 'sys_from')
"""


@dataclass(frozen=True, slots=True)
class TwinColumn:
    """A column of a table or its twin; `number` is that of the original."""

    name: str
    type: str
    number: int
    is_hashed: bool = False

    @property
    def mark(self) -> str:
        """What the comment on the twin's column says."""
        return f"{self.number} {HASHED}" if self.is_hashed else str(self.number)


def name_of(table: str) -> str:
    """The twin's name."""
    return f"{table}_version"


def function(table: str) -> str:
    """Name of the trigger function that keeps the twin."""
    return f"{name_of(table)}_keep"


def shape(cursor: CursorWrapper, table: str, trailed: Trailed) -> None:
    """Make the twin, or bring its columns in step with those of its table."""
    wanted = _wanted(cursor, table, trailed)
    twin = name_of(table)
    have = _twin_columns(cursor, table)
    if not have:
        cursor.execute(_create(table, wanted))
    else:
        with _maintenance(cursor):
            _follow(cursor, table, wanted, have)
    cursor.execute(fence.separate_sql(twin, append_only=True))
    cursor.execute(f'REVOKE INSERT ON "{twin}" FROM mokmin_app')
    _mark(cursor, table, wanted)
    cursor.execute(_function(table, wanted))


def begin(cursor: CursorWrapper, table: str, trailed: Trailed) -> None:
    """End every open version and start anew from the rows of this moment."""
    columns = _wanted(cursor, table, trailed)
    twin = name_of(table)
    values = ", ".join(_value(table, column, row="b") for column in columns)
    with _maintenance(cursor):
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
        cursor.execute(
            f"UPDATE \"{twin}\" SET sys_to = greatest(%s, sys_from + interval '1 microsecond')"
            " WHERE sys_to IS NULL",
            [moment],
        )
        cursor.execute(
            f'INSERT INTO "{twin}" ({_names(columns)}, sys_from)'
            f' SELECT {values}, greatest(%s, (SELECT max(v.sys_to) FROM "{twin}" v'
            " WHERE v.tenant_id = b.tenant_id AND v.id = b.id))"
            f' FROM "{table}" b',
            [moment],
        )


def mark_before(*, using: str, **_signal: Any) -> None:
    """Renew the marks before a migration may rename a column."""
    with connections[using].cursor() as cursor:
        renew_marks(cursor)


def renew_marks(cursor: CursorWrapper) -> None:
    """Number the twins' columns as their tables do now: a restored database numbers anew."""
    cursor.execute(PAIRS)
    for (table,) in cursor.fetchall():
        original = {column.name: column.number for column in _columns(cursor, table)}
        still = [
            TwinColumn(column.name, column.type, original[column.name], column.is_hashed)
            for column in _twin_columns(cursor, table)
            if column.name in original
        ]
        _mark(cursor, table, still)


def _columns(cursor: CursorWrapper, table: str) -> list[TwinColumn]:
    cursor.execute(COLUMNS, [f'"{table}"'])
    return [TwinColumn(name, kind, number) for name, kind, number, _ in cursor.fetchall()]


def _wanted(cursor: CursorWrapper, table: str, trailed: Trailed) -> list[TwinColumn]:
    return [
        TwinColumn(column.name, "text", column.number, is_hashed=True)
        if column.name in trailed.personal
        else column
        for column in _columns(cursor, table)
        if column.name not in trailed.silent
    ]


def _twin_columns(cursor: CursorWrapper, table: str) -> list[TwinColumn]:
    cursor.execute(COLUMNS, [f'"{name_of(table)}"'])
    return [
        TwinColumn(name, kind, int((mark or "0").split()[0]), (mark or "").endswith(HASHED))
        for name, kind, _, mark in cursor.fetchall()
        if name not in PERIOD
    ]


def _create(table: str, columns: list[TwinColumn]) -> str:
    twin = name_of(table)
    typed = ", ".join(f'"{column.name}" {column.type}' for column in columns)
    return f"""
        CREATE TABLE "{twin}" (
            {typed},
            sys_from timestamptz NOT NULL,
            sys_to timestamptz,
            CHECK (sys_to > sys_from)
        );
        ALTER TABLE "{twin}" ALTER tenant_id SET NOT NULL, ALTER id SET NOT NULL;
        CREATE UNIQUE INDEX ON "{twin}" (tenant_id, id, sys_from);
        CREATE UNIQUE INDEX ON "{twin}" (tenant_id, id) WHERE sys_to IS NULL;
    """


def _follow(
    cursor: CursorWrapper, table: str, wanted: list[TwinColumn], have: list[TwinColumn]
) -> None:
    """Rename, drop, add, retype and hash the twin's columns as its table has done."""
    twin = name_of(table)
    kept = _rename(cursor, twin, wanted, have)
    names = {column.name for column in wanted}
    for name in kept.keys() - names:
        cursor.execute(f'ALTER TABLE "{twin}" DROP COLUMN "{name}"')
    for column in wanted:
        old = kept.get(column.name)
        if old is None:
            cursor.execute(f'ALTER TABLE "{twin}" ADD COLUMN "{column.name}" {column.type}')
            cursor.execute(
                f'UPDATE "{twin}" v SET "{column.name}" = {_value(table, column, row="b")}'
                f' FROM "{table}" b'
                " WHERE v.sys_to IS NULL AND b.tenant_id = v.tenant_id AND b.id = v.id"
            )
        else:
            _retype(cursor, table, old, column)


def _rename(
    cursor: CursorWrapper, twin: str, wanted: list[TwinColumn], have: list[TwinColumn]
) -> dict[str, TwinColumn]:
    """Rename what its table renamed; the twin's columns by their present names."""
    kept = {column.name: column for column in have}
    names = {column.name for column in wanted}
    by_number = {column.number: column.name for column in wanted if column.name not in kept}
    for column in have:
        new = by_number.get(column.number)
        if column.name not in names and new:
            cursor.execute(f'ALTER TABLE "{twin}" RENAME COLUMN "{column.name}" TO "{new}"')
            kept[new] = kept.pop(column.name)
    return kept


def _retype(cursor: CursorWrapper, table: str, old: TwinColumn, new: TwinColumn) -> None:
    """What was hashed cannot be read back; what becomes personal is hashed in every version."""
    twin = name_of(table)
    is_revealed = old.is_hashed and not new.is_hashed
    if old.type != new.type or is_revealed:
        value = "NULL" if is_revealed else f'"{new.name}"::text'
        cursor.execute(
            f'ALTER TABLE "{twin}" ALTER "{new.name}" TYPE {new.type} USING {value}::{new.type}'
        )
    if new.is_hashed and not old.is_hashed:
        cursor.execute(
            f'UPDATE "{twin}" SET "{new.name}" ='
            f" trail_hide(tenant_id, '{table}', id, '{new.name}', \"{new.name}\")"
        )


def _mark(cursor: CursorWrapper, table: str, columns: list[TwinColumn]) -> None:
    marked = {column.name: column.mark for column in _twin_columns(cursor, table)}
    for column in columns:
        if marked[column.name] != column.mark:
            cursor.execute(
                f'COMMENT ON COLUMN "{name_of(table)}"."{column.name}" IS \'{column.mark}\''
            )


def _names(columns: list[TwinColumn]) -> str:
    return ", ".join(f'"{column.name}"' for column in columns)


def _value(table: str, column: TwinColumn, *, row: str) -> str:
    """A row's value as the twin keeps it."""
    if not column.is_hashed:
        return f'{row}."{column.name}"'
    plain = f"to_jsonb({row}) ->> '{column.name}'"
    return f"trail_hide({row}.tenant_id, '{table}', {row}.id, '{column.name}', {plain})"


def _function(table: str, columns: list[TwinColumn]) -> str:
    """The twin's trigger function, with every column named: its plans are made once."""
    twin = name_of(table)
    old, new = (", ".join(f'{row}."{column.name}"' for column in columns) for row in ("OLD", "NEW"))
    return f"""
        CREATE OR REPLACE FUNCTION "{function(table)}"() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $twin$
        DECLARE
            v_tenant bigint := coalesce(NEW.tenant_id, OLD.tenant_id);
            v_was text;
            v_from timestamptz := clock_timestamp();
            v_last timestamptz;
        BEGIN
            IF TG_OP = 'UPDATE' AND record_image_eq(ROW({old}), ROW({new})) THEN
                RETURN NULL;
            END IF;
            v_was := trail_enter(v_tenant);
            IF TG_OP = 'INSERT' THEN
                SELECT max(v.sys_to) INTO v_last FROM "{twin}" v
                 WHERE v.tenant_id = NEW.tenant_id AND v.id = NEW.id;
            ELSE
                UPDATE "{twin}" v
                   SET sys_to = greatest(v_from, v.sys_from + interval '1 microsecond')
                 WHERE v.tenant_id = OLD.tenant_id AND v.id = OLD.id AND v.sys_to IS NULL
                RETURNING v.sys_to INTO v_last;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                INSERT INTO "{twin}" ({_names(columns)}, sys_from)
                VALUES ({", ".join(_value(table, column, row="NEW") for column in columns)},
                        greatest(v_from, v_last));
            END IF;
            IF v_was IS NOT NULL THEN
                v_was := set_config('app.tenant', v_was, true);
            END IF;
            RETURN NULL;
        END $twin$;
        REVOKE EXECUTE ON FUNCTION "{function(table)}"() FROM PUBLIC;
    """


@contextmanager
def _maintenance(cursor: CursorWrapper) -> Iterator[None]:
    """All municipalities at once, as the fence allows the owner for as long as it lasts."""
    cursor.execute("SELECT coalesce(current_setting('app.maintenance', true), '')")
    (was,) = cursor.fetchone()
    cursor.execute("SELECT set_config('app.maintenance', 'on', true)")
    yield
    cursor.execute("SELECT set_config('app.maintenance', %s, true)", [was])
