"""Scales of charts: round steps, and where a value lies between bottom and top."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from mokmin.surfaces.kit.charts.numbers import FULL, Number

STEPS = (1, 2, 2.5, 5, 10)
WANTED = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """From the lowest to the highest tick; room is left for what is written at the ends."""

    ticks: tuple[float, ...]
    room_above: float
    room_below: float

    def height(self, value: Number) -> float:
        """Where the value lies, in percent from the top."""
        low, high = self.ticks[0], self.ticks[-1]
        inner = FULL - self.room_above - self.room_below
        return self.room_above + inner * (high - float(value)) / (high - low)


def scale(values: Sequence[Number], *, from_zero: bool = True, room: float = 12) -> Scale:
    """A scale around these values; money starts at zero, or growth looks larger than it is."""
    low, high = float(min(values, default=0)), float(max(values, default=0))
    if from_zero:
        low, high = min(low, 0), max(high, 0)
    if low == high:
        high = low + 1
    step = _step((high - low) / WANTED)
    first, last = floor(low / step), ceil(high / step)
    ticks = tuple(round(step * number, 10) for number in range(first, last + 1))
    return Scale(ticks, room_above=room if high > 0 else 2, room_below=room if low < 0 else 0)


def _step(rough: float) -> float:
    """The next round number above."""
    power = 10.0 ** floor(log10(rough))
    return next(power * each for each in STEPS if power * each >= rough * (1 - 1e-9))
