"""Lists that go on by key: one row more than shown tells whether there is a next page."""

from collections.abc import Sequence
from typing import Any, TypeVar

from mokmin.surfaces.kit.http import MokminRequest

SIZE = 50

Row = TypeVar("Row")


def cut(found: Sequence[Row]) -> tuple[Sequence[Row], Row | None]:
    """The rows of the page, and the last of them when others follow."""
    rows = found[:SIZE]
    return rows, rows[-1] if len(found) > SIZE else None


def key(request: MokminRequest, name: str = "after") -> str:
    """The key behind which the page starts; no text may hold a NUL in the database."""
    return request.GET.get(name, "").replace("\0", "")


def number(text: str) -> int | None:
    """A key that is a number; anything else is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004  # digits of bigint


def summary(shown: Sequence[Any], *, unit: str, has_more: bool) -> str:
    """How many rows are shown; the whole is not counted, that would cost more than the page."""
    if not shown:
        return ""
    return f"{len(shown):,}{unit}{'씩 보여 드립니다.' if has_more else '입니다.'}"
