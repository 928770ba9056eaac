"""A bar of what is done, for a row of a table or a card."""

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from mokmin.surfaces.kit.charts.numbers import FULL, Number, coordinate, written


def progress(
    label: str, percent: Number | None, tone: str = "done", *, planned: Number | None = None
) -> SafeString:
    """The bar with its figure; `planned` sets a mark where it should be by now.

    More than 100 % fills the bar and is written as it is.
    """
    if percent is None:
        return mark_safe('<span class="mk-sub">자료 없음</span>')  # words of ours
    figure = f"{written(percent)}%"
    goal = "" if planned is None else f", 계획 {written(planned)}%"
    return mark_safe(  # numbers, and texts that are escaped
        f'<div class="mk-progress mk-tone-{escape(tone)}">'
        f'<svg role="img" aria-label="{conditional_escape(label)} {figure}{goal}">'
        '<rect class="mk-progress-track" width="100%" height="100%" rx="4"/>'
        f'<rect class="mk-progress-bar" width="{_length(percent)}" height="100%" rx="4"/>'
        f"{_goal(planned)}</svg>"
        f'<span class="mk-progress-figure" aria-hidden="true">{figure}</span></div>'
    )


def _goal(planned: Number | None) -> str:
    if planned is None:
        return ""
    at = _length(planned)
    return f'<line class="mk-progress-goal" x1="{at}" x2="{at}" y2="100%"/>'


def _length(percent: Number) -> str:
    return coordinate(min(max(float(percent), 0), FULL))
