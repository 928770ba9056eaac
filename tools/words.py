"""Finds in tracked files what belongs to one machine: hosts of package registries, own paths."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.place import ROOT
from tools.work import show

REGISTRIES = (
    *(("pypi", "org"), ("files", "python" + "hosted", "org"), ("registry", "npmjs", "org")),
    *(("registry", "yarnpkg", "com"), ("deb", "debian", "org"), ("security", "debian", "org")),
    *(("crates", "io"), ("proxy", "golang", "org")),
)
HOMES = ("root", "home", "Users", "tmp")
"""Folders below which only one machine's files lie."""

SHORTEST_PATH = 5
"""A checkout or home shorter than this (`/app`) would be found in innocent text."""


def forbidden() -> re.Pattern[str]:
    """One pattern for all of it; put together here so that this file does not hold the words."""
    hosts = [re.escape(".".join(parts)) for parts in REGISTRIES]
    own = [str(path) for path in (ROOT, Path.home()) if len(str(path)) >= SHORTEST_PATH]
    paths = [rf"(?<![\w.}}>-])/(?:{'|'.join(HOMES)})/", *(re.escape(path) for path in own)]
    return re.compile("|".join([*(rf"\b{host}\b" for host in hosts), *paths]))


def tracked() -> list[Path]:
    """Files that git holds or is about to hold."""
    # A folder of another owner is nothing git needs to fear while only listing names.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others"]
    done = subprocess.run(
        [*command, "--exclude-standard"], cwd=ROOT, capture_output=True, check=False
    )
    if done.returncode:
        show(done.stderr.decode("utf-8", "replace").strip())
        return []
    names = done.stdout.decode("utf-8").split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def findings() -> Iterator[str]:
    """Every offending line as `file:line: word`."""
    pattern = forbidden()
    for path in tracked():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            for match in pattern.finditer(line):
                yield f"{path.relative_to(ROOT)}:{number}: {match[0]}"


def main() -> int:
    """Show what was found."""
    found = list(findings())
    for line in found:
        show(line)
    if found:
        show("패키지 저장소 주소나 이 컴퓨터의 경로는 저장소에 적지 않습니다.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
