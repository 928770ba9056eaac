"""What a check found, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the diagnosis; `mend` says what to do when it is not good."""

    name: str
    level: Level
    found: str
    mend: str = ""


def good(name: str, found: str) -> Finding:
    """All is well."""
    return Finding(name, Level.GOOD, found)


def watch(name: str, found: str, mend: str) -> Finding:
    """Works, and should be looked at."""
    return Finding(name, Level.WATCH, found, mend)


def bad(name: str, found: str, mend: str) -> Finding:
    """Does not work, or does not protect."""
    return Finding(name, Level.BAD, found, mend)
