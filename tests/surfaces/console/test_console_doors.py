"""Which role opens which page of the console."""

import pytest
from django.urls import reverse

from mokmin.foundation.access.states import OUTSIDE, STAFF, Role
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.notices.models import Notice
from mokmin.foundation.tenancy.context import tenant
from mokmin.surfaces.console import tasks
from mokmin.surfaces.console.person import VERBS
from mokmin.surfaces.kit.gallery import SECTIONS
from tests import seed
from tests.surfaces import planted, planted_files
from tests.surfaces.console.conftest import actor_of
from tests.surfaces.routes import ROUTES, parts_of

EVERYBODY = STAFF
KEEPERS = {Role.ADMINISTRATOR, Role.AUDITOR}
ADMINISTRATOR = {Role.ADMINISTRATOR}
CONCERNED = {*KEEPERS, Role.EXECUTIVE, Role.UNIT_HEAD, Role.TEAM_HEAD, Role.OFFICER}
"""Whom the planted hand-over concerns: its leaver, the heads above, the keepers."""

LISTS = {
    "people": KEEPERS,
    "notices": EVERYBODY,
    "trail": KEEPERS,
    "access-log": KEEPERS,
    "past-reviews": KEEPERS,
    "jobs": EVERYBODY,
    "files": EVERYBODY,
    "file-checks": KEEPERS,
    "organisation-posts": EVERYBODY,
    "reorganisations": EVERYBODY,
    "orders": EVERYBODY,
    "hand-overs": EVERYBODY,
}
DOORS = {
    **{f"{name}{end}": who for name, who in LISTS.items() for end in ("", "-export", "-views")},
    **dict.fromkeys(("home", "search", "job", "job-cancel"), EVERYBODY),
    **dict.fromkeys(("options-unit", "options-person", "options-post"), EVERYBODY),
    **dict.fromkeys(("notice", "notices-bulk", "notices-read-all", "notice-choices"), EVERYBODY),
    **dict.fromkeys(("file", "file-remove", "record-files"), EVERYBODY),
    **dict.fromkeys(("calendar", "calendar-feed", "calendar-feed-close"), EVERYBODY),
    **dict.fromkeys(("holidays", "fiscal-years", "elected-terms"), EVERYBODY),
    **dict.fromkeys(("organisation", "organisation-chart", "organisation-unit"), EVERYBODY),
    **dict.fromkeys(("organisation-post", "organisation-person"), EVERYBODY),
    **dict.fromkeys(("reorganisation", "order"), EVERYBODY),
    **dict.fromkeys(("hand-over", "hand-over-remark", "hand-over-successor"), CONCERNED),
    "hand-over-acknowledge": CONCERNED,
    **dict.fromkeys(("person", "access-log-reviews", "trail-verify", "trail-act"), KEEPERS),
    "file-check": KEEPERS,
    **dict.fromkeys(
        ("people-new", "people-bulk", "person-contact", "person-invite"), ADMINISTRATOR
    ),
    **dict.fromkeys(("person-change", "settings", "file-check-start"), ADMINISTRATOR),
    **dict.fromkeys(("holiday-new", "holiday", "holiday-remove"), ADMINISTRATOR),
    **dict.fromkeys(("fiscal-year", "elected-term"), ADMINISTRATOR),
    **dict.fromkeys(("reorganisation-new", "reorganisation-undo"), ADMINISTRATOR),
    **dict.fromkeys(("order-new", "order-template", "order-upload", "order-undo"), ADMINISTRATOR),
    **dict.fromkeys(("organisation-post-new", "organisation-post-change"), ADMINISTRATOR),
    **dict.fromkeys(("organisation-post-close", "organisation-unit-details"), ADMINISTRATOR),
    "organisation-post-take-back": ADMINISTRATOR,
    **dict.fromkeys(("gallery", "sample-form", "sample-table", "sample-files"), ADMINISTRATOR),
    **{f"gallery-{section.slug}": ADMINISTRATOR for section in SECTIONS},
}
"""Name of every page's address, without `console:`, and the roles that open it."""

UNSEEN = {
    name: 404
    for name in DOORS
    if name.startswith("hand-over")
    and name not in {"hand-overs", "hand-overs-export", "hand-overs-views"}
}
"""What is not told to be there at all."""

PRINTED = "console:access-log-printed"
"""Takes a report only and is no page."""

