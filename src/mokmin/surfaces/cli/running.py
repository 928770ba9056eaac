"""The database for the length of one command: started when it does not run, and stopped again."""

from collections.abc import Iterator
from contextlib import contextmanager

from mokmin.lib import place
from mokmin.lib.errors import Refusal
from mokmin.lib.postgres import Binaries, Cluster, binaries, roles
from mokmin.surfaces.cli.screen import Screen

DISK_FULL = "데이터베이스의 디스크에 빈자리가 없습니다. 비운 뒤 다시 실행해 주세요. (disk full)"


@contextmanager
def database(screen: Screen) -> Iterator[Cluster | None]:
    """The embedded cluster, running; None with an external server, which runs by itself."""
    if place.is_external():
        yield None
        return
    cluster = place.cluster()
    with screen.step("데이터베이스를 켭니다") as step:
        started = cluster.start(say=step.note)
        if not started:
            screen.forget(step)
    try:
        yield cluster
    finally:
        if started:
            with screen.step("데이터베이스를 다시 끕니다"):
                cluster.stop()


def address(role: str) -> str:
    """The database as this role; raises Refusal when this installation was not told it."""
    if found := place.address(role):
        return found
    raise Refusal(
        f"외부 데이터베이스를 쓰고 있는데 {role} 계정의 주소가 없습니다. "
        f"{place.SETTINGS[role]}에 적어 주세요. 계정은 `mokmin db roles`가 알려 줍니다."
    )


def tools(cluster: Cluster | None, *, server: int) -> Binaries:
    """Programs that fit a server of this major version: the cluster's own, or the system's."""
    if cluster is not None:
        return cluster.binaries()
    fitting = [found for found in binaries.available() if found.major >= server]
    if not fitting:
        raise Refusal(
            f"PostgreSQL {server} 이상의 pg_dump와 pg_restore가 필요합니다. 설치한 뒤 "
            f"{binaries.SETTING}에 그 bin 폴더를 적어 주세요."
        )
    # What comes with the system can speak TLS; the wheels' programs cannot.
    return min(fitting, key=lambda found: (found.source != "system", found.major))


def owner_or_super(cluster: Cluster | None) -> str:
    """The address that may fill an empty database."""
    return cluster.url(cluster.superuser) if cluster else address(roles.OWNER)
