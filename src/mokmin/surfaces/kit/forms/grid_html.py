"""How a table of inputs is drawn: in Python, because it may have a thousand cells."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mokmin.surfaces.kit import icons

NOTHING = SafeString("")
ROW, NUMBER = "__row__", "__number__"
"""What a script puts the place and the number of a new row for."""


@dataclass(frozen=True, slots=True)
class PastedColumn:
    """A column of a form in Excel that makes a column of the table, with others or by itself."""

    title: str
    column: str
    is_enough: bool = False
    """Whether what stands in it needs nothing from others."""


@dataclass(frozen=True, slots=True)
class LineView:
    """One row as its reader sees it; a problem without a column is one of the whole row."""

    place: int | str
    cells: Mapping[str, Any]
    problems: Mapping[str, str] = field(default_factory=dict)
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class GridView:
    """The table as its reader sees it."""

    label: str
    columns: Mapping[str, forms.Field]
    needed: Collection[str]
    limit: int
    most: int
    lines: Sequence[LineView]
    form: Sequence[PastedColumn] = ()

    @property
    def order(self) -> str:
        """The titles of the columns, as one copies them."""
        return ", ".join(str(column.label or "") for column in self.columns.values())

    @property
    def form_text(self) -> str:
        """The form in Excel for the script: title, column, whether it is enough."""
        return json.dumps(
            [(each.title, self.columns[each.column].label, each.is_enough) for each in self.form],
            ensure_ascii=False,
        )


def drawn(name: str, view: GridView, *, attrs: Mapping[str, Any]) -> SafeString:
    """The whole table with its buttons."""
    base = str(attrs.get("id", f"id_{name}"))
    blank = LineView(ROW, dict.fromkeys(view.columns))
    return format_html(
        '<div class="mk-sheet" data-sheet="{name}" data-limit="{limit}"'
        ' data-most="{most}" data-form="{form}">'
        '<input type="hidden" name="{name}-rows" value="{count}" data-sheet-rows>'
        '<div class="mk-table-scroll" role="region" aria-label="{label}" tabindex="0">'
        '<table class="mk-table mk-table--stack mk-sheet-table"><caption class="mk-sr">{label}'
        "</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        "<template data-sheet-new>{blank}</template>{foot}</div>",
        name=name,
        limit=view.limit,
        most=view.most,
        form=view.form_text,
        count=len(view.lines),
        label=view.label,
        head=_head(view),
        rows=format_html_join("", "{}", ((_row(name, base, view, each),) for each in view.lines)),
        blank=_row(name, base, view, blank),
        foot=_foot(name, view),
    )


def _head(view: GridView) -> SafeString:
    needed = SafeString('<span class="mk-required">필수</span>')
    titles = format_html_join(
        "",
        '<th scope="col">{}{}</th>',
        (
            (column.label or "", needed if name in view.needed else NOTHING)
            for name, column in view.columns.items()
        ),
    )
    return format_html(
        '<th scope="col" class="is-number">줄</th>{}<th scope="col" class="is-action">'
        '<span class="mk-sr">줄 지우기</span></th>',
        titles,
    )


def _row(name: str, base: str, view: GridView, line: LineView) -> SafeString:
    number = line.place + 1 if isinstance(line.place, int) else NUMBER
    whole = line.problems.get("")
    return format_html(
        '<tr data-sheet-row{}><th scope="row" class="is-number">{}{}</th>{}{}</tr>',
        SafeString(' class="is-gone"') if line.is_gone else NOTHING,
        number,
        _problem(f"{base}-{line.place}_error", whole) if whole else NOTHING,
        format_html_join("", "{}", ((each,) for each in _cells(name, base, view, line))),
        _remover(f"{name}-{line.place}-_gone", number, is_gone=line.is_gone),
    )


def _cells(name: str, base: str, view: GridView, line: LineView) -> Iterator[SafeString]:
    number = line.place + 1 if isinstance(line.place, int) else NUMBER
    for column, field_ in view.columns.items():
        at = f"{base}-{line.place}-{column}"
        problem = line.problems.get(column)
        attrs: dict[str, Any] = {"id": at, "aria-label": f"{number}번째 줄 {field_.label}"}
        if problem or "" in line.problems:
            attrs["aria-invalid"] = "true"
            attrs["aria-describedby"] = f"{at}_error" if problem else f"{base}-{line.place}_error"
        yield format_html(
            '<td data-label="{}"{}><div class="mk-field">{}{}</div></td>',
            field_.label or "",
            _style(field_),
            _control(field_, f"{name}-{line.place}-{column}", line.cells.get(column), attrs),
            _problem(f"{at}_error", problem) if problem else NOTHING,
        )


def _style(column: forms.Field) -> SafeString:
    numeric = isinstance(column.widget, forms.NumberInput)
    return SafeString(' class="is-number"') if numeric else NOTHING


def _control(column: forms.Field, name: str, value: Any, attrs: Mapping[str, Any]) -> SafeString:
    """A plain input takes whatever is pasted; choices and pickers stay what they are."""
    if isinstance(column, forms.ChoiceField):
        return _select(column, name, "" if value is None else str(value), attrs)
    if isinstance(column.widget, forms.CheckboxInput) or not isinstance(
        column.widget, forms.TextInput | forms.Textarea | forms.NumberInput | forms.DateInput
    ):
        return SafeString(column.widget.render(name, value, dict(attrs)))
    is_number = isinstance(column.widget, forms.NumberInput)
    numeric = SafeString(' inputmode="numeric"') if is_number else NOTHING
    return format_html(
        '<input type="text" name="{}" value="{}" autocomplete="off"{}{}>',
        name,
        "" if value is None else value,
        numeric,
        flatatt(dict(attrs)),
    )


def choices_of(column: forms.ChoiceField) -> list[tuple[str, str]]:
    """What may be chosen, without the empty choice."""
    listed: Any = column.choices
    return [(str(value), str(label)) for value, label in listed if value != ""]


def _select(
    column: forms.ChoiceField, name: str, value: str, attrs: Mapping[str, Any]
) -> SafeString:
    choices = choices_of(column)
    known = {"", *(each for each, _ in choices)}
    odd = [] if value in known else [(value, value)]
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (each, SafeString(" selected") if each == value else NOTHING, label)
            for each, label in (("", ""), *odd, *choices)
        ),
    )
    return format_html('<select name="{}"{}>{}</select>', name, flatatt(dict(attrs)), options)


def _problem(at: str, sentence: str) -> SafeString:
    return format_html(
        '<p class="mk-error" id="{}">{}<span>{}</span></p>',
        at,
        icons.icon("error", "small"),
        sentence,
    )


def _remover(name: str, number: int | str, *, is_gone: bool) -> SafeString:
    """Without a script a box to tick; with one a button that can be taken back."""
    return format_html(
        '<td class="is-action"><label class="mk-choice mk-no-js"><input type="checkbox" name="{}"'
        ' value="1"{}><span>지움</span></label>'
        '<button class="mk-btn mk-btn--text mk-btn--small mk-js" type="button" data-sheet-remove'
        ' aria-pressed="{}" aria-label="{}번째 줄 지우기">{}</button></td>',
        name,
        SafeString(" checked") if is_gone else NOTHING,
        "true" if is_gone else "false",
        number,
        icons.icon("x", "small"),
    )


def _foot(name: str, view: GridView) -> SafeString:
    return format_html(
        '<div class="mk-actions mk-sheet-foot"><button class="mk-btn mk-btn--small" type="submit"'
        ' name="{}-_more" value="1" data-sheet-more>{}줄 더하기</button>'
        '<button class="mk-btn mk-btn--small mk-js" type="button" data-sheet-undo hidden>'
        '되돌리기</button><p class="mk-sub"><span class="mk-js">엑셀에서 복사한 칸을 그대로 붙여 '
        "넣을 수 있습니다. 칸의 차례는 {}입니다. </span>{}줄까지 적을 수 있습니다.</p>"
        '<p class="mk-sheet-said" role="status" data-sheet-said></p></div>',
        name,
        icons.icon("plus", "small"),
        view.order,
        f"{view.limit:,}",
    )
