"""Lists that go on by key: one row more than shown tells whether there is a next page."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core import signing

from mokmin.surfaces.kit.http import MokminRequest

SIZE = 50
SALT = "mokmin.lists"

Row = TypeVar("Row")


def cut(found: Sequence[Row]) -> tuple[Sequence[Row], Row | None]:
    """The rows of the page, and the last of them when others follow."""
    rows = found[:SIZE]
    return rows, rows[-1] if len(found) > SIZE else None


def key(request: MokminRequest, name: str = "after") -> str:
    """The key behind which the page starts; no text may hold a NUL in the database."""
    return request.GET.get(name, "").replace("\0", "")


def sealed(row_id: int) -> str:
    """The key of a row that has no uid: its number stays inside."""
    return signing.dumps(row_id, salt=SALT)


def unsealed(text: str) -> int | None:
    """The row behind such a key; None for whatever this product has not written."""
    try:
        found = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


def summary(request: MokminRequest, shown: Sequence[Any], *, unit: str, has_more: bool) -> str:
    """How many rows are shown; the whole is not counted, that would cost more than the page."""
    if not shown:
        return ""
    count = f"{len(shown):,}{unit}"
    if key(request):
        return f"이 쪽에 {count}입니다."
    return f"{count}씩 보여 드립니다." if has_more else f"{count}입니다."
