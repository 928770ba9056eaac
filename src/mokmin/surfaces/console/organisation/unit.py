"""One unit (부서): its posts with who holds them and what they do, its teams, its history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from mokmin.foundation.access.states import Handling
from mokmin.foundation.orgs import queries, queries_changes, queries_units
from mokmin.foundation.orgs.queries import Named, PostRow, UnitRow
from mokmin.foundation.orgs.queries_changes import UnitOrderLine
from mokmin.foundation.orgs.queries_units import Kin, UnitCard, UnitEvent
from mokmin.foundation.orgs.states import DEPARTMENTS, UnitKind
from mokmin.lib.korean import date_text, josa, quoted
from mokmin.surfaces.console import printing
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.organisation import days, posts
from mokmin.surfaces.console.organisation.days import ShownDay
from mokmin.surfaces.kit.addresses import AddressOf
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.rows import NOTHING, Column, link, number, text, tr, with_note
from mokmin.surfaces.kit.rows import day as day_cell
from mokmin.surfaces.kit.tones import status

PAGE = "부서"
MOVES = 20
"""Orders about the unit on its page; the list of orders has all of them."""

WHOLE = DEPARTMENTS | {UnitKind.TEAM}
"""Of these the page shows every post, teams included; a bureau shows its departments."""

POST_COLUMNS = (
    Column("직위", names_row=True),
    Column("성명"),
    Column("담당 업무"),
    Column("전화"),
)
SUB_COLUMNS = (
    Column("부서", names_row=True),
    Column("부서장"),
    Column("정원", "number"),
    Column("현원", "number"),
    Column("결원", "number"),
    Column("전화"),
)
ORDER_COLUMNS = (
    Column("발령일", "date"),
    Column("성명", names_row=True),
    Column("구분", "status"),
    Column("내용"),
    Column("발령"),
)
HISTORY_COLUMNS = (
    Column("일자", "date"),
    Column("구분", "status"),
    Column("내용", names_row=True),
    Column("조직개편"),
)
post_url = AddressOf("console:organisation-post")


@dataclass(frozen=True, slots=True)
class PostGroup:
    """The posts of one team, or of the unit itself, as the table of duties groups them."""

    name: str
    url: str
    count: str
    vacancies: int
    rows: tuple[SafeString, ...]


@require_safe
@open_to(queries.why_not_see_organisation)
def unit(request: MokminRequest, uid: str) -> HttpResponse:
    """The page of one unit on a day."""
    day = days.shown(request)
    card = queries_units.unit_card(uid, day.as_of, request.actor)
    if card is None:
        raise Http404
    now = card.now
    shown = _posts_shown(now) if now else []
    moves = queries_changes.lines_of_unit(card.unit_id, limit=MOVES)
    subjects = tuple({*posts.people_of(shown), *(line.person for line in moves)})
    note_personal(request, Handling.VIEW, PAGE, subjects=subjects)
    context = {
        "day": day,
        "card": card,
        "now": now,
        "lead": _lead(card),
        "crumbs": [(named.name, posts.unit_url(named.uid, day)) for named in card.crumbs[:-1]],
        "meta": list(_meta(card, day)),
        "columns": POST_COLUMNS,
        "groups": _groups(now, day) if now else [],
        "sub_columns": SUB_COLUMNS,
        "sub_rows": _sub_rows(now, day) if now else [],
        "order_columns": ORDER_COLUMNS,
        "orders": [_order(line) for line in moves],
        "history_columns": HISTORY_COLUMNS,
        "history": history(card),
        "why_not_change": why_not_change(card, day),
        "print_log": printing.address(request, PAGE, subjects),
    }
    return TemplateResponse(request, "console/organisation/unit.html", context)


def why_not_change(card: UnitCard, day: ShownDay) -> str:
    """Why nothing can be changed from here; what is past is changed from today's page."""
    if card.why_not_change:
        return card.why_not_change
    if not card.is_there:
        return "이 날에는 없는 부서입니다."
    return (
        "" if day.on >= day.today else "지난날을 보고 있습니다. 오늘 기준으로 보면서 고쳐 주세요."
    )


def _posts_shown(now: UnitRow) -> list[PostRow]:
    if now.kind in WHOLE:
        return [post for unit in now.walk() for post in unit.posts]
    heads = [child.head for child in now.children if child.head]
    return [*now.posts, *heads]


def _lead(card: UnitCard) -> str:
    above = " ".join(named.name for named in card.crumbs[:-1])
    return " · ".join(filter(None, (above, UnitKind(card.kind).label)))


