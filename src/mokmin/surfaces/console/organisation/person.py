"""One person in the organisation: posts now and before, orders, hand-overs."""

from collections.abc import Iterator, Sequence

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from mokmin.foundation.access.states import Handling
from mokmin.foundation.orgs import queries, queries_careers, queries_hand_overs
from mokmin.foundation.orgs.queries_careers import CareerCard, Held, PersonOrder
from mokmin.foundation.orgs.states import AssignmentKind
from mokmin.foundation.orgs.values import AsOf
from mokmin.foundation.people import queries as people
from mokmin.foundation.tenancy.keyset import Window
from mokmin.surfaces.console import printing
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.organisation import days, hand_over_rows, posts
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.rows import NOTHING, Column, day, link, text, tr, with_note
from mokmin.surfaces.kit.tones import status

PAGE = "직원"
HAND_OVERS = 20

NOW_COLUMNS = (
    Column("자리", names_row=True),
    Column("형태", "status"),
    Column("담당 업무"),
    Column("시작일", "date"),
)
BEFORE_COLUMNS = (
    Column("자리", names_row=True),
    Column("형태", "status"),
    Column("시작일", "date"),
    Column("끝난 날", "date"),
)
ORDER_COLUMNS = (
    Column("발령일", "date"),
    Column("구분", "status"),
    Column("내용", names_row=True),
    Column("발령"),
)
TONES = {AssignmentKind.FULL: "ok", **posts.TONES}


@require_safe
@open_to(queries.why_not_see_organisation)
def person(request: MokminRequest, uid: str) -> HttpResponse:
    """The page of one person, as far as the organisation goes; contact is on the account page."""
    today = days.today()
    card = queries_careers.person_card(uid, AsOf(today))
    if card is None:
        raise Http404
    note_personal(request, Handling.VIEW, PAGE, subjects=(uid,))
    newest = Window("-on", limit=HAND_OVERS)
    sheets = queries_hand_overs.hand_overs(request.actor, person=uid, today=today, window=newest)
    context = {
        "card": card,
        "lead": lead(card),
        "meta": list(_meta(card)),
        "now_columns": NOW_COLUMNS,
        "now": [_now(held) for held in card.posts],
        "before_columns": BEFORE_COLUMNS,
        "before": [_before(held) for held in card.history],
        "order_columns": ORDER_COLUMNS,
        "orders": [_order(each) for each in card.orders],
        "hand_over_columns": hand_over_rows.COLUMNS,
        "hand_overs": [hand_over_rows.row(each, today) for each in sheets],
        "account_url": _account_url(request, uid),
        "print_log": printing.address(request, PAGE, (uid,)),
    }
    return TemplateResponse(request, "console/organisation/person.html", context)


def lead(card: CareerCard) -> str:
    """Where the person is now, in a line."""
    own = own_post(card.posts)
    return f"{own.unit_path} {own.title}" if own else "지금 맡은 자리가 없습니다."


def own_post(held: Sequence[Held]) -> Held | None:
    """The post that is the person's own."""
    return next((each for each in held if each.kind == AssignmentKind.FULL), None)


def _account_url(request: MokminRequest, uid: str) -> str:
    if people.why_not_see_people(request.actor):
        return ""
    return reverse("console:person", args=[uid])


def _meta(card: CareerCard) -> Iterator[tuple[str, SafeString | str]]:
    own = own_post(card.posts)
    if own is None:
        return
    yield "부서", _unit(own, own.unit_path)
    yield "직위", own.title
    yield "직급", text(own.grade)
    yield "이 자리에 온 날", day(own.from_on)


def _unit(held: Held, label: str) -> SafeString:
    url = f"{reverse('console:organisation-unit', args=[held.unit])}#post-{held.post}"
    return format_html('<a href="{}">{}</a>', url, label)


def _now(held: Held) -> SafeString:
    cells = (
        with_note(format_html("{} {}", _unit(held, held.unit_path), held.title), held.grade),
        _kind(held),
        posts.duties(held.duties),
        day(held.from_on),
    )
    return tr(NOW_COLUMNS, cells)


def _kind(held: Held) -> SafeString:
    kind = AssignmentKind(held.kind)
    return status(TONES[kind], kind.label)


def _before(held: Held) -> SafeString:
    return tr(
        BEFORE_COLUMNS,
        (
            with_note(f"{held.unit_path} {held.title}", held.grade),
            _kind(held),
            day(held.from_on),
            day(days.last_day(held.until_on)) if held.until_on else NOTHING,
        ),
    )


def _order(order: PersonOrder) -> SafeString:
    moved = f"{order.before or '없음'} → {order.after or '없음'}"
    return tr(
        ORDER_COLUMNS,
        (
            day(order.on),
            status("idle", "취소함") if order.is_undone else status("info", order.verb.label),
            with_note(moved, order.note),
            link(order.title, reverse("console:order", args=[order.uid]), note=order.number),
        ),
    )
