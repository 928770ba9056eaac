"""One post (자리) over the years: who held it, what it did, where it stood."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from mokmin.foundation.access.states import Handling
from mokmin.foundation.orgs import queries, queries_posts
from mokmin.foundation.orgs.queries import Named
from mokmin.foundation.orgs.queries_posts import PostHolder, PostStory, PostTime
from mokmin.surfaces.console import printing
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.organisation import days, posts
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.rows import NOTHING, Column, day, link, text, tr, with_note
from mokmin.surfaces.kit.tones import status

PAGE = "자리"
HOLDER_COLUMNS = (
    Column("성명", names_row=True),
    Column("형태", "status"),
    Column("시작일", "date"),
    Column("끝난 날", "date"),
    Column("발령"),
)
TIME_COLUMNS = (
    Column("언제부터", "date"),
    Column("부서", names_row=True),
    Column("직위"),
    Column("담당 업무"),
    Column("조직개편"),
)


COMING_COLUMNS = (
    Column("날짜", "date"),
    Column("바뀔 것", names_row=True),
    Column("조직개편"),
    Column("취소", "action", hides_title=True),
)


@dataclass(frozen=True, slots=True)
class Coming:
    """What happens to a post on a day that has not come, and by which reorganisation."""

    on: date
    said: str
    by: Named | None


def coming(story: PostStory) -> list[Coming]:
    """What has been entered of the post for days to come, in their order."""
    today = days.today()
    last = story.times[0]
    found = [
        Coming(each.from_on, _begins(story, each), each.reorganisation)
        for each in reversed(story.times)
        if each.from_on > today
    ]
    if last.until_on and last.until_on > today:
        found.append(Coming(last.until_on, "자리가 없어집니다.", last.closed_by))
    return found


def _begins(story: PostStory, each: PostTime) -> str:
    is_new = each.from_on == story.post.from_on
    return "자리가 생깁니다." if is_new else "소속이나 업무가 바뀝니다."


def why_not_take_back(each: Coming) -> str | None:
    """What a reorganisation does is taken back with it."""
    return "조직개편으로 바뀌는 자리입니다. 그 조직개편을 취소해 주세요." if each.by else None


@require_safe
@open_to(queries.why_not_see_organisation)
def post(request: MokminRequest, uid: str) -> HttpResponse:
    """The page of one post."""
    story = queries_posts.post_story(uid)
    if story is None:
        raise Http404
    today = days.today()
    now = story.on(today)
    subjects = tuple(dict.fromkeys(held.person.uid for held in story.holders))
    note_personal(request, Handling.VIEW, PAGE, subjects=subjects)
    asked = days.asked_for(now.from_on, today)
    can_change = queries.why_not_change_organisation(request.actor) is None
    context = {
        "uid": uid,
        "now": now,
        "is_over": now.until_on is not None and now.until_on <= today,
        "asked": asked,
        "unit_url": f"{posts.unit_address(now.unit.uid)}{asked}",
        "meta": list(_meta(story, now, asked)),
        "coming_columns": COMING_COLUMNS,
        "coming": [_coming(uid, each, can_change=can_change) for each in coming(story)],
        "holder_columns": HOLDER_COLUMNS,
        "holders": [_holder(held) for held in story.holders],
        "time_columns": TIME_COLUMNS,
        "times": [_time(each) for each in story.times],
        "can_change": can_change,
        "print_log": printing.address(request, PAGE, subjects),
    }
    return TemplateResponse(request, "console/organisation/post.html", context)


def _meta(story: PostStory, now: PostTime, asked: str) -> Iterator[tuple[str, SafeString | str]]:
    yield "부서", link(now.unit.name, f"{posts.unit_address(now.unit.uid)}{asked}")
    yield "직급", text(now.grade)
    yield "전화", text(now.phone)
    yield "생긴 날", day(story.post.from_on)
    yield "자리 번호", format_html('<span class="mk-code">{}</span>', story.post.uid)


def _coming(uid: str, each: Coming, *, can_change: bool) -> SafeString:
    away = text("")
    if can_change and why_not_take_back(each) is None:
        address = reverse("console:organisation-post-take-back", args=[uid, each.on.isoformat()])
        away = link("등록 취소", address)
    cells = (day(each.on), each.said, _named(each.by, "console:reorganisation"), away)
    return tr(COMING_COLUMNS, cells)


def _holder(held: PostHolder) -> SafeString:
    return tr(
        HOLDER_COLUMNS,
        (
            link(held.person.name, posts.person_url(held.person.uid)),
            status(posts.TONES.get(held.kind, "ok"), held.kind.label),
            day(held.from_on),
            day(days.last_day(held.until_on)) if held.until_on else NOTHING,
            _named(held.order, "console:order"),
        ),
    )


def _time(each: PostTime) -> SafeString:
    return tr(
        TIME_COLUMNS,
        (
            day(each.from_on),
            each.unit.name,
            with_note(each.title, each.grade),
            posts.duties(each.duties),
            _named(each.reorganisation, "console:reorganisation"),
        ),
    )


def _named(found: Named | None, route: str) -> SafeString:
    return link(found.name, reverse(route, args=[found.uid])) if found else NOTHING
