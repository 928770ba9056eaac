"""Pieces that several charts draw: legend, swatch, mark, the name of a row, names of columns."""

from collections.abc import Iterable, Sequence

from django.utils.html import escape

from mokmin.surfaces.kit.charts.numbers import coordinate
from mokmin.surfaces.kit.charts.scale import Scale
from mokmin.surfaces.kit.tones import SHAPES

NARROWEST = 280
"""Pixels that a bar has on a phone."""

DIGIT, MARK = 8, 14
"""Pixels of a digit, and of the mark before it."""

POINTS = (
    '<circle r="4"/>',
    '<path d="M-4-4h8v8h-8Z"/>',
    '<path d="M0-5 5 4H-5Z"/>',
    '<path d="M0-5 5 0 0 5-5 0Z"/>',
)
"""Points of lines, in the order of the series, so that a line is known without its colour."""

MOST_NAMES = 12
"""Of more names than this only every second, third … is shown."""


def legend(entries: Iterable[tuple[str, str, str]]) -> str:
    """Swatch, name and what is told behind it, for each series."""
    items = "".join(
        f'<span>{drawn}<span class="mk-chart-name">{escape(name)}</span>{_told(told)}</span>'
        for drawn, name, told in entries
    )
    return f'<div class="mk-chart-legend">{items}</div>'


def _told(words: str) -> str:
    return f"<b>{escape(words)}</b>" if words else ""


def swatch(tone: str) -> str:
    """A square in the tone, with its mark."""
    return (
        f'<svg class="mk-chart-swatch mk-tone-{tone}" aria-hidden="true">'
        f'<rect class="mk-seg" width="16" height="16" rx="3"/>{mark(tone, 3, 3)}</svg>'
    )


def mark(tone: str, x: float, y: float) -> str:
    """The shape that tells a state apart without colour; other tones have none."""
    if tone not in SHAPES:
        return ""
    return f'<g class="mk-chart-mark" transform="translate({x:g} {y:g})">{SHAPES[tone]}</g>'


def bar(
    tone: str, left: float, wide: float, *, top: float = 0, tall: float = 100, inner: str = ""
) -> str:
    """A filled piece, in percent of what it stands in, with what is written in it."""
    down = f' y="{coordinate(top)}"' if top else ""
    return (
        f'<g class="mk-tone-{tone}"><rect class="mk-seg" x="{coordinate(left)}"{down}'
        f' width="{coordinate(wide)}" height="{coordinate(tall)}" rx="3"/>{inner}</g>'
    )


def text(words: str, left: float, top: float = 50, *, down: float = 0) -> str:
    """Words around a spot, moved down (or up) by so many times their size."""
    moved = f' dy="{down}em"' if down else ""
    return f'<text x="{coordinate(left)}" y="{coordinate(top)}"{moved}>{escape(words)}</text>'


def upright(style: str, left: float) -> str:
    """A line from top to bottom."""
    x = coordinate(left)
    return f'<line class="mk-chart-{style}" x1="{x}" x2="{x}" y2="100%"/>'


def label(name: str) -> str:
    """The name of a row, cut to two lines; sentence and table have all of it."""
    return f'<span class="mk-chart-label"><span class="mk-chart-name">{escape(name)}</span></span>'


def ticks(names: Sequence[str], *, style: str = "") -> str:
    """Names of equal columns; of very many only some, all of them stand in sentence and table."""
    every = -(-len(names) // MOST_NAMES)
    thin = " is-thin" if every > 1 else ""
    spans = "".join(
        f"<span>{'' if at % every else escape(name)}</span>" for at, name in enumerate(names)
    )
    return f'<div class="mk-chart-ticks{thin}{style}">{spans}</div>'


def grid(measure: Scale) -> str:
    """A line across for each tick; the one at zero is the ground."""
    lines = ((tick, coordinate(measure.height(tick))) for tick in measure.ticks)
    return "".join(
        f'<line class="mk-chart-{"grid" if tick else "zero"}" x2="100%" y1="{y}" y2="{y}"/>'
        for tick, y in lines
    )


def fits(words: str, percent: float, *, besides: int = 0) -> bool:
    """Whether a text has room in a bar of this length on the narrowest screen."""
    return NARROWEST * percent / 100 >= DIGIT * len(words) + besides + 6


def columns_width(texts: Sequence[str], *, least: float = 3) -> float:
    """Rem that equal columns need so that these texts stand side by side."""
    return len(texts) * max(least, 0.7 * max(map(len, texts), default=0) + 0.6)
