"""The PostgreSQL that an installation runs for itself: start, stop, ask, connect."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from mokmin.lib.postgres import account as accounts
from mokmin.lib.postgres import binaries as programs
from mokmin.lib.postgres import birth, client, launch, locks, places, roles, server
from mokmin.lib.postgres.account import ServerUser
from mokmin.lib.postgres.binaries import Binaries
from mokmin.lib.postgres.problem import PostgresProblem, Say, explained, silent
from mokmin.lib.postgres.server import Server

POLL = 0.02
SPEAK_EVERY = 5.0
LEFT_BEHIND_PATIENCE = 60.0
LAST_CHILD_PATIENCE = 5.0


@dataclass(frozen=True)
class Status:
    """What is known of a cluster at one moment."""

    running: bool
    """Accepts connections; while it starts or stops this is False and `pid` is set."""
    pid: int | None
    version: str | None
    """The running server's own version, e.g. `18.4`; None also while it has no slot for us."""
    data_major: int | None
    """The major version that made the data, None when there is no data yet."""
    data: Path
    socket: Path
    binaries: Binaries | None
    """What runs, or would run, the data; None when this machine has nothing for it."""


class Cluster:
    """One data folder and the server that runs it, reached by a Unix socket only."""

    superuser = roles.SUPERUSER

    def __init__(self, data: Path, *, fsync: bool = True) -> None:
        self.data = data.resolve()
        self.fsync = fsync
        self._child: int | None = None

    def start(self, say: Say = silent) -> bool:
        """Have the server running, with roles and database; True when this call started it.

        Raises PostgresProblem with the reason, and the last lines of the log, when it cannot be.
        """
        _require_linux()
        with explained(self.data):
            accounts.for_data(self.data)
            if launch.is_ready(self.data):
                return False
            self.data.parent.mkdir(parents=True, exist_ok=True)
            with locks.launching(places.launcher_lock(self.data), say=say) as lock:
                return self._start(lock=lock, say=say)

    def stop(self, say: Say = silent, *, timeout: float = 120.0, immediate: bool = False) -> bool:
        """Stop the server if it runs, in order, or `immediate` without a checkpoint (recovers).

        True when this call stopped it. Raises PostgresProblem when it still runs after `timeout`.
        """
        _require_linux()
        with explained(self.data):
            account = accounts.for_data(self.data)
            if not self.data.exists():
                return False
            with locks.launching(places.launcher_lock(self.data), say=say):
                running = server.find(self.data)
                if running is None:
                    return False
                say("데이터베이스를 끕니다.")
                running.stop(signal.SIGQUIT if immediate else signal.SIGINT)
                self._wait_for_end(running, timeout=timeout, say=say)
                self._clear_away(running, account)
                return True

    def status(self) -> Status:
        """What runs now, without changing anything."""
        _require_linux()
        with explained(self.data):
            self._reap()
            running = server.find(self.data)
            version = running.version() if running else None
            return Status(
                running=version is not None,
                pid=running.pid if running else None,
                version=version or None,
                data_major=programs.major_of(self.data),
                data=self.data,
                socket=self._socket(running),
                binaries=self._binaries_or_none(),
            )

    def binaries(self) -> Binaries:
        """The programs that run this data; raises PostgresProblem when there are none."""
        with explained(self.data):
            return programs.for_data(self.data)

    def url(self, role: str, database: str = roles.DATABASE) -> str:
        """The address of a database as `role`; the same whether or not the server runs."""
        try:
            running = server.find(self.data)
        except OSError:  # not ours to look into: starting will say so
            running = None
        place = quote(str(self._socket(running)), safe="")
        return (
            f"postgresql://{quote(role, safe='')}@{place}:{places.PORT}/{quote(database, safe='')}"
        )

    def tool(self, name: str, *, role: str, database: str = roles.DATABASE) -> client.Tool:
        """PostgreSQL's program `name` (psql, pg_dump …), connected as `role` to `database`."""
        return client.tool(self.binaries(), name, url=self.url(role, database))

    def create_database(self, name: str) -> bool:
        """Have an empty database of mokmin_owner; False when `name` is there already."""
        literal = name.replace("'", "''")
        if self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{literal}'"):
            return False
        self.sql(roles.create_database(name))
        return True

    def sql(self, statement: str, *, database: str = "postgres") -> str:
        """Run a statement as superuser and return its rows, unaligned, `|` between columns."""
        psql = self.tool("psql", role=self.superuser, database=database)
        command = psql.command("-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement)
        ran = subprocess.run(
            command, env=psql.environment, capture_output=True, text=True, check=False
        )
        if ran.returncode != 0:
            raise PostgresProblem(
                "데이터베이스가 명령을 받아들이지 않았습니다.", log=ran.stderr.strip().splitlines()
            )
        return ran.stdout.rstrip("\n")

    def _start(self, *, lock: int, say: Say) -> bool:
        self._reap()
        account = accounts.for_data(self.data)
        if not birth.is_born(self.data):
            made = birth.Birth(self.data, programs.for_data(self.data), account, self.fsync)
            birth.give(made, lock=lock, say=say)
        held = self._settle(account, say=say)
        if held is None:
            return False
        try:
            started = launch.Launch(self.data, programs.for_data(self.data), account, self.fsync)
            self._child = launch.start(started, lock=held, say=say)
        finally:
            os.close(held)
        return True

    def _settle(self, account: ServerUser, *, say: Say) -> int | None:
        """Wait until the server is ready (None) or all of it is gone (the server's lock, held)."""
        began = spoken = time.monotonic()
        while True:
            running = server.find(self.data)
            if running is not None:
                if launch.wait_until_ready(self.data, say=say, gone=running.gone):
                    return None
                continue
            held = locks.hold_server_lock(self.data, account=account)
            if held is not None:
                return held
            now = time.monotonic()
            if now - began > LEFT_BEHIND_PATIENCE:
                raise self._left_behind()
            if now - spoken > SPEAK_EVERY:
                say(f"앞서 죽은 서버의 프로세스가 끝나기를 기다립니다({now - began:.0f}초째).")
                spoken = now
            time.sleep(POLL)

    def _left_behind(self) -> PostgresProblem:
        pids = ", ".join(str(pid) for pid in server.others_in(self.data)) or "번호를 알 수 없음"
        return PostgresProblem(
            f"앞서 죽은 서버의 프로세스({pids})가 아직 데이터({self.data})를 쓰고 있습니다. "
            "그 프로세스가 끝난 뒤 다시 실행해 주세요."
        )

    def _wait_for_end(self, running: Server, *, timeout: float, say: Say) -> None:
        begun = spoken = time.monotonic()
        while running.alive():
            now = time.monotonic()
            if now - begun > timeout:
                raise PostgresProblem(
                    f"서버(프로세스 {running.pid})가 {timeout:.0f}초 안에 꺼지지 않았습니다. "
                    "쓰던 것을 디스크에 적는 중일 수 있으니 잠시 뒤 다시 실행해 주세요."
                )
            if now - spoken > SPEAK_EVERY:
                say(f"데이터베이스가 꺼지기를 기다립니다({now - begun:.0f}초째).")
                spoken = now
            time.sleep(POLL)

    def _clear_away(self, ended: Server, account: ServerUser) -> None:
        """Wait for the last of the server's children, then take its socket folder away."""
        self._reap()
        deadline = time.monotonic() + LAST_CHILD_PATIENCE
        held = None
        while held is None and time.monotonic() < deadline:
            held = locks.hold_server_lock(self.data, account=account)
            time.sleep(0 if held else POLL)
        if held is not None:
            os.close(held)
        places.close_socket_folder(self._socket(ended))

    def _reap(self) -> None:
        """Let a server that was our child, and has ended, go."""
        if self._child is not None and server.exit_of(self._child) is not None:
            self._child = None

    def _socket(self, running: Server | None) -> Path:
        return (running and running.socket) or places.socket_folder(self.data)

    def _binaries_or_none(self) -> Binaries | None:
        try:
            return programs.for_data(self.data)
        except PostgresProblem:
            return None


def _require_linux() -> None:
    if sys.platform != "linux":
        raise PostgresProblem(
            "내장 PostgreSQL은 리눅스(윈도우에서는 WSL)에서만 켤 수 있습니다. "
            "PostgreSQL을 따로 설치하고 DATABASE_URL에 그 주소를 적어 주세요."
        )
