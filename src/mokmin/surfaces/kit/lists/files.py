"""What a file of a list holds (내려받을 파일): columns, rows read in batches, the file itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import IO, Any

from mokmin.documents.writers import csv, xlsx
from mokmin.documents.writers.xlsx.sheets import Kind
from mokmin.lib.korean import in_seoul, moment_text
from mokmin.surfaces.kit.lists import parts
from mokmin.surfaces.kit.lists.asked import Asked
from mokmin.surfaces.kit.lists.declared import Ask, ListColumn, Listing

EXPORT = "kit.export"
"""Name of the task that makes what is long."""

BATCH = 1_000
FORMATS = {"xlsx": "엑셀(XLSX)", "csv": "CSV"}
MEDIA = {"xlsx": xlsx.MEDIA, "csv": csv.MEDIA}
KINDS: Mapping[str, Kind] = {"number": "number", "date": "moment"}


def columns_of(listing: Listing, state: Asked, *, has_all: bool) -> tuple[ListColumn, ...]:
    """The columns that a file holds: those that are shown, or all."""
    chosen = listing.columns if has_all else state.columns
    return tuple(column for column in chosen if column.value)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list as a file: which rows and columns, in which format."""

    listing: Listing
    state: Asked
    ask: Ask
    format: str
    has_all: bool = False
    subjects: dict[str, None] = field(default_factory=dict)
    """Whose data went into it, as it was written."""

    @property
    def columns(self) -> tuple[ListColumn, ...]:
        """What stands in it."""
        return columns_of(self.listing, self.state, has_all=self.has_all)

    @property
    def is_personal(self) -> bool:
        """Whether it holds what a reason is needed for."""
        return self.state.is_personal or any(column.is_personal for column in self.columns)

    @property
    def name(self) -> str:
        """Name of the file; a bare table says there who has it, a workbook says it inside."""
        made = f"{self.listing.said_name}-{in_seoul(self.ask.at):%Y%m%d-%H%M}"
        by = "".join(filter(str.isalnum, self.ask.actor.name)) if self.format == "csv" else ""
        return f"{made}-{by}.{self.format}" if by else f"{made}.{self.format}"

    def exceeds(self, count: int) -> bool:
        """Whether there are more rows than that."""
        beyond = replace(self.ask.window, skip=count, limit=1)
        return bool(self.listing.rows(replace(self.ask, window=beyond)))

    def batches(self) -> Iterator[Sequence[Any]]:
        """All rows, a batch at a time, each from behind the last row of the one before."""
        window = replace(self.ask.window, limit=BATCH)
        while rows := self.listing.rows(replace(self.ask, window=window, is_file=True)):
            yield rows
            if len(rows) < BATCH:
                return
            window = replace(window, after=str(self.listing.key(rows[-1])))

    def write(self, stream: IO[bytes], batches: Iterable[Sequence[Any]]) -> None:
        """Write the file; rows are taken as they come."""
        titles = [column.title for column in self.columns]
        rows = self._cells(batches)
        if self.format == "csv":
            csv.write_list(stream, titles, rows)
            return
        headings = tuple(
            xlsx.Heading(column.title, KINDS.get(column.kind, "text")) for column in self.columns
        )
        what = xlsx.List(self.listing.said_name, headings, tuple(self._about()))
        xlsx.write_list(stream, what, rows)

    def _cells(self, batches: Iterable[Sequence[Any]]) -> Iterator[Sequence[object]]:
        values = [column.value for column in self.columns if column.value]
        for batch in _once(batches, self.listing.key):
            if self.listing.subjects:
                self.subjects.update(dict.fromkeys(self.listing.subjects(batch)))
            yield from ([value(row) for value in values] for row in batch)

    def _about(self) -> Iterator[str]:
        """By whom, when and under which conditions, for whoever finds the file later."""
        yield f"내려받은 사람: {self.ask.actor.name}"
        yield f"내려받은 때: {moment_text(self.ask.at)}"
        for label, words in parts.told(self.listing, self.state, self.ask.actor):
            yield f"{label}: {words}"


def _once(batches: Iterable[Sequence[Any]], key: Callable[[Any], str]) -> Iterator[Sequence[Any]]:
    """Each row once: one that moves to the end while others are read would come again."""
    written: set[str] = set()
    for batch in batches:
        new = [row for row in batch if key(row) not in written]
        written.update(map(key, new))
        yield new
