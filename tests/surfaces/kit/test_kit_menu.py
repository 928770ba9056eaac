"""Menus: filtered for the actor, the nearest entry marked."""

import pytest
from django.urls import path
from django.views.defaults import page_not_found

from mokmin.foundation.access import access
from mokmin.foundation.access.actor import VISITOR, Actor
from mokmin.foundation.access.states import Role
from mokmin.surfaces.kit import menu
from mokmin.surfaces.kit.menu import Area, Entry, Group

urlpatterns = [
    path("staff/", page_not_found, name="home"),
    path("staff/trail/", page_not_found, name="trail"),
]
pytestmark = pytest.mark.urls(__name__)

AUDITOR = Actor(account_id=1, roles=frozenset({Role.AUDITOR}))
OFFICER = Actor(account_id=2, roles=frozenset({Role.OFFICER}))
GROUPS = (
    Group("", (Entry("처음", "home", "home"),)),
    Group("기록", (Entry("변경 이력", "trail", "clock", access.why_not_see_trail),)),
)


@pytest.fixture
def areas(monkeypatch):
    known = {}
    monkeypatch.setattr(menu, "AREAS", known)
    return known


def shown(actor, at="/staff/"):
    return menu.shown(GROUPS, actor=actor, path=at, home="/staff/")


def test_an_entry_that_is_refused_is_not_shown_and_an_empty_group_goes_with_it():
    assert [group.title for group in shown(OFFICER)] == [""]
    assert [group.title for group in shown(AUDITOR)] == ["", "기록"]


@pytest.mark.parametrize(
    ("at", "marks"),
    [
        ("/staff/", ["page", ""]),
        ("/staff/trail/", ["", "page"]),
        ("/staff/trail/0123456789/", ["", "true"]),
        ("/staff/jobs/", ["", ""]),
    ],
)
def test_the_entry_nearest_to_the_path_is_current(at, marks):
    links = [link for group in shown(AUDITOR, at) for link in group.links]

    assert [link.current for link in links] == marks


def test_the_area_with_the_longest_prefix_counts(areas):
    console = Area("/staff/", "base_staff.html", "성과관리", "home")
    portal = Area("/", "base_public.html", "누리집", "portal:home")

    menu.declare(portal)
    menu.declare(console)

    assert menu.area_of("/staff/trail/", OFFICER) is console
    assert menu.area_of("/account/login/", OFFICER) is portal


def test_who_may_not_enter_an_area_is_in_the_one_around_it(areas):
    portal = Area("/", "base_public.html", "누리집", "portal:home")
    menu.declare(portal)
    menu.declare(
        Area("/staff/", "base_staff.html", "성과관리", "home", why_not=access.why_not_staff)
    )

    assert menu.area_of("/staff/trail/", VISITOR) is portal


def test_without_an_area_there_is_none(areas):
    assert menu.area_of("/anything/", OFFICER) is None
