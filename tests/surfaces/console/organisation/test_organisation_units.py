"""The page of a unit, and what an administrator changes from there."""

import html
import re
from datetime import date, timedelta

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions, actions_posts, loading
from mokmin.foundation.orgs.actions_posts import NewHolding
from mokmin.foundation.orgs.models import Post, Unit
from mokmin.foundation.orgs.states import PostRank, UnitKind
from mokmin.foundation.orgs.steps import (
    AbolishUnit,
    AddPost,
    CreateUnit,
    NewPost,
    NewUnit,
    RenameUnit,
    ReorganisationPlan,
)
from tests.foundation.orgs import county as small
from tests.surfaces.console import pages

UNITS = "/staff/organisation/units/"
POSTS = "/staff/organisation/posts/"
WRITTEN = {"rank": "officer", "title": "주무관", "grade": "행정7급", "duties": "새 업무"}


def unit_url(county, name):
    return f"{UNITS}{county.units[name]}/"


def post_url(county, key, verb=""):
    return f"{POSTS}{county.posts[key]}/{verb}"


def reorganised(county, within, *steps, on):
    with within():
        plan = ReorganisationPlan("개편", on, steps)
        return actions.reorganise(plan, actor=county.actor, at=small.AT)


def titles(response):
    return [pages.words(row).split()[0] for row in response.context["history"]]


def test_the_duties_of_a_department_are_grouped_by_team(client, county):
    response = client.get(unit_url(county, "기획과"))

    groups = [(group.name, len(group.rows)) for group in response.context["groups"]]
    assert groups == [("기획과", 1), ("기획팀", 3), ("예산팀", 2)]
    assert pages.log()[-1][2:4] == ("부서", 6)


def test_an_empty_post_says_since_when(client, county):
    response = client.get(unit_url(county, "재산팀"))

    rows = [pages.words(row) for row in response.context["groups"][0].rows]
    assert rows[0].startswith("팀장 결원 2024. 1. 1.부터")


def test_the_names_a_unit_had_are_its_history(client, county, within):
    uid = county.units["기획팀"]
    reorganised(county, within, RenameUnit(uid, "전략팀"), on=date(2026, 7, 1))

    response = client.get(f"{UNITS}{uid}/")

    rows = [pages.words(row) for row in response.context["history"]]
    assert rows[0] == "2026. 7. 1. 명칭 변경 ‘기획팀’이 ‘전략팀’으로 바뀌었습니다. 개편"
    assert rows[1].startswith("2024. 1. 1. 신설")


def test_a_unit_that_is_gone_says_so_and_leads_to_its_successor(client, county, within):
    uid, into = county.units["예산팀"], county.units["기획팀"]
    reorganised(county, within, AbolishUnit(uid, posts_to=into), on=date(2026, 7, 1))

    response = client.get(f"{UNITS}{uid}/")

    assert response.status_code == 200
    assert "이 날에는 없는 부서" in pages.text(response)
    assert f"{UNITS}{into}/" in response.content.decode()
    assert titles(response) == ["2026.", "2024."]


def test_a_unit_that_never_was_is_not_found(client, county):
    assert client.get(f"{UNITS}0000000000/").status_code == 404


def test_whoever_may_not_change_is_offered_nothing(desk, county):
    page = desk(Role.OFFICER).get(unit_url(county, "기획과")).content.decode()

    assert "자리 늘리기" not in page


def test_a_past_day_is_looked_at_only(client, county):
    response = client.get(unit_url(county, "기획과"), {"on": "2024-03-01"})

    assert "지난날을 보고 있습니다." in pages.text(response)
    assert "자리 늘리기" not in pages.text(response)


def test_a_post_more_is_there_from_its_day(client, county, within, soon):
    url = f"{unit_url(county, '기획팀')}posts/new/"

    response = client.post(url, {**WRITTEN, "on": soon.isoformat(), "reason": ""})

    with within():
        made = Post.objects.latest("id")
        assert made.from_on == soon
    assert (response.status_code, response["Location"]) == (
        303, f"{unit_url(county, '기획팀')}?on={soon}#post-{made.uid}",
    )  # fmt: skip
    assert f'id="post-{made.uid}"' in client.get(response["Location"]).content.decode()


@pytest.fixture
def planned(county, within, soon):
    """A team that begins on a coming day, with a post in it: their addresses."""
    team = NewUnit("new", UnitKind.TEAM, "전략팀", county.units["기획과"])
    step = AddPost(NewPost("seat", "new", PostRank.OFFICER, "주무관"))
    reorganised(county, within, CreateUnit(team), step, on=soon)
    with within():
        return Unit.objects.latest("id").record.uid, Post.objects.latest("id").uid


