"""Pages of the things that notices and calendars speak of, found by what they are."""

from django.urls import reverse

PAGES: dict[str, str] = {}
"""Kind of notice or of dated thing → the route of the page that shows one by its uid."""


def shown_at(routes: dict[str, str]) -> None:
    """Make pages known; called by the `ready` of the surface that has them."""
    PAGES.update(routes)


def address(slug: str, uid: str) -> str:
    """Where the thing is shown; empty for one that has no page of its own."""
    if not uid or slug not in PAGES:
        return ""
    return reverse(PAGES[slug], args=[uid])
