"""Servers that were killed, and pids that mean somebody else now."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mokmin.lib.postgres import Cluster, server
from tests.lib.postgres import drive
from tests.lib.postgres.conftest import Make

WRITES = 300


@pytest.fixture
def stranger(born: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the server's own user that has nothing to do with PostgreSQL."""
    owner = born.stat()
    # PostgreSQL only minds live pids of its own user.
    other = owner.st_uid != os.geteuid()
    with subprocess.Popen(
        ["sleep", "600"],
        user=owner.st_uid if other else None,
        group=owner.st_gid if other else None,
        extra_groups=[] if other else None,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def zombie() -> Iterator[int]:
    """The pid of a process that has ended and that nobody has reaped yet."""
    with subprocess.Popen(["true"]) as process:
        drive.until(lambda: drive.ended(process.pid))
        yield process.pid


def _kill(cluster: Cluster) -> None:
    pid = cluster.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def _claim(data: Path, pid: int) -> None:
    """A pid file as a crash leaves it, after the pid went to another process."""
    lines = [str(pid), str(data), "1700000000", "5432", "/nowhere", "", "  1   2", "ready   "]
    (data / "postmaster.pid").write_text("".join(f"{line}\n" for line in lines))


def _write_and_kill(cluster: Cluster, done: list[int]) -> None:
    """Insert one row at a time, noting what the server acknowledged; half way it is killed."""
    with psycopg.connect(cluster.url("mokmin_super"), autocommit=True) as connection:
        while True:
            connection.execute("INSERT INTO entry VALUES (%s)", [len(done)])
            done.append(len(done))
            if len(done) == WRITES:
                _kill(cluster)


def _stored(cluster: Cluster) -> list[int]:
    rows = cluster.sql("SELECT number FROM entry ORDER BY number", database="mokmin")
    return [int(row) for row in rows.splitlines()]


@pytest.mark.parametrize("starter", ["this process", "another process"])
def test_every_acknowledged_row_survives_kill_9(cluster_of: Make, starter: str) -> None:
    cluster = cluster_of(fsync=True)
    if starter == "another process":
        durable = drive.START.replace(", fsync=False", "")
        drive.lines_of(drive.process(durable, cluster.data))
    cluster.start()
    cluster.sql("CREATE TABLE entry (number int)", database="mokmin")

    done: list[int] = []
    with pytest.raises(psycopg.OperationalError):
        _write_and_kill(cluster, done)
    started = cluster.start()

    assert started
    assert cluster.sql("SHOW fsync") == "on"
    # A row that was written but not yet acknowledged may be there as well.
    assert _stored(cluster)[: len(done)] == done


def test_killed_server_does_not_count_as_running(running: Cluster) -> None:
    _kill(running)

    drive.until(lambda: running.status().pid is None)

    assert running.status().running is False


def test_start_waits_for_a_query_that_outlives_its_server(running: Cluster) -> None:
    psql = running.tool("psql", role="mokmin_super")
    busy = "SELECT count(*) FROM generate_series(1, 8000000)"
    with subprocess.Popen(psql.command("-c", busy), env=psql.environment) as client:
        active = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%generate_series(1,%8%'"
        drive.until(lambda: running.sql(active) == "2")
        _kill(running)
        drive.until(lambda: running.status().pid is None)
        left = server.others_in(running.data)

        running.start()
        client.kill()

    assert left != []
    assert [pid for pid in left if pid in server.others_in(running.data)] == []
    assert running.sql("SELECT 1") == "1"


def test_pid_of_a_stranger_neither_stops_a_start_nor_is_touched(
    cluster_of: Make, stranger: subprocess.Popen[bytes]
) -> None:
    cluster = cluster_of()
    _claim(cluster.data, stranger.pid)

    stopped, started = cluster.stop(), cluster.start()

    assert (stopped, started, stranger.poll()) == (False, True, None)


def test_process_inside_the_data_folder_is_not_taken_for_the_server(cluster_of: Make) -> None:
    cluster = cluster_of()
    with subprocess.Popen(["sleep", "600"], cwd=cluster.data) as inside:
        try:
            _claim(cluster.data, inside.pid)
            stopped, started = cluster.stop(), cluster.start()
            alive = inside.poll() is None
        finally:
            inside.kill()

    assert (stopped, started, alive) == (False, True, True)


def test_pid_of_a_zombie_does_not_stop_a_start(cluster_of: Make, zombie: int) -> None:
    cluster = cluster_of()
    _claim(cluster.data, zombie)

    started = cluster.start()

    assert started


def test_pid_of_another_server_is_never_touched(cluster_of: Make) -> None:
    first, second = cluster_of("first"), cluster_of("second")
    first.start()
    mine = (first.data / "postmaster.pid").read_text()
    (second.data / "postmaster.pid").write_text(mine)

    stopped = second.stop()
    started = second.start()
    second.stop()

    assert (stopped, started) == (False, True)
    assert first.sql("SELECT 1") == "1"


@pytest.mark.parametrize("text", ["", "\n", "no pid\n", "-12\n", "0\n", "4194305\n"])
def test_unreadable_pid_file_is_nobody(cluster_of: Make, text: str) -> None:
    cluster = cluster_of()
    (cluster.data / "postmaster.pid").write_text(text)

    assert cluster.status().pid is None
    assert not cluster.stop()


def test_immediate_stop_is_recovered_from(running: Cluster) -> None:
    running.sql("CREATE TABLE entry AS SELECT 7 AS number", database="mokmin")

    running.stop(immediate=True)
    running.start()

    assert _stored(running) == [7]
