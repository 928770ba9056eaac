"""The running server of a data folder, told apart from every other process."""

import os
import signal
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mokmin.lib.postgres import files, places, roles
from mokmin.lib.postgres.account import ServerUser

PID_FILE = "postmaster.pid"
PROGRAM = "postgres"
PROTOCOL_3 = 196608
GOODBYE = b"X\0\0\0\4"
NOT_NOW = b"\0C57P03\0"
ACCEPTING = ("ready", "standby")
SOCKET_LINE, STATUS_LINE = 4, 7
DEAD = ("Z", "X")
HEAD = 5
ANSWER_WITHIN = 5.0


@dataclass(frozen=True)
class Server:
    """The postmaster of a data folder; `started` (ticks since boot) tells a reused pid apart."""

    pid: int
    started: int
    socket: Path | None
    says_ready: bool
    """What it wrote into its pid file; before that, asking it only fills its log."""

    def version(self) -> str | None:
        """The version it answers with, empty when it has no slot, None while it is not ready."""
        return answer(self.socket) if self.socket and self.says_ready else None

    def alive(self) -> bool:
        """Whether this very process still runs; a zombie does not."""
        return _started(self.pid) == self.started

    def gone(self) -> bool:
        """Whether this very process has ended."""
        return not self.alive()

    def stop(self, number: signal.Signals) -> None:
        """Signal this very process, if it still runs."""
        if self.alive():
            os.kill(self.pid, number)


def find(data: Path) -> Server | None:
    """The live postmaster of `data`, or None; a pid that now means another process is nobody."""
    lines = _pid_file(data)
    pid = _number(lines[0]) if lines else 0
    if pid <= 0:
        return None
    started = _started(pid)
    if started is None or not _serves(pid, data) or _started(pid) != started:
        return None
    folder, status = _line(lines, SOCKET_LINE), _line(lines, STATUS_LINE)
    return Server(pid, started, Path(folder) if folder else None, status in ACCEPTING)


def disown_stale_pid(data: Path, *, account: ServerUser) -> None:
    """Keep a pid file whose pid now belongs to a stranger, or to a zombie, from stopping a start.

    PostgreSQL takes any live pid there for its own server and refuses. It accepts its parent's, so
    that is put in; the shared memory named in the same file is then still checked by PostgreSQL.
    """
    lines = _pid_file(data)
    pid = _number(lines[0]) if lines else 0
    if pid > 0 and Path(f"/proc/{pid}").exists():
        lines[0] = str(os.getpid())
        files.write(data, PID_FILE, "".join(f"{line}\n" for line in lines), account=account)


def others_in(data: Path) -> list[int]:
    """The pids of PostgreSQL processes that work in `data` (left behind by a killed server)."""
    pids = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]
    return [pid for pid in pids if _started(pid) is not None and _serves(pid, data)]


def exit_of(child: int) -> int | None:
    """How a server that is our child ended (its wait status), None while it runs; reaps it."""
    try:
        ended, status = os.waitpid(child, os.WNOHANG)
    except ChildProcessError:  # reaped elsewhere, as when this process ignores SIGCHLD
        return 0
    return status if ended else None


def answer(folder: Path) -> str | None:
    """The version of the server that accepts connections in `folder`, None when none does.

    Empty when it does, but turns this one away (no slot left, not for this user).
    """
    words = ("user", roles.SUPERUSER, "database", "postgres")
    body = struct.pack("!i", PROTOCOL_3) + b"".join(f"{word}\0".encode() for word in words) + b"\0"
    with socket.socket(socket.AF_UNIX) as asked:
        asked.settimeout(ANSWER_WITHIN)
        try:
            asked.connect(os.fsencode(folder / places.SOCKET))
            asked.sendall(struct.pack("!i", len(body) + 4) + body)
            version = _version(asked)
        except OSError:
            return None
        with suppress(OSError):  # a server that turned us away has hung up already
            asked.sendall(GOODBYE)
    return version


def _version(asked: socket.socket) -> str | None:
    with asked.makefile("rb") as stream:
        while len(head := stream.read(HEAD)) == HEAD:
            kind, length = struct.unpack("!ci", head)
            body = stream.read(length - 4)
            if kind == b"E":
                return None if NOT_NOW in body else ""
            if kind == b"S" and body.startswith(b"server_version\0"):
                return body.split(b"\0")[1].decode().split(" ")[0]
    return None


def _pid_file(data: Path) -> list[str]:
    return (files.read(data / PID_FILE) or "").splitlines()


def _line(lines: list[str], index: int) -> str:
    return lines[index].strip() if len(lines) > index else ""


def _number(text: str) -> int:
    return int(text) if text.strip().isdecimal() else 0


def _started(pid: int) -> int | None:
    """When the process began, in ticks since boot; None when it is gone or a zombie."""
    try:
        # The name in brackets may hold anything; what follows is plain.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in DEAD else int(fields[19])


def _serves(pid: int, data: Path) -> bool:
    """Whether the process is a PostgreSQL that works in this very folder, whatever its name."""
    process = Path(f"/proc/{pid}")
    try:
        if (process / "comm").read_text().strip() != PROGRAM:
            return False
        return os.path.samefile(process / "cwd", data)
    except PermissionError:  # as for the root of a container, who may not look that deep
        return _was_told_to_serve(process, data)
    except (FileNotFoundError, ProcessLookupError):
        return False


def _was_told_to_serve(process: Path, data: Path) -> bool:
    """Whether the process was started for this folder, by its command line."""
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
        place = words[words.index(b"-D") + 1]
        return os.path.samefile(place, data)
    except (ValueError, OSError):
        return False
