"""Lists: a page of 50 rows out of 60 and out of 50,000, its places and orders, and its files.

A page is held against four things of the same run: the hello page; a bare page, which runs the
page's own statements by cursor behind the same middleware and makes nothing of them; psycopg, which
replays every statement of the request (session, frame and access log as well) on a connection of
its own; and the same two with what the server's processes spent added on both sides.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from django.db import connection
from django.test import Client

from bench import ground, urls
from bench.pages import bared, client_of, get, statements_of
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.models import Settings
from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Window
from mokmin.lib.postgres import roles
from mokmin.surfaces.console.people import PEOPLE
from mokmin.surfaces.kit.lists import asked
from mokmin.surfaces.kit.lists.declared import Ask
from mokmin.surfaces.kit.lists.files import Wanted
from tests import seed

MANY, EXPORTED = 50_000, 5_000
BLOCKS, BLOCK = 12, 10
"""Each page in turn, ten times in a row: what else the machine does falls on all alike."""

PART = {"HX-Request": "true", "HX-Target": "section#list"}
FILL = """
WITH made AS (
    INSERT INTO people_person (tenant_id, uid, name, email, phone, joined_at)
    SELECT %(tenant)s, lpad(to_hex(n), 10, '0'),
           substr('김이박최정강조윤장임', 1 + n %% 10, 1)
               || substr('서민지현수예준하도유', 1 + n / 10 %% 10, 1)
               || substr('준우진아윤빈호연경민', 1 + n / 100 %% 10, 1),
           'p' || n || '@a.example', '055-940-' || lpad((n %% 10000)::text, 4, '0'),
           timestamptz '2026-01-01' + n * interval '1 minute'
      FROM generate_series(1, %(count)s) AS n
    RETURNING id, tenant_id, uid
), given AS (
    INSERT INTO people_grant (tenant_id, person_id, role, reason, granted_at, granted_by,
                              revoked_by, revoked_reason)
    SELECT tenant_id, id, 'officer', '시험', timestamptz '2026-01-01', '시험', '', '' FROM made
)
INSERT INTO access_accessentry (tenant_id, at, day, identifier, person_uid, name, handling, page,
                                subject_uids, subject_count, reason, request_id)
SELECT tenant_id, timestamptz '2026-01-02', '2026-01-02', '', uid, '', 'sign_in', '로그인', '{}', 0,
       '', ''
  FROM made
"""


def run() -> dict[str, Any]:
    """CPU milliseconds: of the product's process, and of the server's as well."""
    client = client_of(Role.ADMINISTRATOR)
    found = {f"50 of {ground.PEOPLE}": compared(client, "/staff/people/")}
    _fill()
    return {
        **found,
        f"50 of {MANY:,}": compared(client, "/staff/people/"),
        "… the part for htmx": compared(client, "/staff/people/?rows=50", headers=PART),
        "… newest first": compared(client, "/staff/people/?sort=-joined&cols=name,joined"),
        "… from the middle on": compared(client, f"/staff/people/?after={_middle()}"),
        **{f"{EXPORTED:,} rows as {kind}": _export(kind) for kind in ("csv", "xlsx")},
    }


def compared(client: Client, path: str, *, headers: Any = None) -> dict[str, Any]:
    """A page against hello, a bare page, and its statements by psycopg alone."""
    visitor, ask = client_of(None), partial(get, client, path, headers=headers)
    statements = statements_of(client, path, headers=headers)
    frame = {sql for sql, _ in statements_of(client, "/hello")}
    urls.STATEMENTS[:] = [
        (sql, values)
        for sql, values in statements
        if sql not in frame and not sql.lstrip().startswith("INSERT")
    ]
    with ground.bare_connection() as bare:
        work = {
            "hello": partial(get, visitor, "/hello"),
            "view": partial(get, client, "/bare"),
            "bare": partial(bared, bare, statements),
            "page": ask,
        }
        backends = {"bare": bare.info.backend_pid, "page": _own_backend()}
        spent, served = _in_turn(work, backends)
    page, whole = spent["page"], spent["page"] + served["page"]
    return {
        "cpu ms": page,
        "÷ hello": page / spent["hello"],
        "÷ bare page": page / spent["view"],
        "÷ psycopg": page / spent["bare"],
        "with server ms": whole,
        "with server ÷ psycopg": whole / (spent["bare"] + served["bare"]),
        "queries": len(statements),
        "KB": len(client.get(path, headers=headers).content) / 1024,
    }


def _in_turn(
    work: Mapping[str, Callable[[], Any]], backends: Mapping[str, int]
) -> tuple[dict[str, float], dict[str, float]]:
    """Median milliseconds of one call by name: of this process, and of the server's."""
    spent: dict[str, list[float]] = {name: [] for name in work}
    served: dict[str, list[float]] = {name: [] for name in backends}
    for each in work.values():
        each()
    for _ in range(BLOCKS):
        for name, each in work.items():
            begun, there = time.process_time(), _cpu_of(backends.get(name))
            for _ in range(BLOCK):
                each()
            spent[name].append((time.process_time() - begun) * 1000 / BLOCK)
            if name in backends:
                served[name].append((_cpu_of(backends[name]) - there) / BLOCK)
    return (
        {name: median(values) for name, values in spent.items()},
        {name: median(values) for name, values in served.items()},
    )


def _cpu_of(pid: int | None) -> float:
    """Milliseconds that a process has been on a processor."""
    if pid is None:
        return 0
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e6


def _own_backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _fill() -> None:
    """As many people as a county has residents with an account; past every trigger."""
    number = seed.tenant_of("a").pk
    with psycopg.connect(ground.CLUSTER.url(ground.CLUSTER.superuser, roles.DATABASE)) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(FILL, {"tenant": number, "count": MANY})
    for table in ("people_person", "people_grant", "access_accessentry"):
        ground.CLUSTER.sql(f"VACUUM ANALYZE {table}", database=roles.DATABASE)


def _ask(window: Window) -> Ask:
    actor = Actor(name="시험", roles=frozenset({Role.ADMINISTRATOR}))
    return Ask(actor, Settings(), seed.AT, {}, window)


def _middle() -> str:
    with tenant(seed.tenant_of("a").pk):
        (row,) = PEOPLE.rows(_ask(Window("name", skip=MANY // 2, limit=1)))
    return str(PEOPLE.key(row))


def _export(kind: str) -> dict[str, float]:
    """A file of as many rows as are given at once."""
    state = asked.read(PEOPLE, urls.EMPTY, Actor())
    with tenant(seed.tenant_of("a").pk):
        wanted = Wanted(PEOPLE, state, _ask(Window("name")), kind, has_all=True)
        begun, clock, stream = time.process_time(), time.monotonic(), BytesIO()
        wanted.write(stream, _first(wanted, EXPORTED))
        spent, took = time.process_time() - begun, time.monotonic() - clock
    return {
        "cpu ms": spent * 1000,
        "s": took,
        "rows/s": EXPORTED / took,
        "KB": len(stream.getvalue()) / 1024,
    }


def _first(wanted: Wanted, count: int) -> Iterator[Any]:
    for batch in wanted.batches():
        yield batch[:count]
        count -= len(batch)
        if count <= 0:
            return
