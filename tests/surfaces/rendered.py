"""What every page of the product sends, for tests that read them all."""

from collections.abc import Iterator

from django.test import Client

from tests.surfaces.routes import ROUTES, Route


def pages(client: Client) -> Iterator[tuple[Route, bytes]]:
    """Each whole page that this client is shown, its own refusals among them."""
    for route in ROUTES:
        if "logout" in route.name:
            continue
        answer = client.get(route.url("a"))
        if answer["Content-Type"].startswith("text/html") and b"</html>" in answer.content:
            yield route, answer.content
