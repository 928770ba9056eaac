"""Real servers in temporary folders; every one of them is stopped and seen to be gone."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mokmin.lib.postgres import Cluster, places, server
from tests.lib.postgres import drive

Make = Callable[..., Cluster]


@pytest.fixture(scope="session")
def born(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A complete data folder whose server was stopped in order, to be copied."""
    cluster = Cluster(tmp_path_factory.mktemp("born") / "data", fsync=False)
    cluster.start()
    cluster.stop()
    yield cluster.data
    shutil.rmtree(cluster.data)


@pytest.fixture(scope="session")
def shared(born: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A running cluster for tests that leave it as they found it."""
    cluster = Cluster(tmp_path_factory.mktemp("shared") / "data", fsync=False)
    _copy(born, cluster.data)
    cluster.start()
    yield cluster
    cluster.stop(immediate=True)
    shutil.rmtree(cluster.data)


@pytest.fixture
def clusters() -> Iterator[list[Cluster]]:
    """The clusters of one test."""
    made: list[Cluster] = []
    yield made
    for cluster in made:
        if cluster.data.exists():
            cluster.stop(immediate=True)
    standing = [each.data for each in made if each.data.exists()]
    drive.until(lambda: not any(server.others_in(data) for data in standing))
    for cluster in made:
        shutil.rmtree(places.socket_folder(cluster.data), ignore_errors=True)
        shutil.rmtree(cluster.data, ignore_errors=True)


def _copy(born: Path, data: Path) -> None:
    data.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", born, data], check=True)


@pytest.fixture
def unborn(tmp_path: Path, clusters: list[Cluster]) -> Make:
    """Makes a cluster without data: `unborn("name")`."""

    def make(name: str = "data", *, fsync: bool = False) -> Cluster:
        cluster = Cluster(tmp_path / name, fsync=fsync)
        clusters.append(cluster)
        return cluster

    return make


@pytest.fixture
def cluster_of(born: Path, unborn: Make) -> Make:
    """Makes a cluster with data, not running: `cluster_of("name")`."""

    def make(name: str = "data", *, fsync: bool = False) -> Cluster:
        cluster = unborn(name, fsync=fsync)
        _copy(born, cluster.data)
        return cluster

    return make


@pytest.fixture
def running(cluster_of: Make) -> Cluster:
    """A cluster that runs."""
    cluster = cluster_of()
    cluster.start()
    return cluster


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine may pass."""
    folder = Path(tempfile.mkdtemp(prefix="mokmin-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)
