"""What readers and writers of spreadsheets agree on: addresses, and the marks of a template."""

import unicodedata
import zlib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

KEY_HEADING = "양식:"
"""The heading of a template's hidden column begins so; its name and version follow."""

EXAMPLE = "보기:"
"""The key of the example row begins so; what it held follows, as a number.

Whoever writes over the example has written a row: then the number no longer fits.
"""


def column_letters(number: int) -> str:
    """`A` for 1, `XFD` for 16384."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1 for `A`."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def clean(text: str) -> str:
    """Text of a cell: one form of each syllable (macOS writes another), no invisible marks."""
    plain = unicodedata.normalize("NFC", text).replace("\xa0", " ").replace("_x000D_", "")
    shown = "".join(
        mark for mark in plain if mark == "\n" or unicodedata.category(mark) not in {"Cc", "Cf"}
    )
    return shown.strip()


def example_key(values: Sequence[object]) -> str:
    """The key of an example row that holds these values."""
    text = "\n".join(map(_plain, values)).rstrip("\n")
    return f"{EXAMPLE}{zlib.crc32(text.encode()):08x}"


def _plain(value: object) -> str:
    """The same text for a value before it is written and after it was read."""
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case bool():
            return str(value)
        case int() | float() | Decimal():
            return f"{Decimal(str(value)).normalize():f}"
    return clean(str(value))
