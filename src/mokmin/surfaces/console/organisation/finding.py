"""Words looked for in the organisation of a day: units, people, posts and their duties."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mokmin.foundation.orgs.queries import OrganisationChart, PostRow, UnitRow
from mokmin.surfaces.kit import marks


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post that the words mean, with its unit."""

    post: PostRow
    unit: UnitRow


@dataclass(frozen=True, slots=True)
class FoundThings:
    """Everything that the words mean."""

    units: tuple[UnitRow, ...] = ()
    posts: tuple[FoundPost, ...] = ()


def find(chart: OrganisationChart, asked: str) -> FoundThings:
    """Units by name; posts by title, by who holds them, by their duties.

    As in the search of everything, one word is among these, and the others may stand in the names
    of the units above.
    """
    words = marks.words(asked)
    if not words:
        return FoundThings()
    units: list[UnitRow] = []
    posts: list[FoundPost] = []
    for unit in chart.walk():
        path = (unit.path, unit.name)
        if _means(words, (unit.name,), path):
            units.append(unit)
        posts += [FoundPost(post, unit) for post in unit.posts if _means(words, _texts(post), path)]
    return FoundThings(tuple(units), tuple(posts))


def _means(words: Iterable[str], own: Iterable[str], path: Iterable[str]) -> bool:
    of_own = [marks.plain(text) for text in own]
    found = [any(word in text for text in of_own) for word in words]
    if all(found) or not any(found):
        return all(found)
    above = [marks.plain(text) for text in path]
    missing = (word for word, is_found in zip(words, found, strict=True) if not is_found)
    return all(any(word in text for text in above) for word in missing)


def _texts(post: PostRow) -> Iterator[str]:
    yield post.title
    yield post.duties
    yield post.phone
    yield from (held.name for held in post.holdings)
