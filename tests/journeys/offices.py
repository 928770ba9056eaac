"""Departments with teams, posts and people, for journeys through the organisation."""

from dataclasses import dataclass, field
from datetime import date
from itertools import product

from django.utils import timezone

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions_posts, queries
from mokmin.foundation.orgs.actions_posts import NewHolding
from mokmin.foundation.orgs.states import PostRank, UnitKind
from mokmin.foundation.orgs.steps import NewPost, NewUnit
from mokmin.foundation.orgs.values import AsOf
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.actions import Contact
from mokmin.surfaces.kit.http import today
from tests.journeys.newcomers import REASON, database_of
from tests.journeys.site import Site
from tests.surfaces import planted

SINCE = date(2025, 1, 1)
SURNAMES, GIVEN = "강고곽권남노", ("가람", "나래", "다온", "라온", "마루", "바다", "새벽")
OFFICERS = 9
DEPARTMENTS = {
    "desktop": {"일자리교통과": ("일자리팀", "교통팀"), "평생학습과": ("학습팀", "도서관팀")},
    "phone": {"자원순환과": ("순환팀", "환경팀"), "체육진흥과": ("진흥팀", "체육팀")},
}
"""Every window has its own: what one journey reorganises is gone for the others. Nothing else that
is planted on the same site is called so."""


@dataclass
class Offices:
    """Two departments: uids by name of units, by title of posts, and who sits where."""

    units: dict[str, str] = field(default_factory=dict)
    seats: list[tuple[str, str]] = field(default_factory=list)
    """Name of the officer, number of the post; in the order of the teams."""


_furnished: dict[str, Offices] = {}


def furnish(site: Site, window: str) -> Offices:
    """The departments of a window, made once for all journeys of this site."""
    site.plant()
    key = f"{site.port} {window}"
    if key not in _furnished:
        with database_of():
            _furnished[key] = _make(window)
    return _furnished[key]


def _make(window: str) -> Offices:
    actor, at = planted.actor_of(Role.ADMINISTRATOR), timezone.now()
    top = queries.chart(AsOf(today())).roots[0].uid
    departments = DEPARTMENTS[window]
    units = [NewUnit(name, UnitKind.DEPARTMENT, name, top) for name in departments]
    units += [
        NewUnit(team, UnitKind.TEAM, team, above)
        for above, own in departments.items()
        for team in own
    ]
    heads = [
        NewPost(f"{unit.name}장", unit.name, _head(unit.kind), f"{unit.name}장") for unit in units
    ]
    officers = [
        NewPost(
            f"{team}{number}", team, PostRank.OFFICER, "주무관", duties=f"{team} {number}번 업무"
        )
        for own in departments.values()
        for team in own
        for number in range(1, OFFICERS + 1)
    ]
    about = {"reason": REASON, "actor": actor, "at": at}
    made = actions_posts.set_up(units, [*heads, *officers], on=SINCE, **about)
    names = [f"{'문' if window == 'phone' else ''}{a}{b}" for a, b in product(SURNAMES, GIVEN)]
    keys = [post.key for post in (*officers, *heads)]
    contacts = [
        Contact(name, f"{window}{number}@a.example")
        for number, name in enumerate(names[: len(keys)])
    ]
    registered = people.register(contacts, **about)
    seated = list(zip(registered, keys, strict=False))
    holdings = [NewHolding(person.uid, made.posts[key], SINCE) for person, key in seated]
    actions_posts.assign(holdings, **about)
    return Offices(
        dict(made.units),
        [(person.name, made.posts[key]) for person, key in seated[: len(officers)]],
    )


def _head(kind: UnitKind) -> PostRank:
    return PostRank.TEAM_HEAD if kind is UnitKind.TEAM else PostRank.UNIT_HEAD
