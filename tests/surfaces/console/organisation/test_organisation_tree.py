"""The tree of the organisation: what it shows on which day, and what a word finds."""

from datetime import timedelta

import pytest

from mokmin.foundation.access.states import Role
from mokmin.lib.korean import date_text
from tests.foundation.orgs import county as small
from tests.surfaces.console import pages

TREE = "/staff/organisation/"


def nodes(response):
    """Names of the units on the tree, from above."""
    found, waiting = [], list(response.context["nodes"])
    while waiting:
        node = waiting.pop(0)
        found.append(node.label)
        waiting = [*node.children, *waiting]
    return found


def tiles(response):
    return {tile.label: tile.value for tile in response.context["tiles"]}


def test_every_unit_stands_under_its_own_with_the_figures(client, county):
    response = client.get(TREE)

    assert nodes(response) == ["군수", "기획과", "기획팀", "예산팀", "재무과", "계약팀", "재산팀"]
    assert tiles(response) == {
        "부서": "2", "정원": "12", "현원": "10", "결원": "2", "직무대리": "0",
    }  # fmt: skip


def test_whose_names_stand_on_the_tree_is_known_to_the_log(client, county):
    response = client.get(TREE)

    assert "기획과장" not in pages.text(response)
    assert "과장 가과장" in pages.text(response)
    assert pages.log() == [("서관리", "view", "조직", 2, "")]


def test_a_municipality_without_an_organisation_is_told_what_to_do(client):
    response = client.get(TREE)

    assert "이 날에는 조직이 없습니다." in pages.text(response)
    assert "/staff/organisation/reorganisations/new/" in response.content.decode()


@pytest.mark.parametrize(
    ("word", "units", "posts"),
    [
        ("예산팀", ["예산팀"], ["라팀장"]),
        ("바주무", [], ["바주무"]),
        ("기획1업무", [], ["바주무"]),
        ("계약 · 1", [], ["자주무"]),
        ("재산2", [], ["결원"]),
        ("계약ㆍ1", [], ["자주무"]),
        ("기획팀 바주무", [], ["바주무"]),
        ("기획과 주무관", [], ["바주무", "사주무", "아주무"]),
        ("기획과 예산팀", ["예산팀"], ["라팀장"]),
        ("주무관 없는말", [], []),
    ],
)
def test_a_word_finds_units_people_and_duties(client, county, word, units, posts):
    response = client.get(TREE, {"word": word})

    found = [pages.words(row) for row in response.context["unit_rows"]]
    assert [each.split()[0] for each in found] == units
    names = [pages.words(row).split()[0] for row in response.context["post_rows"]]
    assert sorted(names) == posts


def test_the_word_is_marked_where_it_was_found(client, county):
    whole = client.get(TREE, {"word": "예산1"}).content.decode()
    parts = client.get(TREE, {"word": "기획과 예산1"}).content.decode()

    assert "<mark>예산1</mark> 업무" in whole
    assert "<mark>예산1</mark> 업무" in parts
    assert "<mark>기획과</mark> 예산팀" in parts


def test_a_word_that_is_nowhere_says_so(client, county):
    page = pages.text(client.get(TREE, {"word": "없는말"}))

    assert "이름에 이 말이 들어간 부서가 없습니다." in page
    assert "이 말이 들어간 사람, 직위, 담당 업무가 없습니다." in page


def test_a_day_that_is_written_by_hand_is_read_by_the_filter_as_well(client, county):
    response = client.get(TREE, {"on": "2026. 7. 1."})

    assert str(response.context["day"].on) == "2026-07-01"
    assert response.context["filters"].errors == {}
    assert 'value="2026-07-01"' in response.content.decode()


def test_a_day_before_the_first_entry_is_shown_by_what_is_known_now(client, county):
    day = small.FOUNDED_ON

    response = client.get(TREE, {"on": day.isoformat()})

    assert len(nodes(response)) == 7
    assert f"{date_text(day, with_weekday=True)} 기준으로 보고 있습니다." in pages.text(response)
    assert "그날의 입력 기록이 없어" in pages.text(response)


def test_a_day_to_come_says_that_it_has_not_come(client, county, today):
    response = client.get(TREE, {"on": (today + timedelta(days=1)).isoformat()})

    assert "아직 오지 않은 날입니다." in pages.text(response)


def test_links_keep_the_day(client, county):
    response = client.get(TREE, {"on": "2024-03-01"})

    uid = county.units["기획팀"]
    assert f"/staff/organisation/units/{uid}/?on=2024-03-01" in response.content.decode()


@pytest.mark.parametrize("said", ["abc", "2024-02-30", "2024-13"])
def test_what_is_no_day_is_told_and_today_is_shown(client, county, said):
    response = client.get(TREE, {"on": said})

    assert response.status_code == 200
    assert "기준일을 읽을 수 없어" in pages.text(response)
    assert len(nodes(response)) == 7


@pytest.mark.parametrize("said", ["1800-01-01", "1900-01-01", "2999-12-31", "9999-12-31"])
def test_a_day_too_far_away_is_told_with_the_days_that_can_be_seen(client, county, said):
    response = client.get(TREE, {"on": said})

    assert "1945. 8. 15.부터 2199. 12. 31.까지의 조직만 볼 수 있어" in pages.text(response)


def test_every_officer_may_look(desk, county):
    assert desk(Role.OFFICER).get(TREE).status_code == 200
