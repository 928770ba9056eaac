"""Line icons of the kit, drawn for 24 by 24, put into the page as inline SVG."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS: dict[str, str] = {
    "alert": "M12 3.2 22 20.5H2ZM12 9.6v5M12 17.6v.1",
    "arrow-left": "M20 12H4.5M10.5 6l-6 6 6 6",
    "arrow-right": "M4 12h15.5M13.5 6l6 6-6 6",
    "bell": "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15ZM10 21.2h4",
    "calendar": "M4 6h16v14.5H4ZM4 10.5h16M8 3.5v4M16 3.5v4",
    "chart": "M4 20.5h16.5M7 17v-5M12 17V5M17 17V9",
    "check": "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18ZM8 12.3l2.8 2.8L16 9.4",
    "chevron": "M9 5.5l6.5 6.5L9 18.5",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18ZM12 7.2V12l3.4 2.2",
    "columns": "M4 5h16v14H4ZM9.3 5v14M14.7 5v14",
    "contrast": "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18ZM12 3v18M12 7h6.5M12 12h9M12 17h6.5",
    "copy": "M8.5 8.5h12v12h-12ZM15.5 8.5v-5h-12v12h5",
    "document": "M6 2.8h8.2l4.3 4.3v14.1H6ZM14 3v4.4h4.4M9 12.2h6.4M9 16h6.4",
    "download": "M12 3.5v11.2M7.4 10.3l4.6 4.6 4.6-4.6M4.5 19.8h15",
    "error": "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18ZM12 7.4v5.4M12 16.2v.1",
    "eye": "M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12ZM12 9.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 1 0 0-5.2Z",  # noqa: E501
    "file": "M6 2.8h8.2l4.3 4.3v14.1H6ZM14 3v4.4h4.4",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "flag": "M6 21V4M6 4.8h12.5l-2.6 4 2.6 4H6",
    "help": "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18ZM9.4 9.6a2.7 2.7 0 1 1 4 2.3c-.9.5-1.4 1-1.4 2M12 16.7v.1",  # noqa: E501
    "home": "M4 10.8 12 4l8 6.8V20h-5.6v-5.6H9.6V20H4Z",
    "inbox": "M3.5 13.5 6.2 5h11.6l2.7 8.5V19h-17ZM3.5 13.5h4.8l1.5 2.6h4.4l1.5-2.6h4.8",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18ZM12 11v5.4M12 7.7v.1",
    "key": "M8 10.2a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 1 0 0-8.8ZM11.2 11.6 19.5 3.3M16 6.8l3 3",
    "list": "M9 6h11.5M9 12h11.5M9 18h11.5M4 6h.1M4 12h.1M4 18h.1",
    "menu": "M4 6.5h16M4 12h16M4 17.5h16",
    "pencil": "M4 20.2l.9-4.3L15.8 5a1.8 1.8 0 0 1 2.5 0l.9.9a1.8 1.8 0 0 1 0 2.5L8.3 19.3ZM14 6.8l3.4 3.4",  # noqa: E501
    "plus": "M12 5v14M5 12h14",
    "print": "M7 8.5V3.5h10v5M7 17.5H3.5v-9h17v9H17M7 14.2h10v6.3H7Z",
    "search": "M10.8 4a6.8 6.8 0 1 0 0 13.6 6.8 6.8 0 1 0 0-13.6ZM15.8 15.8l4.7 4.7",
    "settings": "M4 7h9M17.5 7H20M4 17h2.5M11 17h9M15.2 4.8v4.4M8.8 14.8v4.4",
    "shield": "M12 3l7.5 2.8v5.4c0 4.6-3 8-7.5 9.8-4.5-1.8-7.5-5.2-7.5-9.8V5.8ZM8.6 11.8l2.5 2.5 4.4-4.6",  # noqa: E501
    "sign-in": "M13.5 4h6v16h-6M3.5 12h11M10.5 8l4 4-4 4",
    "sign-out": "M10.5 4h-6v16h6M9.5 12h11M16.5 8l4 4-4 4",
    "swap": "M4 8.5h14.5M14.5 4.5l4 4-4 4M20 15.5H5.5M9.5 11.5l-4 4 4 4",
    "tag": "M4 4h8l8.2 8.2-8 8L4 12ZM8 8h.1",
    "trash": "M5 7h14M10 7V4.2h4V7M7 7l.8 13.3h8.4L17 7M10.4 10.5v6.3M13.6 10.5v6.3",
    "tree": "M4 4h7v5H4ZM13 10.5h7v4.5h-7ZM13 17.5h7V21h-7ZM7.5 9v10.3H13M7.5 12.7H13",
    "upload": "M12 15V3.8M7.4 8.2 12 3.6l4.6 4.6M4.5 19.8h15",
    "user": "M12 4a4 4 0 1 0 0 8 4 4 0 1 0 0-8ZM4.5 20.5c.6-3.6 3.6-5.5 7.5-5.5s6.9 1.9 7.5 5.5",
    "users": "M9 5a3.6 3.6 0 1 0 0 7.2A3.6 3.6 0 1 0 9 5ZM2.5 19.5c.5-3.2 3-4.9 6.5-4.9s6 1.7 6.5 4.9M15.5 5.3a3.5 3.5 0 0 1 0 6.6M18 15c2 .7 3.2 2.2 3.5 4.5",  # noqa: E501
    "window": "M3.5 5h17v14h-17ZM3.5 9.5h17M7 7.3h.1",
    "x": "M6 6l12 12M18 6 6 18",
}
"""Name → path data."""

MARK = "M5.6 4.2 3.4 9M4.8 7.4h6M2.6 13.6l8.4-1.4M7.6 3v18.2M15.4 3l-2.6 5.6M14.4 6.6h7M19 6.8c-.8 6-3.2 10.8-7.2 14M13.8 9.8c1.6 5 4 8.6 7.8 11"  # noqa: E501
"""The product's sign: 牧 in eight strokes."""

_DRAWN: dict[tuple[str, str], SafeString] = {}


def icon(name: str, size: str = "") -> SafeString:
    """An icon for sight only: the words beside it, or `mk-sr` text, carry the meaning.

    `size` is empty (2rem) or "small" (1.6rem). Raises KeyError for a name that is not drawn.
    """
    key = (name, size)
    if key not in _DRAWN:
        style = f"mk-icon mk-icon--{size}" if size else "mk-icon"
        _DRAWN[key] = _svg(style, ICONS[name])
    return _DRAWN[key]


def mark() -> SafeString:
    """The sign in its box, for the identity of a shell."""
    return _svg("mk-mark", MARK)


def _svg(style: str, path: str) -> SafeString:
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        style,
        mark_safe(f'<path d="{path}"/>'),  # path data written above
    )
