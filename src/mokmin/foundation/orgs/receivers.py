"""What the organisation does when something changes in the rooms below."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from mokmin.foundation.access import signals as access
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.orgs import actions_hand_over
from mokmin.lib.korean import count_text


@receiver(access.settings_changed, dispatch_uid="orgs.settings_changed")
def move_dues(*, names: Collection[str], actor: Actor, at: datetime, **_signal: Any) -> str | None:
    """Another term is that of the sheets that are open, too."""
    if "hand_over_days" not in names:
        return None
    count = actions_hand_over.recount_dues(actor=actor, at=at)
    if not count:
        return "옮겨진 인계인수 확인 기한은 없습니다."
    return f"함께 옮긴 인계인수 확인 기한: {count_text(count, '건')}."
