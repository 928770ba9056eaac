"""The browser for tests: found on the machine, or on Debian installed by its package manager."""

import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress

from tools.place import SETUP_LOG
from tools.problem import Problem
from tools.work import Work, child_environment, progress

VARIABLE = "MOKMIN_CHROMIUM"
REASON = "MOKMIN_NO_CHROMIUM"
"""Why the tests that need a browser are skipped."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "크로미움이 없습니다. 'apt install chromium'으로 설치하시거나 "
    f"{VARIABLE}에 실행 파일의 위치를 적어 주세요."
)


def find() -> str:
    """The browser's path, or nothing; a program that does not answer is not a browser."""
    given = os.environ.get(VARIABLE)
    for name in [given] if given else NAMES:
        path = shutil.which(name)
        if path and _answers(path):
            return path
    return ""


def _answers(path: str) -> bool:
    try:
        done = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find_or_install() -> tuple[str, str]:
    """The browser's path, or the reason why there is none."""
    path = find()
    if not path and not os.environ.get(VARIABLE) and can_apt():
        # Fonts stay out: Korean glyphs come from our own web font.
        refused = apt("시험용 브라우저(chromium)를 설치합니다", ["chromium"])
        path = find()
        return path, "" if path else refused or MISSING
    return path, "" if path else MISSING


def can_apt() -> bool:
    """Whether this is Debian itself and we may install packages."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def apt(label: str, packages: Sequence[str]) -> str:
    """Install Debian packages; the reason in words when that does not work."""
    env = {**child_environment(), "DEBIAN_FRONTEND": "noninteractive"}
    work = Work(SETUP_LOG.with_name("apt.log"))
    options = ["-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    try:
        with progress(label):
            # A list that cannot be fetched need not matter; the installation will tell.
            with suppress(Problem):
                work.run(["apt-get", "update"], env=env)
            work.run(["apt-get", "install", *options, *packages], env=env)
    except Problem as problem:
        return f"{' '.join(packages)}을(를) 설치하지 못했습니다. {problem.korean}"
    return ""
