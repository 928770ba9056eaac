"""People in the organisation, the chart in boxes, and the list of posts."""

import re

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions, actions_posts
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb, UnitKind
from mokmin.foundation.orgs.steps import NewUnit
from tests.foundation.orgs import county as small
from tests.surfaces.console import pages

PEOPLE = "/staff/organisation/people/"
CHART = "/staff/organisation/chart/"
POSTS = "/staff/organisation/posts/"


def ordered(county, within, *entries, on=small.DAY):
    with within():
        sheet = OrderSheet("정기인사", on, entries, number="행정과-1")
        return actions.order(sheet, actor=county.actor, at=small.AT)


def transfer(county, name, key):
    return OrderEntry(county.people[name], OrderVerb.TRANSFER, post=county.posts[key])


def rows(response, name):
    return [pages.words(row) for row in response.context[name]]


def test_a_person_is_shown_with_posts_now_and_before_and_orders(client, county, within):
    ordered(county, within, transfer(county, "바주무", "재산2"))

    response = client.get(f"{PEOPLE}{county.people['바주무']}/")

    assert rows(response, "now")[0].startswith("재무과 재산팀 주무관 본직 재산2 업무 2026. 7. 1.")
    assert rows(response, "before") == ["기획과 기획팀 주무관 본직 2024. 1. 1. 2026. 6. 30."]
    assert rows(response, "orders")[0].endswith("정기인사 행정과-1")
    assert len(response.context["hand_overs"]) == 1
    assert pages.log()[-1] == ("서관리", "view", "직원", 1, "")


def test_posts_found_by_a_name_that_is_not_shown_are_noted_all_the_same(client, county):
    before = len(pages.log())

    client.get(f"{POSTS}?word=바주무&cols=title")

    assert [entry[1:4] for entry in pages.log()[before:]] == [("view", "자리 목록", 1)]


def test_the_way_to_the_account_is_for_those_who_may_go_it(desk, client, county):
    url = f"{PEOPLE}{county.people['바주무']}/"
    account = f"/staff/people/{county.people['바주무']}/"

    assert account in client.get(url).content.decode()
    assert account not in desk(Role.OFFICER).get(url).content.decode()


def test_somebody_who_has_left_is_shown_without_a_post(client, county, within):
    ordered(county, within, OrderEntry(county.people["바주무"], OrderVerb.LEAVE))

    response = client.get(f"{PEOPLE}{county.people['바주무']}/")

    assert "지금 맡은 자리가 없습니다." in pages.text(response)
    assert rows(response, "before") == ["기획과 기획팀 주무관 본직 2024. 1. 1. 2026. 6. 30."]


def test_somebody_who_never_was_is_not_found(client, county):
    assert client.get(f"{PEOPLE}0000000000/").status_code == 404


def test_the_whole_chart_names_units_and_nobody(client, county):
    response = client.get(CHART)

    drawn = response.context["drawn"]
    assert drawn.title == "가람군 조직도"
    assert [box.name for branch in drawn.branches for box in branch.boxes] == ["기획과", "재무과"]
    assert [line.text for line in drawn.branches[0].boxes[0].lines] == ["기획팀", "예산팀"]
    assert "가과장" not in pages.text(response)
    assert pages.log() == []


def test_an_agency_with_departments_stands_beside_the_bureaus_with_their_teams(
    client, county, within
):
    units = (
        NewUnit("health", UnitKind.AGENCY, "보건소", county.units["군수"]),
        NewUnit("works", UnitKind.STATION, "사업소", county.units["군수"]),
        NewUnit("policy", UnitKind.DEPARTMENT, "보건정책과", "health"),
        NewUnit("team", UnitKind.TEAM, "방역팀", "policy"),
    )
    with within():
        about = {"reason": "등록", "actor": county.actor, "at": small.AT}
        actions_posts.set_up(units, (), on=small.FOUNDED_ON, **about)

    drawn = client.get(CHART).context["drawn"]

    branches = {branch.head.name: branch.boxes for branch in drawn.branches}
    assert list(branches) == ["직속 부서", "보건소", "직속기관·사업소"]
    assert [line.text for line in branches["보건소"][0].lines] == ["방역팀"]
    assert [box.name for box in branches["직속기관·사업소"]] == ["사업소"]


def test_the_chart_of_one_department_names_everybody_and_the_log_knows(client, county):
    response = client.get(CHART, {"unit": county.units["재무과"]})

    [branch] = response.context["drawn"].branches
    lines = [(line.text, line.note, line.is_vacant) for line in branch.boxes[1].lines]
    assert lines[0] == ("팀장", "결원", True)
    assert sorted(lines[1:]) == [("주무관", "결원", True), ("주무관", "차주무", False)]
    assert pages.log()[-1] == ("서관리", "view", "조직도", 4, "")


def test_there_is_no_chart_of_what_is_not_there(client, county):
    assert client.get(CHART, {"unit": "0000000000"}).status_code == 404


def test_a_unit_that_is_not_there_on_the_day_has_an_empty_chart(client, county):
    uid = county.units["재무과"]

    response = client.get(CHART, {"unit": uid, "on": "2001-01-01"})

    assert response.status_code == 200
    assert "이 날에는 없는 부서입니다." in pages.text(response)
    assert (uid, "재무과") in response.context["choices"]
    assert f'href="{CHART}?unit={uid}"' in response.content.decode()


def test_the_chart_of_a_team_can_be_asked_for_again(client, county):
    uid = county.units["기획팀"]

    page = client.get(CHART, {"unit": uid}).content.decode()

    assert re.search(rf'<option value="{uid}"\s+selected>기획과 기획팀</option>', page)


def test_a_chart_of_nothing_says_so(client):
    assert "이 날에는 조직이 없습니다." in pages.text(client.get(CHART))


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 12),
        ({"state": "vacant"}, 2),
        ({"state": "held"}, 10),
        ({"state": "acting"}, 0),
        ({"word": "기획팀"}, 3),
        ({"word": "나과장"}, 1),
        ({"word": "예산1 업무", "state": "vacant"}, 0),
        ({"on": "2023-12-31"}, 0),
    ],
)
def test_the_list_of_posts_is_narrowed(client, county, asked, count):
    response = client.get(POSTS, asked)

    assert len(response.context["shown"].rows) == count


def test_the_list_of_posts_goes_by_the_ordinance_or_by_name(client, county):
    first = client.get(POSTS).context["shown"].rows[0]
    by_name = client.get(POSTS, {"sort": "-name"}).context["shown"].rows[0]

    assert (first.post.title, first.names) == ("과장", "가과장")
    assert by_name.names == "차주무"


def test_the_list_of_posts_is_taken_along_as_a_file_for_a_reason(client, county):
    refused = client.post(f"{POSTS}export/", {"format": "csv"})
    taken = client.post(f"{POSTS}export/", {"format": "csv", "reason": "정원 확인"})

    assert refused.status_code == 422
    assert taken.status_code == 200
    assert pages.log()[-1][1:5] == ("download", "자리 목록", 10, "정원 확인")
