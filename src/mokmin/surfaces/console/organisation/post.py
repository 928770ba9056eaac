"""One post (자리) over the years: who held it, what it did, where it stood."""

from collections.abc import Iterator

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
    context = {
        "uid": uid,
        "now": now,
        "is_over": now.until_on is not None and now.until_on <= today,
        "meta": list(_meta(story, now)),
        "holder_columns": HOLDER_COLUMNS,
        "holders": [_holder(held) for held in story.holders],
        "time_columns": TIME_COLUMNS,
        "times": [_time(each) for each in story.times],
        "can_change": queries.why_not_change_organisation(request.actor) is None,
        "print_log": printing.address(request, PAGE, subjects),
    }
    return TemplateResponse(request, "console/organisation/post.html", context)


def _meta(story: PostStory, now: PostTime) -> Iterator[tuple[str, SafeString | str]]:
    url = reverse("console:organisation-unit", args=[now.unit.uid])
    yield "부서", format_html('<a href="{}">{}</a>', url, now.unit.name)
    yield "직급", text(now.grade)
    yield "전화", text(now.phone)
    yield "생긴 날", day(story.post.from_on)
    yield "자리 번호", format_html('<span class="mk-code">{}</span>', story.post.uid)


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
