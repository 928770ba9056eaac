"""A migrated database with two municipalities and enough people for full pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection, connections

from bench.environment import VAR
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.postgres import Cluster, roles
from tests import seed

CLUSTER = Cluster(VAR / "postgres")
PEOPLE = 60


def lay() -> None:
    """Start the server, fill a fresh database, and have the static files that pages name."""
    call_command("collectstatic", interactive=False, verbosity=0)
    CLUSTER.start()
    connections.close_all()
    CLUSTER.sql("DROP DATABASE IF EXISTS mokmin WITH (FORCE)")
    CLUSTER.sql(roles.create_database(roles.DATABASE))
    call_command("migrate", verbosity=0)
    seed.plant()
    administrator = Actor(name="시험", roles=frozenset({Role.ADMINISTRATOR}))
    with tenant(seed.tenant_of("a").pk):
        for number in range(PEOPLE):
            at = seed.AT + timedelta(minutes=number)
            contact = Contact(f"담당{number:02d}", f"officer{number:02d}@a.example")
            people.invite(contact, roles=["officer"], reason="시험", actor=administrator, at=at)


@contextmanager
def bare_connection() -> Iterator[psycopg.Connection[Any]]:
    """The driver alone, as who the pages are to the database."""
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        dbname=settings["NAME"],
        user=settings["USER"],
        autocommit=True,
    ) as bare:
        yield bare
