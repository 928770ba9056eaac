"""The organisation once a reorganisation or an order is taken back, and what stands against it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from mokmin.foundation.orgs import soundness
from mokmin.foundation.orgs.values import Holding, Organisation, PostSpanValue, UnitSpanValue
from mokmin.lib.korean import date_text, josa, quoted


def without_reorganisation(
    now: Organisation, number: int, *, on: date
) -> tuple[Organisation, list[str]]:
    """`now` reaches back to the day before, so that it holds what the reorganisation ended."""
    reasons = [
        _planned(quoted(span.name), span.until_on)
        for span in now.units
        if span.opened_by == number and span.until_on is not None
    ]
    reasons += [
        _planned(now.post_name_near(span.uid, on), span.until_on)
        for span in now.posts
        if span.opened_by == number and span.until_on is not None
    ]
    after = Organisation(
        tuple(_units_back(now.units, number)),
        tuple(_posts_back(now, number)),
        tuple(
            replace(held, until_on=None, ended_by=None) if held.ended_by == number else held
            for held in now.holdings
        ),
    )
    return after, reasons or _new_flaws(now, after, on)


def without_order(now: Organisation, number: int, *, on: date) -> tuple[Organisation, list[str]]:
    """As above, for an order."""
    reasons = [
        _planned(f"{held.name}의 {now.post_name_near(held.post, on)} 발령", held.until_on)
        for held in now.holdings
        if held.opened_by == number and held.until_on is not None
    ]
    after = replace(now, holdings=tuple(_holdings_back(now.holdings, number)))
    return after, reasons or _new_flaws(now, after, on)


def _planned(what: str, day: date) -> str:
    return (
        f"{josa(what, '은/는')} {date_text(day)}에 다시 바뀌도록 등록되어 있습니다. "
        "그 등록을 먼저 취소해 주세요."
    )


def _new_flaws(now: Organisation, after: Organisation, on: date) -> list[str]:
    return [f"취소하면 {flaw.sentence}" for flaw in soundness.new_flaws(now, after, since=on)]


def _units_back(spans: Iterable[UnitSpanValue], number: int) -> Iterator[UnitSpanValue]:
    for span in spans:
        if span.opened_by != number:
            is_closed = span.closed_by == number
            yield replace(span, until_on=None, closed_by=None) if is_closed else span


def _posts_back(now: Organisation, number: int) -> Iterator[PostSpanValue]:
    """Posts in their units again; what has been written about their duties since stays."""
    for spans in now.spans_of_post.values():
        closed = next((span for span in spans if span.closed_by == number), None)
        opened = next((span for span in spans if span.opened_by == number), None)
        yield from (span for span in spans if span not in (closed, opened))
        if closed is None:
            continue
        back = replace(opened, unit=closed.unit, opened_by=None) if opened else closed
        if _reads_like(back, closed):
            yield replace(closed, until_on=None, closed_by=None)
        else:
            yield replace(closed, closed_by=None)
            yield back


def _reads_like(one: PostSpanValue, other: PostSpanValue) -> bool:
    texts = ("unit", "rank", "title", "grade", "duties", "phone", "position")
    return all(getattr(one, name) == getattr(other, name) for name in texts)


def _holdings_back(holdings: Iterable[Holding], number: int) -> Iterator[Holding]:
    for held in holdings:
        if held.opened_by != number:
            is_closed = held.closed_by == number
            yield replace(held, until_on=None, closed_by=None) if is_closed else held
