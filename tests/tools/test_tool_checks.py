"""The checks find what they are for."""

import subprocess
import sys

from tests.tools.small import plain_environment
from tools import check, lock
from tools.words import HOMES, REGISTRIES


def run_module(checkout, *arguments: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=checkout,
        env=plain_environment(checkout),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout.splitlines()


def test_all_checks_run_and_all_failures_are_told(capsys):
    checks = (
        check.Check("첫째", ("-c", "import sys; sys.exit('first reason')")),
        check.Check("둘째", ("-c", "pass")),
        check.Check(
            "셋째", ("-c", "import os, sys; sys.exit(os.environ['WHY'])"), {"WHY": "third"}
        ),
    )

    code = check.main(checks)

    said = capsys.readouterr().out.splitlines()
    assert (code, sorted(line[0] for line in said[:3])) == (1, ["✓", "✗", "✗"])
    assert said[3:9] == ["", "── 첫째", "first reason", "", "── 셋째", "third"]
    assert said[-1].startswith("✗ 검사 3가지 가운데 2가지가 걸렸습니다(")


def test_checks_that_pass_are_counted(capsys):
    code = check.main([check.Check("하나", ("-c", "pass"))])

    assert (code, capsys.readouterr().out.splitlines()[-1].partition("(")[0]) == (
        0,
        "검사 1가지를 모두 통과했습니다",
    )


def test_the_locks_are_in_step_with_what_they_are_made_from():
    assert [lock.path.name for lock in lock.stale()] == []


def test_a_requirement_added_without_its_lock_is_found(checkout):
    with (checkout / "requirements/run.in").open("a") as file:
        file.write("another-package\n")

    assert run_module(checkout, "tools.lock", "--check") == (
        1,
        [
            "run.lock이(가) pyproject.toml, requirements/run.in과(와) 어긋납니다. "
            "'make lock'을 실행해 주세요.",
            "dev.lock이(가) pyproject.toml, requirements/run.in, requirements/dev.in과(와) "
            "어긋납니다. 'make lock'을 실행해 주세요.",
        ],
    )


def test_a_setting_of_a_tool_does_not_make_a_lock_stale(checkout):
    with (checkout / "pyproject.toml").open("a") as file:
        file.write("\n[tool.other]\nx = 1\n")

    assert run_module(checkout, "tools.lock", "--check") == (0, [])


def test_registries_and_paths_of_one_machine_are_found(checkout):
    subprocess.run(["git", "init", "-q"], cwd=checkout, check=True)
    host, home = ".".join(REGISTRIES[0]), f"/{HOMES[1]}/"
    lines = ["a", f"index = https://{host}/simple", f"cd {home}kim", "staff/home/x", str(checkout)]
    (checkout / "notes.md").write_text("\n".join(lines), "utf-8")

    code, said = run_module(checkout, "tools.words")

    assert (code, said[:-1]) == (
        1,
        [f"notes.md:2: {host}", f"notes.md:3: {home}", *said[2:-1]],
    )
    assert [line.split(":")[1] for line in said[2:-1]] == ["5"]


def test_ignored_files_are_nobodys_business(checkout):
    subprocess.run(["git", "init", "-q"], cwd=checkout, check=True)
    (checkout / ".gitignore").write_text("var/\n", "utf-8")
    (checkout / "var").mkdir()
    (checkout / "var/log").write_text(".".join(REGISTRIES[0]), "utf-8")

    assert run_module(checkout, "tools.words") == (0, [])
