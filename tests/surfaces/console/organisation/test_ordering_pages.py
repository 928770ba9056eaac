"""Orders by screen: looked at first, then all of them or none."""

from io import BytesIO

import openpyxl
import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions
from mokmin.foundation.orgs.models import HandOver, PersonnelOrder
from mokmin.foundation.orgs.states import PostRank
from mokmin.foundation.orgs.steps import AddPost, NewPost, ReorganisationPlan
from tests.foundation.orgs import county as small
from tests.surfaces.console import pages

LIST = "/staff/organisation/orders/"
NEW, UPLOAD, TEMPLATE = f"{LIST}new/", f"{LIST}upload/", f"{LIST}template/"


def table(*rows):
    """Rows of the table as a browser sends them."""
    sent = {"rows-rows": str(len(rows))}
    for place, row in enumerate(rows):
        for name in ("person", "verb", "post", "note"):
            sent[f"rows-{place}-{name}"] = row.get(name, "")
    return sent


def grid(*rows):
    return table(*({**row, "person": row["who"]} for row in rows))


def orders(within):
    with within():
        return list(PersonnelOrder.objects.values_list("title", flat=True))


def moved(response):
    return [pages.words(row) for row in response.context["results"]]


def test_rows_are_looked_at_and_then_registered(client, county, heading, within, soon):
    sent = {**heading, **grid({"who": "바주무", "verb": "전보", "post": "재산팀 팀장"})}

    looked = client.post(NEW, sent)
    before = orders(within)
    done = client.post(NEW, {**sent, "confirm": looked.context["mark"]})

    assert looked.status_code == 422
    assert moved(looked)[0].startswith("1 바주무 전보 기획과 기획팀 주무관 재무과 재산팀 팀장")
    assert (before, orders(within)) == ([], ["정기인사"])
    assert done.status_code == 303
    with within():
        assert county.seats(soon)["바주무"] == "재무과 재산팀 팀장"
        assert HandOver.objects.count() == 1


def test_a_post_that_is_left_empty_is_told(client, county, heading):
    response = client.post(NEW, {**heading, **grid({"who": "바주무", "verb": "휴직"})})

    assert "기획과 기획팀 주무관 자리가 빕니다." in pages.text(response)


def test_every_wrong_row_is_told_at_its_cell_and_nothing_is_lost(client, county, heading, within):
    rows = (
        {"who": "바주무", "verb": "전보", "post": "재무과 과장"},
        {"who": "사주무", "verb": "전보", "post": "재산팀 팀장"},
        {"who": "아주무", "verb": "전보"},
    )

    response = client.post(NEW, {**heading, **grid(*rows)})

    said = [error.anchor for error in response.context["form"].errors.as_data()["rows"]]
    assert response.status_code == 422
    assert said == ["0-post", "2-post"]
    assert orders(within) == []
    assert 'value="정기인사"' in response.content.decode()


def test_what_cannot_be_read_is_told_at_its_cell(client, county, heading):
    rows = ({"who": "", "verb": "전보"}, {"who": "없는사람", "verb": "소풍"})

    response = client.post(NEW, {**heading, **grid(*rows)})

    said = [error.anchor for error in response.context["form"].errors.as_data()["rows"]]
    assert response.status_code == 422
    assert said == ["0-person", "1-person", "1-verb"]


def test_posts_are_those_of_the_day_of_the_order(client, county, heading, within, soon):
    new = NewPost("new", county.units["계약팀"], PostRank.OFFICER, "전문관")
    with within():
        plan = ReorganisationPlan("개편", soon, (AddPost(new),))
        actions.reorganise(plan, actor=county.actor, at=small.AT)

    response = client.post(
        NEW, {**heading, **grid({"who": "바주무", "verb": "전보", "post": "계약팀 전문관"})}
    )

    assert "재무과 계약팀 전문관" in moved(response)[0]


@pytest.mark.parametrize("written", ["어제", "2026-02-30"])
def test_a_day_that_there_is_none_is_told_at_its_field(client, county, heading, within, written):
    sent = {**heading, "on": written, **grid({"who": "바주무", "verb": "휴직"})}

    response = client.post(NEW, sent)
    kept = client.post(NEW, {**sent, "_keep": "1"})

    assert (response.status_code, set(pages.errors(response))) == (422, {"on"})
    assert (kept.status_code, orders(within)) == (303, [])


def test_an_order_about_nobody_is_told_so(client, county, heading):
    response = client.post(NEW, {**heading, **table({})})

    assert pages.errors(response) == {"rows": "발령할 사람을 한 명 이상 넣어 주세요."}


def test_an_order_is_taken_back_until_its_day(client, county, heading, within, soon):
    sent = {**heading, **grid({"who": "바주무", "verb": "휴직"})}
    mark = client.post(NEW, sent).context["mark"]
    url = client.post(NEW, {**sent, "confirm": mark})["Location"]

    response = client.post(f"{url}undo/", {"reason": "잘못 넣음"})

    assert (response.status_code, response["Location"]) == (303, url)
    with within():
        assert county.seats(soon)["바주무"] == "기획과 기획팀 주무관"
    page = pages.text(client.get(url))
    assert client.post(f"{url}undo/", {"reason": "다시"}).status_code == 409
    assert "취소한 사유 잘못 넣음" in page
    assert "인사발령을 취소했습니다. 모두 지금 자리 그대로입니다." in page


def test_the_template_offers_the_posts_of_today_and_names_nobody(client, county):
    response = client.get(TEMPLATE)

    book = openpyxl.load_workbook(BytesIO(response.content))
    rows = list(book["자리 목록"].iter_rows(min_row=2, values_only=True))
    posts = [row[0] for row in rows]
    everything = str([list(sheet.values) for sheet in book])
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert set(county.posts.values()) == set(posts)
    assert {row[4] for row in rows} == {"결원", "현원 있음"}
    assert "바주무" not in everything


@pytest.mark.parametrize("url", [NEW, UPLOAD, TEMPLATE, f"{LIST}0000000000/undo/"])
def test_nobody_but_an_administrator_orders(desk, county, url):
    assert desk(Role.UNIT_HEAD).get(url).status_code == 403


def test_an_order_that_never_was_is_not_found(client, county):
    assert client.get(f"{LIST}0000000000/").status_code == 404
    assert client.get(f"{LIST}0000000000/undo/").status_code == 404


def test_whose_orders_are_seen_is_known_to_the_log(client, county, heading):
    sent = {**heading, **grid({"who": "바주무", "verb": "휴직"})}
    mark = client.post(NEW, sent).context["mark"]
    url = client.post(NEW, {**sent, "confirm": mark})["Location"]

    client.get(url)

    assert pages.log()[-1] == ("서관리", "view", "인사발령", 1, "")
