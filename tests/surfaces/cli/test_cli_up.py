"""`mokmin demo` and `mokmin up`: started, found, killed, stopped; nothing is left behind."""

import os
import re
import signal
import socket

import pytest

from mokmin.foundation.access.states import Role
from mokmin.surfaces.cli import demo_data
from tests.surfaces.cli.installation import Installation, await_that

COUNT = "SELECT count(*) FROM {}"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demo municipality, made once."""
    made = Installation(tmp_path_factory.mktemp("demo") / "var")
    yield made
    made.remove()


def test_the_demo_starts_on_the_next_port_tells_its_accounts_and_stops_cleanly(demo):
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        with demo.up("demo", "--port", str(taken)) as running:
            said = running.said()
            health = running.health()
            code = running.stop()

    moved = re.search(rf"{taken}번 포트를 다른 프로그램이 쓰고 있어 (\d+)번으로 켭니다\.", said)
    assert moved
    assert f"http://127.0.0.1:{moved[1]}/" in said
    assert [role.value for role in Role if f"{role.value.replace('_', '-')}@" not in said] == []
    assert re.search(r"\n비밀번호\(모두 같음\): \w{4}-\w{4}-\w{4}\n", said)
    assert (health, code) == ("ok", 0)
    assert demo.processes() == []


def test_the_demo_has_a_history_and_keeps_it(demo):
    with demo.up("demo", "--port", "0") as running:
        first = _password(running.said())
        tables = ("people_grant", "trail_act", "access_accessentry", "access_accessreview")
        counted = [
            int(demo.cluster.sql(COUNT.format(table), database="mokmin")) for table in tables
        ]
        running.stop(signal.SIGTERM)
    with demo.up("demo", "--port", "0") as running:
        again = _password(running.said())

    granted = sum(event.verb == "grant" for event in demo_data.EVENTS)
    people = 1 + len(demo_data.PEOPLE)
    acts = people + len(demo_data.EVENTS) + len(demo_data.SETTINGS) + 1
    assert counted == [people + granted, acts, len(demo_data.VISITS), 1]
    assert again == first
    assert "시험 자료를 넣" not in running.said()


def _password(said):
    return re.search(r"비밀번호\(모두 같음\): (\S+)", said)[1]


def test_whatever_is_killed_comes_back(demo):
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
        code = running.stop()

    assert second.stderr == f"이미 켜져 있습니다: {running_address(running)}.\n"
    assert (stopping.returncode, code) == (2, 0)
    assert demo.processes() == []


def running_address(running):
    return re.search(r"http://127\.0\.0\.1:\d+/", running.said())[0]


def test_no_child_outlives_a_killed_supervisor_and_the_database_is_used_again(demo):
    with demo.up("up", "--port", "0") as running:
        running.process.kill()
        running.process.wait()
        await_that(lambda: not any("mokmin" in line for line in _python(demo)), demo.processes)
        database = demo.cluster.status().pid
    with demo.up("up", "--port", "0") as running:
        assert demo.cluster.status().pid == database
        assert "데이터베이스가 켜져 있습니다." in running.said()

    assert demo.cluster.status().running
    assert _python(demo) == []


def _python(installation):
    return [line for line in installation.processes() if "mokmin.surfaces" in line]


def test_a_reset_starts_over_but_never_with_a_real_municipality(demo):
    demo.ok("db", "start")
    demo.ok(
        *("tenant", "create", "real", "--name", "진짜군", "--kind", "군", "--admin-name", "김관리"),
        *("--admin-email", "kim@real.example", "--host", "real.localhost"),
    )
    before = (demo.var / "demo.json").read_bytes()

    refused = demo.run("demo", "--reset")

    assert refused.returncode == 2
    assert refused.stderr.startswith("시험 자치단체가 아닌 자치단체(real)가 있어 지우지 않습니다.")
    assert (demo.var / "demo.json").read_bytes() == before
