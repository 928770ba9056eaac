"""Installations for the tests of the command line; each is stopped and removed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.surfaces.cli.installation import Installation

Make = Callable[..., Installation]


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One with tables and a municipality, its database running; left as found."""
    made = Installation(tmp_path_factory.mktemp("settled") / "자료 폴더")
    made.ok("db", "start")
    made.ok("db", "migrate")
    made.ok(
        *("tenant", "create", "garam", "--name", "가람군", "--kind", "군"),
        *("--host", "garam.localhost", "--admin-name", "서관리"),
        *("--admin-email", "seo@garam.example"),
    )
    yield made
    made.remove()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Make]:
    """Makes installations that hold nothing yet."""
    made: list[Installation] = []

    def make(name: str = "var", **env: str) -> Installation:
        made.append(Installation(tmp_path / name, env))
        return made[-1]

    yield make
    for installation in made:
        installation.remove()
