"""The project's own source files, read once for all rules of the house."""

import ast
import subprocess
from functools import cache
from pathlib import Path

from tests.environment import ROOT

SRC = ROOT / "src" / "mokmin"


@cache
def modules() -> tuple[Path, ...]:
    """Every Python module of the product, migrations left out."""
    return tuple(path for path in sorted(SRC.rglob("*.py")) if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def templates() -> tuple[Path, ...]:
    """Every template of the product."""
    found = sorted(SRC.rglob("templates/**/*"))
    return tuple(path for path in found if path.is_file() and path.suffix in {".html", ".txt"})


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git tracks, or would."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def name_of(path: Path) -> str:
    """A path as the reader knows it."""
    return path.relative_to(ROOT).as_posix()
