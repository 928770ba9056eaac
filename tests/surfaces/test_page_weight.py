"""How much a page weighs on the wire: the page, its styles and its scripts; and the fonts once."""

import gzip
import re

import pytest

from mokmin.foundation.access.states import Role
from tests.environment import ROOT
from tests.surfaces import planted
from tests.surfaces.routes import ROUTES

BUILT = ROOT / "src/mokmin/surfaces/kit/static/built"
ASSET = re.compile(r'(?:src|href)="[^"]*/built/([\w.-]+?)(?:\.[0-9a-f]{12})?\.(css|js)"')
KB = 1024
PAGE, FONTS = 40 * KB, 540 * KB


def zipped(content):
    """As the web server sends it."""
    return len(gzip.compress(content, compresslevel=6))


def weight(html):
    """The page with everything that it loads besides fonts."""
    assets = {BUILT / f"{name}.{kind}" for name, kind in ASSET.findall(html.decode())}
    assert len(assets) >= 4
    return zipped(html) + sum(zipped(asset.read_bytes()) for asset in assets)


@pytest.mark.parametrize("role", ["visitor", Role.ADMINISTRATOR], ids=str)
def test_no_page_is_heavier_than_a_slow_line_bears(role, client_a, signed_in):
    planted.plant()
    client = client_a if role == "visitor" else signed_in(role)

    pages = {
        route.name: client.get(route.url("a")) for route in ROUTES if "logout" not in route.name
    }

    weights = {
        name: weight(page.content)
        for name, page in pages.items()
        if page.status_code == 200 and page["Content-Type"].startswith("text/html")
    }
    assert len(weights) >= 5
    assert {name: found for name, found in weights.items() if found > PAGE} == {}


def test_the_fonts_are_loaded_once_and_are_not_heavier_than_agreed():
    fonts = [each.stat().st_size for each in BUILT.glob("*.woff2")]

    assert len(fonts) == 2
    assert sum(fonts) <= FONTS
