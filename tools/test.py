"""Runs the whole suite: `python -m tools.test [pytest arguments]`; with arguments, no coverage."""

import os
import sys

from tools import browser
from tools.place import PYTHON, ROOT
from tools.work import show

MOST_WORKERS = 8
"""Every worker has a database of its own; more than this only makes them wait for the disk."""

COVERAGE = ("--cov", "--cov-config=pyproject.toml", "--cov-report=term-missing:skip-covered")


def command(arguments: list[str], *, processors: int) -> list[str]:
    """How pytest is called: in parallel, and with coverage when the whole suite is run."""
    workers = min(max(processors, 2), MOST_WORKERS)
    parallel = ["-n", str(workers), "--dist", "loadfile"]
    return ["-m", "pytest", *parallel, *(arguments or COVERAGE)]


def main(arguments: list[str]) -> int:
    """Find the browser, then become pytest, so that the last lines and the exit code are its."""
    path, reason = browser.find_or_install()
    show(f"브라우저 시험: {path}" if path else f"브라우저 시험은 건너뜁니다. {reason}")
    os.environ |= {browser.VARIABLE: path, browser.REASON: reason}
    os.chdir(ROOT)
    (ROOT / "var" / "coverage").mkdir(parents=True, exist_ok=True)
    processors = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    )
    os.execv(PYTHON, [str(PYTHON), *command(arguments, processors=processors or 2)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
