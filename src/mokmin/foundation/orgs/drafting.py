"""The organisation of one day while a reorganisation is being worked out, step after step."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from mokmin.foundation.orgs import rules
from mokmin.foundation.orgs.rules import PlanProblem
from mokmin.foundation.orgs.steps import NewPost, NewUnit
from mokmin.foundation.orgs.values import (
    Holding,
    Organisation,
    PostSpanValue,
    UnitSpanValue,
    holds,
)
from mokmin.lib.korean import date_text, josa, quoted

THIS_ONE = 0
"""Stands for the reorganisation or the order that is being planned and has no id yet."""

V = TypeVar("V", UnitSpanValue, PostSpanValue)


class StructureDraft:
    """Units and posts as they will be on the day; `place` is the step that is being applied."""

    def __init__(self, now: Organisation, on: date) -> None:
        self.now = now
        self.on = on
        self.place = 0
        self.units = {span.uid: span for span in now.units if holds(span, on)}
        self.posts = {span.uid: span for span in now.posts if holds(span, on)}
        self.touched: dict[str, int] = {}
        self.spoilt: set[str] = set()
        self.successions: dict[tuple[str, str], None] = {}
        self.problems: list[PlanProblem] = []

    def complain(self, field: str, sentence: str) -> None:
        """Say what is wrong with the present step."""
        self.problems.append(PlanProblem(self.place, field, sentence))

    def unit(self, uid: str, field: str) -> UnitSpanValue | None:
        """A unit that there is on the day, by now; otherwise the step is told so."""
        found = self.units.get(uid)
        if found is None and uid not in self.spoilt:
            self.complain(field, self._why_no_unit(uid))
        return found

    def changeable_unit(self, uid: str, field: str) -> UnitSpanValue | None:
        """A unit that may be changed on the day."""
        found = self.unit(uid, field)
        if found is None:
            return None
        if why := _why_planned(self.now.spans_of_unit.get(uid, ()), found.name, self.on):
            self.complain(field, why)
            return None
        return found

    def changeable_post(self, uid: str, field: str) -> PostSpanValue | None:
        """A post that may be changed on the day."""
        found = self.posts.get(uid)
        if found is None:
            if uid not in self.spoilt:
                self.complain(field, f"{date_text(self.on)}에 없는 자리입니다. 다시 골라 주세요.")
            return None
        if why := _why_planned(self.now.spans_of_post.get(uid, ()), self.post_name(found), self.on):
            self.complain(field, why)
            return None
        return found

    def add_unit(self, new: NewUnit, field: str) -> bool:
        """Let a unit come to be; whether that is possible."""
        problems = rules.problems_of_unit(new)
        if new.key in self.units or new.key in self.now.spans_of_unit or not new.key:
            problems["key"] = "새 부서의 표시가 겹칩니다. 화면을 새로 열어 다시 넣어 주세요."
        for name, sentence in problems.items():
            self.complain(f"{field}.{name}", sentence)
        if new.parent is not None and self.unit(new.parent, f"{field}.parent") is None:
            problems["parent"] = ""
        if problems:
            self.spoilt.add(new.key)
            return False
        self.units[new.key] = UnitSpanValue(
            uid=new.key,
            kind=new.kind,
            name=" ".join(new.name.split()),
            parent=new.parent,
            position=new.position,
            phone=new.phone,
            from_on=self.on,
        )
        self.touched[new.key] = self.place
        return True

    def add_post(self, new: NewPost, field: str) -> None:
        """Let a post come to be."""
        problems = rules.problems_of_post(new)
        if new.key in self.posts or new.key in self.now.spans_of_post or not new.key:
            problems["key"] = "새 자리의 표시가 겹칩니다. 화면을 새로 열어 다시 넣어 주세요."
        for name, sentence in problems.items():
            self.complain(f"{field}.{name}", sentence)
        if self.unit(new.unit, f"{field}.unit") is None or problems:
            self.spoilt.add(new.key)
            return
        self.posts[new.key] = PostSpanValue(
            uid=new.key,
            unit=new.unit,
            rank=new.rank,
            title=" ".join(new.title.split()),
            grade=new.grade.strip(),
            duties=new.duties.strip(),
            phone=new.phone,
            position=new.position,
            from_on=self.on,
        )
        self.touched[new.key] = self.place

    def put_unit(self, span: UnitSpanValue) -> None:
        """The unit is now like this."""
        self.units[span.uid] = span
        self.touched[span.uid] = self.place

    def put_post(self, span: PostSpanValue) -> None:
        """The post is now like this."""
        self.posts[span.uid] = span
        self.touched[span.uid] = self.place

    def send_unit(self, uid: str, parent: str | None, field: str) -> None:
        """Put a unit under another one, if it may be changed."""
        if (unit := self.changeable_unit(uid, field)) is not None:
            self.put_unit(replace(unit, parent=parent))

    def send_post(self, uid: str, unit: str, field: str) -> None:
        """Put a post into another unit, if it may be changed."""
        if (post := self.changeable_post(uid, field)) is not None:
            self.put_post(replace(post, unit=unit))

    def close_unit(self, uid: str) -> None:
        """The unit is there no longer."""
        del self.units[uid]
        self.touched[uid] = self.place

    def close_post(self, uid: str, field: str) -> None:
        """End a post, if it may be changed and no order has been entered for a later day."""
        if self.changeable_post(uid, field) is None:
            return
        if why := self._why_not_end(uid):
            self.complain(field, why)
            return
        del self.posts[uid]
        self.touched[uid] = self.place

    def succeed(self, predecessor: str, successor: str) -> None:
        """Note who goes on with whose work."""
        if predecessor != successor:
            self.successions[predecessor, successor] = None

    def units_in(self, uid: str) -> list[UnitSpanValue]:
        """The units that now stand under this one."""
        return [span for span in self.units.values() if span.parent == uid]

    def posts_in(self, uid: str) -> list[PostSpanValue]:
        """The posts that are now in this unit."""
        return [span for span in self.posts.values() if span.unit == uid]

    def post_name(self, span: PostSpanValue) -> str:
        """The post with the unit in which it now is."""
        unit = self.units.get(span.unit)
        return f"{unit.name} {span.title}" if unit else span.title

    def after(self) -> Organisation:
        """The organisation from the day on, as it will be."""
        return Organisation(
            tuple(_spans(self.now.units, self.units, self.touched, self.on)),
            tuple(_spans(self.now.posts, self.posts, self.touched, self.on)),
            tuple(self._ended(held) for held in self.now.holdings),
        )

    def _ended(self, held: Holding) -> Holding:
        """Whoever holds a post that is closed leaves it on the day."""
        if held.post in self.touched and held.post not in self.posts and holds(held, self.on):
            return replace(held, until_on=self.on, ended_by=THIS_ONE)
        return held

    def _why_no_unit(self, uid: str) -> str:
        if (before := self.now.unit(uid, self.on)) is not None:
            return f"{josa(quoted(before.name), '은/는')} 앞 단계에서 없어집니다."
        return f"{date_text(self.on)}에 없는 부서입니다. 다시 골라 주세요."

    def _why_not_end(self, uid: str) -> str | None:
        for held in self.now.holdings_of_post.get(uid, ()):
            begins = held.from_on if held.from_on >= self.on else held.until_on
            if begins is not None:
                return (
                    f"{josa(self.post_name(self.posts[uid]), '은/는')} {date_text(begins)}에 "
                    f"{held.name}의 발령이 등록되어 있어 없앨 수 없습니다. "
                    "그 발령을 먼저 취소해 주세요."
                )
        return None


def _why_planned(spans: Sequence[V], name: str, on: date) -> str | None:
    """A change that is already entered for the same or a later day would be lost unseen."""
    days = [
        day
        for span in spans
        for day in (span.from_on, span.until_on)
        if day is not None and day >= on
    ]
    if not days:
        return None
    return (
        f"{josa(quoted(name), '은/는')} {date_text(min(days))}에 바뀌도록 이미 등록되어 있습니다. "
        "그 등록을 먼저 취소하고 함께 넣어 주세요."
    )


def _spans(
    before: Sequence[V], now: dict[str, V], touched: dict[str, int], on: date
) -> Iterator[V]:
    """The spans before, those of what was touched cut where they change, and the new ones."""
    stay = set()
    for span in before:
        if span.uid in touched and holds(span, on) and now.get(span.uid) != span:
            yield replace(span, until_on=on, closed_by=THIS_ONE)
        else:
            stay.add(span.uid)
            yield span
    for uid in touched:
        if uid in now and uid not in stay:
            yield replace(
                now[uid],
                from_on=on,
                until_on=None,
                opened_by=THIS_ONE,
                closed_by=None,
                span_id=0,
            )
