"""A ring of parts, with one figure in its middle."""

from dataclasses import dataclass

from django.utils.html import escape

from mokmin.surfaces.kit.charts import numbers, pieces
from mokmin.surfaces.kit.charts.data import Table
from mokmin.surfaces.kit.charts.numbers import (
    FULL,
    Number,
    amount,
    not_negative,
    share,
    total,
    written,
)

LONG, LONGER = 6, 10
"""Longer figures are written smaller, so that they stay inside the ring."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of the whole."""

    label: str
    value: Number
    tone: str = "main"


@dataclass(frozen=True, slots=True)
class Donut:
    """How a whole is divided; what is missing from `whole` stays an empty ring."""

    title: str
    slices: tuple[Slice, ...]
    unit: str = "건"
    note: str = ""
    middle: str = ""
    middle_note: str = ""
    whole: Number | None = None
    heading: str = "구분"

    def __post_init__(self) -> None:
        not_negative(each.value for each in self.slices)
        if self.whole is not None and self.whole < total(each.value for each in self.slices):
            raise ValueError("the parts of a ring are more than its whole")

    @property
    def caption(self) -> str:
        """The unit stands behind every number; only the note is left to say."""
        return self.note

    @property
    def is_empty(self) -> bool:
        """No part."""
        return not self.slices

    @property
    def width(self) -> float:
        """The list of its parts moves below the ring where there is no room."""
        return 0

    @property
    def _whole(self) -> Number:
        return total(each.value for each in self.slices) if self.whole is None else self.whole

    def _percent(self, each: Slice) -> str:
        percent = round(share(each.value, self._whole), 1)
        return "0.1% 미만" if each.value and not percent else f"{written(percent)}%"

    def sentence(self) -> str:
        """Each part with its share, then the whole."""
        parts = ", ".join(
            f"{each.label} {amount(each.value, self.unit)}({self._percent(each)})"
            for each in self.slices
        )
        middle = f" {self.middle_note} {self.middle}." if self.middle else ""
        return f"{self.title}:{middle} {parts}. 모두 {amount(self._whole, self.unit)}입니다."

    def drawing(self) -> str:
        """The ring, and beside it what its parts are."""
        arcs, turned = "", 0.0
        for each in self.slices:
            part = share(each.value, self._whole)
            arcs += _arc(each.tone, turned, part) if part else ""
            turned += part
        return (
            '<div class="mk-chart-donut"><svg viewBox="0 0 120 120" aria-hidden="true">'
            f'<circle class="mk-chart-ring" cx="60" cy="60" r="50"/>{arcs}{self._middle()}</svg>'
            f'<div class="mk-chart-parts">{"".join(map(self._part, self.slices))}</div></div>'
        )

    def _middle(self) -> str:
        told = self.middle or written(self._whole)
        size = " is-longer" if len(told) > LONGER else " is-long" if len(told) > LONG else ""
        below = self.middle_note or ("" if self.middle else self.unit)
        return (
            f'<text class="mk-chart-middle{size}" x="60" y="{56 if below else 61}">'
            f'{escape(told)}</text><text x="60" y="76">{escape(below)}</text>'
        )

    def _part(self, each: Slice) -> str:
        name = f'<span class="mk-chart-name">{escape(each.label)}</span>'
        told = f"<b>{escape(amount(each.value, self.unit))}</b><span>{self._percent(each)}</span>"
        return f"<span>{pieces.swatch(each.tone)}{name}{told}</span>"

    def table(self) -> Table:
        """Value and share of each part."""
        rows = [(each.label, written(each.value), self._percent(each)) for each in self.slices]
        return Table((self.heading, numbers.with_unit("값", self.unit), "비율"), rows)


def _arc(tone: str, turned: float, part: float) -> str:
    """A piece of the ring; a hair of ground stays between two of them."""
    drawn = max(part - 0.6, 0.4) if part < FULL else FULL
    return (
        f'<circle class="mk-chart-arc mk-tone-{tone}" cx="60" cy="60" r="50" pathLength="100"'
        f' stroke-dasharray="{drawn:.2f} {FULL - drawn:.2f}" stroke-dashoffset="{0 - turned:.2f}"'
        ' transform="rotate(-90 60 60)"/>'
    )
