"""A small checkout of its own for every test of the tools, and runs of them as real processes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("tools", "requirements", "pyproject.toml", "README.md", "LICENSE", "NOTICE")
SHELL = shutil.which("sh") or "sh"


def closed_network(folder: Path) -> dict[str, str]:
    """pip settings under which nothing can be fetched: an empty folder is the only index."""
    empty = folder.parent / "empty"
    empty.mkdir(exist_ok=True)
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(empty)}


def copy_parts(folder: Path) -> None:
    """What set-up reads of a checkout, with an empty front end."""
    folder.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    frontend = folder / "frontend"
    frontend.mkdir()
    (frontend / "package.json").write_text('{"name": "empty", "version": "1.0.0"}\n', "utf-8")


def run(
    folder: Path,
    arguments: list[str],
    env: dict[str, str] | None = None,
    *,
    before: tuple[str, ...] = (),
) -> subprocess.CompletedProcess[str]:
    """Run `sh` with these arguments in a checkout, in an environment of nothing but ours."""
    return subprocess.run(
        [*before, SHELL, *arguments],
        cwd=folder,
        env={**plain_environment(folder), **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )


def plain_environment(folder: Path) -> dict[str, str]:
    """No settings of this machine's pip, npm or uv, and a home beside the checkout."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "MOKMIN_PYTHON": sys._base_executable,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_RETRIES": "1",
    }
