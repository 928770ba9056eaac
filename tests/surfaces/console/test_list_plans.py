"""Pages of lists are read from an index in their order: nothing is sorted, no table is scanned."""

import json
from contextlib import contextmanager

import pytest
from django.db import connection
from django.utils import timezone

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Window
from mokmin.surfaces.console.listings import LISTINGS
from mokmin.surfaces.kit.lists.declared import Ask
from tests import seed
from tests.surfaces import filled, planted

FEW = {
    "console:past-reviews": "one a month",
    "console:file-checks": "one a night",
    "console:organisation-posts": "the posts of one day, put together as of it: some hundreds",
    "console:reorganisations": "one or two a year",
    "console:orders": "some twenty a year",
    "console:hand-overs": "one for each who leaves a post: a hundred a year",
}
"""Lists that stay short; a sort of their rows costs nothing."""

LONG = [listing for listing in LISTINGS if listing.route not in FEW]
ORDERED = [
    pytest.param(listing, f"{way}{name}", id=f"{listing.route} {way}{name}")
    for listing in LONG
    for name in sorted(listing.sorts)
    for way in ("", "-")
]
PAGE_ORDER = ("page.place", "(row_number() OVER")
"""What is told of the rows of a page is put back into its order: fifty rows."""


@pytest.fixture
def ask(tenant_a):
    """What the administrator wants of a list; auditors see what administrators may not."""
    planted.plant()
    with tenant(tenant_a.pk):
        yield lambda listing, window: Ask(
            _reader(listing), access.settings(), timezone.now(), {}, window
        )


def _reader(listing):
    actors = [planted.actor_of(role) for role in (Role.ADMINISTRATOR, Role.AUDITOR)]
    return next(actor for actor in actors if listing.open_to(actor) is None)


@contextmanager
def said():
    """The statements that read tables, with their values."""
    found = []

    def keep(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield found


def plan_of(sql, params):
    """The plan that PostgreSQL would choose if tables were large."""
    with connection.cursor() as cursor:
        for way in ("enable_seqscan", "enable_bitmapscan", "enable_sort"):
            cursor.execute(f"SET LOCAL {way} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        (plan,) = cursor.fetchone()
    return (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]


def nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def costly(plan):
    """Sorts of more than a page, and scans of whole tables."""
    for node in nodes(plan):
        kind = node["Node Type"]
        if "Sort" in kind and not node["Sort Key"][0].startswith(PAGE_ORDER):
            yield f"{kind} by {node['Sort Key']}"
        if kind == "Seq Scan":
            yield f"{kind} of {node['Relation Name']}"


@pytest.mark.parametrize(("listing", "sort"), ORDERED)
@pytest.mark.parametrize("step", ["first", "after", "before"])
def test_a_page_is_read_in_the_order_of_an_index(ask, listing, sort, step):
    filled.fill(listing.route, 2)
    place = str(listing.key(listing.rows(ask(listing, Window(sort)))[0]))
    window = Window(sort, **({} if step == "first" else {step: place}))
    asked = ask(listing, window)

    with said() as statements:
        listing.rows(asked)

    found = [each for sql, params in statements for each in costly(plan_of(sql, params))]
    assert [each for each in found if not each.startswith("Seq Scan of access_settings")] == []


def test_the_place_is_found_in_the_index_and_not_by_passing_over_what_is_before(ask):
    """Names are compared inside the index: that comparison gives nothing away behind the fence."""
    (people,) = (listing for listing in LISTINGS if listing.route == "console:people")
    place = seed.person_of(Role.OFFICER).uid
    asked = ask(people, Window("name", after=place))

    with said() as statements:
        people.rows(asked)

    conditions = [
        node["Index Cond"]
        for sql, params in statements
        for node in nodes(plan_of(sql, params))
        if node.get("Index Name") == "people_person_by_name"
    ]
    assert len(conditions) == 1
    assert "ROW((name)::text, id) > ROW('김주무'::text" in conditions[0]


@pytest.mark.usefixtures("in_a")
def test_the_check_sees_a_sort_and_a_scan():
    plan = plan_of("SELECT count(*) FROM people_person GROUP BY phone ORDER BY phone", ())

    assert any(each.startswith("Sort by") for each in costly(plan))