def leads(response, words):
    """Where the first link with these words leads to."""
    page = re.sub(r"\s+", " ", response.content.decode())
    found = re.search(rf'href="([^"]*)"[^>]*>(?:<svg(?:(?!</svg>).)*</svg>)? ?{words}', page)
    return html.unescape(found[1])


def test_a_team_that_is_planned_gets_posts_and_duties_before_its_day(client, planned, within, soon):
    unit, seat = planned
    page = client.get(f"{UNITS}{unit}/", {"on": soon.isoformat()})

    asked = client.get(leads(page, "자리 늘리기"))
    made = client.post(leads(page, "자리 늘리기"), {**WRITTEN, "on": soon.isoformat()})
    details = client.get(leads(page, "고치기"))
    changed = client.post(
        leads(client.get(f"{POSTS}{seat}/"), "고치기"), {**WRITTEN, "on": soon.isoformat()}
    )

    assert asked.context["form"]["on"].value() == soon
    assert (made.status_code, changed.status_code, details.status_code) == (303, 303, 200)
    assert made["Location"].startswith(f"{UNITS}{unit}/?on={soon}#post-")
    with within():
        assert loading.whole_organisation().post(seat, soon).duties == "새 업무"


def test_nothing_is_changed_on_a_day_that_is_over(client, county, today):
    url = f"{unit_url(county, '기획팀')}posts/new/"

    response = client.get(url, {"on": "2024-03-01"})

    assert response.context["form"]["on"].value() == today


def coming(response):
    return [pages.words(row) for row in response.context["coming"]]


def test_what_was_entered_for_a_coming_day_is_taken_back(client, county, within, soon):
    said = {**WRITTEN, "on": soon.isoformat(), "reason": "사무분장 조정"}
    client.post(post_url(county, "기획1", "change/"), {**said, "title": "전문관"})
    page = client.get(post_url(county, "기획1"))
    url = leads(page, "등록 취소")
    named = client.get(url).context["name"]

    without = client.post(url, {"reason": ""})
    response = client.post(url, {"reason": "잘못 적음"})

    assert ("소속이나 업무가 바뀝니다." in coming(page)[0], named) == (True, "주무관")
    assert pages.errors(without) == {"reason": "사유를 적어 주세요. 기록에 남습니다."}
    assert (response.status_code, response["Location"]) == (303, post_url(county, "기획1"))
    assert coming(client.get(post_url(county, "기획1"))) == []
    assert pages.last_act() == ("take_back_post", "서관리", "잘못 적음")
    with within():
        assert loading.whole_organisation().post(county.posts["기획1"], soon).duties == "기획1 업무"


def test_a_post_that_is_to_be_closed_can_stay(client, county, within, soon):
    client.post(post_url(county, "재산2", "close/"), {"on": soon.isoformat(), "reason": "감축"})

    page = client.get(post_url(county, "재산2"))
    response = client.post(leads(page, "등록 취소"), {"reason": "유지"})

    assert "자리가 없어집니다." in coming(page)[0]
    assert response.status_code == 303
    with within():
        assert Post.objects.get(uid=county.posts["재산2"]).until_on is None


def test_a_post_on_which_something_rests_is_not_taken_back(client, county, within, soon):
    client.post(f"{unit_url(county, '기획팀')}posts/new/", {**WRITTEN, "on": soon.isoformat()})
    with within():
        made = Post.objects.latest("id")
        holding = NewHolding(county.person("새주무"), made.uid, soon)
        actions_posts.assign([holding], reason="등록", actor=county.actor, at=small.AT)
    page = client.get(f"{POSTS}{made.uid}/")

    response = client.post(leads(page, "등록 취소"), {"reason": "잘못 적음"})

    assert response.status_code == 422
    assert response.context["form"]["reason"].value() == "잘못 적음"
    assert set(pages.errors(response)) == {"__all__"}


def test_what_a_reorganisation_does_is_taken_back_with_it(client, planned, soon):
    _, seat = planned
    url = f"{POSTS}{seat}/coming/{soon}/take-back/"

    page, response = client.get(f"{POSTS}{seat}/"), client.get(url)

    assert "등록 취소" not in pages.text(page)
    assert "그 조직개편을 취소해 주세요." in pages.text(response)
    assert client.post(url, {"reason": "취소"}).status_code == 422


def test_a_day_on_which_nothing_changes_has_nothing_to_take_back(client, county, soon):
    url = post_url(county, "기획1", f"coming/{soon}/take-back/")

    assert "그날에 바뀌도록 등록된 것이 없습니다." in pages.text(client.get(url))
    assert client.post(url, {"reason": "취소"}).status_code == 422


def test_a_post_without_title_and_day_is_told_both(client, county):
    response = client.post(f"{unit_url(county, '기획팀')}posts/new/", {"rank": "officer"})

    assert response.status_code == 422
    assert pages.errors(response) == {
        "title": "직위를 적어 주세요.",
        "on": "언제부터인지 날짜를 적어 주세요.",
    }


