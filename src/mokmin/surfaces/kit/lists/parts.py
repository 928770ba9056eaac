"""What stands around the table of a list: conditions, saved views, columns, ways on, bulk bar."""

from collections.abc import Sequence
from html import escape

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.people.queries_people import ViewRow
from mokmin.surfaces.kit import icons
from mokmin.surfaces.kit.lists import filters
from mokmin.surfaces.kit.lists.asked import SIZES, Asked, Pairs
from mokmin.surfaces.kit.lists.declared import Bulk, Listing

SMALL = "mk-btn mk-btn--small"
OF_THIS_PAGE = "이 쪽에서 고른 줄에만 합니다. 다른 쪽으로 가면 표시가 지워집니다."
MOST_AT_ONCE = 100
"""Ticked rows stand in the address of the question, which must not grow beyond all bounds."""

NOTHING_TICKED = "줄을 표시한 뒤에 할 일을 눌러 주세요."


def filter_bar(listing: Listing, state: Asked, path: str, actor: Actor) -> str:
    """The conditions as a form whose sending is the address; nothing happens by itself."""
    if not state.filters:
        return ""
    own = {each.name for each in state.filters}
    return (
        f'<form class="mk-filter" method="get" action="{path}" role="search" '
        f'aria-label="찾기 조건" hx-boost="true">'
        f"{filters.fields(state.filters, state.said, state.problems, actor)}"
        f"{_hidden(state.without(*own))}"
        f'<div class="mk-actions"><button class="mk-btn mk-btn--primary" id="list-find" '
        f'type="submit">{icons.icon("search", "small")}찾기</button>'
        f'<a class="mk-btn" href="?{unasked(listing)}">처음 상태로</a></div></form>'
    )


def unasked(listing: Listing) -> str:
    """The query of a list as it is unasked; none would open the person's own first view."""
    return f"sort={listing.sort}"


def address_of(listing: Listing, view: ViewRow) -> str:
    """The address of a saved view."""
    return f"{listing.address()}?{view.asked or unasked(listing)}"


def told(listing: Listing, state: Asked, actor: Actor) -> Sequence[tuple[str, str]]:
    """A view in words: its conditions, its order, its columns."""
    conditions = [
        (each.label, each.words(state.said[each.name], actor))
        for each in state.filters
        if each.name in state.conditions
    ]
    order = state.sort.removeprefix("-")
    by = next((each.title for each in listing.columns if each.sort == order), "")
    turned = " 거꾸로" if state.sort.startswith("-") else ""
    columns = ", ".join(column.title for column in state.columns)
    return [*conditions, *([("차례", f"{by}{turned}")] if by else []), ("칸", columns)]


def _hidden(pairs: Pairs) -> str:
    return "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in pairs
    )


def views_menu(listing: Listing, state: Asked, views: Sequence[ViewRow]) -> str:
    """The person's own views of this list, and the page where they are kept."""
    current = ' aria-current="true"'
    items = "".join(
        f'<li><a href="{escape(address_of(listing, view))}"'
        f"{current * (view.asked == state.query)}>{escape(view.name)}</a></li>"
        for view in views
    )
    keep = f"{listing.address('views')}?{state.query}"
    return _menu(
        "list-views",
        "flag",
        "저장한 보기",
        f'<ul class="mk-menu-list">{items}<li><a href="{escape(keep)}">'
        f"{icons.icon('settings', 'small')}지금 보기 저장·정리</a></li></ul>",
    )


