"""Rows of lists, made in Python: ten times cheaper than a template per row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Literal

from django.utils.safestring import SafeString

from mokmin.lib.korean import date_text, in_seoul, time_text

Kind = Literal["text", "number", "date", "status", "action"]

LONGEST, PIECE = 30, 12
"""Letters of a word that stays whole, and of the pieces of a longer one."""

NOTHING = SafeString('<span class="mk-sub">없음</span>')


def escaped(content: str) -> str:
    """HTML that may be put into more HTML: what is marked safe as it is, all else escaped."""
    return content if type(content) is SafeString else escape(str(content))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what stands in it, and whether it names the row."""

    title: str
    kind: Kind = "text"
    names_row: bool = False
    hides_title: bool = False

    @property
    def style(self) -> str:
        """The class of its cells; text needs none."""
        return "" if self.kind == "text" else f"is-{self.kind}"


def tr(columns: Sequence[Column], cells: Iterable[SafeString | str]) -> SafeString:
    """One row; every cell carries its heading for the narrow screen."""
    pairs = zip(columns, cells, strict=True)
    return SafeString(f"<tr>{''.join(_cell(column, cell) for column, cell in pairs)}</tr>")


def _cell(column: Column, content: SafeString | str) -> str:
    style = f' class="{column.style}"' if column.style else ""
    if column.names_row:
        return f'<th scope="row"{style}>{escaped(content)}</th>'
    label = "" if column.hides_title else f' data-label="{escaped(column.title)}"'
    return f"<td{style}{label}><div>{escaped(content)}</div></td>"


def worded(text: str) -> str:
    """Text whose words can be broken where they are longer than any column is wide."""
    is_short = len(text) <= LONGEST or max(map(len, text.split()), default=0) <= LONGEST
    if is_short or type(text) is SafeString:
        return escaped(text)
    return " ".join(
        "<wbr>".join(escaped(word[at : at + PIECE]) for at in range(0, len(word), PIECE))
        for word in text.split()
    )


def link(label: str, url: str, *, note: str = "") -> SafeString:
    """A link, with a quiet second line."""
    return with_note(SafeString(f'<a href="{escaped(url)}">{worded(label)}</a>'), note)


def with_note(content: SafeString | str, note: str) -> SafeString:
    """Something with a quiet second line below it."""
    if not note:
        return SafeString(escaped(content))
    return SafeString(f'{escaped(content)}<span class="mk-cell-note">{worded(note)}</span>')


def text(value: str) -> SafeString:
    """Text, or 없음."""
    return SafeString(worded(value)) if value else NOTHING


def number(value: int, unit: str = "") -> SafeString:
    """A number with thousands separators."""
    return SafeString(f"{value:,}{escaped(unit)}")


def day(value: date | None) -> SafeString:
    """2026. 3. 31., or 없음."""
    if value is None:
        return NOTHING
    return SafeString(f'<time datetime="{value.isoformat()}">{date_text(value)}</time>')


def moment(value: datetime | None) -> SafeString:
    """2026. 3. 31. 14:05 in Seoul, or 없음."""
    if value is None:
        return NOTHING
    local = in_seoul(value)
    exact, shown = local.isoformat(timespec="seconds"), f"{date_text(local)} {time_text(local)}"
    return SafeString(f'<time datetime="{exact}">{shown}</time>')


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after a change; an empty side shows (비어 있음)."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a history; `tone` colours its mark, `is_past` fills it."""

    at: datetime
    title: str
    by: str = ""
    note: str = ""
    url: str = ""
    tone: str = "done"
    is_past: bool = True


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to a section of the page (`#staff`) or to a page beside it."""

    label: str
    url: str
    count: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that is chosen by one click, and how much it would leave."""

    label: str
    url: str
    count: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits: until when, what, how it stands."""

    title: str
    when: str = ""
    note: str = ""
    url: str = ""
    tone: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to what the page shows; `why_not` says why it cannot be opened."""

    name: str
    kind: str
    url: str = ""
    note: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of what was judged or decided, with the day and the hand."""

    on: date
    kind: str
    text: str
    by: str = ""
    tone: str = ""
    word: str = ""
