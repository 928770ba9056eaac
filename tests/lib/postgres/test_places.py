"""Where data may lie, and where the socket goes."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from mokmin.lib.postgres import Cluster, PostgresProblem, places
from tests.lib.postgres import drive
from tests.lib.postgres.conftest import Make

ODD = '목민 자료/시 험\' "폴더" $HOME `x` \\ %s'


def test_path_with_spaces_quotes_and_korean_under_a_closed_folder(
    unborn: Make, tmp_path: Path
) -> None:
    cluster = unborn(f"{ODD}/데이터")
    (tmp_path / "목민 자료").mkdir(mode=0o700)

    cluster.start()

    assert cluster.sql("SELECT 1", database="mokmin") == "1"
    assert stat.S_IMODE((tmp_path / "목민 자료").stat().st_mode) == 0o700


def test_path_longer_than_any_socket_name(cluster_of: Make) -> None:
    cluster = cluster_of("아주 긴 이름의 폴더/" * 8 + "data")

    cluster.start()

    assert len(os.fsencode(cluster.data)) > places.LONGEST_SOCKET
    assert len(os.fsencode(cluster.status().socket / places.SOCKET)) < places.LONGEST_SOCKET


def test_socket_folder_is_closed_to_others(shared: Cluster) -> None:
    assert stat.S_IMODE(shared.status().socket.stat().st_mode) == 0o700


def test_data_that_was_moved_starts_where_it_is_now(
    cluster_of: Make, clusters: list[Cluster]
) -> None:
    moved = Cluster(cluster_of("before").data.rename(cluster_of("x").data.with_name("after")))
    clusters.append(moved)

    moved.start()

    assert moved.sql("SELECT 1") == "1"
    assert moved.sql("SHOW log_directory") == str(places.log_folder(moved.data))


def test_runtime_folder_can_be_chosen(
    cluster_of: Make, monkeypatch: pytest.MonkeyPatch, open_folder: Path
) -> None:
    monkeypatch.setenv("MOKMIN_RUNTIME_DIR", str(open_folder))
    cluster = cluster_of()

    cluster.start()

    assert cluster.status().socket.parent == open_folder
    assert cluster.sql("SELECT 1") == "1"
    cluster.stop()


def test_runtime_folder_with_too_long_a_name_is_refused(
    cluster_of: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MOKMIN_RUNTIME_DIR", str(tmp_path / ("가" * 40)))
    cluster = cluster_of()

    with pytest.raises(PostgresProblem, match="소켓 폴더의 이름이 너무 깁니다"):
        cluster.start()


def test_runtime_folder_that_is_not_there_is_refused(
    cluster_of: Make, monkeypatch: pytest.MonkeyPatch, open_folder: Path
) -> None:
    monkeypatch.setenv("MOKMIN_RUNTIME_DIR", str(open_folder / "gone"))
    cluster = cluster_of()

    with pytest.raises(PostgresProblem, match=r"소켓을 둘 폴더\(.*gone\)가 없습니다"):
        cluster.start()


def test_runtime_folder_that_others_may_change_is_refused(
    cluster_of: Make, monkeypatch: pytest.MonkeyPatch, open_folder: Path
) -> None:
    open_folder.chmod(0o777)
    monkeypatch.setenv("MOKMIN_RUNTIME_DIR", str(open_folder))
    cluster = cluster_of()

    with pytest.raises(PostgresProblem, match="소켓을 두기에 안전하지 않습니다"):
        cluster.start()


def _plant_open(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)


def _plant_link(folder: Path) -> None:
    folder.symlink_to(folder.parent)


def _plant_foreign(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    os.chown(folder, drive.somebody().pw_uid, -1)


@pytest.mark.parametrize(
    "plant",
    [_plant_open, _plant_link, pytest.param(_plant_foreign, marks=drive.needs_root)],
    ids=["open to all", "a link", "of another user"],
)
def test_socket_folder_that_is_not_safely_ours_is_refused(
    cluster_of: Make,
    monkeypatch: pytest.MonkeyPatch,
    open_folder: Path,
    plant: Callable[[Path], None],
) -> None:
    monkeypatch.setenv("MOKMIN_RUNTIME_DIR", str(open_folder))
    cluster = cluster_of()
    plant(places.socket_folder(cluster.data))

    with pytest.raises(PostgresProblem, match=r"소켓 폴더\(.*\)를 다른 사용자가 만들었거나"):
        cluster.start()


def test_socket_folder_that_another_server_answers_in_is_left_alone(cluster_of: Make) -> None:
    first, second = cluster_of("first"), cluster_of("second")
    first.start()
    elsewhere = first.data.rename(first.data.with_name("elsewhere"))
    second.data.rename(first.data)

    with pytest.raises(PostgresProblem, match="다른 PostgreSQL이 소켓 폴더"):
        Cluster(first.data).start()

    assert Cluster(elsewhere).sql("SELECT 1") == "1"
    Cluster(elsewhere).stop()


@drive.needs_root
def test_socket_folder_that_was_never_handed_over_is_made_again(cluster_of: Make) -> None:
    cluster = cluster_of()
    places.socket_folder(cluster.data).mkdir(mode=0o700)

    cluster.start()

    assert cluster.sql("SELECT 1") == "1"


def test_no_port_is_listened_on(shared: Cluster) -> None:
    pid = shared.status().pid
    inodes = {
        link.removeprefix("socket:[").removesuffix("]")
        for fd in Path(f"/proc/{pid}/fd").iterdir()
        if (link := os.readlink(fd)).startswith("socket:[")
    }

    listening = [
        line
        for table in ("tcp", "tcp6", "udp", "udp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        if line.split()[9] in inodes
    ]

    assert inodes != set()
    assert listening == []
