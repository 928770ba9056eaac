"""Addresses made many times over: the resolver is asked once, not for every row."""

from functools import cache, cached_property

from django.urls import reverse


@cache
def page(route: str) -> str:
    """The address of a page that has nothing of a row in it."""
    return reverse(route)


PLACE = "0000000000"
"""Fits wherever a uid does."""


class AddressOf:
    """`AddressOf("console:person")(uid)`: the address of a page that has a uid in it."""

    def __init__(self, route: str) -> None:
        self._route = route

    @cached_property
    def _halves(self) -> tuple[str, str]:
        before, _, after = reverse(self._route, args=[PLACE]).partition(PLACE)
        return before, after

    def __call__(self, uid: str) -> str:
        """The address; a uid is letters and digits."""
        before, after = self._halves
        return f"{before}{uid}{after}"
