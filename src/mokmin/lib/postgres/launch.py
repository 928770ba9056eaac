"""The start of a server process and the wait until it answers."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mokmin.lib.postgres import account as accounts
from mokmin.lib.postgres import client, logs, places, server, settings
from mokmin.lib.postgres.account import ServerUser
from mokmin.lib.postgres.binaries import Binaries
from mokmin.lib.postgres.problem import PostgresProblem, Say, full_disk

PATIENCE = 300.0
POLL = 0.02
SPEAK_EVERY = 5.0
INHERITED = 3
"""The descriptor by which the server and its children hold their lock."""


@dataclass(frozen=True)
class Launch:
    """What is started, on which data, as whom."""

    data: Path
    binaries: Binaries
    account: ServerUser
    fsync: bool


def start(launch: Launch, *, lock: int, say: Say) -> int:
    """Start the server, wait until it accepts connections, return its pid (a child of ours).

    Raises PostgresProblem, with the last lines of the log, when it does not come up.
    """
    _prepare(launch)
    marked = logs.mark(launch.data)
    say(f"PostgreSQL({launch.binaries.version})을 켭니다.")
    pid = _spawn(launch, lock=lock)
    try:
        wait_until_ready(launch.data, say=say, gone=lambda: _check_child(launch, pid, marked))
    except KeyboardInterrupt:
        os.kill(pid, signal.SIGINT)
        raise
    except PostgresProblem:
        places.close_socket_folder(places.socket_folder(launch.data))
        raise
    return pid


def wait_until_ready(data: Path, *, say: Say, gone: Callable[[], bool]) -> bool:
    """Wait for the server of `data`; False when `gone` says that there is none any more.

    A long recovery is never cut short: after the patience is over, the server goes on without us.
    """
    begun = spoken = time.monotonic()
    while not is_ready(data):
        if gone():
            return False
        now = time.monotonic()
        if now - begun > PATIENCE:
            raise PostgresProblem(
                f"PostgreSQL이 {PATIENCE:.0f}초가 지나도록 준비되지 않았습니다. "
                "복구가 길어지는 중일 수 있어 끄지 않았습니다. 잠시 뒤 다시 실행해 주세요."
            )
        if now - spoken > SPEAK_EVERY:
            say(f"데이터베이스가 준비되기를 기다립니다({now - begun:.0f}초째).")
            spoken = now
        time.sleep(POLL)
    return True


def is_ready(data: Path) -> bool:
    """Whether the server of `data` accepts connections right now."""
    running = server.find(data)
    return running is not None and running.version() is not None


def _prepare(launch: Launch) -> None:
    folder = places.socket_folder(launch.data)
    places.open_socket_folder(folder, launch.account)
    logs.prepare(launch.data, launch.account)
    settings.write(
        launch.data,
        data=launch.data,
        socket=folder,
        account=launch.account,
        fsync=launch.fsync,
    )
    server.disown_stale_pid(launch.data, account=launch.account)


def _spawn(launch: Launch, *, lock: int) -> int:
    program = launch.binaries.path("postgres")
    command = launch.account.command(
        [program, "-D", launch.data], reach=[launch.data.parent, program]
    )
    log = os.open(
        places.start_log(launch.data),
        os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_NOFOLLOW,
        0o600,
    )
    try:
        # Not subprocess: the server outlives this object, and this process, by design.
        return os.posix_spawn(
            command[0],
            command,
            client.environment(),
            file_actions=[
                (os.POSIX_SPAWN_DUP2, lock, INHERITED),
                (os.POSIX_SPAWN_DUP2, log, 1),
                (os.POSIX_SPAWN_DUP2, log, 2),
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            ],
            setsid=True,
            setsigdef=[signal.SIGPIPE],
        )
    finally:
        os.close(log)


def _check_child(launch: Launch, pid: int, marked: dict[Path, int]) -> bool:
    """False while the child runs; raises PostgresProblem with its log once it has ended."""
    status = server.exit_of(pid)
    if status is None:
        return False
    lines = logs.since(launch.data, marked)
    if logs.tell_full_disk(lines):
        raise PostgresProblem(full_disk(launch.data), log=lines)
    reason = accounts.explain_exit(os.waitstatus_to_exitcode(status))
    raise PostgresProblem(
        reason or "PostgreSQL이 켜지지 않았습니다. 아래 기록을 보고 고친 뒤 다시 실행해 주세요.",
        log=lines,
    )
