"""Posts as every page of the organisation shows them: who holds one, since when it is empty."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mokmin.foundation.orgs.queries import PostRow, UnitRow
from mokmin.foundation.orgs.states import AssignmentKind
from mokmin.foundation.orgs.values import Holding
from mokmin.lib.korean import date_text
from mokmin.surfaces.console.organisation.days import NAME as DAY
from mokmin.surfaces.console.organisation.days import ShownDay
from mokmin.surfaces.console.organisation.finding import FoundPost
from mokmin.surfaces.kit import marks
from mokmin.surfaces.kit.addresses import AddressOf
from mokmin.surfaces.kit.rows import NOTHING, Column, text, tr, with_note
from mokmin.surfaces.kit.tones import status

_person = AddressOf("console:organisation-person")
unit_address = AddressOf("console:organisation-unit")

FOUND_COLUMNS = (
    Column("이름", names_row=True),
    Column("직위"),
    Column("부서"),
    Column("담당 업무"),
    Column("전화"),
)
TONES = {AssignmentKind.ACTING: "info", AssignmentKind.CONCURRENT: "idle"}
"""How a post is held otherwise than as one's own."""


def address(day: ShownDay, **asked: str) -> str:
    """The list of posts of this day, narrowed."""
    said = {**asked, **({} if day.is_today else {DAY: day.on.isoformat()})}
    query = f"?{urlencode(said)}" if said else ""
    return f"{reverse('console:organisation-posts')}{query}"


def unit_url(uid: str, day: ShownDay) -> str:
    """The page of a unit on the day that is shown."""
    return f"{unit_address(uid)}{day.asked}"


def unit_link(unit: UnitRow, day: ShownDay, *, label: SafeString | str = "") -> SafeString:
    """The unit by name."""
    return format_html('<a href="{}">{}</a>', unit_url(unit.uid, day), label or unit.name)


def person_url(uid: str) -> str:
    """The page of a person in the organisation."""
    return _person(uid)


def person_link(held: Holding, *, label: SafeString | str = "") -> SafeString:
    """The person by name."""
    return format_html('<a href="{}">{}</a>', person_url(held.person), label or held.name)


def holding_text(held: Holding) -> str:
    """`김주무`, or `박팀장(직무대리)` where it is not the person's own post."""
    return held.name if held.is_full else f"{held.name}({AssignmentKind(held.kind).label})"


def head_text(post: PostRow) -> str:
    """Who leads: `과장 최은경`, `과장 직무대리 박준호`, `과장 비어 있음`."""
    if post.holder:
        return f"{post.title} {post.holder.name}"
    if post.acting:
        return f"{post.title} {AssignmentKind.ACTING.label} {post.acting[0].name}"
    return f"{post.title} 비어 있음"


def holders(post: PostRow, *, word: str = "") -> SafeString:
    """Everybody who holds the post; that its own holder is missing, and since when."""
    lines = list(_lines(post, word))
    return format_html_join("", '<span class="mk-holder">{}</span>', ((line,) for line in lines))


def _lines(post: PostRow, word: str) -> Iterator[SafeString]:
    if post.is_vacant:
        since = f"{date_text(post.vacant_since)}부터" if post.vacant_since else ""
        yield with_note(status("warn", "결원"), since)
    for held in post.holdings:
        name = person_link(held, label=marks.marked(held.name, word))
        kind = TONES.get(AssignmentKind(held.kind))
        if kind is None:
            yield name
        else:
            yield format_html("{} {}", name, status(kind, AssignmentKind(held.kind).label))


def title_of(post: PostRow, *, word: str = "") -> SafeString:
    """The title with the grade below it."""
    return with_note(marks.marked(post.title, word), post.grade)


def found_row(found: FoundPost, word: str, day: ShownDay) -> SafeString:
    """One line of a search: who, as what, where, doing what."""
    post, unit = found.post, found.unit
    duties = marks.excerpt(post.duties, word)
    return tr(
        FOUND_COLUMNS,
        (
            holders(post, word=word),
            title_of(post, word=word),
            unit_link(unit, day, label=marks.marked(unit.path, word)),
            marks.marked(duties, word) if duties else NOTHING,
            text(post.phone or unit.phone),
        ),
    )


def duties(said: str) -> SafeString:
    """What a post does, a line for each duty."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if not lines:
        return NOTHING
    return format_html(
        '<ul class="mk-duties">{}</ul>',
        format_html_join("", "<li>{}</li>", ((line,) for line in lines)),
    )


def people_of(found: Iterable[PostRow]) -> tuple[str, ...]:
    """Whose names stand on these posts, for the access log."""
    return tuple(dict.fromkeys(held.person for post in found for held in post.holdings))
