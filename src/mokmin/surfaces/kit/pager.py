"""Paging by key: the address of the next rows, with the filters kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing
from django.http import QueryDict

SALT = "mokmin.lists"


@dataclass(frozen=True, slots=True)
class Pager:
    """Where the rows before and after these are; an empty address means there are none."""

    first_url: str = ""
    next_url: str = ""


def pager(params: QueryDict, *, key: str = "after", next_key: str = "") -> Pager:
    """The pager of a list whose rows start behind `params[key]`.

    `next_key` is the key of the last row shown, empty when no row follows. Going back is by the
    first page or the browser: rows in front of a key may have changed meanwhile.
    """
    return Pager(
        first_url=address(params, {key: ""}) if params.get(key) else "",
        next_url=address(params, {key: next_key}) if next_key else "",
    )


def address(params: QueryDict, changes: Mapping[str, str]) -> str:
    """The query string with some values changed; an empty value leaves the name out."""
    changed = params.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"?{changed.urlencode()}"


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
