"""Tones of state: each has a colour, a shape that tells it apart without colour, and words."""

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

SHAPES: dict[str, str] = {
    "done": '<path d="M1 5.6 3.8 8.4 9 1.8" fill="none" stroke-width="2"/>',
    "info": '<path d="M1 1h8v8H1Z"/>',
    "ok": '<circle cx="5" cy="5" r="4"/>',
    "warn": '<path d="M5 .8 9.6 9H.4Z"/>',
    "late": '<path d="M5 .4 9.6 5 5 9.6.4 5Z"/>',
    "idle": '<circle cx="5" cy="5" r="3.4" fill="none" stroke-width="2"/>',
}
"""✓ ■ ● ▲ ◆ ○, for 10 by 10."""

ALERT_ICONS: dict[str, str] = {
    "info": "info",
    "done": "check",
    "ok": "check",
    "warn": "alert",
    "late": "error",
    "idle": "info",
}
MESSAGE_TONES: dict[str, str] = {
    "debug": "info",
    "info": "info",
    "success": "ok",
    "warning": "warn",
    "error": "late",
}
"""Level tag of django.contrib.messages → tone."""

_DRAWN: dict[str, SafeString] = {}


def shape(tone: str) -> SafeString:
    """The shape of a tone, for sight only. Raises KeyError for an unknown tone."""
    if tone not in _DRAWN:
        _DRAWN[tone] = SafeString(  # written above
            '<svg class="mk-shape" viewBox="0 0 10 10" aria-hidden="true" focusable="false">'
            f"{SHAPES[tone]}</svg>"
        )
    return _DRAWN[tone]


@lru_cache(maxsize=1_000)
def status(tone: str, word: str) -> SafeString:
    """A state as shape and word; the same few stand in every row of a list."""
    return SafeString(
        f'<span class="mk-status mk-tone-{tone}">{shape(tone)}{escape(str(word))}</span>'
    )
