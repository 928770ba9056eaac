from pathlib import Path

import pytest

from mokmin.lib import place


def test_the_environment_decides_where_things_are_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("MOKMIN_VAR", str(tmp_path / "빈 칸" / ".." / "자료"))

    assert place.var_dir() == tmp_path / "자료"


def test_a_checkout_keeps_its_own_var(monkeypatch):
    monkeypatch.delenv("MOKMIN_VAR", raising=False)

    assert place.var_dir() == Path(place.__file__).parents[3] / "var"


def test_an_installed_package_uses_the_home_of_its_user(monkeypatch, tmp_path):
    monkeypatch.setenv("MOKMIN_VAR", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(place, "CHECKOUT", tmp_path / "site-packages")

    assert place.var_dir() == tmp_path / ".local" / "share" / "mokmin"


@pytest.fixture
def embedded(monkeypatch, tmp_path):
    """An installation that was told nothing but its folder."""
    monkeypatch.setenv("MOKMIN_VAR", str(tmp_path))
    for name in place.SETTINGS.values():
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def external(embedded, monkeypatch):
    """One whose data lives on another server, of which it knows how the app reaches it."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://mokmin_app:비밀@db.example:6432/mokmin")


def test_without_an_address_the_database_is_that_of_the_folder(embedded):
    cluster = place.cluster()

    assert not place.is_external()
    assert cluster.data == embedded / "postgres"
    assert [place.address(role) for role in (*place.SETTINGS, "mokmin_super")] == [
        cluster.url(role) for role in (*place.SETTINGS, "mokmin_super")
    ]


def test_an_external_database_is_reached_by_the_addresses_that_are_given(external, monkeypatch):
    monkeypatch.setenv("DATABASE_BACKUP_URL", "postgresql://mokmin_backup@db.example/mokmin")

    assert place.is_external()
    assert [place.address(role) for role in (*place.SETTINGS, "mokmin_super")] == [
        "postgresql://mokmin_app:비밀@db.example:6432/mokmin",
        None,
        "postgresql://mokmin_backup@db.example/mokmin",
        None,
    ]


def test_the_owners_address_alone_makes_no_database_external(embedded, monkeypatch):
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://mokmin_owner@db.example/mokmin")

    assert not place.is_external()


def test_an_external_database_is_shown_without_its_password(external):
    assert place.external_name() == "postgresql://mokmin_app@db.example:6432/mokmin"
