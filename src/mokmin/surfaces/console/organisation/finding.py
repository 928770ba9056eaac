"""Words looked for in the organisation of a day: units, people, posts and their duties."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from mokmin.foundation.orgs.queries import OrganisationChart, PostRow, UnitRow

APART = r"[\s·ㆍ・․‧∙.,()\-]*"
"""What may stand between two letters of a word that is looked for."""
_DROPPED = re.compile(r"[\s·ㆍ・․‧∙.,()\-]+")
AROUND = 30
"""Letters of a long text on each side of what was found."""


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post whose title, holder or duties hold the word, with its unit."""

    post: PostRow
    unit: UnitRow


@dataclass(frozen=True, slots=True)
class FoundThings:
    """Everything in which the word stands."""

    units: tuple[UnitRow, ...] = ()
    posts: tuple[FoundPost, ...] = ()


def squeezed(text: str) -> str:
    """The text as it is compared: no spaces, middots, marks; one form of each letter."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()


def find(chart: OrganisationChart, word: str) -> FoundThings:
    """Units by name; posts by title, by who holds them, by their duties."""
    wanted = squeezed(word)
    if not wanted:
        return FoundThings()
    units = tuple(unit for unit in chart.walk() if wanted in squeezed(unit.name))
    posts = tuple(
        FoundPost(post, unit)
        for unit in chart.walk()
        for post in unit.posts
        if any(wanted in squeezed(text) for text in _texts(post))
    )
    return FoundThings(units, posts)


def _texts(post: PostRow) -> Iterator[str]:
    yield post.title
    yield post.duties
    yield post.phone
    yield from (held.name for held in post.holdings)


def pattern(word: str) -> re.Pattern[str] | None:
    """Where the word stands in a text, whatever stands between its letters."""
    letters = squeezed(word)
    return re.compile(APART.join(map(re.escape, letters)), re.IGNORECASE) if letters else None


def marked(text: str, word: str) -> SafeString:
    """The text with the word marked."""
    found = pattern(word)
    if found is None:
        return conditional_escape(text)
    pieces, at = [], 0
    for each in found.finditer(text):
        pieces.append(
            format_html(
                "{}<mark>{}</mark>", text[at : each.start()], text[each.start() : each.end()]
            )
        )
        at = each.end()
    return format_html("{}{}", format_html_join("", "{}", ((p,) for p in pieces)), text[at:])


def excerpt(text: str, word: str) -> str:
    """Of a long text, what stands around the word; of a text without it, its beginning."""
    line = " ".join(text.split())
    found = pattern(word)
    hit = found.search(line) if found else None
    first = max(hit.start() - AROUND, 0) if hit else 0
    last = min((hit.end() if hit else 0) + 2 * AROUND, len(line))
    return f"{'…' if first else ''}{line[first:last]}{'…' if last < len(line) else ''}"
