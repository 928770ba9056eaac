"""Contrast of our colours in both screen modes, computed from the stylesheets as they are built."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.environment import ROOT

BUILT = ROOT / "src/mokmin/surfaces/kit/static/built"
SHEETS = ("staff.css", "public.css")
PAGES = [path.name for path in (ROOT / "frontend/css/pages").glob("*.css")]
"""Sheets of single staff pages, which stand on the tokens of the staff's."""

MODES = ("light", "contrast")
OWN = {"--mk-column", *(f"--mk-tone{end}" for end in ("", "-edge", "-fill", "-ink", "-shape"))}
"""Set by a part where it is used."""

TEXT, SHAPE = 4.5, 3.0

ON_PAGE = ("page", "surface", "sunken", "head")
TONES = ("done", "info", "ok", "warn", "late", "idle")
INHERITED = [
    *((ink, ground) for ink in ("text", "text-strong", "text-sub", "link") for ground in ON_PAGE),
    *(("late", ground) for ground in ("page", "surface", "sunken")),
    *((ink, f"{tone}-tint") for ink in ("text", "text-strong") for tone in TONES),
    *((tone, f"{tone}-tint") for tone in TONES),
    ("ok", "surface"),
    ("ok", "sunken"),
    *(("fill-ink", f"{tone}-fill") for tone in ("done", "info", "ok", "late")),
    *(("fill-dark", f"{tone}-fill") for tone in ("warn", "soft")),
    *(("fill-light", f"{tone}-fill") for tone in ("main", "deep")),
    *(("text", ground) for ground in ("idle-fill", "pale-fill", "done-tint")),
    ("text-quiet", "head"),
    ("on-fill", "fill"),
    ("bar-text", "bar"),
    ("bar-text", "bar-hover"),
]
"""Text whose ground is set by another rule."""

SEEN = [
    *(("focus", ground) for ground in ON_PAGE),
    *(("line-control", ground) for ground in ("surface", "page")),
    *((f"{tone}-shape", ground) for tone in TONES for ground in ("surface", f"{tone}-tint")),
    *(
        (f"{tone}-fill", "surface")
        for tone in ("done", "info", "ok", "late", "idle", "main", "deep")
    ),
    ("soft-shape", "surface"),
    ("main-fill", "pale-fill"),
    ("text-sub", "surface"),
]
"""What must be told from its ground without being text (WCAG 1.4.11).

Not the fills of warn and soft: each such piece has its number or its name written in or beside it.
"""


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_rule_that_sets_text_and_ground_can_be_read(sheet, mode):
    values = tokens(sheet, mode)

    weak = {
        selector: round(found, 2)
        for selector, ink, ground in pairs(sheet)
        if (found := ratio(colour(ink, values), colour(ground, values))) < TEXT
    }

    assert weak == {}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_its_own_looks_can_be_read_and_has_its_tokens(page, mode):
    values = tokens("staff.css", mode)
    found = rules(page)

    given = values.keys() | OWN | set(re.findall(r"[{;](--[\w-]+):", read(page)))

    assert set(re.findall(r"var\((--[\w-]+)", read(page))) - given == set()
    assert [
        selector
        for selector, ink, ground in found
        if ratio(colour(ink, values), colour(ground, values)) < TEXT
    ] == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_text_can_be_read_on_the_grounds_it_meets(sheet, mode):
    assert weak_among(INHERITED, tokens(sheet, mode), TEXT) == {}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_shapes_and_edges_stand_out(sheet, mode):
    assert weak_among(SEEN, tokens(sheet, mode), SHAPE) == {}


@pytest.mark.parametrize("pair", [*INHERITED, *SEEN], ids="/".join)
def test_every_pair_is_in_use(pair):
    in_use = tokens("staff.css", "light").keys() | tokens("public.css", "light").keys()

    assert {f"--mk-{name}" for name in pair} <= in_use


@pytest.mark.parametrize("sheet", SHEETS)
def test_high_contrast_gives_a_value_to_every_semantic_colour_in_use(sheet):
    in_use = {name for name in tokens(sheet, "light") if name.startswith("--krds-light-color-")}
    given = set(declarations(contrast_block(read(sheet))))

    assert in_use - given == set()


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_is_fetched_from_elsewhere(sheet):
    addresses = re.findall(r"url\(([^)]{0,40})", read(sheet))

    assert [a for a in addresses if not a.strip("\"'").startswith(("data:", "pretendard-"))] == []


@cache
def read(sheet: str) -> str:
    """A built stylesheet, its data addresses shortened so that braces and semicolons mean rules."""
    path: Path = BUILT / sheet
    assert path.exists(), "the stylesheets are not built: npm run build in frontend/"
    return re.sub(r'url\("?data:[^)]*\)', "url(data:)", path.read_text(encoding="utf-8"))


def declarations(block: str) -> dict[str, str]:
    """Property → value."""
    parts = (each.partition(":") for each in block.split(";") if ":" in each)
    return {name.strip(): value.strip() for name, _, value in parts}


def contrast_block(css: str) -> str:
    """The declarations of the high-contrast mode."""
    found = re.search(r"@media screen\{\[data-krds-mode=\"?high-contrast\"?\]\{([^}]*)\}", css)
    assert found
    return found[1]


@cache
def tokens(sheet: str, mode: str) -> dict[str, str]:
    """Custom properties in force in a mode."""
    css = read(sheet)
    outside = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)
    values: dict[str, str] = {}
    for block in re.findall(r":root\{([^}]*)\}", outside):
        values |= declarations(block)
    return values | (declarations(contrast_block(css)) if mode == "contrast" else {})


def weak_among(
    chosen: list[tuple[str, str]], values: dict[str, str], least: float
) -> dict[tuple[str, str], float]:
    """The pairs below the least contrast; a pair that the stylesheet does not use is left out."""
    ratios = {
        pair: round(ratio(*(colour(f"var(--mk-{name})", values) for name in pair)), 2)
        for pair in chosen
        if {f"--mk-{name}" for name in pair} <= values.keys()
    }
    assert ratios
    return {pair: found for pair, found in ratios.items() if found < least}


def pairs(sheet: str) -> list[tuple[str, str, str]]:
    """Those of a sheet that surely has some."""
    found = rules(sheet)
    assert found
    return found


def rules(sheet: str) -> list[tuple[str, str, str]]:
    """Selector, text and ground of every rule that sets both to a colour of its own."""
    found = []
    for selector, block in re.findall(r"([^{}]+)\{([^{}]*)\}", read(sheet)):
        rule = declarations(block)
        ground = rule.get("background-color", rule.get("background", ""))
        tone = re.fullmatch(r"(var\(--[\w-]+\)|#[0-9a-f]+)", ground)
        ink = rule.get("color", "inherit")
        if tone and ink != "inherit" and "--mk-tone" not in ground + ink:
            found.append((selector, ink, ground))
    return found


def colour(value: str, values: dict[str, str]) -> str:
    """A value followed to its hexadecimal colour."""
    while reference := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = values[reference[1]]
    return {"transparent": "#fff0"}.get(value, value)


def ratio(ink: str, ground: str) -> float:
    """Contrast of two opaque colours (WCAG 2.2)."""
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(hexadecimal: str) -> float:
    """Relative luminance of #rgb or #rrggbb."""
    digits = hexadecimal.removeprefix("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    assert len(digits) == 6, f"not an opaque colour: {hexadecimal}"
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
