"""A cluster: start, stop, ask, connect."""

import psycopg
import pytest

from mokmin.lib.postgres import Cluster, PostgresProblem, places, server
from tests.lib.postgres import drive
from tests.lib.postgres.conftest import Make

LOGIN_ROLES = ["mokmin_super", "mokmin_owner", "mokmin_app", "mokmin_backup"]


def test_first_start_makes_a_running_server_with_database(unborn: Make) -> None:
    cluster = unborn()

    started = cluster.start()

    assert started
    assert cluster.status().running
    assert cluster.sql("SELECT current_database()", database="mokmin") == "mokmin"


def test_second_start_finds_the_server_and_says_so(shared: Cluster) -> None:
    pid = shared.status().pid

    started = Cluster(shared.data).start()

    assert not started
    assert shared.status().pid == pid


def test_start_tells_what_it_does(unborn: Make) -> None:
    said: list[str] = []
    cluster = unborn()

    cluster.start(said.append)

    version = cluster.binaries().version
    assert said == [
        f"PostgreSQL({version})로 데이터베이스를 처음 만듭니다.",
        f"PostgreSQL({version})을 켭니다.",
    ]


@pytest.mark.parametrize("role", LOGIN_ROLES)
def test_the_user_who_started_it_connects_in_every_role(shared: Cluster, role: str) -> None:
    with psycopg.connect(shared.url(role)) as connection:
        row = connection.execute("SELECT current_user::text, current_database()::text").fetchone()

    assert row == (role, "mokmin")


@pytest.mark.parametrize("role", ["mokmin_search", "postgres", "root"])
def test_other_roles_are_not_let_in(shared: Cluster, role: str) -> None:
    with pytest.raises(psycopg.OperationalError, match=f'no pg_hba.conf entry.*user "{role}"'):
        psycopg.connect(shared.url(role))


def test_roles_have_the_rights_of_the_design(shared: Cluster) -> None:
    rows = shared.sql(
        "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles "
        "WHERE rolname LIKE 'mokmin%' ORDER BY rolname"
    )

    assert rows.splitlines() == [
        "mokmin_app|t|f|f|f",
        "mokmin_backup|t|f|t|f",
        "mokmin_owner|t|f|f|f",
        "mokmin_search|f|f|f|f",
        "mokmin_super|t|t|t|t",
    ]


def test_backup_role_cannot_write(running: Cluster) -> None:
    running.sql("CREATE TABLE t (a int)", database="mokmin")

    with psycopg.connect(running.url("mokmin_backup"), autocommit=True) as connection:
        rows = connection.execute("SELECT * FROM t").fetchall()
        connection.execute("SET default_transaction_read_only = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO t VALUES (1)")

    assert rows == []


def test_server_is_set_up_for_safety(unborn: Make) -> None:
    cluster = unborn(fsync=True)
    cluster.start()
    names = (
        "listen_addresses fsync synchronous_commit full_page_writes data_checksums jit timezone "
        "shared_buffers max_wal_size max_connections unix_socket_permissions logging_collector"
    )

    values = {name: cluster.sql(f"SHOW {name}") for name in names.split()}

    assert values == {
        "listen_addresses": "",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "data_checksums": "on",
        "jit": "off",
        "timezone": "UTC",
        "shared_buffers": "256MB",
        "max_wal_size": "2GB",
        "max_connections": "100",
        "unix_socket_permissions": "0700",
        "logging_collector": "on",
    }


def test_local_settings_win_and_survive_a_start(cluster_of: Make) -> None:
    cluster = cluster_of()
    (cluster.data / "local.conf").write_text("max_connections = 17\n")

    cluster.start()

    assert cluster.sql("SHOW max_connections") == "17"


def test_hangul_sorts_by_syllable_and_counts_as_letters(shared: Cluster) -> None:
    ordered = shared.sql(
        "SELECT string_agg(w, ' ' ORDER BY w), bool_and(w ~ '^\\w+$') "
        "FROM unnest(ARRAY['나무','강','abc','가람','각','ABC']) AS w",
        database="mokmin",
    )

    assert ordered == "ABC abc 가람 각 강 나무|t"


def test_status_follows_the_server(cluster_of: Make) -> None:
    cluster = cluster_of()

    before = cluster.status()
    cluster.start()
    during = cluster.status()
    cluster.stop()
    after = cluster.status()

    assert (before.running, before.pid, before.version) == (False, None, None)
    assert (during.running, during.version) == (True, cluster.binaries().version)
    assert during.data_major == cluster.binaries().major
    assert during.socket == places.socket_folder(cluster.data)
    assert (after.running, after.pid) == (False, None)


def test_status_of_a_place_without_data_is_plain(unborn: Make) -> None:
    status = unborn().status()

    assert (status.running, status.pid, status.data_major) == (False, None, None)


def test_stop_leaves_no_process_and_no_socket(running: Cluster) -> None:
    stopped = running.stop()

    assert stopped
    assert server.others_in(running.data) == []
    assert not places.socket_folder(running.data).exists()


def test_stop_is_orderly_so_that_the_next_start_recovers_nothing(running: Cluster) -> None:
    running.stop()

    running.start()

    (log,) = places.log_folder(running.data).glob("*.log")
    assert "was not properly shut down" not in log.read_text()


def test_stop_without_a_server_says_so(cluster_of: Make) -> None:
    cluster = cluster_of()

    stopped = cluster.stop()

    assert not stopped


def test_stop_reaches_a_server_that_another_process_started(cluster_of: Make) -> None:
    cluster = cluster_of()
    _started, pid = drive.lines_of(drive.process(drive.START, cluster.data))[0].split()

    stopped = cluster.stop()

    assert stopped
    assert drive.ended(int(pid))


def test_address_is_the_same_before_and_after_start(cluster_of: Make) -> None:
    cluster = cluster_of()

    before = cluster.url("mokmin_app")
    cluster.start()

    assert cluster.url("mokmin_app") == before


def test_server_stays_reachable_when_its_folder_is_renamed(running: Cluster) -> None:
    moved = Cluster(running.data.rename(running.data.with_name("옮긴 곳")))

    try:
        assert moved.sql("SELECT 1") == "1"
    finally:
        moved.stop()


def test_refused_statement_brings_the_servers_words(shared: Cluster) -> None:
    with pytest.raises(PostgresProblem) as caught:
        shared.sql("SELECT nothing_of_the_kind")

    assert caught.value.log[0] == 'ERROR:  column "nothing_of_the_kind" does not exist'


def test_server_that_does_not_start_shows_its_last_lines(cluster_of: Make) -> None:
    cluster = cluster_of()
    (cluster.data / "local.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(PostgresProblem) as caught:
        cluster.start()

    assert caught.value.reason == (
        "PostgreSQL이 켜지지 않았습니다. 아래 기록을 보고 고친 뒤 다시 실행해 주세요."
    )
    assert [line for line in caught.value.log if "no_such_setting" in line] != []


def test_database_is_created_once(running: Cluster) -> None:
    first = running.create_database("둘째 's")
    second = running.create_database("둘째 's")

    assert (first, second) == (True, False)
