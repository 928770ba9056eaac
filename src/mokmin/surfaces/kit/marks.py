"""Where the words that were looked for stand in a text: marked, and with what is around them."""

import re
import unicodedata
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

APART = r"[\s·ㆍ・․‧∙•⋅.,()\-]*"
"""What may stand between two letters of a word that is looked for."""
_NO_LETTER = re.compile(r"[\W_\u119e]+")
"""U+119E is what NFKC makes of ㆍ, the middle dot of Korean keyboards."""
AROUND = 30
"""Letters of a long text on each side of what was found."""


def plain(text: str) -> str:
    """The text as words are looked for in it: letters and figures alone, in one form of each."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text)).casefold()


def words(asked: str) -> tuple[str, ...]:
    """The words that are looked for."""
    return tuple(dict.fromkeys(filter(None, map(plain, asked.split()))))


@lru_cache(maxsize=256)
def pattern(asked: str) -> re.Pattern[str] | None:
    """Where one of the words stands, whatever stands between its letters; None without a word."""
    ways = [
        APART.join(map(re.escape, word)) for word in sorted(words(asked), key=len, reverse=True)
    ]
    return re.compile("|".join(ways), re.IGNORECASE) if ways else None


def marked(text: str, asked: str) -> SafeString:
    """The text with every word that was looked for marked."""
    found = pattern(asked)
    if found is None:
        return escape(text)
    pieces, at = [], 0
    for each in found.finditer(text):
        pieces.append(f"{escape(text[at : each.start()])}<mark>{escape(each[0])}</mark>")
        at = each.end()
    return mark_safe(f"{''.join(pieces)}{escape(text[at:])}")  # every piece is escaped


def excerpt(text: str, asked: str) -> str:
    """Of a long text what stands around the first word that was found, or else its beginning."""
    line, found = " ".join(text.split()), pattern(asked)
    hit = found.search(line) if found else None
    first = max(hit.start() - AROUND, 0) if hit else 0
    last = min((hit.end() if hit else 0) + 2 * AROUND, len(line))
    return f"{'…' if first else ''}{line[first:last].strip()}{'…' if last < len(line) else ''}"
