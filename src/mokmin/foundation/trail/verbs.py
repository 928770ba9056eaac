"""Korean names of the verbs that acts carry; every room adds its own when Django starts."""

from collections.abc import Mapping

DIRECT = "direct"
"""Rows that changed outside any action, by SQL or a data migration."""

_labels: dict[str, str] = {DIRECT: "직접 변경"}


def register(labels: Mapping[str, str]) -> None:
    """Add the verbs of one room; raises ValueError when two rooms mean different things by one."""
    for verb, label in labels.items():
        if _labels.setdefault(verb, label) != label:
            raise ValueError(f"verb {verb!r} is already called {_labels[verb]!r}")


def label(verb: str) -> str:
    """Korean name; a verb that nobody registered reads as itself."""
    return _labels.get(verb, verb)


def choices() -> tuple[tuple[str, str], ...]:
    """Every known verb with its name, ordered by the name."""
    return tuple(sorted(_labels.items(), key=lambda pair: (pair[1], pair[0])))
