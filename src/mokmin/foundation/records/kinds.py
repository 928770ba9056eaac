"""Names of the kinds of records, told by the rooms that have them."""

from collections.abc import Mapping

_labels: dict[str, str] = {}


def register(labels: Mapping[str, str]) -> None:
    """Name kinds; from a room's `apps.ready`."""
    _labels.update(labels)


def label(kind: str) -> str:
    """The kind in Korean; a kind that nobody has named is just a record."""
    return _labels.get(kind, "기록")


def labels() -> Mapping[str, str]:
    """Every kind that has been named."""
    return dict(_labels)
