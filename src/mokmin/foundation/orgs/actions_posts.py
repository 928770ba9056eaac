"""First set-up, and what changes of posts without a reorganisation: 정원 조정, 사무분장."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.orgs import loading, planning, rules, soundness, writing
from mokmin.foundation.orgs.actions import allow, need_reason, refuse
from mokmin.foundation.orgs.models import Post, Unit
from mokmin.foundation.orgs.rules import PlanProblem
from mokmin.foundation.orgs.states import AssignmentKind, PostRank
from mokmin.foundation.orgs.steps import (
    AddPost,
    ClosePost,
    CreateUnit,
    NewPost,
    NewUnit,
    ReorganisationPlan,
    Step,
)
from mokmin.foundation.orgs.values import ONE_DAY, Holding, Organisation, PostSpanValue
from mokmin.foundation.people.models import Person
from mokmin.foundation.trail import actions as trail
from mokmin.lib.errors import Invalid
from mokmin.lib.korean import date_text, in_seoul

CHANGEABLE = frozenset({"rank", "title", "grade", "duties", "phone", "position"})


@dataclass(frozen=True, slots=True)
class NewHolding:
    """A person in a post, entered without an order; both by uid."""

    person: str
    post: str
    from_on: date
    kind: AssignmentKind = AssignmentKind.FULL
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Founded:
    """Addresses of what has come to be, by the keys that named it."""

    units: Mapping[str, str]
    posts: Mapping[str, str]


def set_up(
    units: Sequence[NewUnit],
    posts: Sequence[NewPost],
    *,
    on: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Founded:
    """Units and posts that are there from a day on, past or not; units above come first.

    Raises Denied, or Invalid by `steps.<number>`, the units counted before the posts.
    """
    steps: list[Step] = [CreateUnit(unit) for unit in units]
    steps += (AddPost(post) for post in posts)
    return _carry_out("set_up", tuple(steps), on=on, reason=reason, actor=actor, at=at)


def add_post(new: NewPost, *, on: date, reason: str, actor: Actor, at: datetime) -> Post:
    """One post more (정원 신설); raises Denied, Invalid."""
    made = _carry_out("add_post", (AddPost(new),), on=on, reason=reason, actor=actor, at=at)
    return Post.objects.get(uid=made.posts[new.key])


def close_post(post: Post, *, on: date, reason: str, actor: Actor, at: datetime) -> None:
    """End a post that nobody holds; raises Denied with who does, Invalid."""
    allow(actor)
    with transaction.atomic():
        writing.alone()
        now = loading.organisation_from(on)
        if names := ", ".join(held.name for held in now.holders(post.uid, on)):
            refuse(
                f"{date_text(on)}에 {names}의 자리입니다. "
                "먼저 인사발령으로 다른 자리에 보내 주세요."
            )
        steps = (ClosePost(post.uid),)
        _carry_out("close_post", steps, on=on, reason=reason, actor=actor, at=at)


def assign(holdings: Sequence[NewHolding], *, reason: str, actor: Actor, at: datetime) -> None:
    """Put people into posts without an order, for the first set-up; all of them or none.

    Raises Denied, or Invalid by `rows.<number>`.
    """
    allow(actor)
    need_reason(reason)
    with trail.act("assign", actor=actor, at=at, reason=reason):
        writing.alone()
        since = min((each.from_on for each in holdings), default=in_seoul(at).date())
        before = loading.organisation_from(since)
        new, problems = _new_holdings(holdings, before)
        after = replace(before, holdings=(*before.holdings, *new.values()))
        places = {held.person: place for place, held in new.items()}
        for flaw in soundness.flaws_of_holdings(after, since=since, people=places):
            place = max(places.get(uid, 0) for uid in flaw.about)
            problems.append(PlanProblem(place, "", flaw.sentence, "rows"))
        if problems:
            raise Invalid(rules.as_fields(problems))
        writing.write(before, after)


@transaction.atomic
def change_post(
    post: Post,
    changes: Mapping[str, Any],
    *,
    on: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> bool:
    """Other duties, title, rank, grade, telephone or order from a day on (사무분장 변경).

    What is planned for later days changes with it where it read the same. Whether anything
    changed; raises Denied, or Invalid with every wrong field.
    """
    allow(actor)
    writing.alone()
    before = loading.organisation_from(on)
    span = _span(before, post, on=on, reason=reason, today=in_seoul(at).date())
    wanted = _changed(span, changes)
    if wanted == span:
        return False
    with trail.act("change_post", actor=actor, at=at, reason=reason, about=post):
        spans = _from_a_day(before.spans_of_post[post.uid], span, wanted, on)
        writing.write(before, _with_post(before, post, spans))
    return True


def take_back_post(post: Post, *, on: date, reason: str, actor: Actor, at: datetime) -> None:
    """Take back what was entered of a post for a coming day: that it begins, changes or ends.

    Raises Denied where it is too late, belongs to a reorganisation, or something rests on it,
    Invalid without a reason.
    """
    allow(actor)
    need_reason(reason)
    with trail.act("take_back_post", actor=actor, at=at, reason=reason, about=post):
        writing.alone()
        today = in_seoul(at).date()
        refuse(rules.why_not_undo(on=on, entered_on=date.min, today=today, is_undone=False))
        before = loading.organisation_from(on - ONE_DAY)
        spans = _before_a_day(before.spans_of_post.get(post.uid, ()), on)
        after = _with_post(before, post, spans)
        flaws = soundness.new_flaws(before, after, since=on)
        refuse(" ".join(flaw.sentence for flaw in flaws))
        writing.write(before, after)


def change_unit(
    unit: Unit, *, phone: str, position: int | None, actor: Actor, at: datetime
) -> None:
    """Correct a unit's telephone and its place in the order, from now on; no reorganisation.

    Raises Denied also where the unit is no more, Invalid with every wrong field.
    """
    allow(actor)
    problems = {"phone": rules.why_not_phone(phone), "position": rules.why_not_position(position)}
    wrong = {name: why for name, why in problems.items() if why}
    if wrong or position is None:
        raise Invalid(wrong)
    with trail.act("change_unit", actor=actor, at=at, about=unit.record):
        writing.alone()
        before = loading.organisation_from(in_seoul(at).date())
        if all(span.unit_id != unit.pk for span in before.units):
            refuse("없어진 부서입니다. 조직도를 새로 열어 확인해 주세요.")
        units = tuple(
            replace(span, phone=phone, position=position) if span.unit_id == unit.pk else span
            for span in before.units
        )
        writing.write(before, replace(before, units=units))


def _carry_out(
    verb: str, steps: tuple[Step, ...], *, on: date, reason: str, actor: Actor, at: datetime
) -> Founded:
    """Do what steps of a reorganisation do, without one."""
    allow(actor)
    with trail.act(verb, actor=actor, at=at, reason=reason.strip()):
        writing.alone()
        today = in_seoul(at).date()
        plan = ReorganisationPlan(verb, on, steps, reason, accepts_past=True)
        outcome = planning.reorganisation(plan, today=today)
        if outcome.problems:
            raise Invalid(rules.as_fields(outcome.problems))
        written = writing.write(outcome.before, outcome.after)
        if written.unit_uids:
            writing.retitle(today, [written.unit_ids[key] for key in written.unit_uids])
    return Founded(written.unit_uids, written.post_uids)


def _new_holdings(
    holdings: Sequence[NewHolding], before: Organisation
) -> tuple[dict[int, Holding], list[PlanProblem]]:
    """What is entered row by row, with the people it names, and what names nobody."""
    people = {
        uid: (number, name)
        for uid, number, name in Person.objects.filter(
            uid__in={each.person for each in holdings}
        ).values_list("uid", "id", "name")
    }
    new, problems = {}, []
    for place, each in enumerate(holdings, start=1):
        if each.person not in people:
            problems.append(PlanProblem(place, "person", "없는 사람입니다.", "rows"))
        elif each.until_on is not None and each.until_on <= each.from_on:
            sentence = "끝나는 날은 시작하는 날보다 뒤여야 합니다."
            problems.append(PlanProblem(place, "until_on", sentence, "rows"))
        elif each.post not in before.spans_of_post:
            problems.append(PlanProblem(place, "post", "없는 자리입니다.", "rows"))
        else:
            number, name = people[each.person]
            new[place] = Holding(
                post=each.post,
                person=each.person,
                name=name,
                kind=each.kind,
                from_on=each.from_on,
                until_on=each.until_on,
                person_id=number,
            )
    return new, problems


def _span(before: Organisation, post: Post, *, on: date, reason: str, today: date) -> PostSpanValue:
    """The post on the day; raises Invalid where day or reason cannot be taken."""
    problems = {
        "on": rules.why_not_day(on, today=today, accepts_past=True),
        "reason": rules.why_not_reason(reason, is_needed=on < today),
    }
    span = before.post(post.uid, on)
    if span is None:
        problems["on"] = f"{date_text(on)}에 없는 자리입니다. 날짜를 확인해 주세요."
    wrong = {name: why for name, why in problems.items() if why}
    if span is None or wrong:
        raise Invalid(wrong)
    return span


def _changed(span: PostSpanValue, changes: Mapping[str, Any]) -> PostSpanValue:
    """The post with its changes; raises Invalid with every wrong field."""
    if unknown := sorted(changes.keys() - CHANGEABLE):
        raise ValueError(f"a post has no {', '.join(unknown)} to change")
    wanted = replace(span, **{name: _clean(value) for name, value in changes.items()})
    shared = {each.name for each in fields(NewPost)} & {each.name for each in fields(wanted)}
    entered = NewPost(key=span.uid, **{name: getattr(wanted, name) for name in shared})
    if problems := rules.problems_of_post(entered):
        raise Invalid(problems)
    return wanted


def _clean(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, PostRank):
        return value.strip()
    return value


def _from_a_day(
    spans: Sequence[PostSpanValue], span: PostSpanValue, wanted: PostSpanValue, on: date
) -> list[PostSpanValue]:
    """The spans of a post, changed from the day on."""
    later = [_follow(each, span, wanted) for each in spans if each.from_on > on]
    if span.from_on == on:
        return [wanted, *later]
    ended = replace(span, until_on=on, closed_by=None)
    return [ended, replace(wanted, from_on=on, opened_by=None, span_id=0), *later]


def _follow(later: PostSpanValue, was: PostSpanValue, becomes: PostSpanValue) -> PostSpanValue:
    """What reads the same on a later day changes as well."""
    changes = {
        name: getattr(becomes, name)
        for name in CHANGEABLE
        if getattr(later, name) == getattr(was, name)
    }
    return replace(later, **changes)


def _before_a_day(spans: Sequence[PostSpanValue], on: date) -> list[PostSpanValue]:
    """The spans of a post without what begins or ends on the day; raises Denied."""
    begun = next((span for span in spans if span.from_on == on), None)
    ended = next((span for span in spans if span.until_on == on), None)
    if begun is None and ended is None:
        refuse(f"{date_text(on)}에 바뀌도록 등록된 것이 없습니다.")
    if (begun and begun.opened_by) or (ended and ended.closed_by):
        refuse("조직개편으로 바뀌는 자리입니다. 그 조직개편을 취소해 주세요.")
    later = [span for span in spans if span.from_on > on]
    if begun is None or ended is None:
        if later:
            refuse("그 뒤에 바뀌도록 등록된 것이 있습니다. 그것을 먼저 취소해 주세요.")
        return [replace(ended, until_on=None)] if ended else []
    back = replace(ended, until_on=begun.until_on, closed_by=begun.closed_by)
    return [back, *(_follow(span, begun, ended) for span in later)]


def _with_post(before: Organisation, post: Post, spans: Sequence[PostSpanValue]) -> Organisation:
    others = (span for span in before.posts if span.uid != post.uid)
    return replace(before, posts=(*others, *spans))