def columns_menu(listing: Listing, state: Asked, path: str) -> str:
    """Which columns are shown and how many rows, as a form that needs no script."""
    shown = {column.key for column in state.columns}
    checks = "".join(
        f'<label class="mk-choice" for="col-{column.key}"><input type="checkbox" '
        f'id="col-{column.key}" name="cols" value="{column.key}"'
        f"{' checked' * (column.key in shown)}{' disabled' * column.names_row}>"
        f"<span>{escape(column.title)}</span></label>"
        for column in listing.columns
    )
    sizes = "".join(
        f'<option value="{size}"{" selected" * (size == state.size)}>{size}{listing.unit}</option>'
        for size in SIZES
    )
    return _menu(
        "list-columns",
        "columns",
        "칸 고르기",
        f'<form class="mk-list-columns" method="get" action="{path}" hx-boost="true">'
        f'<fieldset class="mk-field"><legend class="mk-label">보이는 칸</legend>'
        f'<div class="mk-choices">{checks}</div></fieldset>'
        f'<div class="mk-field"><div class="mk-label"><label for="list-rows">한 쪽에</label></div>'
        f'<select id="list-rows" name="rows">{sizes}</select></div>'
        f"{_hidden(state.without('cols', 'rows'))}{_hidden(_naming(listing))}"
        f'<button class="mk-btn mk-btn--primary" type="submit">바꾸기</button></form>',
    )


def _naming(listing: Listing) -> Pairs:
    return tuple(("cols", column.key) for column in listing.naming)


def _menu(own: str, icon: str, word: str, panel: str) -> str:
    return (
        f'<details class="mk-menu" id="{own}"><summary class="{SMALL}">'
        f'{icons.icon(icon, "small")}{word}</summary><div class="mk-menu-panel">{panel}</div>'
        "</details>"
    )


def too_many(listing: Listing) -> str:
    """What is said when more rows are ticked than can be done at once."""
    return f"한 번에 {MOST_AT_ONCE}{listing.unit}까지 할 수 있습니다. 표시를 줄여 주세요."


def print_button(log: str) -> str:
    """Prints what is shown; `log` is told first when it is personal."""
    told = f' data-print-log="{escape(log)}"' if log else ""
    return (
        f'<button class="{SMALL} mk-js" type="button" data-print{told}>'
        f"{icons.icon('print', 'small')}인쇄</button>"
    )


def export_link(listing: Listing, state: Asked) -> str:
    """The way to the file."""
    url = escape(f"{listing.address('export')}?{state.query}")
    return f'<a class="{SMALL}" href="{url}">{icons.icon("download", "small")}내려받기</a>'


def pager(*, first: str, previous: str, following: str) -> str:
    """Ways to the rows before and after these; an empty address means there are none."""
    links = [
        _step(first, "list-first", "arrow-left", "처음으로") if first else "",
        _step(previous, "list-previous", "arrow-left", "이전", rel="prev") if previous else "",
        _step(following, "list-next", "arrow-right", "다음", rel="next") if following else "",
    ]
    if not any(links):
        return ""
    return (
        f'<nav class="mk-pager" aria-label="쪽 이동" hx-boost:inherited="true">{"".join(links)}'
        "</nav>"
    )


def _step(url: str, own: str, icon: str, word: str, *, rel: str = "") -> str:
    drawn = icons.icon(icon, "small")
    inner = f"{word}{drawn}" if rel == "next" else f"{drawn}{word}"
    kind = f' rel="{rel}"' if rel else ""
    return f'<a class="mk-btn mk-btn--text" id="{own}" href="{escape(url)}"{kind}>{inner}</a>'


def bulk_bar(listing: Listing, state: Asked, bulk: Sequence[Bulk]) -> str:
    """What can be done with the rows that are ticked; they belong to this form by its id."""
    buttons = "".join(
        f'<button class="{SMALL}{" mk-btn--danger" * each.is_dangerous}" type="submit" name="do" '
        f'value="{each.name}">{escape(each.label)}</button>'
        for each in bulk
    )
    return (
        f'<form class="mk-bulk" id="list-bulk" method="get" action="{listing.address("bulk")}" '
        f'aria-label="고른 줄에 할 일">{_hidden((("back", state.query),))}'
        f'<p data-list-count role="status" data-unit="{escape(listing.unit)}" '
        f'data-none="{NOTHING_TICKED}" data-most="{MOST_AT_ONCE}" '
        f'data-much="{too_many(listing)}">{NOTHING_TICKED}</p>'
        f'<p class="mk-sub">{OF_THIS_PAGE}</p>'
        f'<div class="mk-actions">{buttons}</div></form>'
    )
