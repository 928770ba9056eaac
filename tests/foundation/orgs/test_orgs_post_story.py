"""A post tells where it stood and what its unit was called then, not what it is called now."""

from datetime import timedelta

import pytest

from mokmin.foundation.orgs import actions, actions_posts, queries_posts
from mokmin.foundation.orgs.queries import Named
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb, PostRank
from mokmin.foundation.orgs.steps import (
    AbolishUnit,
    MovePost,
    NewPost,
    RenameUnit,
    ReorganisationPlan,
)
from mokmin.foundation.orgs.values import AsOf
from mokmin.foundation.tenancy.context import tenant
from tests.foundation.orgs.county import AT, DAY, FOUNDED_ON, TODAY

EVE = DAY - timedelta(days=1)
BEFORE_ALL = FOUNDED_ON - timedelta(days=1)


def reorganise(county, *steps):
    actions.reorganise(ReorganisationPlan("개편", DAY, steps), actor=county.actor, at=AT)


def test_a_past_place_keeps_the_name_that_its_unit_had(county):
    budget, plans = county.units["예산팀"], county.units["기획팀"]
    reorganise(
        county,
        MovePost(county.posts["기획2"], budget),
        RenameUnit(budget, "재정팀"),
        RenameUnit(plans, "전략팀"),
    )

    story = queries_posts.post_story(county.posts["기획2"])

    assert [(time.unit.name, time.from_on) for time in story.times] == [
        ("재정팀", DAY),
        ("기획팀", FOUNDED_ON),
    ]
    assert story.on(FOUNDED_ON).unit.uid == plans


def test_a_day_before_the_post_came_to_be_shows_its_first_place(county):
    story = queries_posts.post_story(county.posts["기획1"])

    assert story.on(FOUNDED_ON.replace(year=2020)) == story.times[-1]


def test_what_the_post_did_is_told_with_its_days(county):
    actions_posts.change_post(
        county.post("기획1"),
        {"duties": "국정과제"},
        on=DAY,
        reason="조정",
        actor=county.actor,
        at=AT,
    )

    story = queries_posts.post_story(county.posts["기획1"])

    assert [(time.from_on, time.until_on, time.duties) for time in story.times] == [
        (DAY, None, "국정과제"),
        (FOUNDED_ON, DAY, story.times[1].duties),
    ]
    assert [each.person.name for each in story.holders] == ["바주무"]


def test_a_post_that_never_was_has_no_story(county):
    assert queries_posts.post_story("0000000000") is None


def taken_back(county):
    """A post that was to come on the day and was taken back before it."""
    new = NewPost("more", county.units["기획팀"], PostRank.OFFICER, "주무관")
    post = actions_posts.add_post(new, on=DAY, reason="정원", actor=county.actor, at=AT)
    actions_posts.take_back_post(post, on=DAY, reason="착오", actor=county.actor, at=AT)
    return post


def test_a_post_that_was_taken_back_before_its_day_has_neither_story_nor_card(county):
    uid = taken_back(county).uid

    assert queries_posts.post_story(uid) is None
    assert [queries_posts.post_card(uid, AsOf(day)) for day in (EVE, DAY)] == [None, None]


def test_a_change_that_was_taken_back_leaves_the_story_as_it_was(county):
    before = queries_posts.post_story(county.posts["기획1"])
    asked = {"on": DAY, "reason": "조정", "actor": county.actor, "at": AT}
    actions_posts.change_post(county.post("기획1"), {"duties": "국정과제"}, **asked)

    actions_posts.take_back_post(county.post("기획1"), **asked)

    assert queries_posts.post_story(county.posts["기획1"]) == before


