"""What must be true of an organisation on every day, and the sentences where it is not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from mokmin.foundation.orgs.states import UnitKind
from mokmin.foundation.orgs.values import Holding, Organisation, holds, overlap
from mokmin.lib.korean import date_text, josa, quoted

AT_THE_TOP = frozenset({UnitKind.HEAD, UnitKind.COUNCIL})
"""Kinds of units that may stand under nothing: the head of the municipality, and the council."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that cannot be, the day on which it begins, and the uids that it is about."""

    about: tuple[str, ...]
    sentence: str


def flaws(organisation: Organisation, *, since: date) -> list[Flaw]:
    """Everything that is wrong from a day on, each once."""
    found: dict[tuple[str, ...], Flaw] = {}
    for day in (since, *organisation.days_after(since)):
        for rule, flaw in _on_a_day(organisation.on(day), day):
            found.setdefault((rule, *sorted(flaw.about)), flaw)
    return [*found.values(), *flaws_of_holdings(organisation, since=since)]


def new_flaws(before: Organisation, after: Organisation, *, since: date) -> list[Flaw]:
    """What a change would bring that was not wrong already."""
    known = {flaw.sentence for flaw in flaws(before, since=since)}
    return [flaw for flaw in flaws(after, since=since) if flaw.sentence not in known]


def _on_a_day(that_day: Organisation, day: date) -> Iterator[tuple[str, Flaw]]:
    for flaw in _places(that_day, day):
        yield "place", flaw
    for flaw in _twins(that_day, day):
        yield "name", flaw
    for post in that_day.posts:
        if that_day.unit(post.unit, day) is None:
            sentence = f"{josa(quoted(post.title), '은/는')} {_on(day)} 없는 부서의 자리가 됩니다."
            yield "post", Flaw((post.uid, post.unit), sentence)


def _places(that_day: Organisation, day: date) -> Iterator[Flaw]:
    """Units whose place in the tree cannot be."""
    for unit in that_day.units:
        name = josa(quoted(unit.name), "은/는")
        if unit.parent is None:
            if unit.kind not in AT_THE_TOP:
                yield Flaw(
                    (unit.uid,), f"{name} 상위 부서가 있어야 합니다. 상위 부서를 골라 주세요."
                )
            continue
        above = that_day.unit(unit.parent, day)
        if above is None:
            sentence = f"{quoted(unit.name)}의 상위 부서가 {_on(day)} 없습니다."
            yield Flaw((unit.uid, unit.parent), sentence)
        elif above.kind == UnitKind.TEAM:
            sentence = (
                f"{name} {quoted(above.name)} 아래에 둘 수 없습니다. 팀 아래에는 부서가 없습니다."
            )
            yield Flaw((unit.uid, above.uid), sentence)
        elif that_day.ancestors(unit.uid, day)[-1].parent == unit.uid:
            yield Flaw((unit.uid, unit.parent), f"{name} {_on(day)} 자기 자신의 아래에 놓입니다.")


def _twins(that_day: Organisation, day: date) -> Iterator[Flaw]:
    """Units of one name beside each other."""
    named = defaultdict(list)
    for unit in that_day.units:
        named[unit.parent, name_key(unit.name)].append(unit)
    for (parent, _), same in named.items():
        if len(same) > 1:
            where = that_day.path(parent, day) if parent else "맨 위"
            sentence = (
                f"{where}에 {quoted(same[0].name)} 부서가 {_on(day)} 둘이 됩니다. "
                "이름을 다르게 해 주세요."
            )
            yield Flaw(tuple(unit.uid for unit in same), sentence)


def name_key(name: str) -> str:
    """The form in which names are compared."""
    return "".join(name.split()).casefold()


def flaws_of_holdings(
    organisation: Organisation, *, since: date, people: Iterable[str] | None = None
) -> list[Flaw]:
    """Where persons and posts do not go together: of everybody, or of these people."""
    wanted = organisation.holdings_of_person.keys() if people is None else set(people)
    found: list[Flaw] = []
    for person in sorted(wanted):
        held = organisation.holdings_of_person.get(person, ())
        found += _two_full_posts(organisation, held)
        found += (flaw for each in held for flaw in _outside_of_post(organisation, each, since))
    for post, holdings in organisation.holdings_of_post.items():
        if any(held.person in wanted for held in holdings):
            found += _two_holders(organisation, post, holdings)
    return found


def _two_full_posts(organisation: Organisation, held: Sequence[Holding]) -> Iterator[Flaw]:
    """One person in two posts of their own, or twice in one post."""
    for one, other in combinations(held, 2):
        if not overlap(one, other):
            continue
        day = max(one.from_on, other.from_on)
        names = [organisation.post_name_near(each.post, day) for each in (one, other)]
        if one.post == other.post:
            who, what = josa(one.name, "은/는"), josa(names[0], "을/를")
            sentence = f"{who} {_on(day)} {what} 이미 맡고 있습니다."
            yield Flaw((one.person, one.post), sentence)
        elif one.is_full and other.is_full:
            sentence = f"{one.name}의 본직이 {_on(day)} 둘이 됩니다({', '.join(names)})."
            yield Flaw((one.person, one.post, other.post), sentence)


def _two_holders(
    organisation: Organisation, post: str, holdings: Sequence[Holding]
) -> Iterator[Flaw]:
    """Two persons whose own post is the same."""
    for one, other in combinations([held for held in holdings if held.is_full], 2):
        if one.person != other.person and overlap(one, other):
            day = max(one.from_on, other.from_on)
            name = organisation.post_name_near(post, day)
            sentence = f"{name} 자리에 본직이 {_on(day)} 둘이 됩니다({one.name}, {other.name})."
            yield Flaw((one.person, other.person, post), sentence)


def _outside_of_post(organisation: Organisation, held: Holding, since: date) -> Iterator[Flaw]:
    """The first day of a holding on which there is no such post."""
    day: date | None = max(held.from_on, since)
    for span in organisation.spans_of_post.get(held.post, ()):
        if day is not None and holds(span, day):
            day = span.until_on
    if day is not None and (held.until_on is None or day < held.until_on):
        name = f"{organisation.post_name_near(held.post, day)} 자리가".strip()
        sentence = f"{josa(held.name, '이/가')} 맡는 {name} {_on(day)} 없습니다."
        yield Flaw((held.person, held.post), sentence)


def _on(day: date) -> str:
    return f"{date_text(day)}에"
