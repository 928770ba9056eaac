"""Fixtures for the tests of the tools."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pip
import pytest

from tests.tools import small


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The parts of a checkout that set-up reads, in a folder with a space and Korean."""
    folder = tmp_path / "목민 곳간"
    small.copy_parts(folder)
    return folder


@pytest.fixture
def made_checkout(checkout: Path) -> Path:
    """The same with a `.venv` as set-up made it elsewhere: pip is there, uv is not."""
    venv = checkout / ".venv"
    command = [sys._base_executable, "-m", "venv", "--without-pip", str(venv)]
    subprocess.run(command, check=True)
    site = next(venv.glob("lib/python*/site-packages"))
    (site / "pip").symlink_to(Path(pip.__file__).parent)
    (venv / ".mokmin").mkdir()
    (venv / ".mokmin/venv").write_text("elsewhere", "ascii")
    return checkout


@pytest.fixture
def programs(tmp_path: Path) -> Callable[[str, str], Path]:
    """Put a small shell script of this name and body into a folder for PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()

    def add(name: str, body: str) -> Path:
        path = folder / name
        path.write_text(f"#!{small.SHELL}\n{body}\n", "utf-8")
        path.chmod(0o755)
        return folder

    return add
