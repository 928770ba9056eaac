"""The table of a list (표): headings that sort, rows joined from ready pieces."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from mokmin.surfaces.kit.lists import asked
from mokmin.surfaces.kit.lists.asked import Asked
from mokmin.surfaces.kit.lists.declared import ListColumn, Listing
from mokmin.surfaces.kit.rows import escaped

ARROWS = {
    "ascending": '<path d="M5 1.5 9 8H1Z"/>',
    "descending": '<path d="M5 8.5 1 2h8Z"/>',
    "": '<path d="M5 0 8 4H2ZM5 10 2 6h6Z"/>',
}
TURNS = {"ascending": "거꾸로 정렬", "descending": "정렬", "": "정렬"}


def table(listing: Listing, state: Asked, rows: Sequence[Any], *, is_bulk: bool) -> str:
    """The table with its caption, in a frame that scrolls by itself."""
    caption = escape(listing.said_name)
    headings = "".join(_heading(column, state) for column in state.columns)
    if is_bulk:
        headings = (
            '<th scope="col" class="is-check"><input class="mk-js" type="checkbox" data-list-all '
            f'aria-label="이 쪽의 줄 모두 고르기">{_hidden("고르기")}</th>{headings}'
        )
    return (
        f'<div class="mk-table-scroll" role="region" aria-label="{caption}" tabindex="0">'
        f'<table class="mk-table mk-table--stack"><caption class="mk-sr">{caption}</caption>'
        f'<thead hx-boost:inherited="true"><tr>{headings}</tr></thead>'
        f"<tbody>{''.join(body(listing, state.columns, rows, is_bulk=is_bulk))}</tbody>"
        "</table></div>"
    )


def _heading(column: ListColumn, state: Asked) -> str:
    title, style = escape(column.title), _style(column)
    if column.hides_title:
        return f'<th scope="col"{style}>{_hidden(title)}</th>'
    if not column.sort:
        return f'<th scope="col"{style}>{title}</th>'
    way = ""
    if state.sort.removeprefix("-") == column.sort:
        way = "descending" if state.sort.startswith("-") else "ascending"
    said = f' aria-sort="{way}"' if way else ""
    turned = f"-{column.sort}" if way == "ascending" else column.sort
    url = escape(state.address(sort=turned))
    return (
        f'<th scope="col"{style}{said}><a class="mk-sort" id="sort-{column.key}" href="{url}">'
        f'{title}<svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">{ARROWS[way]}</svg>'
        f"{_hidden(TURNS[way])}</a></th>"
    )


def _hidden(text: str) -> str:
    return f'<span class="mk-sr">{text}</span>'


def _style(column: ListColumn) -> str:
    return f' class="{column.style}"' if column.style else ""


def body(
    listing: Listing, columns: Sequence[ListColumn], rows: Sequence[Any], *, is_bulk: bool = False
) -> Iterator[SafeString]:
    """The rows; every cell carries its heading for the narrow screen."""
    frames = [(column.cell, *_frame(column)) for column in columns]
    for row in rows:
        cells = [f"{begin}{escaped(cell(row))}{end}" for cell, begin, end in frames]
        check = _check(listing, row) if is_bulk else ""
        yield SafeString(f"<tr>{check}{''.join(cells)}</tr>")


def _frame(column: ListColumn) -> tuple[str, str]:
    style = _style(column)
    if column.names_row:
        return f'<th scope="row"{style}>', "</th>"
    label = "" if column.hides_title else f' data-label="{escape(column.title)}"'
    return f"<td{style}{label}><div>", "</div></td>"


def name_of(listing: Listing, row: Any) -> str:
    """What a row is called in plain words."""
    naming = listing.naming[0]
    return str(naming.value(row)) if naming.value else ""


def _check(listing: Listing, row: Any) -> str:
    mark, name = escape(asked.mark(listing, row)), escape(name_of(listing, row))
    return (
        '<td class="is-check"><input type="checkbox" name="uid" form="list-bulk" '
        f'value="{mark}" aria-label="{name} 고르기" data-list-row></td>'
    )
