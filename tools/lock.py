"""Makes the locks of packages (`python -m tools.lock [--upgrade]`) or finds stale ones (`--check`).

A lock's first line is the hash of what it was made from, so that a check needs no network.
"""

import sys
import tomllib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tools.place import REQUIREMENTS, ROOT, SETUP_LOG
from tools.problem import Problem
from tools.python_steps import uv
from tools.stamps import digest
from tools.work import Step, Work, show

OPTIONS = (
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"),
    *("--no-emit-index-url", "--no-emit-find-links"),
)
PYPROJECT = "pyproject.toml"


@dataclass(frozen=True)
class Lock:
    """One lock: what it is made from, and the lock whose versions it keeps to."""

    name: str
    sources: tuple[str, ...]
    within: str = ""

    @property
    def path(self) -> Path:
        """Where the lock lies."""
        return REQUIREMENTS / f"{self.name}.lock"

    def header(self) -> str:
        """The first line that a lock made from the present sources has."""
        inputs = [_content(source) for source in self.sources]
        if self.within:
            inputs.append(digest(REQUIREMENTS / f"{self.within}.lock"))
        return f"# made by `make lock` from {digest(*inputs)}"

    def is_current(self) -> bool:
        """Whether the lock was made from the present sources."""
        return self.path.exists() and self.path.read_text("utf-8").startswith(self.header() + "\n")

    def make(self, work: Work, extra: list[str]) -> None:
        """Resolve anew; versions stay as they are unless `--upgrade` is among the extras."""
        within = ["--constraint", f"requirements/{self.within}.lock"] if self.within else []
        target = self.path.relative_to(ROOT)
        uv(work, "compile", *OPTIONS, *extra, *within, *self.sources, "--output-file", target)
        self.path.write_text(f"{self.header()}\n{self.path.read_text('utf-8')}", "utf-8")


LOCKS = (
    Lock("bootstrap", ("requirements/bootstrap.in",)),
    Lock("node", ("requirements/node.in",)),
    Lock("run", (PYPROJECT, "requirements/run.in")),
    Lock("dev", (PYPROJECT, "requirements/run.in", "requirements/dev.in"), within="run"),
)


def _content(source: str) -> str:
    text = (ROOT / source).read_text("utf-8")
    if source != PYPROJECT:
        return text
    project = tomllib.loads(text)["project"]
    return repr((project["requires-python"], project["dependencies"]))


def stale() -> list[Lock]:
    """The locks that are out of step with what they are made from."""
    return [lock for lock in LOCKS if not lock.is_current()]


def check() -> int:
    """Name the locks that are out of step."""
    for lock in stale():
        sources = ", ".join(lock.sources)
        show(f"{lock.path.name}이(가) {sources}과(와) 어긋납니다. 'make lock'을 실행해 주세요.")
    return 1 if stale() else 0


def main(arguments: list[str]) -> int:
    """Make all locks anew, or only check them."""
    if arguments == ["--check"]:
        return check()
    steps = [
        Step(f"{lock.path.name}을 만듭니다", partial(lock.make, extra=arguments)) for lock in LOCKS
    ]
    try:
        Work(SETUP_LOG.with_name("lock.log")).all(steps)
    except Problem as problem:
        show(str(problem))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
