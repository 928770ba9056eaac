"""Which kinds of records take files, and from whom; told by the rooms that have them."""

from collections.abc import Callable

from mokmin.foundation.access.actor import Actor

WhyNot = Callable[[Actor, int], str | None]
"""Asked with the actor and the id of a record they may see."""

_rules: dict[str, WhyNot] = {}


def declare(kind: str, *, why_not_attach: WhyNot) -> None:
    """Let a kind of record have files; from a room's `apps.ready`."""
    _rules[kind] = why_not_attach


def why_not_attach(kind: str, actor: Actor, record_id: int) -> str | None:
    """Why this person may not add files to this record, nor take them away."""
    rule = _rules.get(kind)
    if rule is None:
        return "이 화면에는 파일을 붙일 수 없습니다."
    return rule(actor, record_id)
