"""Pages against the hello page and against their own SQL by bare cursor, in CPU of one process."""

import statistics
import time
from collections.abc import Callable
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
from django.db import connection
from django.test import Client

from bench import ground
from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.context import tenant
from mokmin.surfaces.kit import middleware
from tests import seed

ROUNDS = 40
UNFENCED_WRITES = (
    "set_config('transaction_read_only', 'on', true)",
    "set_config('transaction_read_only', 'off', true)",
)
PAGES = {
    "staff home": ("/staff/", Role.ADMINISTRATOR),
    "people, 50 rows": ("/staff/people/", Role.ADMINISTRATOR),
    "trail": ("/staff/trail/", Role.AUDITOR),
    "access log": ("/staff/access-log/", Role.AUDITOR),
    "portal home": ("/", None),
}


def run() -> dict[str, Any]:
    """CPU milliseconds of each page, its ratio to hello, and to the same SQL without Django."""
    visitor = client_of(None)
    hello = cpu(lambda: get(visitor, "/hello"))
    found: dict[str, Any] = {"hello": {"cpu ms": hello}}
    for name, (path, role) in PAGES.items():
        client = client_of(role)
        statements = statements_of(client, path)
        page = cpu(partial(get, client, path))
        bare = _bare(statements)
        found[name] = {
            "cpu ms": page,
            "queries": len(statements),
            "÷ hello": page / hello,
            "÷ its own SQL": page / bare,
        }
    return found


def cpu(
    work: Callable[[], Any], rounds: int = ROUNDS, *, before: Callable[[], Any] = lambda: None
) -> float:
    """Median CPU milliseconds of one call; what is done `before` each of them is not counted."""
    before()
    work()
    spent = []
    for _ in range(rounds):
        before()
        begun = time.process_time()
        work()
        spent.append((time.process_time() - begun) * 1000)
    return statistics.median(spent)


def get(client: Client, path: str, *, headers: Any = None) -> None:
    """Ask for a page that is there."""
    response = client.get(path, headers=headers)
    if response.status_code != 200:  # noqa: PLR2004  # an HTTP status
        raise RuntimeError(f"{path}: {response.status_code}")


def client_of(role: Role | None) -> Client:
    """A visitor, or the holder of a role, signed in with a second factor."""
    client = Client(HTTP_HOST="a.localhost")
    if role:
        mine = seed.tenant_of("a")
        with tenant(mine.pk):
            account = seed.person_of(role).account
            if account is None:
                raise RuntimeError(f"{role}: no account")
            _have_second_factor(account)
        client.force_login(account)
        session = client.session
        session[middleware.SESSION_TENANT] = mine.pk
        session.save()
    return client


def _have_second_factor(account: Any) -> None:
    account.authenticator_set.get_or_create(type="totp", defaults={"data": {"secret": "bench"}})


def statements_of(client: Client, path: str, *, headers: Any = None) -> list[tuple[str, Any]]:
    """Every statement of a request, with its values, once what is remembered is known."""
    kept: list[tuple[str, Any]] = []

    @contextmanager
    def listening() -> Any:
        def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
            kept.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(keep):
            yield

    get(client, path, headers=headers)
    with listening():
        get(client, path, headers=headers)
    return kept


def _bare(statements: list[tuple[str, Any]]) -> float:
    """The same statements by psycopg alone, rows fetched, in one transaction.

    It may write: the access log follows the page's own transaction, which only reads.
    """
    with ground.bare_connection() as bare:
        return cpu(partial(bared, bare, statements))


def bared(bare: psycopg.Connection[Any], statements: list[tuple[str, Any]]) -> None:
    """Run statements and fetch their rows, in one transaction that leaves nothing."""
    with bare.transaction(force_rollback=True):
        for sql, params in statements:
            cursor = bare.execute(sql.replace(*UNFENCED_WRITES), params)
            if cursor.description:
                cursor.fetchall()
