"""Stretches of lists: forwards and backwards, turned round, with empty values, over changes."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mokmin.foundation.people.models import Person
from mokmin.foundation.tenancy.keyset import EVER, Gone, Order, Window, if_empty, stretch
from tests import seed

ORDERS = {
    "name": Order("name", "id"),
    "closed": Order(if_empty("closed_at", EVER), "id"),
}
UIDS = [f"{number:010d}" for number in range(1, 8)]
ASKED = st.tuples(
    st.sampled_from(["name", "-name", "closed", "-closed"]), st.integers(min_value=1, max_value=4)
)


@pytest.fixture
def people(in_a):
    """Seven with few names, three of them closed, two of these at once."""
    for number, uid in enumerate(UIDS):
        closed_at = seed.AT + timedelta(days=number // 2) if number % 2 else None
        Person.objects.create(
            uid=uid, name="가나다"[number % 3], joined_at=seed.AT, closed_at=closed_at
        )
    return Person.objects.filter(uid__in=UIDS)


def uids(found, **asked):
    """What the window shows, from the first on."""
    window = Window(**asked)
    return list(window.turned(stretch(found, window, ORDERS).values_list("uid", flat=True)))


def walked(found, *, sort, limit, step="after"):
    """All pages, one behind the other (or in front of the other)."""
    shown, place = [], ""
    while page := uids(found, sort=sort, limit=limit, **({step: place} if place else {})):
        shown = [*shown, *page] if step == "after" else [*page, *shown]
        place = page[-1] if step == "after" else page[0]
    return shown


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(asked=ASKED)
def test_pages_hold_every_row_once_in_the_order_of_the_whole(people, asked):
    sort, limit = asked

    pages = walked(people, sort=sort, limit=limit)

    assert pages == uids(people, sort=sort, limit=100)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(asked=ASKED)
def test_steps_back_from_the_last_row_show_the_same_rows(people, asked):
    sort, limit = asked
    whole = uids(people, sort=sort, limit=100)

    pages = walked(people.exclude(uid=""), sort=sort, limit=limit)
    back, place = [whole[-1]], whole[-1]
    while page := uids(people, sort=sort, limit=limit, before=place):
        back, place = [*page, *back], page[0]

    assert back == pages == whole


def test_an_order_turned_round_is_the_same_from_its_end(people):
    assert uids(people, sort="-name") == uids(people, sort="name")[::-1]


def test_what_has_not_come_stands_behind_what_has(people):
    closed = dict(people.values_list("uid", "closed_at"))

    shown = [closed[uid] for uid in uids(people, sort="closed")]

    assert shown[3:] == [None] * 4
    assert shown[:3] == sorted(at for at in closed.values() if at)


def test_a_row_that_fits_no_more_is_still_a_place(people):
    place = uids(people, sort="name")[2]
    following = uids(people, sort="name")[3:]
    Person.objects.filter(uid=place).update(closed_at=seed.AT)
    fitting = people.exclude(uid=place)

    assert uids(fitting, sort="name", after=place) == following


@pytest.mark.parametrize("step", ["after", "before"])
def test_a_row_that_is_gone_is_no_place(people, step):
    with pytest.raises(Gone):
        uids(people, sort="name", **{step: "zzzzzzzzzz"})


def test_rows_asked_for_by_uid_come_in_the_order(people):
    wanted = (UIDS[5], UIDS[0], "zzzzzzzzzz")

    assert uids(people, sort="name", uids=wanted) == [UIDS[0], UIDS[5]]


def test_the_first_rows_can_be_passed_over(people):
    assert uids(people, sort="name", limit=1, skip=6) == uids(people, sort="name")[6:]
    assert uids(people, sort="name", limit=1, skip=7) == []


@pytest.mark.parametrize("sort", ["name", "-name", "closed", "-closed"])
@pytest.mark.parametrize("step", ["after", "before"])
def test_a_list_made_in_python_is_cut_alike(people, sort, step):
    orders = {
        "name": lambda person: (person.name, person.pk),
        "closed": lambda person: (person.closed_at or EVER, person.pk),
    }
    window = Window(sort, limit=2, **{step: UIDS[2]})

    cut = window.cut(list(people), orders, key=lambda person: person.uid)

    assert [person.uid for person in cut] == uids(people, sort=sort, limit=2, **{step: UIDS[2]})


def test_a_list_made_in_python_misses_a_row_that_is_gone():
    with pytest.raises(Gone):
        Window("name", after="b").cut(["a"], {"name": str}, key=str)
