"""What surrounds every chart: its sentence, its unit and note, and the same data as a table."""

from typing import Protocol

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mokmin.surfaces.kit import icons
from mokmin.surfaces.kit.charts.data import Table

EMPTY = "아직 그릴 자료가 없습니다."
WIDTHS = (28, 32, 36, 40, 44, 50, 60, 72, 96)
"""Rem that a drawing may need; beyond the first it scrolls where there is no room."""


class Chart(Protocol):
    """What a chart tells about itself."""

    @property
    def title(self) -> str:
        """Its name, in the sentence and above the table."""

    @property
    def caption(self) -> str:
        """Unit and note, below the drawing."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""

    @property
    def width(self) -> float:
        """Rem that it needs so that its texts do not meet."""

    def sentence(self) -> str:
        """All its numbers, for those who do not see it."""

    def drawing(self) -> str:
        """Markup, in which every text is escaped."""

    def table(self) -> Table:
        """All its numbers again."""


def figure(chart: Chart) -> SafeString:
    """A chart as it stands in a page."""
    if chart.is_empty:
        empty = f'<div class="mk-empty">{icons.icon("chart")}<strong>{EMPTY}</strong></div>'
        return mark_safe(f'<figure class="mk-chart">{empty}</figure>')  # words of ours
    title = escape(chart.title)
    plot = (
        f'<div class="mk-chart-plot" role="img" aria-label="{escape(chart.sentence())}">'
        f"{chart.drawing()}</div>"
    )
    told = f"<figcaption>{escape(chart.caption)}</figcaption>" if chart.caption else ""
    return mark_safe(  # texts are escaped here and by the drawing
        f'<figure class="mk-chart">{_scrolling(plot, title, chart.width)}{told}'
        f'<details class="mk-chart-data"><summary>표로 보기<span class="mk-sr">: {title}</span>'
        f"</summary>{_table(title, chart.table())}</details></figure>"
    )


def _scrolling(plot: str, title: str, wanted: float) -> str:
    """What needs more room than a phone has scrolls by itself, by keyboard as well."""
    if wanted <= WIDTHS[0]:
        return plot
    step = next((at for at, rem in enumerate(WIDTHS) if wanted <= rem), len(WIDTHS) - 1)
    return (
        f'<div class="mk-chart-scroll mk-chart-scroll--{step}" role="region" tabindex="0"'
        f' aria-label="{title}">{plot}</div>'
    )


def _table(title: str, table: Table) -> str:
    number = ' class="is-number"' if table.has_numbers else ""
    first, *others = map(escape, table.headings)
    head = "".join(f'<th scope="col"{number}>{heading}</th>' for heading in others)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        f"{''.join(f'<td{number}>{escape(cell)}</td>' for cell in cells)}</tr>"
        for name, *cells in table.rows
    )
    return (
        f'<div class="mk-table-scroll" role="region" tabindex="0" aria-label="{title} 표">'
        f'<table class="mk-table mk-table--small"><caption class="mk-sr">{title}</caption>'
        f'<thead><tr><th scope="col">{first}</th>{head}</tr></thead><tbody>{body}</tbody></table>'
        "</div>"
    )
