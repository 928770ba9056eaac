"""The servers on which the leak checks run: embedded, Debian's PostgreSQL 15, behind PgBouncer."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from mokmin.lib.postgres import Cluster, roles
from tests import database
from tests.environment import ROOT, VAR, WORKER

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
PGBOUNCER = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
NAME = f"mokmin_leaks_{WORKER}"
PATIENCE = 20.0


@dataclass(frozen=True)
class Server:
    """Addresses of one migrated and seeded database, as each role."""

    app: str
    owner: str
    superuser: str


@contextmanager
def embedded() -> Iterator[Server]:
    """A clone of the template on the test cluster."""
    database.clone(NAME)
    yield _server(database.CLUSTER, NAME)
    database.drop(NAME)


@contextmanager
def debian_15() -> Iterator[Server]:
    """The oldest supported server, migrated and seeded by the real commands."""
    before = os.environ.get("MOKMIN_PG_BIN")
    os.environ["MOKMIN_PG_BIN"] = str(DEBIAN_15)
    data = VAR / f"postgres15-{WORKER}"
    cluster = Cluster(data, fsync=False)
    try:
        cluster.start()
        cluster.sql(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        cluster.sql(roles.create_database(NAME))
        server = _server(cluster, NAME)
        _run(
            server,
            "from django.core.management import call_command as c; c('migrate', verbosity=0)",
        )
        _run(server, "from tests import seed; seed.plant()")
        yield server
    finally:
        cluster.stop(immediate=True)
        shutil.rmtree(data, ignore_errors=True)
        if before is None:
            del os.environ["MOKMIN_PG_BIN"]
        else:
            os.environ["MOKMIN_PG_BIN"] = before


@contextmanager
def pgbouncer() -> Iterator[Server]:
    """The embedded server through PgBouncer in transaction mode; the owner connects directly."""
    with ExitStack() as stack:
        direct = stack.enter_context(embedded())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mokmin-pgb-")))
        _configure(folder, direct)
        command = [PGBOUNCER, str(folder / "pgbouncer.ini")]
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            for path in folder.iterdir():
                shutil.chown(path, "postgres", "postgres")
            command = [
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--clear-groups",
                *command,
            ]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            pooled = f"postgresql://{roles.APP}@{str(folder).replace('/', '%2F')}:6543/{NAME}"
            _await(pooled)
            yield Server(pooled, direct.owner, direct.superuser)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _configure(folder: Path, direct: Server) -> None:
    address = urlsplit(direct.app)
    (folder / "users.txt").write_text(f'"{roles.APP}" ""\n')
    (folder / "pgbouncer.ini").write_text(
        f"""[databases]
{NAME} = host={unquote(address.hostname or "")} port={address.port} dbname={NAME}
[pgbouncer]
listen_addr =
listen_port = 6543
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = 4
ignore_startup_parameters = extra_float_digits,options
"""
    )


def _server(cluster: Cluster, name: str) -> Server:
    return Server(
        app=cluster.url(roles.APP, name),
        owner=cluster.url(roles.OWNER, name),
        superuser=cluster.url(roles.SUPERUSER, name),
    )


def _run(server: Server, code: str) -> None:
    """Run code in a process of its own whose Django works on this server."""
    environment = {
        **os.environ,
        "DATABASE_URL": server.app,
        "DATABASE_OWNER_URL": server.owner,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {code}"],
        env=environment,
        check=True,
        cwd=ROOT,
    )


def _await(url: str) -> None:
    """Until the server answers a real query."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with psycopg.connect(url) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
        else:
            return
