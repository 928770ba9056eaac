"""What a leaver hands to the successor (인계인수): sections that every room may add to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Max, OuterRef, Q, QuerySet, Subquery, Value

from mokmin.foundation.calendar.kinds import Due, Move
from mokmin.foundation.orgs import loading, rules
from mokmin.foundation.orgs.models import HandOver, PersonnelOrder, PostSpan, Reorganisation
from mokmin.foundation.orgs.states import PostRank
from mokmin.foundation.orgs.values import ONE_DAY, Organisation, PostSpanValue, UnitSpanValue
from mokmin.lib.korean import date_text
from mokmin.lib.working_days import WorkingDays

ANSWERS_FOR_OTHERS = frozenset(PostRank) - {PostRank.OFFICER}


@dataclass(frozen=True, slots=True)
class HandOverLine:
    """One thing that is handed over; `kind` and `uid` lead to its page, where there is one.

    `people` are those whom the text names (uids), for the access log. One that only says about
    what the others are does not count among them.
    """

    text: str
    kind: str = ""
    uid: str = ""
    people: tuple[str, ...] = ()
    counts: bool = True


@dataclass(frozen=True, slots=True)
class HandOverSection:
    """What one contributor has to say."""

    title: str
    lines: tuple[HandOverLine, ...]

    @property
    def count(self) -> int:
        """How many things are handed over."""
        return sum(line.counts for line in self.lines)


@dataclass(frozen=True, slots=True)
class LeftPost:
    """A post that is left: the sheet, the post on its last day, and the organisation since."""

    sheet: HandOver
    post: PostSpanValue
    last_on: date
    organisation: Organisation


Contributor = Callable[[LeftPost], Iterable[HandOverLine]]

SECTIONS: dict[str, Contributor] = {}
"""Every section by its title, in the order in which rooms have added them."""


def contributes(title: str, contributor: Contributor) -> None:
    """Add a section; an empty one is left out. Raises ValueError for a title that is taken."""
    if SECTIONS.setdefault(title, contributor) is not contributor:
        raise ValueError(f"hand-over section {title!r} is declared twice")


def content(sheet: HandOver) -> tuple[HandOverSection, ...]:
    """What is handed over: as it was acknowledged, or as it is now."""
    if sheet.content is not None:
        return tuple(_thawed(section) for section in sheet.content)
    left = _left_post(sheet)
    if left is None:
        return ()
    found = ((title, tuple(contributor(left))) for title, contributor in SECTIONS.items())
    return tuple(HandOverSection(title, lines) for title, lines in found if lines)


def frozen(sheet: HandOver) -> list[dict[str, Any]]:
    """The content as it is kept once it is acknowledged."""
    return [asdict(section) for section in content(sheet)]


def unit_id(sheet: HandOver) -> int:
    """The unit in which the post stands when it is left, or stood last."""
    spans = PostSpan.objects.filter(post_id=sheet.post_id).order_by("-from_on")
    number: int = spans.filter(from_on__lte=sheet.on - ONE_DAY).values_list("unit_id", flat=True)[0]
    return number


def _thawed(section: Mapping[str, Any]) -> HandOverSection:
    lines = tuple(
        HandOverLine(**{**line, "people": tuple(line.get("people", ()))})
        for line in section["lines"]
    )
    return HandOverSection(section["title"], lines)


def _left_post(sheet: HandOver) -> LeftPost | None:
    """On the day before the leaver goes, the post is as it is handed over."""
    organisation = loading.organisation_from(sheet.on - ONE_DAY)
    spans = (span for span in organisation.posts if span.post_id == sheet.post_id)
    found = next(iter(sorted(spans, key=lambda span: span.from_on)), None)
    return LeftPost(sheet, found, sheet.on - ONE_DAY, organisation) if found else None


def duties(left: LeftPost) -> Iterator[HandOverLine]:
    """What the post does (사무분장), and where it stands."""
    name = left.organisation.post_name(left.post.uid, left.last_on)
    grade = f"({left.post.grade})" if left.post.grade else ""
    yield HandOverLine(f"자리: {name}{grade}", "post", left.post.uid, counts=False)
    for line in filter(None, map(str.strip, left.post.duties.splitlines())):
        yield HandOverLine(line)


def charges(left: LeftPost) -> Iterator[HandOverLine]:
    """The units and posts for which the post answers."""
    if left.post.rank not in ANSWERS_FOR_OTHERS:
        return
    now, day = left.organisation, left.last_on
    for unit in now.children(left.post.unit, day):
        count = len(now.posts_in(unit.uid, day))
        yield HandOverLine(f"{unit.name}(자리 {count}개)", "unit", unit.uid)
    for post in now.posts_in(left.post.unit, day):
        if post.uid != left.post.uid:
            held = now.holders(post.uid, day)
            names = ", ".join(each.name for each in held) or "빈 자리"
            people = tuple(each.person for each in held)
            yield HandOverLine(f"{post.title}: {names}", "post", post.uid, people)


def plans(left: LeftPost) -> Iterator[HandOverLine]:
    """Reorganisations and orders from that day on that touch the post or its unit."""
    spans: list[PostSpanValue | UnitSpanValue] = []
    spans += left.organisation.spans_of_post[left.post.uid]
    spans += left.organisation.spans_of_unit.get(left.post.unit, ())
    touching = {number for span in spans for number in (span.opened_by, span.closed_by) if number}
    columns = ("what", "uid", "on", "title")
    reorganisations = (
        Reorganisation.objects.filter(pk__in=touching, on__gte=left.sheet.on)
        .annotate(what=Value("reorganisation", CharField()))
        .values_list(*columns)
    )
    of_post = Q(lines__from_post=left.sheet.post_id) | Q(lines__to_post=left.sheet.post_id)
    orders = (
        PersonnelOrder.objects.filter(of_post, on__gte=left.sheet.on, undone_at__isnull=True)
        .exclude(pk=left.sheet.order_id or 0)
        .annotate(what=Value("order", CharField()))
        .values_list(*columns)
    )
    for what, uid, on, title in reorganisations.union(orders).order_by("on", "uid"):
        yield HandOverLine(f"{date_text(on)} {title}", what, uid)


def unfinished(left: LeftPost) -> Iterator[HandOverLine]:
    """Other sheets that the leaver has not closed, on either side."""
    person = left.sheet.leaver_id
    mine = HandOver.objects.filter(Q(leaver=person) | Q(successor=person))
    still = mine.filter(acknowledged_at__isnull=True).exclude(pk=left.sheet.pk)
    for uid, on, post in still.order_by("on", "id").values_list("uid", "on", "post__uid"):
        name = left.organisation.post_name_near(post, on)
        yield HandOverLine(f"{date_text(on)} {name} 인계인수", "hand-over", uid)


def dues(first: date, last: date, person_id: int | None = None) -> list[Due]:
    """Sheets to be acknowledged within these days; with a person, by that one."""
    found = _open_sheets().filter(due_on__range=(first, last))
    if person_id is not None:
        found = found.filter(successor_id=person_id)
    return [
        Due(
            uid=sheet.uid,
            title=_due_title(sheet),
            on=sheet.due_on,
            changed_at=sheet.changed_at,
            person_ids=(sheet.successor_id,) if sheet.successor_id else (),
        )
        for sheet in found.order_by("due_on", "id")
    ]


def recount(days: WorkingDays, *, term: int) -> list[Move]:
    """Sheets that would be due on another day under these working days, and within so many."""
    moves = []
    for sheet in _open_sheets().order_by("id"):
        due_on = days.add(rules.counted_from(sheet.on, sheet.opened_at), term)
        if due_on != sheet.due_on:
            moves.append(Move(sheet.uid, _due_title(sheet), sheet.due_on, due_on))
    return moves


def touched_at() -> datetime | None:
    """When any sheet has changed last."""
    found: datetime | None = HandOver.objects.aggregate(last=Max("changed_at"))["last"]
    return found


def _open_sheets() -> QuerySet[Any]:
    """Sheets that nobody has acknowledged, each with the last unit and title of its post."""
    spans = PostSpan.objects.filter(post=OuterRef("post_id"), from_on__lt=OuterRef("on"))
    last = spans.order_by("-from_on")
    return HandOver.objects.filter(acknowledged_at__isnull=True).annotate(
        unit_name=Subquery(last.values("unit__record__title")[:1]),
        post_title=Subquery(last.values("title")[:1]),
    )


def _due_title(sheet: Any) -> str:
    return f"인계인수 확인: {sheet.unit_name} {sheet.post_title}"
