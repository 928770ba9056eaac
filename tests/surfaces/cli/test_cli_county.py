"""The invented county is as large as a real one, and the same for the same day."""

from collections import Counter
from datetime import date, timedelta

import pytest

from mokmin.foundation.orgs.states import AssignmentKind, OrderVerb, PostRank, UnitKind
from mokmin.surfaces.cli.county import before, history, units

TODAYS = (
    date(2026, 11, 21), date(2027, 2, 3), date(2028, 2, 29), date(2026, 7, 1),
    date(2026, 7, 17), date(2027, 1, 19), date(2026, 7, 10), date(2027, 1, 12),
)  # fmt: skip
"""Of the last four, the day on which somebody left is one of half-yearly orders as well."""

LEAVING = {
    OrderVerb.LEAVE, OrderVerb.DISPATCH, OrderVerb.RETIRE, OrderVerb.MOVE_OUT,
}  # fmt: skip
COMING = {OrderVerb.APPOINT, OrderVerb.TRANSFER, OrderVerb.PROMOTE, OrderVerb.RETURN}


@pytest.fixture(scope="module")
def structure():
    return units.today("해솔군", "군수", "부군수")


@pytest.fixture(scope="module", params=TODAYS, ids=str)
def county(request, structure):
    return history.county(structure, today=request.param)


def seated_after_all_orders(county):
    """Post → official, by the orders alone."""
    seats = dict(county.seats)
    is_reorganised = False
    for order in county.orders:
        if order.on >= county.days.reorganised and not is_reorganised:
            is_reorganised = True
            there = {post.key for post in county.now.posts}
            seats = {post: who for post, who in seats.items() if post in there}
        moved = {line.person for line in order.lines if line.verb in LEAVING | COMING}
        seats = {post: who for post, who in seats.items() if who not in moved}
        for line in order.lines:
            if line.verb in COMING:
                assert line.post not in seats, f"{line} sits on somebody"
                seats[line.post] = line.person
    return seats


def test_the_county_has_the_size_of_a_real_one(structure):
    towns = [unit for unit in structure.units if unit.kind in {UnitKind.EUP, UnitKind.MYEON}]

    assert (
        len(structure.departments()), len(structure.teams()), len(towns), len(structure.posts)
    ) == (25, 177, 12, 640)  # fmt: skip


def test_615_officials_serve_and_each_sits_in_one_post_or_is_away(county):
    serving = {each.number for each in county.staff if each.left_on is None}
    seats = seated_after_all_orders(county)

    assert len(serving) == 615
    assert max(Counter(seats.values()).values()) == 1
    assert set(seats.values()) <= serving
    assert set(seats) <= {post.key for post in county.now.posts}


def test_three_years_hold_some_sixty_orders_in_the_order_of_their_days(county):
    days = [order.on for order in county.orders]

    assert county.days.reorganised - county.days.since >= timedelta(days=3 * 365)
    assert 50 <= len(days) <= 75
    assert days == sorted(days)
    assert days[-1] <= county.days.today


def test_nobody_is_named_twice_in_one_order(county):
    twice = [
        (order.title, person)
        for order in county.orders
        for person, count in Counter(line.person for line in order.lines).items()
        if count > 1
    ]

    assert twice == []


def test_the_same_day_makes_the_same_county(structure):
    one, other = (history.county(structure, today=TODAYS[0]) for _ in range(2))

    assert one == other


def test_another_seed_invents_other_people(structure):
    one, other = (history.county(structure, today=TODAYS[0], seed=seed) for seed in (1, 2))

    assert [each.name for each in one.staff] != [each.name for each in other.staff]


def test_those_who_sign_in_sit_where_they_say(county):
    seats = seated_after_all_orders(county)
    names = {each.number: each.name for each in county.staff}
    found = {names[who]: post for post, who in seats.items() if post in history.NAMED.values()}

    wanted = {name: post for name, post in history.NAMED.items() if name != history.LEAVER}
    assert {name: found[name] for name in wanted} == wanted
    assert history.LEAVER not in found


def test_siblings_have_different_names_before_and_after(structure):
    for each in (structure, before.before(structure)):
        siblings = Counter((unit.parent, unit.name) for unit in each.units)

        assert [pair for pair, count in siblings.items() if count > 1] == []


def test_every_unit_stands_under_another_one_that_comes_before_it(structure):
    for each in (structure, before.before(structure)):
        keys = [unit.key for unit in each.units]
        late = [
            unit.key
            for place, unit in enumerate(each.units[1:], 1)
            if unit.parent not in keys[:place]
        ]

        assert late == []


def test_every_post_says_what_it_does(structure):
    assert [post.key for post in structure.posts if not post.duties] == []


def test_research_and_guidance_have_two_grades_of_their_own(structure):
    grades = {
        (post.series, post.rank): before.grade_of(post)
        for post in structure.posts
        if post.series in {"농촌지도", "학예연구"}
    }

    assert grades == {
        ("농촌지도", PostRank.UNIT_HEAD): "지방농촌지도관",
        ("농촌지도", PostRank.TEAM_HEAD): "농촌지도사",
        ("농촌지도", PostRank.OFFICER): "농촌지도사",
        ("학예연구", PostRank.TEAM_HEAD): "학예연구사",
        ("학예연구", PostRank.OFFICER): "학예연구사",
    }


def test_a_head_who_is_away_has_somebody_who_acts(county):
    [last] = [
        order
        for order in county.orders
        if order.on == county.days.went_on_leave and order.title == "휴직 및 직무대리 발령"
    ]

    assert [line.verb for line in last.lines] == [OrderVerb.LEAVE, OrderVerb.ACT]
    assert AssignmentKind.ACTING.label == OrderVerb.ACT.label


def test_ranks_are_those_of_a_county(structure):
    assert Counter(post.rank for post in structure.posts) == {
        PostRank.OFFICER: 420,
        PostRank.TEAM_HEAD: 177,
        PostRank.UNIT_HEAD: 37,
        PostRank.BUREAU_HEAD: 4,
        PostRank.DEPUTY_MAYOR: 1,
        PostRank.MAYOR: 1,
    }
