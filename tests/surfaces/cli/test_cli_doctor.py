"""What the doctor finds when something is really broken, and what it says then."""

import os
import time

import pytest

from mokmin.surfaces.cli.checks import machine
from mokmin.surfaces.cli.checks.finding import Level

HOUR = 3600
APP = "ALTER ROLE mokmin_app"
SWITCHED_OFF = "ALTER TABLE people_person DISABLE TRIGGER trail"


@pytest.fixture
def var(tmp_path, monkeypatch):
    """A folder of data that holds nothing yet."""
    monkeypatch.setenv("MOKMIN_VAR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("mode", "level"), [(0o600, Level.GOOD), (0o640, Level.BAD), (0o604, Level.BAD)]
)
def test_a_secret_key_that_others_may_read_is_bad(var, monkeypatch, mode, level):
    monkeypatch.delenv("MOKMIN_SECRET_KEY")
    (var / "secret_key").touch()
    (var / "secret_key").chmod(mode)

    found = machine.secret_key()

    assert (found.level, found.name) == (level, "비밀 키")


@pytest.mark.parametrize(
    ("hours", "level"), [(1, Level.GOOD), (30, Level.WATCH), (24 * 8, Level.BAD)]
)
def test_the_older_the_backup_the_worse(var, hours, level):
    _backup(var, hours)

    assert machine.backups().level is level


def test_a_backup_without_its_list_is_bad(var):
    _backup(var, 1).unlink()

    assert machine.backups().level is Level.BAD


def test_no_backup_at_all_is_to_be_watched(var):
    assert machine.backups().level is Level.WATCH


def _backup(var, hours):
    folder = var / "backups"
    folder.mkdir()
    dump = folder / machine.take.default_name(machine.datetime.now(machine.SEOUL))
    dump.touch()
    at = time.time() - hours * HOUR
    os.utime(dump, (at, at))
    listed = machine.manifest.beside(dump)
    listed.touch()
    return listed


@pytest.mark.parametrize(
    ("broken", "mended", "name"),
    [
        (f"{APP} BYPASSRLS", f"{APP} NOBYPASSRLS", "데이터베이스 접속"),
        (f"{APP} CREATEDB", f"{APP} NOCREATEDB", "데이터베이스 역할"),
        (SWITCHED_OFF, "ALTER TABLE people_person ENABLE TRIGGER trail", "변경 이력의 트리거"),
        (
            "CREATE POLICY open ON people_person USING (true)",
            "DROP POLICY open ON people_person",
            "기관 사이의 울타리",
        ),
    ],
)
def test_what_protects_the_data_is_missed(settled, broken, mended, name):
    settled.cluster.sql(broken, database="mokmin")
    ran = settled.run("doctor")
    settled.cluster.sql(mended, database="mokmin")

    bad = [line.partition(":")[0] for line in ran.stdout.splitlines() if line.startswith("✗")]
    assert ran.returncode == 1
    assert bad == [f"✗ {name}"]
