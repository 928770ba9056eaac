"""How much a page weighs on the wire: the page, its styles and its scripts; and the fonts once."""

import gzip
import re
from functools import cache

import pytest

from mokmin.foundation.access.states import Role
from mokmin.surfaces.console.listings import LISTINGS
from mokmin.surfaces.kit.lists.asked import SIZES
from tests.environment import ROOT
from tests.surfaces import filled, planted
from tests.surfaces.rendered import pages
from tests.surfaces.routes import ROUTES

BUILT = ROOT / "src/mokmin/surfaces/kit/static/built"
ASSET = re.compile(r'(?:src|href)="[^"]*/built/([\w.-]+?)(?:\.[0-9a-f]{12})?\.(css|js)"')
KB = 1024
PAGE, FONTS = 40 * KB, 540 * KB
ROWS = SIZES[0]
"""A list is as long as this unless somebody asks for more."""

LISTS = [listing.route for listing in LISTINGS]
FORBIDDEN = 403


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


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_the_usual_size_is_not_heavier_either(name, signed_in):
    planted.plant()
    filled.fill(name, ROWS)
    route = next(route for route in ROUTES if route.name == name)

    answers = [signed_in(role).get(route.url("a")) for role in (Role.ADMINISTRATOR, Role.AUDITOR)]

    opened = [each for each in answers if each.status_code != FORBIDDEN]
    full = max(opened, key=lambda each: len(each.context["shown"].rows))
    assert len(full.context["shown"].rows) == ROWS
    assert weight(full.content) <= PAGE


def test_the_fonts_are_loaded_once_and_are_not_heavier_than_agreed():
    fonts = [each.stat().st_size for each in BUILT.glob("*.woff2")]

    assert len(fonts) == 2
    assert sum(fonts) <= FONTS
