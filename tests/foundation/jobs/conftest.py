"""Workers and the gate, on the database of one test."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.foundation.jobs.workplace import (
    QUICK,
    ROOT,
    WORKER,
    Gate,
    Worker,
    environment_of,
)


@pytest.fixture(scope="session")
def nurseries() -> Iterator[Callable[..., str]]:
    """Takes orders to fork workers on a database and to look after them."""
    running: dict[str, subprocess.Popen[str]] = {}

    def order(dsn: str, *words: str) -> str:
        if dsn not in running:
            running[dsn] = subprocess.Popen(
                [sys.executable, "-W", "error", "-m", "tests.foundation.jobs.nursery"],
                cwd=ROOT,
                env=environment_of(dsn),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        process = running[dsn]
        assert process.stdin
        assert process.stdout
        process.stdin.write("\t".join(words) + "\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    yield order
    for process in running.values():
        process.communicate()


@pytest.fixture
def nursery(nurseries: Callable[..., str], app_dsn: str) -> Callable[..., str]:
    """The one for this test's database."""
    return partial(nurseries, app_dsn)


@pytest.fixture
def workers(
    transactional_db: None, nursery: Callable[..., str], tmp_path: Path
) -> Iterator[Callable[..., Worker]]:
    """Starts workers on this test's database; none outlives the test."""
    started: list[Worker] = []

    def start(*options: str) -> Worker:
        name = f"worker-{len(started) + 1}"
        number = nursery("start", str(tmp_path / name), name, *QUICK, *options)

        def poll() -> int | None:
            code = nursery("poll", number)
            return int(code) if code else None

        worker = Worker(int(number), tmp_path / name, poll)
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.end()


@pytest.fixture
def fresh_worker(
    transactional_db: None, app_dsn: str, tmp_path: Path
) -> Iterator[Callable[..., Worker]]:
    """Starts a worker from nothing, as an operator does, with a changed environment."""
    started: list[Worker] = []

    def start(**environment: str) -> Worker:
        log = tmp_path / f"fresh-{len(started) + 1}"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-W", "error", "-c", WORKER, *QUICK],
                cwd=ROOT,
                env={**environment_of(app_dsn), **environment},
                stdout=file,
                stderr=file,
            )
        started.append(Worker(process.pid, log, process.poll))
        return started[-1]

    yield start
    for worker in started:
        worker.end()


@pytest.fixture
def gate(transactional_db: None, app_dsn: str) -> Iterator[Gate]:
    """Closed at first."""
    gate = Gate(app_dsn)
    yield gate
    gate.connection.close()