def test_a_story_is_told_newest_first_with_what_is_planned_on_top(county):
    order = OrderSheet(
        "인사", DAY, (OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["재산2"]),)
    )
    made = actions.order(order, actor=county.actor, at=AT).order
    reorganise(county, MovePost(county.posts["기획1"], county.units["예산팀"]))

    story = queries_posts.post_story(county.posts["기획1"])

    assert [(each.unit.name, each.from_on, each.until_on) for each in story.times] == [
        ("예산팀", DAY, None),
        ("기획팀", FOUNDED_ON, DAY),
    ]
    assert [each.unit.name for each in map(story.on, (TODAY, EVE, DAY))] == [
        "기획팀", "기획팀", "예산팀",
    ]  # fmt: skip
    assert [each.reorganisation and each.reorganisation.name for each in story.times] == [
        "개편",
        None,
    ]
    assert [(each.person.name, each.until_on, each.order) for each in story.holders] == [
        ("바주무", DAY, None)
    ]
    (came,) = queries_posts.post_story(county.posts["재산2"]).holders
    assert (came.from_on, came.until_on, came.order) == (DAY, None, Named(made.uid, "인사"))


def test_a_story_costs_three_queries_however_long(county, django_assert_num_queries):
    asked = {"reason": "조정", "actor": county.actor, "at": AT}
    for number in range(5):
        day = DAY + timedelta(days=number)
        actions_posts.change_post(
            county.post("기획1"), {"duties": f"업무 {number}"}, on=day, **asked
        )

    with django_assert_num_queries(3):
        story = queries_posts.post_story(county.posts["기획1"])

    assert len(story.times) == 6


def test_a_card_shows_the_post_of_the_day_with_its_place_and_holder(
    county, django_assert_num_queries
):
    plans = county.units["기획팀"]
    reorganise(county, RenameUnit(plans, "전략팀"))

    with django_assert_num_queries(4):
        now = queries_posts.post_card(county.posts["기획1"], AsOf(TODAY))
    then = queries_posts.post_card(county.posts["기획1"], AsOf(DAY))

    assert (now.post, now.unit, now.unit_path) == (
        county.post("기획1"), Named(plans, "기획팀"), "기획과 기획팀",
    )  # fmt: skip
    assert (then.unit, then.unit_path) == (Named(plans, "전략팀"), "기획과 전략팀")
    assert (now.row.title, now.row.duties, now.row.holder.name) == (
        "주무관", "기획1 업무", "바주무",
    )  # fmt: skip


def test_a_card_is_there_only_while_the_post_is(county):
    asked = {"on": DAY, "reason": "감축", "actor": county.actor, "at": AT}
    actions_posts.close_post(county.post("재산2"), **asked)

    found = [
        queries_posts.post_card(county.posts["재산2"], AsOf(day))
        for day in (BEFORE_ALL, FOUNDED_ON, EVE, DAY)
    ]

    assert [each is not None for each in found] == [False, True, True, False]


def test_a_unit_is_reached_as_it_stands_on_the_day(county, django_assert_num_queries):
    plans = county.units["기획팀"]
    reorganise(county, RenameUnit(plans, "전략팀"))

    with django_assert_num_queries(4):
        place = queries_posts.unit_place(plans, AsOf(TODAY))

    assert (place.uid, place.unit.record.uid) == (plans, plans)
    assert (place.name, place.path, place.phone, place.position) == (
        "기획팀", "기획과 기획팀", "", 2,
    )  # fmt: skip
    assert queries_posts.unit_place(plans, AsOf(DAY)).path == "기획과 전략팀"


def test_a_unit_that_is_not_there_on_the_day_has_no_place(county):
    assets, contracts = county.units["재산팀"], county.units["계약팀"]
    reorganise(county, AbolishUnit(assets, posts_to=contracts))

    found = [queries_posts.unit_place(assets, AsOf(day)) for day in (BEFORE_ALL, EVE, DAY)]

    assert [each is not None for each in found] == [False, True, False]
    assert queries_posts.unit_place("0000000000", AsOf(TODAY)) is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda county: queries_posts.post_story(county.posts["기획1"]),
        lambda county: queries_posts.post_card(county.posts["기획1"], AsOf(TODAY)),
        lambda county: queries_posts.unit_place(county.units["기획팀"], AsOf(TODAY)),
    ],
    ids=["story", "card", "place"],
)
def test_another_municipality_knows_neither_post_nor_unit(county, tenant_b, ask):
    there = ask(county)

    with tenant(tenant_b.pk):
        elsewhere = ask(county)

    assert (there is None, elsewhere) == (False, None)
