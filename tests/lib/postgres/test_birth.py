"""The making of a new data folder, cut off at every stage."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from mokmin.lib.postgres import Cluster, PostgresProblem, binaries, places, server
from tests.lib.postgres import drive
from tests.lib.postgres.conftest import Make

STAGES: dict[str, Callable[[Path], bool]] = {
    "before initdb": lambda data: places.launcher_lock(data).exists(),
    "folder made": lambda data: places.unfinished(data).exists(),
    "initdb begun": lambda data: (places.unfinished(data) / "PG_VERSION").exists(),
    "initdb ended": lambda data: (places.unfinished(data) / "global" / "pg_control").exists(),
    "roles being made": lambda data: (places.unfinished(data) / "postmaster.pid").exists(),
    "configured": lambda data: (places.unfinished(data) / "local.conf").exists(),
    "named": lambda data: data.exists(),
    "server begun": lambda data: (data / "postmaster.pid").exists(),
}


def _is_whole(cluster: Cluster) -> bool:
    roles = cluster.sql("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'mokmin%'")
    return (roles, cluster.sql("SELECT 1", database="mokmin")) == ("5", "1")


@pytest.mark.parametrize("reached", STAGES.values(), ids=STAGES.keys())
def test_start_succeeds_after_the_first_launcher_was_killed(
    unborn: Make, reached: Callable[[Path], bool]
) -> None:
    cluster = unborn()
    first = drive.process(drive.START, cluster.data)
    drive.until(lambda: reached(cluster.data) or first.poll() is not None)

    first.kill()
    drive.lines_of(first)
    cluster.start()

    assert _is_whole(cluster)
    assert not places.unfinished(cluster.data).exists()


@pytest.mark.parametrize("stage", ["initdb begun", "initdb ended", "roles being made"])
def test_start_succeeds_after_launcher_and_initdb_were_killed(unborn: Make, stage: str) -> None:
    cluster = unborn()
    first = drive.process(drive.START, cluster.data)
    drive.until(lambda: STAGES[stage](cluster.data) or first.poll() is not None)

    os.killpg(first.pid, signal.SIGKILL)
    drive.lines_of(first)
    cluster.start()

    assert _is_whole(cluster)
    assert not places.unfinished(cluster.data).exists()


def _initdb_that_waits(folder: Path) -> Path:
    """The real programs, but initdb says that it begun, and waits until it may go on."""
    real = binaries.available()[0].folder
    folder.mkdir()
    for program in real.iterdir():
        (folder / program.name).symlink_to(program)
    (folder / "initdb").unlink()
    (folder / "initdb").write_text(
        f"#!/bin/sh\ncd '{folder}'\ntouch begun\nwhile [ ! -e go ]; do sleep 0.02; done\n"
        f"exec '{real}/initdb' \"$@\"\n"
    )
    (folder / "initdb").chmod(0o755)
    folder.chmod(0o777)
    return folder


def test_start_waits_for_an_initdb_that_outlived_its_launcher(
    unborn: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    waiting = _initdb_that_waits(tmp_path / "bin")
    monkeypatch.setenv("MOKMIN_PG_BIN", str(waiting))
    cluster = unborn()
    first = drive.process(drive.START, cluster.data)
    drive.until((waiting / "begun").exists)
    first.kill()
    drive.lines_of(first)
    said: list[str] = []

    def say(sentence: str) -> None:
        said.append(sentence)
        (waiting / "go").touch()

    cluster.start(say)

    version = cluster.binaries().version
    assert said == [
        "다른 프로세스가 데이터베이스를 켜거나 끄고 있어 기다립니다.",
        f"PostgreSQL({version})로 데이터베이스를 처음 만듭니다.",
        f"PostgreSQL({version})을 켭니다.",
    ]
    assert _is_whole(cluster)


def test_six_processes_at_once_get_one_server(unborn: Make) -> None:
    cluster = unborn()
    starting = [drive.process(drive.START, cluster.data) for _ in range(6)]

    said = sorted(drive.lines_of(each) for each in starting)

    pid = cluster.status().pid
    assert said == [[f"False {pid}"]] * 5 + [[f"True {pid}"]]


def test_folder_with_something_else_in_it_is_left_alone(unborn: Make) -> None:
    cluster = unborn()
    cluster.data.mkdir()
    (cluster.data / "letter.txt").write_text("keep")

    with pytest.raises(PostgresProblem) as caught:
        cluster.start()

    assert caught.value.reason.startswith(f"폴더({cluster.data})가 비어 있지 않은데")
    assert [path.name for path in cluster.data.iterdir()] == ["letter.txt"]


def test_empty_folder_becomes_the_data(unborn: Make) -> None:
    cluster = unborn()
    cluster.data.mkdir()

    cluster.start()

    assert _is_whole(cluster)


def test_nothing_is_left_running_by_a_failed_birth(
    unborn: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("psql", "pg_dump", "pg_restore", "initdb", "postgres"):
        program = programs / name
        program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 18.99'; test -z \"$PGDATA$2\"\n")
        program.chmod(0o755)
    monkeypatch.setenv("MOKMIN_PG_BIN", str(programs))
    cluster = unborn()

    with pytest.raises(PostgresProblem) as caught:
        cluster.start()

    assert caught.value.reason == "데이터베이스를 처음 만드는 데 실패했습니다."
    assert caught.value.log == ("postgres (PostgreSQL) 18.99",)
    assert not cluster.data.exists()
    assert server.find(cluster.data) is None
