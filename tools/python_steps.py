"""The Python half of set-up: environment, uv, packages, our own package."""

import os
import subprocess
import sys
import tomllib
from enum import Enum
from pathlib import Path

from tools.indexes import uv_environment
from tools.place import PYTHON, REQUIREMENTS, ROOT, VENV
from tools.problem import CERTIFICATE, NETWORK, NO_ENSUREPIP, Problem, foreign, is_foreign
from tools.stamps import Stamps, digest
from tools.work import Step, Work, child_environment

STAMPS = Stamps(VENV)
BOOTSTRAP = REQUIREMENTS / "bootstrap.lock"


class State(Enum):
    """What `.venv` is like."""

    READY = "ready"
    MOVED = "moved"
    BROKEN = "broken"


def steps(asked: str) -> list[Step]:
    """What is still to be done so that the packages of `asked` (run or dev) are there."""
    try:
        todo = _todo(asked)
    except PermissionError:
        todo = [MAKE]
    if todo and is_foreign(VENV):
        raise foreign(VENV)
    return todo


def _todo(asked: str) -> list[Step]:
    state = venv_state()
    todo = {State.BROKEN: [MAKE], State.MOVED: [MOVE], State.READY: []}[state]
    fresh = state is State.BROKEN
    level = wanted_level("" if fresh else STAMPS.read("packages"), asked)
    if fresh or STAMPS.read("uv") != digest(BOOTSTRAP):
        todo.append(Step("설치 도구(uv)를 받습니다", install_uv))
    if fresh or STAMPS.read("packages") != packages_stamp(level):
        label = "실행용" if level == "run" else "개발용"
        todo.append(Step(f"{label} 파이썬 패키지를 설치합니다", lambda work: sync(work, level)))
    if todo or STAMPS.read("own") != own_stamp():
        todo.append(Step("목민을 .venv에 연결합니다", install_own))
    return todo


def venv_state() -> State:
    """Whether the environment is whole, runs, and was made for this folder."""
    made_for = STAMPS.read("venv")
    if not made_for or not _runs():
        return State.BROKEN
    return State.READY if made_for == digest(str(ROOT)) else State.MOVED


def _runs() -> bool:
    probe = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    try:
        done = subprocess.run(
            [PYTHON, "-I", "-c", probe], capture_output=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def wanted_level(installed: str, asked: str) -> str:
    """Development packages, once there, stay: they include the others."""
    return "dev" if "dev" in (asked, installed.partition(" ")[0]) else "run"


def packages_stamp(level: str) -> str:
    """The level and the hash of its lock."""
    return f"{level} {digest(REQUIREMENTS / f'{level}.lock')}"


def own_stamp() -> str:
    """What our own package's installation depends on: its metadata and its place."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    metadata = [data["build-system"], data["project"], data.get("tool", {}).get("hatch")]
    return digest(repr(metadata), str(ROOT))


def make_venv(work: Work) -> None:
    """Make `.venv` from nothing, or anew where it is half-made or its Python is gone."""
    try:
        import ensurepip  # noqa: F401, PLC0415 - some distributions leave it out
    except ImportError:
        raise Problem(*NO_ENSUREPIP) from None
    python = getattr(sys, "_base_executable", sys.executable)
    work.run([python, "-m", "venv", "--clear", "--without-pip", VENV])
    # A step of its own, because venv swallows what ensurepip says when it fails.
    work.run([PYTHON, "-m", "ensurepip", "--upgrade", "--default-pip"])
    STAMPS.keep("venv", digest(str(ROOT)))


def move_venv(work: Work) -> None:
    """Write the activation scripts anew after the folder was moved or copied."""
    done = subprocess.run(
        [PYTHON, "-I", "-S", "-c", "import sys; print(sys._base_executable)"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    work.run([done.stdout.strip(), "-m", "venv", "--without-pip", VENV])
    STAMPS.keep("venv", digest(str(ROOT)))


MAKE = Step("파이썬 환경(.venv)을 만듭니다", make_venv)
MOVE = Step("옮겨진 파이썬 환경(.venv)을 고칩니다", move_venv)


def install_uv(work: Work) -> None:
    """Install uv by pip from its hashed lock."""
    STAMPS.drop("uv")
    options = ["--no-input", "--disable-pip-version-check", "--only-binary=:all:", "--no-deps"]
    work.run([PYTHON, "-m", "pip", "install", *options, "--require-hashes", "-r", BOOTSTRAP])
    STAMPS.keep("uv", digest(BOOTSTRAP))


def sync(work: Work, level: str) -> None:
    """Make the environment hold exactly the packages of one lock."""
    # Exactness takes our own package out, so it has to be put back.
    STAMPS.drop("packages", "own")
    uv(work, "sync", "--require-hashes", REQUIREMENTS / f"{level}.lock")
    STAMPS.keep("packages", packages_stamp(level))


def install_own(work: Work) -> None:
    """Install mokmin editable; its path file is relative, so no locale and no move can break it."""
    STAMPS.drop("own")
    env = child_environment()
    options = ["--offline", "--no-build-isolation", "--no-deps", "--editable", "."]
    work.run([PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON, *options], env=env)
    for path in VENV.glob("lib/python*/site-packages/*mokmin.pth"):
        path.write_text(os.path.relpath(ROOT / "src", path.parent) + "\n", "ascii")
    STAMPS.keep("own", own_stamp())


def uv(work: Work, verb: str, *arguments: str | Path) -> None:
    """Run `uv pip`; try the system's certificates, and the cache when the network is away."""
    env, options = uv_environment()
    command = [PYTHON, "-m", "uv", "pip", verb, "--python", PYTHON, *options, *arguments]
    attempts = {CERTIFICATE: {"UV_SYSTEM_CERTS": "1"}, NETWORK: {"UV_OFFLINE": "1"}}
    try:
        work.run(command, env=env)
    except Problem as problem:
        other = attempts.get(problem.lines)
        if other is None:
            raise
        try:
            work.run(command, env=env | other)
        except Problem:
            raise problem from None
