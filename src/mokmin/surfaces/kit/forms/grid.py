"""A table of inputs: several rows of declared columns, typed or pasted from a spreadsheet."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mokmin.lib.korean import count_text, josa, quoted
from mokmin.surfaces.kit.forms.base import PlacedError
from mokmin.surfaces.kit.forms.grid_html import (
    GridView,
    LineView,
    PastedColumn,
    choices_of,
    drawn,
)
from mokmin.surfaces.kit.forms.money import TypedMoney
from mokmin.surfaces.kit.forms.pickers import Picked, PickerField

STEP = 5
"""Rows that "줄 더하기" adds."""

SLACK = 50
"""Empty and removed rows that may stand between full ones."""

PLACE = re.compile(r"(\d{1,9})-(?!_gone$)")
"""The number of a row in the name of an input, after the name of its table."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """What was written in one row; `number` is the row on the screen."""

    number: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        """`row["person"]`."""
        return self.values[column]


@dataclass(frozen=True, slots=True)
class RawLine:
    """One row as it was sent."""

    place: int
    cells: Mapping[str, Any]
    is_gone: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written into it."""
        return all(_is_blank(cell) for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class RawGrid:
    """The table as it was sent."""

    lines: Sequence[RawLine] = field(default=())
    has_more: bool = False
    """Whether something was written in rows behind the last that is read."""


def _is_blank(cell: Any) -> bool:
    if isinstance(cell, Picked | TypedMoney):
        return cell.is_blank
    return cell in (None, "", False, [], ()) or not str(cell).strip()


class GridWidget(forms.Widget):
    """The table."""

    grid: "GridField"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> RawGrid:
        """Every row that the page had."""
        count = _count(data.get(f"{name}-rows"))
        if self.grid.asks_for_rows(data, name):
            count += STEP
        most = self.grid.most
        lines = [self._line(data, files, name, place) for place in range(min(count, most))]
        return RawGrid(lines, has_more=_is_written(data, name, behind=most))

    def _line(self, data: Any, files: Any, name: str, place: int) -> RawLine:
        cells = {
            column: each.widget.value_from_datadict(data, files, f"{name}-{place}-{column}")
            for column, each in self.grid.columns.items()
        }
        return RawLine(place, cells, is_gone=f"{name}-{place}-_gone" in data)

    def value_omitted_from_data(self, data: Any, _files: Any, name: str) -> bool:
        """Whether the page had no such table."""
        return f"{name}-rows" not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:  # noqa: ARG002  # Django's signature
        """The table with what stands in it and what is wrong in it."""
        return drawn(name, self.grid.view(value), attrs=attrs or {})


def _count(text: Any) -> int:
    text = str(text or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004  # far over any limit


def _is_written(data: Any, name: str, *, behind: int) -> bool:
    """Whether a row from this place on has anything in it."""
    return any(
        int(found[1]) >= behind and str(data[key]).strip()
        for key in data
        if key.startswith(f"{name}-")
        and (found := PLACE.match(key, len(name) + 1))
        and f"{name}-{found[1]}-_gone" not in data
    )


class GridField(forms.Field):
    """Rows of `columns` (any fields of forms, by name); gives GridRows without empty ones.

    Rows of a `form` in Excel can be pasted too; its columns are told here in their order.
    """

    widget = GridWidget

    def __init__(
        self,
        *,
        columns: Mapping[str, forms.Field],
        needed: Sequence[str] = (),
        limit: int = 200,
        empty_rows: int = STEP,
        form: Sequence[PastedColumn] = (),
        **how: Any,
    ) -> None:
        super().__init__(**how)
        self.columns = dict(columns)
        self.needed, self.limit, self.empty_rows = needed, limit, empty_rows
        self.form = form
        self._forget()

    def __deepcopy__(self, memo: Any) -> "GridField":
        """A form of its own."""
        result: GridField = super().__deepcopy__(memo)
        result.columns = deepcopy(self.columns, memo)
        result._forget()
        return result

    def _forget(self) -> None:
        self.widget.grid = self
        self.problems: dict[tuple[int, str], str] = {}
        self.places: list[int] = []
        for column in self.columns.values():
            column.required = False

    @property
    def scripts(self) -> frozenset[str]:
        """What the table and its columns need in a browser."""
        own = (getattr(each, "scripts", ()) for each in self.columns.values())
        return frozenset({"sheet"}).union(*own)

    @property
    def people(self) -> frozenset[str]:
        """Whom the table shows."""
        return frozenset().union(*(getattr(each, "people", ()) for each in self.columns.values()))

    @property
    def most(self) -> int:
        """Rows that a page may have, removed and empty ones among them."""
        return self.limit + SLACK

    @staticmethod
    def asks_for_rows(data: Any, name: str) -> bool:
        """Whether the page was sent only to get more rows."""
        return f"{name}-_more" in data

    def to_python(self, value: Any) -> tuple[GridRow, ...]:
        """The rows that were written; raises ValidationError with everything that is wrong."""
        if isinstance(value, RawGrid) and value.has_more:
            raise ValidationError(
                f"{self.label}에 지운 줄과 빈 줄이 너무 많습니다. {self.most:,}번째 줄 아래는 읽지 "
                "못했습니다. 화면을 새로 열어 다시 적어 주세요."
            )
        lines = [line for line in _lines(value) if not (line.is_gone or line.is_blank)]
        if len(lines) > self.limit:
            raise ValidationError(
                f"{self.label}에는 {count_text(self.limit, '줄')}까지 적을 수 있습니다. "
                f"지금 {count_text(len(lines), '줄')}입니다."
            )
        self._learn(lines)
        self.places = [line.place for line in lines]
        rows = tuple(GridRow(line.place + 1, dict(self._cells(line))) for line in lines)
        if self.problems:
            order = list(self.columns).index
            found = sorted(self.problems, key=lambda at: (at[0], order(at[1])))
            raise ValidationError([self._placed(*at, self.problems[at]) for at in found])
        return rows

    def _cells(self, line: RawLine) -> Iterator[tuple[str, Any]]:
        for name, column in self.columns.items():
            raw = _by_label(column, line.cells[name])
            value, why = None, self._why_not(name, raw)
            if why is None:
                value, why = _cleaned(column, raw)
            if why:
                self.problems[line.place, name] = why
            yield name, value

    def _why_not(self, name: str, raw: Any) -> str | None:
        """What the table itself says of a cell."""
        column = self.columns[name]
        if _is_blank(raw):
            return "적어 주세요." if name in self.needed else None
        if isinstance(column, forms.ChoiceField) and not column.valid_value(raw):
            return f"{josa(quoted(str(raw)), '은/는')} 목록에 없습니다. 목록에서 골라 주세요."
        return None

    def problem_at(self, place: str, sentence: str) -> PlacedError | str:
        """What an action says of a row that it got (`0`) or of a cell of it (`0.person`)."""
        number, _, column = place.partition(".")
        if not (number.isdigit() and int(number) < len(self.places)):
            return sentence
        at = self.places[int(number)], column if column in self.columns else ""
        told = self.problems.get(at)
        self.problems[at] = f"{told} {sentence}" if told else sentence
        return self._placed(*at, sentence)

    def _placed(self, place: int, name: str, sentence: str) -> PlacedError:
        label = f" {self.columns[name].label}" if name else ""
        column = name or next(iter(self.columns))
        return PlacedError(f"{place + 1}번째 줄{label}: {sentence}", anchor=f"{place}-{column}")

    def _learn(self, lines: Iterable[RawLine]) -> None:
        """Look up what pickers need for all rows at once."""
        lines = list(lines)
        for name, column in self.columns.items():
            if isinstance(column, PickerField):
                column.learn([line.cells.get(name) for line in lines])

    def view(self, value: Any) -> GridView:
        """The table as its reader sees it."""
        lines = list(_lines(value))
        if not isinstance(value, RawGrid):
            empty = range(len(lines), min(max(self.empty_rows, len(lines) + 1), self.limit))
            lines += [RawLine(place, {}) for place in empty]
        self._learn(lines)
        return GridView(
            label=str(self.label),
            columns=self.columns,
            needed=frozenset(self.needed),
            limit=self.limit,
            most=self.most,
            lines=[self._line(line) for line in lines],
            form=self.form,
        )

    def _line(self, line: RawLine) -> LineView:
        problems = {
            name: said for (place, name), said in self.problems.items() if place == line.place
        }
        cells = {
            name: column.prepare_value(_by_label(column, line.cells.get(name)))
            for name, column in self.columns.items()
        }
        return LineView(line.place, cells, problems, is_gone=line.is_gone)

    def has_changed(self, _initial: Any, _data: Any) -> bool:
        """Nobody asks."""
        return True


def _lines(value: Any) -> Iterator[RawLine]:
    """As sent; or rows that a page begins with."""
    if isinstance(value, RawGrid):
        yield from value.lines
    else:
        for place, row in enumerate(value or ()):
            yield RawLine(place, row.values if isinstance(row, GridRow) else row)


def _cleaned(column: forms.Field, raw: Any) -> tuple[Any, str | None]:
    """The typed value, or what is wrong with it."""
    try:
        value = column.clean(raw)
    except ValidationError as wrong:
        return None, " ".join(wrong.messages)
    if value is None and not _is_blank(raw):  # a number that is none is left to actions elsewhere
        return None, f"{josa(quoted(str(raw)), '은/는')} 읽을 수 없습니다. 숫자로 적어 주세요."
    return value, None


def _by_label(column: forms.Field, value: Any) -> Any:
    """A choice may be pasted as it is read."""
    if not isinstance(column, forms.ChoiceField) or not value or column.valid_value(value):
        return value
    wanted = "".join(str(value).split())
    return next(
        (each for each, label in choices_of(column) if "".join(label.split()) == wanted), value
    )
