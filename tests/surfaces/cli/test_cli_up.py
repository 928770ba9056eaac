"""`mokmin demo` and `mokmin up`: started, found, killed, stopped; nothing is left behind."""

import io
import os
import re
import signal
import socket

import pytest

from mokmin.foundation.access.states import OUTSIDE, Handling, Role
from mokmin.foundation.orgs.states import ROLE_OF_RANK
from mokmin.surfaces.cli import demo_data
from mokmin.surfaces.cli.county import history
from mokmin.surfaces.cli.county import outside as outsiders
from mokmin.surfaces.cli.demo import reset
from mokmin.surfaces.cli.screen import Screen
from mokmin.surfaces.cli.supervisor import environment
from mokmin.surfaces.console.access_log import ACCESS_LOG
from mokmin.surfaces.console.people import PEOPLE
from mokmin.surfaces.portal.signin import log
from tests.surfaces.cli.installation import Installation, await_that

COUNT = "SELECT count(*) FROM {}"
GONE = """
SET session_replication_role = replica;
DELETE FROM tenancy_tenant WHERE slug = 'real'
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demo municipality, made once."""
    made = Installation(tmp_path_factory.mktemp("demo") / "var")
    yield made
    made.remove()


def test_web_and_worker_never_learn_how_to_become_the_owner(monkeypatch):
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BACKUP_URL"):
        monkeypatch.setenv(name, "postgresql://somebody@db.example/mokmin")

    assert [name for name in environment() if name.startswith("DATABASE_")] == ["DATABASE_URL"]


def test_the_demo_moves_to_a_free_port_tells_its_accounts_and_stops_cleanly(demo):
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        with demo.up("demo", "--port", str(taken)) as running:
            said = running.said()
            health = running.health()
            code = running.stop()

    moved = re.search(rf"{taken}번 포트를 다른 프로그램이 쓰고 있어 (\d+)번으로 켭니다\.", said)
    assert moved
    assert f"http://127.0.0.1:{moved[1]}/" in said
    assert [role for role in Role if f"{role.value.replace('_', '-')}@haesol" not in said] == []
    assert re.search(r"\n비밀번호\(모두 같음\): \w{4}-\w{4}-\w{4}\n", said)
    assert (health, code) == ("ok", 0)
    assert demo.processes() == []


def test_whatever_is_killed_comes_back_and_no_child_outlives_the_supervisor(demo):
    with demo.up("up", "--port", "0") as running:
        (web,) = running.children("cli.web")
        (worker,) = running.children("cli.worker")
        database = demo.cluster.status().pid
        for pid in (web, worker, database):
            os.kill(pid, signal.SIGKILL)

        await_that(lambda: running.children("cli.web") not in ([], [web]), running.said)
        await_that(lambda: running.children("cli.worker") not in ([], [worker]), running.said)
        await_that(lambda: demo.cluster.status().running, running.said)
        await_that(lambda: running.health() == "ok", running.said)
        second = demo.run("up", "--port", "0")
        stopping = demo.run("db", "stop")
        running.process.kill()
        running.process.wait()
        await_that(lambda: not _ours(demo), demo.processes)

    where = re.search(r"http://127\.0\.0\.1:\d+/", running.said())
    assert (second.returncode, second.stderr) == (2, f"이미 켜져 있습니다: {where[0]}.\n")
    assert stopping.returncode == 2
    assert demo.cluster.status().running


def test_the_database_of_a_killed_supervisor_and_the_demo_are_used_again(demo):
    database = demo.cluster.status().pid
    counted = [int(demo.cluster.sql(COUNT.format(table), database="mokmin")) for table in THERE]

    with demo.up("demo", "--port", "0") as running:
        again = running.said()
        same = demo.cluster.status().pid
        code = running.stop(signal.SIGTERM)

    by_post = sum(someone.role in ROLE_OF_RANK.values() for someone in demo_data.PEOPLE)
    outside = sum(someone.role in OUTSIDE for someone in demo_data.PEOPLE)
    invited = 1 + len(demo_data.PEOPLE) - by_post - outside + outsiders.COUNT
    granted = invited + sum(event.verb == "grant" for event in demo_data.EVENTS)
    assert counted == [granted, len(demo_data.VISITS), 1, 640, history.STAFF + outsiders.COUNT]
    assert (same, code) == (database, 0)
    assert "데이터베이스가 켜져 있습니다." in again
    assert "시험 자료" not in again
    assert _ours(demo) == []
    assert demo.cluster.status().pid == database


def test_the_demo_writes_only_entries_that_the_pages_write():
    pages = {
        Handling.SIGN_IN: {log.SIGN_IN},
        Handling.SIGN_IN_FAILED: {log.SIGN_IN},
        Handling.SIGN_OUT: {log.SIGN_OUT},
        Handling.VIEW: {PEOPLE.said_name, ACCESS_LOG.said_name},
        Handling.DOWNLOAD: {PEOPLE.said_name},
        Handling.PRINT: {ACCESS_LOG.said_name},
    }

    strange = [visit for visit in demo_data.VISITS if visit.page not in pages[visit.handling]]

    assert strange == []


THERE = (
    "people_grant",
    "access_accessentry",
    "access_accessreview",
    "orgs_post WHERE until_on IS NULL",
    "people_person WHERE closed_at IS NULL",
)
"""Tables of the demo, and which of their rows count."""


def _ours(installation):
    return [line for line in installation.processes() if "-m mokmin" in line]


def test_a_reset_never_takes_a_real_municipality_away(demo):
    demo.ok(
        *("tenant", "create", "real", "--name", "진짜군", "--kind", "군", "--admin-name", "김관리"),
        *("--admin-email", "kim@real.example", "--host", "real.localhost"),
    )

    refused = demo.run("demo", "--reset")
    tenants = demo.cluster.sql(COUNT.format("tenancy_tenant"), database="mokmin")
    demo.cluster.sql(GONE, database="mokmin")

    assert (refused.returncode, tenants) == (2, "2")
    assert refused.stderr.startswith("시험 자치단체가 아닌 자치단체(real)가 있어 지우지 않습니다.")


def test_a_reset_moves_the_demo_away(demo, monkeypatch):
    monkeypatch.setenv("MOKMIN_VAR", str(demo.var))
    (demo.var / "demo-old").mkdir()
    (demo.var / "demo-old" / "demo.json").touch()
    noted = (demo.var / "demo.json").read_bytes()
    out = io.StringIO()

    reset(Screen(out))

    old = demo.var / "demo-old"
    moved = ["demo.json", "postgres", "postgres.log", "postgres.start.log"]
    assert sorted(path.name for path in old.iterdir()) == moved
    assert (old / "demo.json").read_bytes() == noted
    assert (demo.var / "postgres").exists() is False
    assert f"지난 시험 자료를 {old} 폴더로 옮겼습니다." in out.getvalue()
