"""A post tells where it stood and what its unit was called then, not what it is called now."""

from mokmin.foundation.orgs import actions, actions_posts, queries_posts
from mokmin.foundation.orgs.steps import MovePost, RenameUnit, ReorganisationPlan
from tests.foundation.orgs.county import AT, DAY, FOUNDED_ON


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
