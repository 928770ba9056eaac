"""Backup into one file and restore from it."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from mokmin.lib.postgres import Cluster, PostgresProblem, backup, binaries, client, places, server
from tests.lib.postgres.conftest import Make

BEHIND_THE_FENCE = """
CREATE TABLE pledge (id bigint PRIMARY KEY, tenant_id bigint NOT NULL, title text NOT NULL);
INSERT INTO pledge SELECT n, n % 3, '공약 ' || n FROM generate_series(1, 2000) AS n;
ALTER TABLE pledge OWNER TO mokmin_owner;
ALTER TABLE pledge ENABLE ROW LEVEL SECURITY;
ALTER TABLE pledge FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON pledge USING (tenant_id = current_setting('app.tenant', true)::bigint);
"""

DIGEST = """
SELECT count(*), md5(string_agg(p::text, ',' ORDER BY id)),
       (SELECT relowner::regrole::text || relrowsecurity || relforcerowsecurity
          FROM pg_class WHERE relname = 'pledge')
  FROM pledge AS p
"""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A running cluster with rows of several tenants behind row-level security."""
    cluster = Cluster(tmp_path_factory.mktemp("backup") / "data", fsync=False)
    cluster.start()
    cluster.sql(BEHIND_THE_FENCE, database="mokmin")
    yield cluster
    cluster.stop(immediate=True)
    assert server.others_in(cluster.data) == []
    assert not places.socket_folder(cluster.data).exists()


@pytest.fixture
def dumped(full: Cluster, tmp_path: Path) -> Path:
    """A complete backup."""
    path = tmp_path / "목민 백업.dump"
    backup.dump(full.url("mokmin_backup"), path, binaries=full.binaries())
    return path


