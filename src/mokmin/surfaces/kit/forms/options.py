"""What can be picked: units, people and posts of a day, by what people call them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mokmin.foundation.orgs import queries_finding as finding
from mokmin.foundation.orgs.queries_finding import Option

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: how it is called and counted, found, named, and known by its uid."""

    slug: str
    name: str
    counter: str
    find: Callable[..., Sequence[Option]]
    named: Callable[..., Mapping[str, tuple[Option, ...]]]
    of: Callable[..., Mapping[str, Option]]

    @property
    def route(self) -> str:
        """Where a page asks while somebody types."""
        return f"console:options-{self.slug}"

    def like(self, text: str, *, on: date) -> Sequence[Option]:
        """What a text may mean, best first; a single letter would mean nearly everything."""
        return self.find(text, on=on, limit=SHOWN) if len("".join(text.split())) > 1 else ()


UNIT = Kind("unit", "부서", "곳", finding.find_units, finding.units_named, finding.units_of)
PERSON = Kind("person", "사람", "명", finding.find_people, finding.people_named, finding.people_of)
POST = Kind("post", "자리", "개", finding.find_posts, finding.posts_named, finding.posts_of)
