"""Menus are declared by the surface they belong to and filtered for the actor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from mokmin.foundation.access.actor import Actor
from mokmin.surfaces.kit.addresses import page


def for_everyone(_actor: Actor) -> str | None:
    """Nobody is refused."""
    return None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu: shown when `why_not` has nothing against the actor."""

    label: str
    route: str
    icon: str = ""
    why_not: Callable[[Actor], str | None] = for_everyone


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under a heading; an empty title shows them without one."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A surface as a reader sees it: where it lives, its frame, its name and its menu.

    Against whom `why_not` has something meets the area around it, in error pages as well. Words
    typed into the bar go to the page of `search` as `q`.
    """

    prefix: str
    base: str
    name: str
    home: str
    why_not: Callable[[Actor], str | None] = for_everyone
    menu: tuple[Group, ...] = ()
    user_menu: tuple[Entry, ...] = ()
    inbox: Entry | None = None
    search: Entry | None = None


AREAS: dict[str, Area] = {}
"""Prefix → area; each surface declares its own when Django starts."""


def declare(area: Area) -> None:
    """Make an area known; called by the `ready` of the surface's AppConfig."""
    AREAS[area.prefix] = area


def area_of(path: str, actor: Actor) -> Area | None:
    """The area with the longest prefix of the path among those that the actor may enter."""
    found = [
        area
        for prefix, area in AREAS.items()
        if path.startswith(prefix) and area.why_not(actor) is None
    ]
    return max(found, key=lambda area: len(area.prefix), default=None)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the page shows it; `current` is the value of aria-current."""

    label: str
    url: str
    icon: str = ""
    current: Literal["", "page", "true"] = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """A group as the page shows it."""

    title: str
    links: tuple[Link, ...]


def shown(groups: Sequence[Group], *, actor: Actor, path: str, home: str) -> tuple[LinkGroup, ...]:
    """The groups with what the actor may open; the entry nearest to the path is current."""
    allowed = [(group.title, links(group.entries, actor=actor)) for group in groups]
    urls = [link.url for _, found in allowed for link in found]
    nearest = _nearest(urls, path=path, home=home)
    return tuple(
        LinkGroup(title, tuple(_marked(link, path=path, nearest=nearest) for link in found))
        for title, found in allowed
        if found
    )


def links(entries: Sequence[Entry], *, actor: Actor) -> tuple[Link, ...]:
    """The entries that the actor may open."""
    return tuple(
        Link(entry.label, page(entry.route), entry.icon)
        for entry in entries
        if entry.why_not(actor) is None
    )


def _nearest(urls: Sequence[str], *, path: str, home: str) -> str:
    """The home page is near to itself alone, or it would stand for every page without an entry."""
    near = [url for url in urls if path == url or (url != home and path.startswith(url))]
    return max(near, key=len, default="")


def _marked(link: Link, *, path: str, nearest: str) -> Link:
    if link.url != nearest:
        return link
    return Link(link.label, link.url, link.icon, "page" if path == link.url else "true")
