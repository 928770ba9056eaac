"""Which Node builds the front end, and when."""

import os
import subprocess
import sys

import pytest

from tests.tools.small import closed_network, plain_environment
from tools import problem


def ask(checkout, expression: str, path: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"from tools import frontend_steps as f; print({expression})"],
        cwd=checkout,
        env=plain_environment(checkout) | {"PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("version", "taken"), [("v18.20.4", False), ("v20.0.0", True), ("v101.1.0", True)]
)
def test_the_machines_node_is_taken_from_20_on(checkout, programs, version, taken):
    programs("node", f"echo {version}")
    path = programs("npm", "echo 11.0.0")

    found = ask(checkout, "f.machine_node()", str(path))

    assert found == (str([str(path / "npm")]) if taken else "None")


@pytest.mark.parametrize("broken", ["node", "npm"])
def test_a_node_or_npm_that_does_not_answer_is_not_taken(checkout, programs, broken):
    for name in ("node", "npm"):
        path = programs(name, "exit 1" if name == broken else "echo v24.1.0")

    assert ask(checkout, "f.machine_node()", str(path)) == "None"


def test_node_without_npm_is_not_taken(checkout, programs):
    path = programs("node", "echo v24.1.0")

    assert ask(checkout, "f.machine_node()", str(path)) == "None"


def labels(checkout, path: str) -> list[str]:
    return ask(checkout, "*(step.label for step in f.steps(fresh=False)), sep='|'", path).split("|")


def test_without_node_it_is_fetched_first(checkout, programs):
    path = programs("something", "exit 0")

    assert labels(checkout, str(path)) == [
        "Node를 받습니다",
        "화면용 패키지를 받습니다",
        "화면 파일을 만듭니다",
    ]


@pytest.fixture
def built(checkout, programs):
    """A checkout whose front end was just built, and the PATH with its Node."""
    programs("node", "echo v24.1.0")
    output = "../src/mokmin/surfaces/kit/static/built"
    path = programs(
        "npm",
        "case $1 in\n"
        "ci) mkdir -p node_modules;;\n"
        f"run) mkdir -p {output} && echo 'a{{}}' > {output}/staff.css;;\n"
        "*) echo 11.0.0;;\n"
        "esac",
    )
    paths = f"{path}{os.pathsep}{os.environ['PATH']}"
    body = "[step.do(w) for w in [Work(f.VENV.parent / 'var/log/x')] for step in f.steps(fresh=0)]"
    ask(checkout, f"exec('from tools.work import Work') or {body}", paths)
    return checkout, paths


def test_what_is_built_is_not_built_again(built):
    assert labels(*built) == [""]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("frontend/css/new.css", ["화면 파일을 만듭니다"]),
        ("src/mokmin/surfaces/kit/static/built/staff.css", ["화면 파일을 만듭니다"]),
        ("frontend/package-lock.json", ["화면용 패키지를 받습니다", "화면 파일을 만듭니다"]),
    ],
    ids=["a source", "a built file", "the lock"],
)
def test_what_changed_is_built_again(built, changed, expected):
    checkout, _ = built
    path = checkout / changed
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("b{color:red}", "ascii")

    assert labels(*built) == expected


def test_no_node_and_none_for_this_machine_is_told(made_checkout, programs):
    pytest.importorskip("uv", reason="uv는 make setup이 설치합니다.")
    path = programs("something", "exit 0")
    site = next((made_checkout / ".venv").glob("lib/python*/site-packages"))
    (site / "uv.pth").write_text(
        f"{os.path.dirname(os.path.dirname(sys.modules['uv'].__file__))}\n"
    )
    body = "from tools.frontend_steps import *\ntry: install_node(Work(VENV / 'log'))\n"

    done = subprocess.run(
        [sys.executable, "-c", f"{body}except Problem as problem: print(problem.lines)"],
        cwd=made_checkout,
        env=plain_environment(made_checkout) | closed_network(made_checkout) | {"PATH": str(path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert done.stdout.strip() == str(problem.NO_NODE)
