"""Steps run with one line of progress, and a failed tool is quoted."""

import os
import sys

import pytest

from tools.problem import Problem
from tools.work import Step, Work, child_environment


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_each_step_is_one_line_with_its_seconds(tmp_path, capsys):
    steps = [
        Step("첫째 일을 합니다", lambda work: work.run(python("print('first')"))),
        Step("둘째 일을 합니다", lambda work: work.run(python("print('second')"))),
    ]

    Work(tmp_path / "log/setup.log").all(steps)

    lines = [line.rsplit(" ", 1) for line in capsys.readouterr().out.splitlines()]
    assert [line[0].rstrip(" .") for line in lines] == [
        "[1/2] 첫째 일을 합니다",
        "[2/2] 둘째 일을 합니다",
    ]
    assert [line[1][-1] for line in lines] == ["초", "초"]


def test_what_tools_print_goes_into_the_log(tmp_path):
    work = Work(tmp_path / "setup.log")

    work.run(python("print('하나')"))
    work.run(python("import sys; print('둘', file=sys.stderr)"))

    lines = (tmp_path / "setup.log").read_text("utf-8").splitlines()
    assert lines == [
        f"$ {sys.executable} -c print('하나')",
        "하나",
        f"$ {sys.executable} -c import sys; print('둘', file=sys.stderr)",
        "둘",
    ]


def test_a_failure_of_unknown_cause_quotes_twelve_lines_and_names_the_log(tmp_path):
    work = Work(tmp_path / "setup.log")
    work.run(python("print('an earlier tool')"))

    with pytest.raises(Problem) as caught:
        work.run(python("[print(f'\\x1b[31mline {n}\\n') for n in range(20)]; exit(3)"))

    place = os.path.relpath(tmp_path / "setup.log")
    name = os.path.basename(sys.executable)
    assert caught.value.tail == [f"line {n}" for n in range(8, 20)]
    assert caught.value.english.startswith(f"'{name} -c ")
    assert caught.value.english.endswith(f"failed (exit code 3). See {place} for details.")


def test_a_failure_of_known_cause_quotes_three_lines(tmp_path):
    with pytest.raises(Problem) as caught:
        Work(tmp_path / "setup.log").run(python("print('a\\nb\\nc\\nENOSPC' + 'x' * 200); exit(1)"))

    assert caught.value.tail == ["b", "c", "ENOSPC" + "x" * 144]


def test_tools_are_not_led_into_another_environment(monkeypatch):
    for name in ("PYTHONPATH", "PIP_TARGET", "UV_PYTHON", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "http://mirror.example")

    env = child_environment()

    assert sorted(name for name, value in env.items() if value == "elsewhere") == []
    assert (env["PIP_USER"], env["PIP_INDEX_URL"]) == ("0", "http://mirror.example")


def test_a_user_with_a_home_keeps_it(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))

    assert child_environment()["HOME"] == str(tmp_path)
