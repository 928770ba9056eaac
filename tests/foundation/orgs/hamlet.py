"""A small organisation for the tests of reading: units, posts and people, row by row."""

from datetime import UTC, date, datetime

from mokmin.foundation.orgs.models import (
    Assignment,
    Post,
    PostSpan,
    Reorganisation,
    Succession,
    Unit,
    UnitSpan,
)
from mokmin.foundation.people.models import Person
from mokmin.foundation.records.models import Record

BEGIN = date(2024, 1, 1)
TODAY = date(2026, 7, 1)
AT = datetime(2024, 1, 1, tzinfo=UTC)


def unit(name, kind="team", under=None, on=BEGIN, **more):
    """A unit with its first name."""
    made = Unit.objects.create(record=Record.objects.create(kind="unit", title=name), from_on=on)
    span(made, name, kind, under, on, **more)
    return made


def span(which, name, kind, under, on, **more):
    """What a unit is called from a day on."""
    return UnitSpan.objects.create(
        unit=which, name=name, kind=kind, parent=under, from_on=on, **more
    )


def post(where, title="주무관", rank="officer", on=BEGIN, **more):
    """A post in a unit."""
    made = Post.objects.create(from_on=on)
    PostSpan.objects.create(post=made, unit=where, title=title, rank=rank, from_on=on, **more)
    return made


def person(name):
    """Somebody who works here."""
    return Person.objects.create(name=name, joined_at=AT)


def put(who, where, kind="full", on=BEGIN, until=None):
    """Somebody in a post."""
    return Assignment.objects.create(person=who, post=where, kind=kind, from_on=on, until_on=until)


def reorganise(title, on):
    """The heading of a reorganisation; its spans are written by the test."""
    return Reorganisation.objects.create(
        title=title, on=on, steps=[], decided_at=AT, decided_by="서관리"
    )


def succeed(old, new, change):
    """One unit goes on with the work of another."""
    return Succession.objects.create(
        predecessor=old, successor=new, reorganisation=change, on=change.on
    )


class Hamlet:
    """단체장 > 행정국 > 기획예산과 > 기획팀·예산팀, and 산림과 > 산림팀, with six people."""

    def __init__(self):
        self.top = unit("군수", "head")
        self.bureau = unit("행정국", "bureau", self.top, position=1)
        self.planning = unit("기획예산과", "department", self.bureau, position=1)
        self.plans = unit("기획팀", "team", self.planning, position=1)
        self.budget = unit("예산팀", "team", self.planning, position=2)
        self.forest = unit("산림과", "department", self.top, position=2)
        self.trees = unit("산림팀", "team", self.forest)
        self.mayor = post(self.top, "군수", "mayor")
        self.planning_head = post(self.planning, "기획예산과장", "unit_head")
        self.plans_head = post(self.plans, "기획팀장", "team_head")
        self.plans_officer = post(self.plans, duties="군정 주요업무 계획", position=2)
        self.budget_head = post(self.budget, "예산팀장", "team_head")
        self.forest_head = post(self.forest, "산림과장", "unit_head")
        self.trees_officer = post(self.trees, "주무관", duties="나무은행 운영")
        self.people = {
            name: person(name) for name in ("가군수", "나과장", "다팀장", "라주무", "마주무")
        }
        put(self.people["가군수"], self.mayor)
        put(self.people["나과장"], self.planning_head)
        put(self.people["다팀장"], self.plans_head)
        put(self.people["라주무"], self.plans_officer)
        put(self.people["마주무"], self.trees_officer)
        put(self.people["다팀장"], self.budget_head, "concurrent")
        put(self.people["나과장"], self.forest_head, "acting")
