"""Django's connections, pointed at each kind of server in turn."""

from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import pytest
from django.db import connections

from tests import database
from tests.foundation.tenancy import servers
from tests.foundation.tenancy.servers import Server

KINDS = {
    "embedded": (servers.embedded, None),
    "postgresql-15": (servers.debian_15, servers.DEBIAN_15 / "postgres"),
    "pgbouncer": (servers.pgbouncer, Path(servers.PGBOUNCER)),
}


@pytest.fixture(scope="module", params=KINDS)
def server(request, django_db_setup, django_db_blocker) -> Iterator[Server]:
    """One server after the other, with the real schema, roles and two municipalities."""
    start, program = KINDS[request.param]
    if program is not None and not program.exists():
        pytest.skip(f"{program} is not installed on this machine")
    with django_db_blocker.unblock(), start() as found:
        _point(found)
        yield found
        connections.close_all()
        database.use(database.CLONE)
        _point(
            Server(
                app=database.app_dsn(),
                owner=database.CLUSTER.url("mokmin_owner", database.CLONE),
                superuser="",
            )
        )


def _point(server: Server) -> None:
    connections.close_all()
    for alias, url in (("default", server.app), ("owner", server.owner)):
        address = dj_database_url.parse(url)
        for key in ("NAME", "USER", "HOST", "PORT"):
            connections[alias].settings_dict[key] = address[key]
