"""The test cluster, the template database, and one clone of it per worker.

The template is made once per state of the schema: migrated by the real `migrate`, fenced, and
seeded with two municipalities that hold the same data.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from mokmin.lib.postgres import Cluster, roles
from mokmin.surfaces.cli import stamps
from tests import seed, static
from tests.environment import ROOT, VAR, WORKER

CLUSTER = Cluster(VAR / "postgres", fsync=False)
CLONE = f"mokmin_test_{WORKER}"
_using = (VAR / "in-use.lock").open("w")
"""Locked, shared, by every process that uses the cluster, for as long as it lives."""

KEPT_TEMPLATES = 6
"""More than one, because two versions of the code may be tested at a time."""


@cache
def template() -> str:
    """Name of the template database for the schema as it stands in the files."""
    seeded = (ROOT / "tests" / "seed.py").read_bytes()
    digest = hashlib.sha256(stamps.of_schema().encode() + seeded)
    return f"mokmin_template_{digest.hexdigest()[:12]}"


def superuser_dsn(database: str) -> str:
    """Address of a database as the superuser of the test cluster."""
    return CLUSTER.url(CLUSTER.superuser, database)


def app_dsn(database: str = CLONE) -> str:
    """Address of a database as the product's own role."""
    return CLUSTER.url("mokmin_app", database)


@contextmanager
def _alone() -> Iterator[None]:
    with (VAR / "template.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepare() -> None:
    """Start the cluster and make the template, once for all workers."""
    fcntl.flock(_using, fcntl.LOCK_SH)
    static.collect()
    with _alone():
        CLUSTER.start()
        with psycopg.connect(superuser_dsn("postgres"), autocommit=True) as connection:
            _tidy(connection)
            if template() in _known(connection, "mokmin_template_%"):
                return
            making = f"{template()}_new"
            _drop(connection, making)
            connection.execute(roles.create_database(making).encode())
        use(making)
        call_command("migrate", verbosity=0)
        seed.plant()
        connections.close_all()
        with psycopg.connect(superuser_dsn("postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(making), sql.Identifier(template())
                )
            )


def _known(connection: psycopg.Connection[Any], like: str) -> list[str]:
    """Databases of that name, oldest first."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid", [like]
    )
    return [name for (name,) in rows]


def _tidy(connection: psycopg.Connection[Any]) -> None:
    """Drop what killed runs left behind, and all but the newest templates."""
    old = _known(connection, "mokmin_template_%")[:-KEPT_TEMPLATES]
    of_runs = [*_known(connection, "mokmin_%_main_%"), *_known(connection, "mokmin_%_gw%")]
    left = [name for name in of_runs if not Path(f"/proc/{name.rpartition('_')[2]}").exists()]
    for name in (*old, *left):
        _drop(connection, name)


def finish() -> None:
    """Stop the cluster when no other run is using it; a run that begins meanwhile waits."""
    _using.close()
    with (VAR / "in-use.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if CLUSTER.status().running:
            CLUSTER.stop()


def _drop(connection: psycopg.Connection[Any], name: str) -> None:
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def use(name: str) -> None:
    """Point both of Django's connections at a database."""
    connections.close_all()
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name
        connections.settings[alias]["NAME"] = name


def clone(name: str = CLONE) -> None:
    """A fresh copy of the template; whoever still holds the old one is cut off."""
    connections.close_all()
    with psycopg.connect(superuser_dsn("postgres"), autocommit=True) as connection:
        _drop(connection, name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER mokmin_owner TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template())
            )
        )


def drop(name: str = CLONE) -> None:
    """Leave nothing behind."""
    connections.close_all()
    with psycopg.connect(superuser_dsn("postgres"), autocommit=True) as connection:
        _drop(connection, name)
