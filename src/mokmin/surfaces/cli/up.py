"""`mokmin up`: the database, the web server and a worker, until Ctrl-C."""

import argparse
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from mokmin.foundation.tenancy import roles
from mokmin.lib import place
from mokmin.lib.errors import Refusal
from mokmin.lib.postgres import Cluster
from mokmin.lib.postgres.roles import DATABASE
from mokmin.surfaces.cli import addresses, folders, stamps
from mokmin.surfaces.cli.port import Port, reserve
from mokmin.surfaces.cli.preparer import Preparer, preparing
from mokmin.surfaces.cli.screen import Screen
from mokmin.surfaces.cli.supervisor import Child, Supervisor, reap_orphans, stopping_by_signal

LOOPBACK = "127.0.0.1"
PORT = 8000


@dataclass(frozen=True)
class Plan:
    """What is started, and how."""

    host: str = LOOPBACK
    port: int = PORT
    may_move: bool = True
    workers: int = 1
    steps: Callable[[Cluster | None], Sequence[str]] = lambda _cluster: ()
    """Further preparing steps, asked for once the database runs."""
    greet: Callable[[Screen], None] = lambda _screen: None
    """What is said once all is up."""


def run(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> int:
    """Start everything and stay until told to stop."""
    add_port(parser)
    parser.add_argument(
        "--host",
        default=LOOPBACK,
        metavar="주소",
        help=f"들을 주소. 기본값 {LOOPBACK}(이 컴퓨터만)",
    )
    parser.add_argument(
        "--fixed-port", action="store_true", help="포트가 쓰이고 있으면 옮기지 않고 거절합니다"
    )
    parser.add_argument(
        "--workers", type=int, default=1, metavar="수", help="웹 서버 프로세스 수. 기본값 1"
    )
    options = parser.parse_args(arguments)
    if options.workers < 1:
        raise Refusal("--workers는 1 이상이어야 합니다.")
    plan = Plan(
        host=options.host,
        port=options.port,
        may_move=not options.fixed_port,
        workers=options.workers,
    )
    return keep_up(plan)


def add_port(parser: argparse.ArgumentParser) -> None:
    """The option that `up` and `demo` share."""
    parser.add_argument(
        "--port",
        type=int,
        default=PORT,
        metavar="번호",
        help=f"포트. 기본값 {PORT}, 0은 아무 빈 포트. 쓰이고 있으면 다음 포트로 옮깁니다",
    )


def keep_up(plan: Plan) -> int:
    """Start everything, stay, stop everything that was started here."""
    screen = Screen()
    with stopping_by_signal(), only_one() as note:
        port = reserve(plan.host, plan.port, may_move=plan.may_move)
        if plan.port not in {0, port.number}:
            screen.line(
                f"{plan.port}번 포트를 다른 프로그램이 쓰고 있어 {port.number}번으로 켭니다."
            )
        note(port.address)
        house = House(screen, plan, port)
        try:
            house.open()
            house.supervisor.watch()
        except KeyboardInterrupt:
            screen.line()
        finally:
            house.close()
    return 0


@dataclass
class House:
    """All that one `mokmin up` has started."""

    screen: Screen
    plan: Plan
    port: Port
    cluster: Cluster | None = field(init=False)
    supervisor: Supervisor = field(init=False)
    owns_database: bool = False

    def __post_init__(self) -> None:
        self.cluster = None if place.is_external() else place.cluster()
        where = (self.port.host, str(self.port.number), str(self.plan.workers))
        os.environ.setdefault("MOKMIN_SITE_PORT", str(self.port.number))
        children = (
            Child("웹 서버", ("mokmin.surfaces.cli.web", *where)),
            Child("작업기", ("mokmin.surfaces.cli.worker",)),
        )
        self.supervisor = Supervisor(self.screen, children, self._keep_database)

    def open(self) -> None:
        """Prepare what is not prepared, start, and say where."""
        begun = time.monotonic()
        with ExitStack() as stack:
            preparer = None
            if stamps.has_static():
                self.supervisor.spawn()
            else:
                preparer = stack.enter_context(preparing(self.screen))
                preparer.ask("static", then=self.supervisor.spawn)
            self._start_database()
            if steps := [*self._schema(), *self.plan.steps(self.cluster)]:
                preparer = preparer or stack.enter_context(preparing(self.screen))
                for name in steps:
                    preparer.ask(name)
            if preparer:
                preparer.finish()
        with self.screen.step("웹 서버와 작업기를 켭니다") as step:
            self.supervisor.go(self.port.answers)
            step.end("웹 서버와 작업기를 켰습니다.")
        seconds = time.monotonic() - begun
        where = addresses.told(self._hosts(preparer), address=self.port.address)
        self.screen.line(f"\nmokmin이 켜졌습니다({seconds:.1f}초): {where}")
        self.plan.greet(self.screen)
        self.screen.line("멈추려면 Ctrl-C를 누르세요.")

    def close(self) -> None:
        """End what runs; the database only when it was started here."""
        with self.screen.step("끕니다") as step:
            self.supervisor.end()
            if self.cluster and self.owns_database:
                self.cluster.stop(say=step.note)
                reap_orphans()
            step.end("모두 껐습니다.")

    def _start_database(self) -> None:
        if self.cluster is None:
            return
        with self.screen.step("데이터베이스를 켭니다") as step:
            self.owns_database = self.cluster.start(say=step.note)
            step.end(
                "데이터베이스를 켰습니다."
                if self.owns_database
                else "데이터베이스가 켜져 있습니다."
            )

    def _schema(self) -> Sequence[str]:
        if self.cluster is None:
            return ["external"]
        if self.cluster.sql(stamps.READ, database=DATABASE) == stamps.of_schema():
            return []
        self.cluster.sql(";\n".join(roles.statements()))
        return ["schema"]

    def _hosts(self, preparer: Preparer | None) -> str:
        if self.cluster is None:
            return preparer.hosts if preparer else ""
        return self.cluster.sql(addresses.HOSTS, database=DATABASE)

    def _keep_database(self) -> bool:
        if self.cluster is None:
            return False
        started = self.cluster.start()
        self.owns_database = self.owns_database or started
        return started


@contextmanager
def only_one() -> Iterator[Callable[[str], None]]:
    """Be the only `mokmin up` of this folder; yields what notes the address for others to read."""
    path = folders.lock()
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)

    def note(address: str) -> None:
        os.ftruncate(opened, 0)
        os.pwrite(opened, json.dumps({"pid": os.getpid(), "address": address}).encode(), 0)

    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                f"이미 켜져 있습니다: {running_at() or '주소를 아직 정하는 중'}."
            ) from None
        yield note
        os.ftruncate(opened, 0)
    finally:
        os.close(opened)


def running_at() -> str | None:
    """Where the `mokmin up` of this folder listens; None when there is none."""
    try:
        opened = os.open(folders.lock(), os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        text = os.pread(opened, 1000, 0).decode()
        return str(json.loads(text)["address"]) if text else ""
    finally:
        os.close(opened)
    return None
