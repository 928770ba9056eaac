"""`mokmin db …` on a real server, from an empty folder to a proven restore."""

import shutil

import pytest

from mokmin.lib.postgres import roles
from mokmin.surfaces.cli import prepare, stamps
from mokmin.surfaces.cli.backups import manifest

TAMPER = """
SET session_replication_role = replica;
UPDATE trail_act SET reason = '다른 까닭' WHERE id = (SELECT min(id) FROM trail_act);
"""
"""What a superuser does past every trigger."""


@pytest.fixture(scope="module")
def backup(settled, tmp_path_factory):
    """A backup of the settled installation."""
    path = tmp_path_factory.mktemp("backup") / "오늘.dump"
    settled.ok("db", "backup", path)
    return path


def test_start_status_and_stop_say_what_they_did(fresh):
    here = fresh()

    started = here.ok("db", "start").splitlines()
    again = here.ok("db", "start").splitlines()
    stopped = here.ok("db", "stop")
    status = here.run("db", "status")

    assert started[-3].startswith("PostgreSQL")
    assert "이미 켜져 있습니다." in again[0]
    assert "데이터베이스를 껐습니다." in stopped
    assert (status.returncode, "꺼져 있음, 자료가 있음" in status.stdout) == (1, True)
    assert here.processes() == []


def test_only_our_roles_may_enter_the_database(settled):
    settled.ok("db", "start")

    entering = settled.cluster.sql(
        "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles"
        " WHERE has_database_privilege(oid, 'mokmin', 'CONNECT') AND NOT rolsuper"
        " AND rolname LIKE 'mokmin%'"
    )

    assert entering == "mokmin_app mokmin_backup mokmin_owner"
    assert (
        settled.cluster.sql(
            "SELECT count(*) FROM aclexplode((SELECT datacl FROM pg_database"
            " WHERE datname = 'mokmin')) WHERE grantee = 0"
        )
        == "0"
    )


def test_the_sql_for_an_external_server_can_be_run_again_and_again(settled, tmp_path):
    script = tmp_path / "roles.sql"
    script.write_text(settled.ok("db", "roles"), encoding="utf-8")

    ran = settled.run("db", "psql", "--role", "super", "--", "-q", "-f", script)

    assert (ran.returncode, "ERROR" in ran.stderr) == (0, False), ran.stderr
    assert (
        settled.cluster.sql(
            "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_authid"
            " WHERE rolpassword IS NOT NULL"
        )
        == "mokmin_app mokmin_backup mokmin_owner"
    )


def test_with_an_external_server_nothing_embedded_is_started(fresh):
    here = fresh(DATABASE_URL="postgresql://mokmin_app:secret@db.example:5432/mokmin")

    said = here.ok("db", "start")

    assert said == (
        "DATABASE_URL이 있어 외부 데이터베이스(postgresql://mokmin_app@db.example:5432/mokmin)를 "
        "씁니다. 내장 데이터베이스는 켜고 끄지 않습니다.\n"
    )
    assert not here.var.exists()


def test_tables_of_another_version_are_told_where_nobody_may_mend_them(settled, fresh):
    stamp = settled.cluster.sql(stamps.READ, database=roles.DATABASE)
    settled.cluster.sql(stamps.write_sql("older"), database=roles.DATABASE)
    outside = fresh(DATABASE_URL=settled.cluster.url(roles.APP))

    ran = outside.run("up", "--port", "0")
    settled.cluster.sql(stamps.write_sql(stamp), database=roles.DATABASE)

    assert (ran.returncode, ran.stderr) == (2, f"{prepare.OUTDATED}\n")


def test_a_privileged_address_is_refused_in_one_line(settled, fresh):
    owner = fresh(DATABASE_URL=settled.cluster.url(roles.OWNER))

    ran = owner.run("tenant", "list")

    assert ran.returncode == 2
    assert ran.stderr == (
        "DATABASE_URL의 데이터베이스 계정이 표의 소유자입니다. 기관 사이의 울타리가 듣지 않으므로 "
        "시작하지 않습니다. `mokmin db roles`가 알려 주는 mokmin_app 계정을 쓰세요.\n"
    )


def test_a_backup_restores_into_an_empty_place_and_is_equal(backup, fresh):
    elsewhere = fresh("다른 곳")

    restored = elsewhere.ok("db", "restore", "-q", backup)

    rows = manifest.read(manifest.beside(backup)).contents
    same = f"표 {len(rows.tables)}개 {rows.row_count:,}행이 백업과 같습니다"
    chains = "자치단체 1곳의 변경 이력이 모두 이어집니다."
    assert restored == f"되돌렸습니다. 이상이 없습니다: {same}, {chains}\n"
    assert elsewhere.processes() == []

    refused = elsewhere.run("db", "restore", backup)

    assert refused.returncode == 2
    assert refused.stderr.splitlines()[-1].startswith(
        "데이터베이스가 비어 있지 않아 되돌리지 않습니다(자치단체: garam)."
    )

    cluster = elsewhere.cluster
    cluster.start()
    cluster.sql(TAMPER, database=roles.DATABASE)
    cluster.stop()
    found = elsewhere.run("db", "verify", "-q", backup)

    assert found.returncode == 1
    assert found.stdout.startswith("이상을 찾았습니다: 가람군: 행위가 고쳐졌습니다. 위치: 연결 1번")


def test_a_changed_backup_file_is_found_and_not_restored(settled, backup, fresh, tmp_path):
    changed = tmp_path / "changed.dump"
    shutil.copy(backup, changed)
    shutil.copy(manifest.beside(backup), manifest.beside(changed))
    with changed.open("r+b") as file:
        file.seek(2000)
        file.write(b"\0\0\0\0")

    verified = settled.run("db", "verify", "-q", changed)
    restored = fresh().run("db", "restore", "-q", changed)

    assert (verified.returncode, restored.returncode) == (1, 2)
    assert "이 만들어진 뒤에 바뀌었습니다(SHA-256이 다릅니다)." in verified.stdout
    assert "이 만들어진 뒤에 바뀌었습니다(SHA-256이 다릅니다)." in restored.stderr


def test_a_backup_never_writes_over_another(settled, backup):
    before = backup.read_bytes()

    ran = settled.run("db", "backup", "-q", backup)

    assert (ran.returncode, backup.read_bytes()) == (2, before)
    assert sorted(path.name for path in backup.parent.iterdir()) == [
        ".lock",
        backup.name,
        f"{backup.name}.json",
    ]
