"""Every check of the house: all run, all failures are told, each with its time."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tools.place import PYTHON, ROOT
from tools.work import show

PRODUCTION = {
    "MOKMIN_SECRET_KEY": secrets.token_urlsafe(64),
    "MOKMIN_HTTPS": "on",
    "MOKMIN_HOSTS": "plan.example.kr",
    "MOKMIN_ORIGINS": "https://plan.example.kr",
}
"""The settings of a real installation behind a TLS proxy."""

IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"


@dataclass(frozen=True)
class Check:
    """One check: what the arguments after `python` are."""

    name: str
    arguments: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)


def manage(*words: str) -> tuple[str, ...]:
    """A command of Django's, as the product calls it."""
    return ("-m", "mokmin", "manage", *words)


CHECKS = (
    Check("타입(mypy)", ("-m", "mypy", "src", "tools", "bench")),
    Check("배포 설정", manage("check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
    Check("빠진 마이그레이션", manage("makemigrations", "--check", "--dry-run"), PRODUCTION),
    Check("서식(ruff)", ("-m", "ruff", "format", "--check", ".")),
    Check("코드(ruff)", ("-m", "ruff", "check", ".")),
    Check("층과 방(import-linter)", ("-c", IMPORTS)),
    Check("템플릿 서식(djlint)", ("-m", "djlint", "--check", "src")),
    Check("템플릿(djlint)", ("-m", "djlint", "--lint", "src")),
    Check("잠금 파일", ("-m", "tools.lock", "--check")),
    Check("저장소 주소와 컴퓨터 경로", ("-m", "tools.words")),
)
"""The slowest first, so that the others run beside them."""


@dataclass(frozen=True)
class Outcome:
    """What came of one check."""

    check: Check
    output: str
    passed: bool


def run(check: Check) -> Outcome:
    """Run one check and say at once how it went."""
    started = time.monotonic()
    done = subprocess.run(
        [PYTHON, *check.arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **check.env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    passed = done.returncode == 0
    show(f"{'✓' if passed else '✗'} {time.monotonic() - started:5.1f}초  {check.name}")
    return Outcome(check, done.stdout, passed)


def main(checks: Sequence[Check] = CHECKS) -> int:
    """Run all checks, then show the output of those that failed."""
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        outcomes = list(pool.map(run, checks))
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        show(f"\n── {outcome.check.name}\n{outcome.output.strip()}")
    seconds = f"{time.monotonic() - started:.1f}초"
    if failed:
        names = ", ".join(outcome.check.name for outcome in failed)
        show(
            f"\n✗ 검사 {len(checks)}가지 가운데 {len(failed)}가지가 걸렸습니다({seconds}): {names}"
        )
        return 1
    show(f"검사 {len(checks)}가지를 모두 통과했습니다({seconds}).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