@pytest.fixture
def empty(full: Cluster, request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of an empty database."""
    name = "되돌린 곳"
    full.create_database(name)
    yield name
    full.sql(f'DROP DATABASE "{name}" WITH (FORCE)')


def _restore(full: Cluster, path: Path, database: str) -> None:
    backup.restore(path, full.url(full.superuser, database), binaries=full.binaries())


def test_restored_database_equals_the_dumped_one(full: Cluster, dumped: Path, empty: str) -> None:
    before = full.sql(DIGEST, database="mokmin")

    _restore(full, dumped, empty)

    assert before.startswith("2000|")
    assert before.endswith("|mokmin_ownertruetrue")
    assert full.sql(DIGEST, database=empty) == before


def test_backup_is_readable_by_its_maker_only(dumped: Path) -> None:
    assert stat.S_IMODE(dumped.stat().st_mode) == 0o600


def test_every_table_is_reported(full: Cluster, tmp_path: Path, empty: str) -> None:
    said: list[str] = []
    path = tmp_path / "reported.dump"

    backup.dump(full.url("mokmin_backup"), path, binaries=full.binaries(), say=said.append)
    url = full.url(full.superuser, empty)
    backup.restore(path, url, binaries=full.binaries(), say=said.append)

    assert said == [
        "받는 중: 1번째 표 public.pledge",
        "백업 파일을 끝까지 읽어 확인합니다.",
        "되돌리는 중: 1번째 표 public.pledge",
    ]


@pytest.mark.parametrize("kept", [0, 4, 0.02, 0.5, 0.9, -20, -1])
def test_truncated_backup_is_refused_before_anything_is_written(
    full: Cluster, dumped: Path, empty: str, kept: float
) -> None:
    whole = dumped.read_bytes()
    length = int(kept * len(whole)) if isinstance(kept, float) else int(kept)
    dumped.write_bytes(whole[:length])

    with pytest.raises(PostgresProblem) as caught:
        _restore(full, dumped, empty)

    assert caught.value.reason == (
        f"백업 파일({dumped})이 온전하지 않습니다(잘렸거나 망가졌습니다). 다른 백업을 쓰세요."
    )
    assert full.sql("SELECT to_regclass('pledge') IS NULL", database=empty) == "t"


def test_damaged_backup_is_refused(full: Cluster, dumped: Path, empty: str) -> None:
    whole = bytearray(dumped.read_bytes())
    middle = whole.rfind(b"x\x9c") + 200
    whole[middle] ^= 0xFF
    dumped.write_bytes(whole)

    with pytest.raises(PostgresProblem, match="온전하지 않습니다"):
        _restore(full, dumped, empty)


def test_file_that_is_not_there_is_told(full: Cluster, tmp_path: Path, empty: str) -> None:
    with pytest.raises(PostgresProblem, match=r"백업 파일\(.*nothing\)이 없습니다"):
        _restore(full, tmp_path / "nothing", empty)


def test_database_with_something_in_it_is_not_restored_into(full: Cluster, dumped: Path) -> None:
    with pytest.raises(PostgresProblem) as caught:
        _restore(full, dumped, "mokmin")

    assert caught.value.reason == (
        "되돌릴 데이터베이스가 비어 있지 않습니다. 빈 데이터베이스를 만들어 지정해 주세요."
    )


def test_database_that_is_not_there_is_told(full: Cluster, dumped: Path) -> None:
    with pytest.raises(PostgresProblem) as caught:
        _restore(full, dumped, "nowhere")

    assert caught.value.reason == "되돌릴 데이터베이스에 접속하지 못했습니다."


def test_existing_file_is_never_overwritten(full: Cluster, tmp_path: Path) -> None:
    path = tmp_path / "old.dump"
    path.write_text("older backup")

    with pytest.raises(PostgresProblem, match="같은 이름의 파일"):
        backup.dump(full.url("mokmin_backup"), path, binaries=full.binaries())

    assert path.read_text() == "older backup"


def test_role_behind_the_fence_cannot_back_up_and_leaves_no_file(
    full: Cluster, tmp_path: Path
) -> None:
    with pytest.raises(PostgresProblem) as caught:
        backup.dump(full.url("mokmin_owner"), tmp_path / "x.dump", binaries=full.binaries())

    assert caught.value.reason == "백업하지 못했습니다."
    assert [line for line in caught.value.log if "row-level security" in line] != []
    assert list(tmp_path.iterdir()) == []


def test_backup_into_a_folder_that_is_not_there_is_told(full: Cluster, tmp_path: Path) -> None:
    with pytest.raises(PostgresProblem, match=r"폴더\(.*nowhere\)가 없습니다"):
        backup.dump(
            full.url("mokmin_backup"), tmp_path / "nowhere" / "x.dump", binaries=full.binaries()
        )


def test_dump_of_an_older_server_is_restored_by_a_newer_one(
    full: Cluster, unborn: Make, tmp_path: Path, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = min(binaries.available(), key=lambda each: each.major)
    if older.major == full.binaries().major:
        pytest.skip("only one major version is installed")
    monkeypatch.setenv("MOKMIN_PG_BIN", str(older.folder))
    old = unborn()
    old.start()
    old.sql(BEHIND_THE_FENCE, database="mokmin")
    before = old.sql(DIGEST, database="mokmin")
    backup.dump(old.url("mokmin_backup"), tmp_path / "old.dump", binaries=old.binaries())
    monkeypatch.delenv("MOKMIN_PG_BIN")

    _restore(full, tmp_path / "old.dump", empty)

    assert full.sql(DIGEST, database=empty) == before


def test_password_travels_by_environment(full: Cluster) -> None:
    url = "postgresql://backup:p%40ss:w@db.example:5433/mokmin?sslmode=require"

    tool = client.tool(full.binaries(), "pg_dump", url=url)

    assert tool.arguments == (
        "--dbname=postgresql://backup@db.example:5433/mokmin?sslmode=require",
    )
    assert tool.environment["PGPASSWORD"] == "p@ss:w"


@pytest.mark.parametrize("url", ["postgresql://%2Frun%2FAbc:5432/x", "postgresql://u@h/x"])
def test_address_without_password_stays_as_it_is(url: str) -> None:
    assert client.without_password(url) == (url, None)


def test_address_of_another_kind_is_refused() -> None:
    with pytest.raises(PostgresProblem, match="postgresql://로 시작해야 합니다"):
        client.without_password("host=db user=x")
