"""How much a page weighs on the wire: the page, its styles and its scripts; and the fonts once."""

import gzip
import re
from functools import cache

import pytest

from mokmin.foundation.access.states import Role
from tests.environment import ROOT
from tests.surfaces import planted
from tests.surfaces.rendered import pages

BUILT = ROOT / "src/mokmin/surfaces/kit/static/built"
ASSET = re.compile(r'(?:src|href)="[^"]*/built/([\w.-]+?)(?:\.[0-9a-f]{12})?\.(css|js)"')
KB = 1024
PAGE, FONTS = 40 * KB, 540 * KB


def zipped(content):
    """As the web server sends it."""
    return len(gzip.compress(content, compresslevel=6))


@cache
def asset(name):
    """What one of the built files weighs."""
    return zipped((BUILT / name).read_bytes())


def weight(html):
    """The page with everything that it loads besides fonts."""
    names = {f"{name}.{kind}" for name, kind in ASSET.findall(html.decode())}
    assert len(names) >= 4
    return zipped(html) + sum(map(asset, names))


@pytest.mark.parametrize("role", ["visitor", Role.ADMINISTRATOR, Role.AUDITOR], ids=str)
def test_no_page_is_heavier_than_a_slow_line_bears(role, client_a, signed_in):
    planted.plant()
    client = client_a if role == "visitor" else signed_in(role)

    weights = {route.name: weight(html) for route, html in pages(client)}

    assert len(weights) >= 8
    assert {name: found for name, found in weights.items() if found > PAGE} == {}


def test_the_fonts_are_loaded_once_and_are_not_heavier_than_agreed():
    fonts = [each.stat().st_size for each in BUILT.glob("*.woff2")]

    assert len(fonts) == 2
    assert sum(fonts) <= FONTS