def test_other_duties_begin_on_their_day(client, county, within, soon):
    said = {**WRITTEN, "on": soon.isoformat(), "reason": "사무분장 조정"}

    response = client.post(post_url(county, "기획1", "change/"), said)

    assert (response.status_code, response["Location"]) == (303, post_url(county, "기획1"))
    with within():
        now = loading.whole_organisation()
        before = now.post(county.posts["기획1"], soon - timedelta(days=1))
        after = now.post(county.posts["기획1"], soon)
    assert (before.duties, after.duties) == ("기획1 업무", "새 업무")
    assert pages.last_act() == ("change_post", "서관리", "사무분장 조정")


def test_what_is_written_as_it_was_changes_nothing_and_is_told_so(client, county, today):
    said = {"rank": "officer", "title": "주무관", "grade": "", "duties": "기획1 업무", "phone": ""}
    before = pages.last_act()

    response = client.post(
        post_url(county, "기획1", "change/"), {**said, "on": today.isoformat(), "reason": "확인"}
    )

    assert response.status_code == 303
    assert "바뀐 내용이 없습니다." in pages.text(client.get(response["Location"]))
    assert pages.last_act() == before


def test_the_form_begins_with_what_the_post_does_now(client, county):
    response = client.get(post_url(county, "기획1", "change/"))

    assert response.context["form"]["duties"].value() == "기획1 업무"


def test_an_empty_post_can_be_taken_away(client, county, within, today):
    said = {"on": today.isoformat(), "reason": "정원 감축"}

    response = client.post(post_url(county, "재산2", "close/"), said)

    assert response.status_code == 303
    with within():
        assert Post.objects.get(uid=county.posts["재산2"]).until_on == today


def test_a_post_that_somebody_holds_is_not_taken_away(client, county, today):
    said = {"on": today.isoformat(), "reason": "정원 감축"}

    page = client.get(post_url(county, "기획1", "close/"))
    response = client.post(post_url(county, "기획1", "close/"), said)

    assert pages.words(page.context["holders"]) == "바주무"
    assert "지금 이 자리에 있는 사람이 있습니다." in pages.text(page)
    assert response.status_code == 422
    assert "바주무의 자리입니다." in pages.errors(response)["on"]
    assert response.context["form"]["reason"].value() == "정원 감축"


def test_an_empty_post_names_nobody_before_it_is_taken_away(client, county):
    page = client.get(post_url(county, "재산2", "close/"))

    assert page.context["holders"] == ""


def test_taking_a_post_away_needs_a_day_and_a_reason(client, county):
    response = client.post(post_url(county, "재산2", "close/"), {})

    assert response.status_code == 422
    assert set(pages.errors(response)) == {"on", "reason"}


def test_how_a_unit_is_reached_can_be_corrected(client, county, within, today):
    url = f"{unit_url(county, '기획과')}change/"

    response = client.post(url, {"phone": "055-000-1234", "position": "3"})

    with within():
        span = loading.whole_organisation().unit(county.units["기획과"], today)
    assert response.status_code == 303
    assert (span.phone, span.position) == ("055-000-1234", 3)
    assert pages.last_act() == ("change_unit", "서관리", "")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"phone": "055-940-0000", "position": ""}, {"position"}),
        ({"phone": "전화 없음", "position": "1"}, {"phone"}),
        ({"phone": "전화 없음", "position": ""}, {"phone", "position"}),
    ],
)
def test_what_cannot_be_dialled_or_counted_is_told(client, county, said, wrong):
    response = client.post(f"{unit_url(county, '기획과')}change/", said)

    assert response.status_code == 422
    assert set(pages.errors(response)) == wrong


def test_the_page_of_a_post_tells_who_held_it_and_what_it_did(client, county, within):
    with within():
        actions_posts.change_post(
            county.post("기획1"),
            {"duties": "새 업무"},
            on=date(2026, 6, 15),
            reason="조정",
            actor=county.actor,
            at=small.AT,
        )

    response = client.get(post_url(county, "기획1"))

    assert [pages.words(row).split()[0] for row in response.context["holders"]] == ["바주무"]
    assert [pages.words(row).split(" ")[-3:-1] for row in response.context["times"]] == [
        ["새", "업무"], ["기획1", "업무"],
    ]  # fmt: skip
    assert pages.log()[-1][2:4] == ("자리", 1)


@pytest.mark.parametrize("path", ["", "change/", "close/", "coming/2999-01-01/take-back/"])
def test_a_post_that_never_was_is_not_found(client, county, path):
    assert client.get(f"{POSTS}0000000000/{path}").status_code == 404
