"""The part of a page that a list is: made in Python, swapped whole by htmx."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from mokmin.foundation.access.states import Handling
from mokmin.foundation.people.queries_people import ViewRow
from mokmin.surfaces.kit import icons, printing
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.lists import parts, table
from mokmin.surfaces.kit.lists.declared import Bulk
from mokmin.surfaces.kit.lists.shown import ShownList

UNREADABLE = "읽을 수 없는 조건은 빼고 보여 드립니다. 칸 아래의 안내를 보고 고쳐 주세요."


def section(request: MokminRequest, shown: ShownList, views: Sequence[ViewRow]) -> SafeString:
    """The list with everything that belongs to it; whose data it shows is noted."""
    if subjects := shown.subjects:
        note_personal(request, Handling.VIEW, shown.listing.said_name, subjects=subjects)
    log = printing.address(request, shown.listing.said_name, subjects) if subjects else ""
    bulk = bulk_of(request, shown)
    bar = parts.filter_bar(shown.listing, shown.state, request.path, request.actor)
    return mark_safe(
        f'<section class="mk-list" id="list" hx-target:inherited="#list" '
        f'hx-swap:inherited="outerHTML show:none">{bar}<div class="mk-card">'
        f"{_head(request, shown, log, views)}"
        f'<div class="mk-card-body">{_told(request, shown)}{_problem(shown)}'
        f"{_body(shown, bulk)}</div></div></section>"
    )


def bulk_of(request: MokminRequest, shown: ShownList) -> tuple[Bulk, ...]:
    """What this person may do with several rows."""
    return tuple(each for each in shown.listing.bulk if each.open_to(request.actor) is None)


def _head(request: MokminRequest, shown: ShownList, log: str, views: Sequence[ViewRow]) -> str:
    listing, state = shown.listing, shown.state
    return (
        f'<div class="mk-card-head mk-list-head"><p class="mk-sub" id="list-summary" tabindex="-1">'
        f'{escape(shown.summary)}</p><div class="mk-actions">'
        f"{parts.views_menu(listing, state, views)}"
        f"{parts.columns_menu(listing, state, request.path)}"
        f"{parts.print_button(log)}{parts.export_link(listing, state)}</div></div>"
    )


def _told(request: MokminRequest, shown: ShownList) -> str:
    """On paper the form of the conditions is missing: they are said."""
    if not shown.state.is_narrowed:
        return ""
    told = parts.told(shown.listing, shown.state, request.actor)
    words = " · ".join(f"{label}: {word}" for label, word in told)
    return f'<p class="mk-print-only">찾기 조건 {escape(words)}</p>'


def _problem(shown: ShownList) -> str:
    if not shown.state.problems:
        return ""
    sign = icons.icon("alert")
    return f'<div class="mk-alert mk-tone-warn" role="alert">{sign}<div>{UNREADABLE}</div></div>'


def _body(shown: ShownList, bulk: tuple[Bulk, ...]) -> str:
    pager = parts.pager(
        first=shown.first_url, previous=shown.previous_url, following=shown.next_url
    )
    if not shown.rows:
        return f"{_empty(shown)}{pager}"
    bar = parts.bulk_bar(shown.listing, shown.state, bulk) if bulk else ""
    drawn = table.table(shown.listing, shown.state, shown.rows, is_bulk=bool(bulk))
    return f"{drawn}{pager}{bar}"


def _empty(shown: ShownList) -> str:
    icon = icons.icon("search" if shown.state.is_narrowed else "inbox")
    return f'<div class="mk-empty">{icon}<strong>{escape(shown.nothing)}</strong></div>'
