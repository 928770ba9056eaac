"""An external server is filled by the owner, who is no superuser: the search keeps its owner."""

import psycopg
import pytest
from psycopg import sql

from mokmin.lib.postgres import backup, roles
from mokmin.surfaces.cli.backups import restore
from tests import database

OWNERS = """
SELECT proowner::regrole::text, has_schema_privilege('mokmin_search', 'public', 'CREATE')
  FROM pg_proc WHERE proname = 'records_search'
"""


@pytest.fixture
def empty(django_db_setup):
    """An empty database of the owner's."""
    name = f"{database.CLONE}_restored"
    with psycopg.connect(database.superuser_dsn("postgres"), autocommit=True) as server:
        server.execute(roles.create_database(name).encode())
    yield name
    with psycopg.connect(database.superuser_dsn("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_the_owner_restores_what_belongs_to_the_search(empty, tmp_path):
    dump, binaries = tmp_path / "backup.dump", database.CLUSTER.binaries()
    backup.dump(database.CLUSTER.url(roles.BACKUP, database.CLONE), dump, binaries=binaries)
    owner = database.CLUSTER.url(roles.OWNER, empty)

    with restore.search_may_own(owner):
        backup.restore(dump, owner, binaries=binaries)

    with psycopg.connect(owner) as restored:
        assert restored.execute(OWNERS).fetchall() == [("mokmin_search", False)]
