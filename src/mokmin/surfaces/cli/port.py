"""The port: found free, kept for the web server, and asked whether it answers."""

import errno
import os
import socket
import time
from dataclasses import dataclass

from mokmin.lib.errors import Refusal

TRIES = 50
ASK_SECONDS = 5.0
POLL = 0.1
PATIENCE = 10.0
"""How long a port that must not move may stay taken: the server before us may still be ending."""

HIGHEST = 65535


@dataclass(frozen=True)
class Port:
    """A port that is ours: bound, so that nobody else takes it, and not listened on."""

    host: str
    number: int
    held: socket.socket

    @property
    def address(self) -> str:
        """As a person types it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        shown = "127.0.0.1" if host == "0.0.0.0" else "[::1]" if host == "[::]" else host
        return f"http://{shown}:{self.number}/"

    def answers(self) -> bool:
        """Whether /healthz says that all is well."""
        name = (os.environ.get("MOKMIN_HOSTS") or "*").split(",")[0].removeprefix(".")
        request = (
            f"GET /healthz HTTP/1.1\r\nHost: {name if name != '*' else 'localhost'}\r\n"
            "X-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
        )
        target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        try:
            with socket.create_connection((target, self.number), timeout=ASK_SECONDS) as asked:
                asked.sendall(request.encode())
                return asked.recv(64).split(b" ")[1:2] == [b"200"]
        except OSError:
            return False


def reserve(host: str, wanted: int, *, may_move: bool, patience: float = PATIENCE) -> Port:
    """The wanted port, or the next free one; 0 asks for any.

    Raises Refusal when there is none, or the wanted one stays taken and must not move.
    """
    deadline = time.monotonic() + patience
    while not may_move:
        if found := _take(host, wanted):
            return found
        if time.monotonic() > deadline:
            raise Refusal(
                f"{wanted}번 포트를 다른 프로그램이 쓰고 있습니다. "
                "그 프로그램을 끄거나 --port로 다른 포트를 정해 주세요."
            )
        time.sleep(POLL)
    for number in range(wanted, min(wanted + TRIES, HIGHEST + 1)):
        if found := _take(host, number):
            return found
    raise Refusal(f"{wanted}번부터 {TRIES}개의 포트가 모두 쓰이고 있습니다. --port로 정해 주세요.")


def _take(host: str, number: int) -> Port | None:
    """Bind alone first, which fails beside any other, then so that our own server may join."""
    try:
        family, _kind, _protocol, _name, place = socket.getaddrinfo(
            host, number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family) as alone:
            alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            alone.bind(place)
            got = alone.getsockname()
        held = socket.socket(family)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind(got)
    except socket.gaierror as error:
        raise Refusal(f"--host의 {host}은(는) 이 컴퓨터의 주소가 아닙니다.") from error
    except OverflowError as error:
        raise Refusal(f"포트는 0부터 {HIGHEST}까지입니다.") from error
    except OSError as error:
        _refuse_unless_taken(error, host, number)
        return None
    return Port(got[0], got[1], held)


def _refuse_unless_taken(error: OSError, host: str, number: int) -> None:
    if error.errno == errno.EADDRINUSE:
        return
    if error.errno in {errno.EACCES, errno.EPERM}:
        raise Refusal(
            f"{number}번 포트는 관리자만 쓸 수 있습니다. 1024번 이상을 --port로 정해 주세요."
        ) from error
    if error.errno == errno.EADDRNOTAVAIL:
        raise Refusal(f"--host의 {host}은(는) 이 컴퓨터의 주소가 아닙니다.") from error
    raise error
