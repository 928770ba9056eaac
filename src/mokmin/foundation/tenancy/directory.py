"""The directory of all 243 local governments (지방자치단체) and of those they came from.

Source: 법정동코드 and the changes in force on 2026-07-01 (지방자치법 §2·§3). The code names a
municipality; names repeat (중구, 고성군), so a label is always the parent with the name.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from mokmin.foundation.tenancy.states import TenantKind

DATA = files("mokmin.foundation.tenancy") / "data"


@dataclass(frozen=True, slots=True)
class LocalGovernment:
    """One local government in force, by its 5-digit code."""

    code: str
    name: str
    kind: TenantKind
    parent: str
    abbr: str

    @property
    def label(self) -> str:
        """Name that no other municipality has: `경상남도 고성군`."""
        return f"{self.parent} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class CodeChange:
    """A code that ended on a day and one code that followed it.

    `is_automatic` is False where one area became several (인천 2026-07-01): a person must choose.
    """

    old_code: str
    old_name: str
    new_code: str
    on: date
    is_automatic: bool


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


@cache
def local_governments() -> dict[str, LocalGovernment]:
    """All local governments in force, by code, in the order of their codes."""
    kinds = {kind.label: kind for kind in TenantKind}
    return {
        row["code"]: LocalGovernment(
            code=row["code"],
            name=row["name"],
            kind=TenantKind(kinds[row["kind"]]),
            parent=row["parent"],
            abbr=row["abbr"],
        )
        for row in _rows("local_governments.csv")
    }


@cache
def changes() -> tuple[CodeChange, ...]:
    """Every known end of a code, oldest file order kept."""
    return tuple(
        CodeChange(
            old_code=row["old_code"],
            old_name=row["old_name"],
            new_code=row["new_code"],
            on=date.fromisoformat(row["on"]),
            is_automatic=row["automatic"] == "yes",
        )
        for row in _rows("changes.csv")
    )


def successors(code: str) -> tuple[LocalGovernment, ...]:
    """Those that followed an ended code; more than one means that a person must choose."""
    return tuple(local_governments()[c.new_code] for c in changes() if c.old_code == code)


def current(code: str) -> LocalGovernment | None:
    """The one in force for a code old or new; None when unknown or when a person must choose."""
    if found := local_governments().get(code):
        return found
    steps = [change for change in changes() if change.old_code == code]
    if len(steps) == 1 and steps[0].is_automatic:
        return local_governments()[steps[0].new_code]
    return None
