"""Waiting: it ends, it is told, and nothing is killed for being slow."""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from mokmin.lib.postgres import Cluster, PostgresProblem, cluster, launch, locks, places, server
from tests.lib.postgres import drive
from tests.lib.postgres.conftest import Make

SLOW = "pre_auth_delay = 60\n"
"""Every connection waits, so the server runs but never becomes ready."""


@contextmanager
def _held(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def test_another_start_that_never_ends_is_told(
    cluster_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "SPEAK_AFTER", 0.1)
    monkeypatch.setattr(locks, "PATIENCE", 0.3)
    waiting = cluster_of()
    said: list[str] = []

    with (
        _held(places.launcher_lock(waiting.data)),
        pytest.raises(PostgresProblem, match="켜거나 끄는 일을 끝내지 못하고 있습니다"),
    ):
        waiting.start(said.append)

    assert said == ["다른 프로세스가 데이터베이스를 켜거나 끄고 있어 기다립니다."]


def test_data_in_use_by_processes_out_of_sight_is_not_started_twice(
    cluster_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SPEAK_EVERY", 0.2)
    monkeypatch.setattr(cluster, "LEFT_BEHIND_PATIENCE", 0.3)
    waiting = cluster_of()
    said: list[str] = []

    with (
        _held(waiting.data / locks.SERVER_LOCK),
        pytest.raises(PostgresProblem) as caught,
    ):
        waiting.start(said.append)

    assert said == ["앞서 죽은 서버의 프로세스가 끝나기를 기다립니다(0초째)."]
    assert caught.value.reason == (
        "앞서 죽은 서버의 프로세스(번호를 알 수 없음)가 아직 "
        f"데이터({waiting.data})를 쓰고 있습니다. 그 프로세스가 끝난 뒤 다시 실행해 주세요."
    )


def test_server_that_is_slow_to_come_up_is_left_to_it(
    cluster_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "SPEAK_EVERY", 0.2)
    monkeypatch.setattr(launch, "PATIENCE", 2.0)
    monkeypatch.setattr(server, "ANSWER_WITHIN", 0.1)
    slow = cluster_of()
    (slow.data / "local.conf").write_text(SLOW)
    said: list[str] = []

    with pytest.raises(PostgresProblem, match="준비되지 않았습니다"):
        slow.start(said.append)

    assert {line.split("(")[0] for line in said[1:]} == {"데이터베이스가 준비되기를 기다립니다"}
    assert slow.status().pid is not None
    assert not slow.status().running


def test_interrupted_start_takes_its_server_along(cluster_of: Make) -> None:
    slow = cluster_of()
    (slow.data / "local.conf").write_text(SLOW)
    starting = drive.process(drive.START, slow.data)
    drive.until(lambda: (found := server.find(slow.data)) and found.says_ready)
    pid = server.find(slow.data)
    assert pid is not None

    starting.send_signal(signal.SIGINT)
    said = drive.lines_of(starting)
    drive.until(pid.gone)

    assert said[-1] == "KeyboardInterrupt"


def test_server_that_does_not_stop_in_time_is_told_and_not_killed(running: Cluster) -> None:
    pid = running.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)

    try:
        with pytest.raises(PostgresProblem, match=rf"서버\(프로세스 {pid}\)가 0초 안에"):
            running.stop(timeout=0.2)
        assert not drive.ended(pid)
    finally:
        os.kill(pid, signal.SIGCONT)


def test_server_without_a_free_slot_still_counts_as_running(cluster_of: Make) -> None:
    busy = cluster_of()
    (busy.data / "local.conf").write_text("max_connections = 4\n")
    busy.start()

    with ExitStack() as stack:
        for _ in range(4):
            stack.enter_context(psycopg.connect(busy.url("mokmin_super")))
        status, started = busy.status(), busy.start()

    assert (status.running, status.version, started) == (True, None, False)
