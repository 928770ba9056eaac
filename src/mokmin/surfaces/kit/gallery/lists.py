"""Lists as their pages show them: conditions, saved views, headings that sort, columns, bulk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from operator import attrgetter
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString, mark_safe

from mokmin.foundation.access.actor import VISITOR
from mokmin.foundation.people.queries_people import ViewRow
from mokmin.surfaces.kit.addresses import page
from mokmin.surfaces.kit.gallery.example import LONG, Example, Part, Section, State
from mokmin.surfaces.kit.lists import asked, filters
from mokmin.surfaces.kit.lists.declared import Ask, Bulk, ListColumn, Listing
from mokmin.surfaces.kit.lists.section import section
from mokmin.surfaces.kit.lists.shown import ShownList
from mokmin.surfaces.kit.menu import for_everyone
from mokmin.surfaces.kit.rows import day, text
from mokmin.surfaces.kit.tones import status


@dataclass(frozen=True, slots=True)
class Work:
    """A row of the samples."""

    uid: str
    title: str
    unit: str
    tone: str
    word: str
    on: date


ROWS = (
    Work("sample0001", "농업용수 확충", "건설과", "late", "지연", date(2026, 6, 30)),
    Work("sample0002", "로컬푸드 직매장 확대", "농정과", "ok", "정상", date(2026, 9, 30)),
    Work("sample0003", "치매안심마을 운영", "보건소", "warn", "주의", date(2026, 12, 31)),
)
LONG_ROW = Work("sample0004", LONG, LONG[:40], "late", "지연", date(2026, 6, 30))


class SampleListing(Listing):
    """A list all of whose ways lead back to where it is shown."""

    def address(self, part: str = "") -> str:  # noqa: ARG002  # it has no other pages
        """The page of the gallery."""
        return page(self.route)


def _none(_ask: Ask) -> Sequence[Work]:
    return ()


def _unchanged(_uid: str, _values: object, **_how: object) -> None:
    """What an example sends changes nothing."""


LISTING = SampleListing(
    route="console:gallery-lists",
    title="견본 목록",
    open_to=for_everyone,
    rows=_none,
    sort="title",
    columns=(
        ListColumn(
            "title",
            "사업",
            lambda row: text(row.title),
            value=attrgetter("title"),
            sort="title",
            names_row=True,
        ),
        ListColumn("unit", "부서", lambda row: text(row.unit)),
        ListColumn("state", "상태", lambda row: status(row.tone, row.word), kind="status"),
        ListColumn("on", "기한", lambda row: day(row.on), kind="date", sort="on"),
    ),
    filters=(
        filters.Text("word", "사업이나 부서"),
        filters.Choice("state", "상태", (("late", "지연"), ("warn", "주의"), ("ok", "정상"))),
        filters.Day("since", "기한 첫날"),
        filters.Flag("mine", "내 일만"),
    ),
)
BULK = (
    Bulk("remind", "다시 알리기", _unchanged, open_to=for_everyone),
    Bulk("close", "닫기", _unchanged, open_to=for_everyone, is_dangerous=True),
)
VIEWS = (
    ViewRow("지연된 사업", "state=late", is_first=True),
    ViewRow("내 일", "mine=1", is_first=False),
)

NAMES = re.compile(
    r'((?:id|for|form|aria-describedby|hx-target:inherited)="#?)(?=(?:list|find|col|sort)\b)'
)
"""Where the pieces of a list are called by name."""

BOOSTS = re.compile(r' hx-boost(?::inherited)?="true"')
SEARCH = 'aria-label="찾기 조건'


def _drawn(
    request: HttpRequest, *, shown: ShownList, views: Sequence[ViewRow], own: str
) -> SafeString:
    """A page has one list: of several on this page only one keeps the usual names."""
    html: str = section(request, shown, views)  # type: ignore[arg-type]  # our middleware has filled it
    html = BOOSTS.sub("", html).replace(SEARCH, f"{SEARCH}: {shown.listing.name}")
    return mark_safe(NAMES.sub(rf"\g<1>{own}", html))  # escaped where it was made


def _example(
    state: State,
    name: str,
    rows: Sequence[Work] = (),
    *,
    query: str = "",
    views: Sequence[ViewRow] = (),
    note: str = "",
) -> Example:
    is_whole = state is State.FILLED
    listing = replace(LISTING, name=name, bulk=BULK if is_whole else ())
    seen = asked.read(listing, QueryDict(query), VISITOR)
    shown = ShownList(listing, seen, rows, has_previous=is_whole, has_next=is_whole)
    own = "" if is_whole else f"{state.name.lower()}{len(query)}-"
    made = partial(_drawn, shown=shown, views=views, own=own)
    return Example(state, "{{ made }}", note=note, is_wide=True, made=made)


LIST = Part(
    "list",
    "목록",
    "조건, 차례, 칸, 쪽이 모두 주소에 있습니다. 저장한 보기로 다시 열고, 여러 줄을 한 번에 "
    "처리합니다.",
    (
        _example(State.FILLED, "견본 목록", ROWS, query="since=2026-01-01&sort=-on", views=VIEWS),
        _example(State.EMPTY, "빈 목록"),
        _example(State.EMPTY, "못 찾은 목록", query="word=우주", note="맞는 것이 없을 때"),
        _example(
            State.ERROR,
            "조건이 틀린 목록",
            ROWS[:1],
            query="since=어제&state=gone",
            note="읽을 수 없는 조건",
        ),
        _example(
            State.LONG,
            "글이 긴 목록",
            (LONG_ROW,),
            query=urlencode({"word": LONG[:200]}),
            views=(ViewRow(LONG, "", is_first=True),),
        ),
    ),
)

SECTION = Section("lists", "목록", "찾고, 늘어놓고, 고르고, 한 번에 처리하는 것", (LIST,))
