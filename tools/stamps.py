"""Stamps: a finished step leaves the hash of its inputs beside what it made."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.place import ROOT


def digest(*parts: str | Path) -> str:
    """One hash over texts and files, in the given order."""
    total = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part.encode("utf-8", "replace")
        total.update(f"{len(content)}:".encode() + content)
    return total.hexdigest()


def tree(folder: Path, *, skip: Iterable[str] = ()) -> list[Path]:
    """Every file below a folder in a fixed order, without the folders named in `skip`."""
    skipped = set(skip)
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and skipped.isdisjoint(path.relative_to(folder).parts)
    )


def listing(folder: Path) -> str:
    """Names and sizes of all files below a folder: enough to notice that one is gone."""
    return "\n".join(f"{path.relative_to(folder)} {path.stat().st_size}" for path in tree(folder))


def named(path: Path) -> str:
    """A file's place in the checkout, so that renaming counts as a change."""
    return path.relative_to(ROOT).as_posix()


class Stamps:
    """The stamps of one folder of made things; they vanish together with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / ".mokmin"

    def read(self, name: str) -> str:
        """The stamp as kept, or nothing when the step was never finished."""
        try:
            return (self.folder / name).read_text("utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return ""

    def keep(self, name: str, value: str) -> None:
        """Remember that the step is finished for these inputs."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f"{name}.new"
        unfinished.write_text(value, "utf-8")
        unfinished.replace(self.folder / name)

    def drop(self, *names: str) -> None:
        """Forget steps that are about to be done again."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)
