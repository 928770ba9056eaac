"""Money as whole won that remembers how it was written: unit, note in brackets, and 약."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from mokmin.lib import won_reader

Minus = Literal["△", "▲", "-", "()"]


class WonUnit(StrEnum):
    """A unit in which documents write money; MIXED is `1조 2,345억 원`."""

    WON = "won"
    THOUSAND = "thousand"
    TEN_THOUSAND = "ten_thousand"
    MILLION = "million"
    EOK = "eok"
    BILLION = "billion"
    JO = "jo"
    MIXED = "mixed"

    @property
    def label(self) -> str:
        """`백만 원`, as it follows a number."""
        return _LABELS[self]

    @property
    def power(self) -> int:
        """The power of ten that one unit is worth; numbers in MIXED count single won."""
        return _POWERS[self]

    @classmethod
    def of_heading(cls, heading: str) -> "WonUnit | None":
        """The unit that a table is headed with: `(단위 : 백만 원, %)`; None when it names none."""
        found = _HEADING.search("".join(heading.split()))
        return _UNITS.get(found[1]) if found else None


_LABELS = {
    WonUnit.WON: "원",
    WonUnit.THOUSAND: "천 원",
    WonUnit.TEN_THOUSAND: "만 원",
    WonUnit.MILLION: "백만 원",
    WonUnit.EOK: "억 원",
    WonUnit.BILLION: "십억 원",
    WonUnit.JO: "조 원",
    WonUnit.MIXED: "조·억·만 원",
}

_POWERS = {
    WonUnit.WON: 0,
    WonUnit.THOUSAND: 3,
    WonUnit.TEN_THOUSAND: 4,
    WonUnit.MILLION: 6,
    WonUnit.EOK: 8,
    WonUnit.BILLION: 9,
    WonUnit.JO: 12,
    WonUnit.MIXED: 0,
}

_HEADING = re.compile(r"단위(?:[^)]*[^가-힣])?([십백천]?[만억조]?원)(?![가-힣])")
_UNITS = {label.replace(" ", ""): unit for unit, label in _LABELS.items()}


@dataclass(frozen=True, order=True, slots=True)
class Won:
    """An amount of money; equal and ordered by `amount` alone, whatever the writing.

    Printing is always exact, with decimals where the unit needs them. Only `to` rounds, and what
    it rounds says 약 from then on, as does every sum it enters.
    """

    amount: int
    unit: WonUnit = field(default=WonUnit.WON, compare=False)
    note: str = field(default="", compare=False)
    is_approximate: bool = field(default=False, compare=False)

    @classmethod
    def parse(cls, text: str, *, default: WonUnit = WonUnit.WON) -> "Won":
        """Read what a person or a table wrote; a bare number counts in the `default` unit."""
        read = won_reader.read(text, bare_power=default.power)
        unit = default if read.unit == won_reader.BARE else _UNITS.get(read.unit, WonUnit.MIXED)
        return cls(read.amount, unit, read.note, read.is_approximate)

    def to(self, unit: WonUnit, *, decimals: int = 0) -> "Won":
        """The same money for printing in a unit, half up to that many decimals (약 if it moved)."""
        step = 10 ** max(unit.power - decimals, 0)
        size = (abs(self.amount) + step // 2) // step * step
        amount = size if self.amount >= 0 else -size
        return Won(amount, unit, self.note, self.is_approximate or amount != self.amount)

    @property
    def number(self) -> str:
        """The bare figure for a table cell, in its own unit: `△1,234.5`."""
        return self.text(is_bare=True)

    def text(self, *, minus: Minus = "△", is_bare: bool = False, is_spaced: bool = True) -> str:
        """`△1조 2,345억 원`; bare without unit and note, unspaced as `△1조2,345억원`."""
        if is_bare:
            figure = _figure(abs(self.amount), self.unit)
        elif self.unit is WonUnit.MIXED:
            figure = _mixed(abs(self.amount))
        else:
            figure = _figure(abs(self.amount), self.unit) + self.unit.label
        figure = figure if is_spaced else figure.replace(" ", "")
        if self.amount < 0:
            figure = f"({figure})" if minus == "()" else f"{minus}{figure}"
        about = "약 " if self.is_approximate else ""
        note = f"({self.note})" if self.note and not is_bare else ""
        return f"{about}{figure}{note}"

    def __str__(self) -> str:
        return self.text()

    def __add__(self, other: "Won") -> "Won":
        return (
            self._with(self.amount + other.amount, other)
            if isinstance(other, Won)
            else NotImplemented
        )

    def __radd__(self, other: Literal[0]) -> "Won":
        """Lets `sum` begin with its zero."""
        return self if other == 0 else NotImplemented

    def __sub__(self, other: "Won") -> "Won":
        return (
            self._with(self.amount - other.amount, other)
            if isinstance(other, Won)
            else NotImplemented
        )

    def __neg__(self) -> "Won":
        return self._with(-self.amount, self)

    def __abs__(self) -> "Won":
        return self._with(abs(self.amount), self)

    def __mul__(self, times: int) -> "Won":
        return self._with(self.amount * times, self) if isinstance(times, int) else NotImplemented

    __rmul__ = __mul__

    def _with(self, amount: int, other: "Won") -> "Won":
        """A result in the unit of the left side; notes belong to what was written, not to sums."""
        return Won(amount, self.unit, "", self.is_approximate or other.is_approximate)


def _figure(amount: int, unit: WonUnit) -> str:
    """The number in that unit, exact to the won."""
    whole, rest = divmod(amount, 10**unit.power)
    decimals = f"{rest:0{unit.power}}".rstrip("0") if rest else ""
    return f"{whole:,}.{decimals}" if decimals else f"{whole:,}"


def _mixed(amount: int) -> str:
    """`1조 2,345억 5,000만 원`, leaving out what is zero."""
    parts = []
    for power, word in ((12, "조"), (8, "억"), (4, "만")):
        count, amount = divmod(amount, 10**power)
        if count:
            parts.append(f"{count:,}{word}")
    parts.append(f"{amount:,}원" if amount or not parts else "원")
    return " ".join(parts)
