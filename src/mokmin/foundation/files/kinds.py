"""Which kinds of records have files, and for whom; told by the rooms that have them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from mokmin.foundation.access.actor import Actor


@dataclass(frozen=True, slots=True)
class FileRule:
    """What a room says of the files of its records.

    `why_not_attach(actor, record id)`: why somebody who sees the record may not add files.
    `is_open_to(actor)`: whether all of these records are shown to somebody, whatever the
    visibility of each; without it, that alone decides.
    `page`: what the access log calls the download of such a file, where they hold personal data.
    `names(record id, day)`: whom the record names (uids); the day is that on which the file came.
    """

    why_not_attach: Callable[[Actor, int], str | None]
    is_open_to: Callable[[Actor], bool] | None = None
    page: str = ""
    names: Callable[[int, date], Sequence[str]] | None = None


_rules: dict[str, FileRule] = {}


def declare(kind: str, rule: FileRule) -> None:
    """Let a kind of record have files; from a room's `apps.ready`."""
    _rules[kind] = rule


def why_not_attach(kind: str, actor: Actor, record_id: int) -> str | None:
    """Why this person may not add files to this record, nor take them away."""
    rule = _rules.get(kind)
    if rule is None:
        return "이 화면에는 파일을 붙일 수 없습니다."
    return rule.why_not_attach(actor, record_id)


def personal(kind: str, record_id: int, on: date) -> tuple[str, tuple[str, ...]]:
    """What the access log calls the download of a file of this record, and whom it names."""
    rule = _rules.get(kind)
    if rule is None or not rule.page:
        return "", ()
    return rule.page, tuple(rule.names(record_id, on)) if rule.names else ()


def open_to(actor: Actor) -> tuple[str, ...]:
    """Kinds of records that are shown to this person as a whole."""
    return tuple(
        kind for kind, rule in _rules.items() if rule.is_open_to and rule.is_open_to(actor)
    )
