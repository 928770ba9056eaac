from pathlib import Path

from mokmin.lib import home


def test_the_environment_decides_where_things_are_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("MOKMIN_VAR", str(tmp_path / "빈 칸" / ".." / "자료"))

    assert home.var_dir() == tmp_path / "자료"


def test_a_checkout_keeps_its_own_var(monkeypatch):
    monkeypatch.delenv("MOKMIN_VAR", raising=False)

    assert home.var_dir() == Path(home.__file__).parents[3] / "var"


def test_an_installed_package_uses_the_home_of_its_user(monkeypatch, tmp_path):
    monkeypatch.setenv("MOKMIN_VAR", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(home, "CHECKOUT", tmp_path / "site-packages")

    assert home.var_dir() == tmp_path / ".local" / "share" / "mokmin"