DOING = {"people-bulk": ("close",), "notices-bulk": ("read",), "person-change": VERBS}
"""What a page that does several things is asked for."""

OURS = {
    route.name.removeprefix("console:"): route
    for route in ROUTES
    if route.name.startswith("console:") and route.name != PRINTED
}


@pytest.fixture
def pages_of(tenant_a):
    """`pages_of(role)`: address of every page → its name above, with own things of theirs."""
    planted.plant()

    def fill(role):
        with tenant(tenant_a.pk):
            actor = actor_of(role)
            own = {
                **dict.fromkeys(("file", "file-remove"), planted_files.own(actor)),
                **dict.fromkeys(
                    ("job", "job-cancel"),
                    jobs.enqueue(tasks.verify_trail, actor=actor, at=seed.AT).uid,
                ),
                "notice": Notice.objects.filter(person_id=actor.person_id)[0].uid,
            }
        return dict(_addresses(own))

    return fill


def _addresses(own):
    for name, route in OURS.items():
        parts = {"uid": own[name]} if name in own else parts_of(route, "a")
        if "verb" in route.parts:
            yield from (
                (f"{reverse(route.name, kwargs=parts | {'verb': verb})}?role=officer", name)
                for verb in DOING[name]
            )
        else:
            ending = f"?do={DOING[name][0]}" if name in DOING else ""
            yield f"{reverse(route.name, kwargs=parts)}{ending}", name


def test_every_address_of_the_console_has_its_doors_here():
    assert DOORS.keys() == OURS.keys()


@pytest.mark.parametrize("role", sorted(STAFF), ids=str)
def test_each_page_opens_for_its_roles_and_tells_the_others_why(desk, pages_of, role):
    client = desk(role)

    answers = {}
    for address, name in pages_of(role).items():
        response = client.get(address)
        answers[name, address] = response.status_code
        if response.status_code == 403:
            assert b"data-reason" in response.content
            assert "습니다" in response.content.decode()

    assert answers == {
        (name, address): 200 if role in DOORS[name] else UNSEEN.get(name, 403)
        for name, address in answers
    }


def test_a_visitor_is_led_to_sign_in(client_a, pages_of):
    answers = [client_a.get(page) for page in pages_of(Role.OFFICER)]

    assert {response.status_code for response in answers} == {302}
    assert {response["Location"].partition("=")[0] for response in answers} == {
        "/account/login/?next"
    }


def test_no_page_stays_in_a_browser_or_proxy(desk, pages_of):
    client = desk(Role.ADMINISTRATOR)

    kept = [
        page
        for address, page in pages_of(Role.ADMINISTRATOR).items()
        if not {"no-store", "private"} <= set(client.get(address)["Cache-Control"].split(", "))
    ]

    assert kept == []


@pytest.mark.parametrize("role", sorted(OUTSIDE), ids=str)
def test_outsiders_have_no_way_into_the_console(desk, pages_of, role):
    client, addresses = desk(role), pages_of(role)

    seen = {client.get(address).status_code for address in addresses}
    sent = {client.post(address, {"reason": "시험"}).status_code for address in addresses}

    assert seen | sent == {403}
    assert client.post(reverse(PRINTED)).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/staff/people/nosuchuid1/", "/staff/trail/nosuchuid1/", "/staff/jobs/nosuchuid1/",
     "/staff/people/nosuchuid1/contact/", "/staff/people/nosuchuid1/nosuchverb/"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(desk, path):
    assert desk(Role.ADMINISTRATOR).get(path).status_code == 404


WRITTEN_BY_HAND = (
    *("after=%00", "after=x", "after=99999999999999999999-1", "after=²", "after=가|²"),
    *("after=가|99999999999999999999", "word=%00", "role=nobody", "state=nobody"),
    *("since=2026-99-99", "since=0001-01-01", "since=9999-12-31"),
    *("until=0001-01-01", "until=9999-12-31"),
)


@pytest.mark.parametrize("page", [*LISTS, "trail-act"])
def test_an_address_written_by_hand_breaks_no_list(desk, pages_of, page):
    client = desk(Role.ADMINISTRATOR)
    address = {name: address for address, name in pages_of(Role.OFFICER).items()}[page]

    statuses = {asked: client.get(f"{address}?{asked}").status_code for asked in WRITTEN_BY_HAND}

    assert statuses == dict.fromkeys(WRITTEN_BY_HAND, 200)