def _meta(card: UnitCard, day: ShownDay) -> Iterator[tuple[str, SafeString | str]]:
    now = card.now
    if now:
        counts = now.whole
        yield "부서장", _head(now.head)
        short = f" · 결원 {counts.vacancies:,}명" if counts.vacancies else ""
        yield "정원과 현원", f"정원 {counts.posts:,}명 · 현원 {counts.people:,}명{short}"
        yield "대표 전화", text(now.phone)
    yield "있던 기간" if card.until_on else "생긴 날", _period(card)
    if card.predecessors:
        yield "이전 부서", _kin(card.predecessors, day)
    if card.successors:
        yield "승계 부서", _kin(card.successors, day)


def _head(head: PostRow | None) -> SafeString:
    if head is None:
        return NOTHING
    return format_html("{} {}", head.title, posts.holders(head))


def _period(card: UnitCard) -> str:
    first = date_text(card.from_on)
    return f"{first} ~ {date_text(days.last_day(card.until_on))}" if card.until_on else first


def _kin(found: Sequence[Kin], day: ShownDay) -> SafeString:
    return format_html_join(
        ", ",
        '<a href="{}">{}</a> <span class="mk-sub">{}</span>',
        ((posts.unit_url(each.uid, day), each.name, date_text(each.on)) for each in found),
    )


def _groups(now: UnitRow, day: ShownDay) -> list[PostGroup]:
    units = now.walk() if now.kind in WHOLE else [now]
    return [
        PostGroup(
            unit.name,
            posts.unit_url(unit.uid, day) if unit.uid != now.uid else "",
            f"{unit.own.posts:,}자리",
            unit.own.vacancies,
            tuple(_post_row(post) for post in unit.posts),
        )
        for unit in units
        if unit.posts
    ]


def _post_row(post: PostRow) -> SafeString:
    title = format_html(
        '<a id="post-{}" href="{}">{}</a>', post.uid, post_url(post.uid), post.title
    )
    cells = (
        with_note(title, post.grade),
        posts.holders(post),
        posts.duties(post.duties),
        text(post.phone),
    )
    return tr(POST_COLUMNS, cells)


def _sub_rows(now: UnitRow, day: ShownDay) -> list[SafeString]:
    """Of a bureau its departments; teams stand among the posts already."""
    return [] if now.kind in WHOLE else [_sub_row(child, day) for child in now.children]


def _sub_row(child: UnitRow, day: ShownDay) -> SafeString:
    counts = child.whole
    return tr(
        SUB_COLUMNS,
        (
            posts.unit_link(child, day),
            _head(child.head),
            number(counts.posts),
            number(counts.people),
            number(counts.vacancies),
            text(child.phone),
        ),
    )


def _order(line: UnitOrderLine) -> SafeString:
    kind = status("idle", "취소함") if line.is_undone else status("info", line.verb.label)
    return tr(
        ORDER_COLUMNS,
        (
            day_cell(line.on),
            link(line.name, posts.person_url(line.person)),
            kind,
            f"{line.before or '없음'} → {line.after or '없음'}",
            link(line.order.name, reverse("console:order", args=[line.order.uid])),
        ),
    )


def history(card: UnitCard) -> list[SafeString]:
    """Names and places of the unit, newest first, and its end."""
    events = sorted(card.history, key=lambda event: event.from_on)
    found = [
        _event(event.from_on, *_change(before, event), event.opened_by)
        for before, event in zip([None, *events], events, strict=False)
    ]
    if card.until_on and events:
        gone = f"{josa(quoted(events[-1].name), '이/가')} 없어졌습니다."
        found.append(_event(card.until_on, "폐지", gone, events[-1].closed_by))
    return found[::-1]


def _event(on: date, kind: str, said: str, by: Named | None) -> SafeString:
    source = link(by.name, reverse("console:reorganisation", args=[by.uid])) if by else NOTHING
    return tr(HISTORY_COLUMNS, (day_cell(on), status("idle", kind), said, source))


def _change(before: UnitEvent | None, event: UnitEvent) -> tuple[str, str]:
    above = event.parent.name if event.parent else ""
    if before is None:
        where = f" {above} 소속입니다." if above else ""
        return "신설", f"{josa(quoted(event.name), '이/가')} 생겼습니다.{where}"
    if before.name != event.name:
        old, new = josa(quoted(before.name), "이/가"), josa(quoted(event.name), "으로/로")
        return "명칭 변경", f"{old} {new} 바뀌었습니다."
    if before.parent != event.parent:
        return "소속 변경", f"소속이 {josa(above or '맨 위', '으로/로')} 바뀌었습니다."
    return "변경", "종류, 전화나 직제 순서가 바뀌었습니다."
