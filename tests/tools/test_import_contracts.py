"""Each contract of imports is broken once, and says so."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = (
    *("config", "lib.text", "documents.readers", "documents.writers"),
    *("surfaces.kit", "surfaces.console", "surfaces.portal", "surfaces.cli"),
    *(f"foundation.{room}" for room in ("notices", "orgs", "people", "calendar", "files")),
    *(f"foundation.{room}" for room in ("records", "jobs", "access", "trail", "tenancy")),
    *(f"foundation.people.{name}" for name in ("models", "queries", "actions", "rules", "states")),
)


@pytest.fixture
def house(tmp_path):
    """The floors and one room with empty modules, under the house's contracts."""
    shutil.copy(ROOT / ".importlinter", tmp_path)
    for module in MODULES:
        write(tmp_path, module, "")
    return tmp_path


def write(house: Path, module: str, text: str) -> None:
    path = house / "mokmin" / Path(*module.split(".")).with_suffix(".py")
    package = path.with_suffix("")
    path = package / "__init__.py" if package.is_dir() else path
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in path.parents:
        if folder == house:
            break
        loose = folder.with_suffix(".py")
        if loose.exists():
            loose.unlink()
        (folder / "__init__.py").touch()
    path.write_text(text, "utf-8")


def broken(house: Path) -> list[str]:
    command = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=house,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(house), "NO_COLOR": "1", "LANG": "C.UTF-8"},
        check=False,
    )
    if "Missing layer" in done.stdout or "Undefined" in done.stdout:
        raise AssertionError(done.stdout)
    lines = done.stdout.splitlines()
    return [line[: -len(" BROKEN")].split(":")[0] for line in lines if line.endswith(" BROKEN")]


def test_an_empty_house_keeps_every_contract(house):
    assert broken(house) == []


@pytest.mark.parametrize(
    ("module", "text", "contract"),
    [
        ("foundation.people.queries", "from mokmin.surfaces.kit import x", "floors"),
        ("lib.text", "import mokmin.foundation.trail", "floors"),
        ("foundation.tenancy", "from mokmin.foundation.trail import x", "foundation"),
        (
            "foundation.people.models",
            "from mokmin.foundation.people import queries",
            "inside a room",
        ),
        ("foundation.people.rules", "from mokmin.foundation.people import models", "inside a room"),
        ("foundation.people.utils", "", "inside a room"),
        ("foundation.core", "", "foundation"),
        ("utils", "", "floors"),
        (
            "surfaces.portal",
            "from mokmin.surfaces.console import x",
            "surfaces do not know each other",
        ),
        ("surfaces.kit", "from mokmin.surfaces.portal import x", "surfaces do not know each other"),
        ("lib.text", "import django.utils.text", "lib does not know Django"),
    ],
    ids=lambda value: str(value)[-30:],
)
def test_what_breaks_a_contract_is_found(house, module, text, contract):
    write(house, module, text)

    assert broken(house) == [contract]


def test_a_circle_is_found(house):
    write(house, "surfaces.kit.a", "from mokmin.surfaces.kit import b")
    write(house, "surfaces.kit.b", "from mokmin.surfaces.kit import a")

    assert broken(house) == ["no circles"]
