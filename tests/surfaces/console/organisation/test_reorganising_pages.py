"""Putting a reorganisation together: every step is a plain form, nothing typed is lost."""

import json
import re
from datetime import date, timedelta

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs.models import Reorganisation
from mokmin.foundation.people.models import Draft
from tests.surfaces.console import pages

LIST = "/staff/organisation/reorganisations/"
NEW = f"{LIST}new/"


@pytest.fixture
def heading(soon):
    """What stands at the top of the form."""
    return {"title": "하반기 조직개편", "on": soon.isoformat(), "reason": "", "steps": "[]"}


@pytest.fixture
def send(client, heading):
    """`send(_open="1", …)`: the form as it stands, and one button."""

    def post(**said):
        return client.post(NEW, {**heading, **said})

    return post


def steps(response):
    return json.loads(response.context["desk"].written)


def said(response):
    return [step.title for step in response.context["said"]]


def opened(send, kind, unit=""):
    return send(_open="1", step_kind=kind, step_unit=unit)


def added(send, kind, unit="", *, steps="[]", **values):
    written = {f"step-{name.replace('step_', '')}": value for name, value in values.items()}
    return send(_add="1", step_kind=kind, step_unit=unit, steps=steps, **written)


def test_a_step_is_begun_by_what_and_where(send, county):
    response = opened(send, "rename", county.units["기획팀"])

    assert response.status_code == 422
    assert response.context["desk"].editor["name"].value() == "기획팀"
    assert pages.errors(response) == {}


def test_a_step_about_a_unit_needs_the_unit(send, county):
    response = opened(send, "rename")

    assert response.context["desk"].opening.errors == {"step_unit": ["바꿀 부서를 골라 주세요."]}


def test_a_step_that_was_written_stands_in_the_list(send, county):
    response = added(send, "rename", county.units["기획팀"], name="전략팀", unit_kind="team")

    assert response.status_code == 422
    assert said(response) == ["‘기획과 기획팀’의 이름을 ‘전략팀’으로 바꿉니다."]
    assert response.context["form"]["title"].value() == "하반기 조직개편"


@pytest.mark.parametrize(
    ("kind", "values", "wrong"),
    [
        ("rename", {"name": "", "unit_kind": "team"}, {"name"}),
        ("rename", {"name": "기획팀", "unit_kind": "team"}, {"name"}),
        ("move", {"parent": ""}, set()),
        ("merge", {"into": "first", "name": ""}, {"with_1", "name"}),
        ("split", {"name_1": ""}, {"name_1"}),
        ("create", {"unit_kind": "", "name": ""}, {"unit_kind", "name"}),
        ("add_post", {"title": "", "rank": "officer", "count": "1"}, {"title"}),
        ("add_post", {"title": "주무관", "rank": "officer", "count": "999"}, {"count"}),
        ("move_post", {}, {"posts", "to"}),
        ("close_post", {}, {"posts"}),
    ],
)
def test_a_step_that_lacks_something_stays_open_with_every_wrong_field(
    send, county, kind, values, wrong
):
    response = added(send, kind, county.units["기획팀"], **values)

    desk = response.context["desk"]
    assert set(desk.editor.errors if desk.editor else ()) == wrong
    assert len(desk.steps) == (0 if wrong else 1)


def test_a_step_can_be_taken_out_again(send, county):
    one = added(send, "rename", county.units["기획팀"], name="전략팀", unit_kind="team")
    written = one.context["desk"].written
    two = added(send, "close_post", county.units["재산팀"], steps=written,
                posts=[county.posts["재산2"]])  # fmt: skip

    left = send(_remove="1", steps=two.context["desk"].written)

    assert [len(steps(each)) for each in (one, two, left)] == [1, 2, 1]
    assert said(left) == ["재무과 재산팀 주무관(결원) 자리를 없앱니다."]


def test_later_steps_can_name_the_units_that_earlier_ones_make(send, county):
    made = added(send, "create", unit_kind="department", name="전략과", parent=county.units["군수"])
    written = made.context["desk"].written

    moved = added(send, "move", county.units["기획팀"], steps=written, parent="new-1")

    assert said(moved) == [
        "군수에 ‘전략과’를 새로 둡니다(과).",
        "‘기획과 기획팀’을 ‘전략과’ 아래로 옮깁니다.",
    ]


def test_a_split_gives_every_post_and_team_its_place(send, county):
    team = county.units["예산팀"]

    response = added(
        send, "split", county.units["기획과"], name_1="예산과", unit_kind="department",
        parent=county.units["군수"], goes_on="on", **{f"unit_{team}": "1"},
    )  # fmt: skip

    [step] = steps(response)
    assert [part["units"] for part in step["parts"]] == [[team], []]
    assert response.context["said"][0].lines == (
        "예산과: 예산팀", "기획과: 나머지를 그대로 맡습니다.",
    )  # fmt: skip


def writing(county, name):
    """A rename as it stands in the editor that is open."""
    return {
        "_writing": "1", "step_kind": "rename", "step_unit": county.units["기획팀"],
        "step-name": name, "step-unit_kind": "team",
    }  # fmt: skip


@pytest.mark.parametrize("more", [{}, {"title": ""}, {"confirm": "1"}])
def test_a_step_that_is_being_written_stays_when_something_else_is_pressed(send, county, more):
    response = send(steps=merged(send, county), **writing(county, "전략팀"), **more)

    desk = response.context["desk"]
    assert (response.status_code, response.context["preview"]) == (422, None)
    assert (desk.editor["name"].value(), len(desk.steps)) == ("전략팀", 2)
    assert "적던 변경을 아직 넣지 않았습니다." in pages.text(response)
    assert set(pages.errors(response)) == ({"title"} if "title" in more else {"steps"})


def test_a_step_that_is_being_written_stays_when_another_is_taken_out(send, county):
    response = send(steps=merged(send, county), _remove="1", **writing(county, ""))

    desk = response.context["desk"]
    assert (desk.editor["name"].value(), len(desk.steps)) == ("", 1)
    assert desk.editor.errors == {}
    assert desk.told == "1번째 변경을 뺐습니다. 모두 1개입니다."


def test_what_is_being_written_is_put_away_on_purpose(send, county):
    response = send(_shut="1", **writing(county, "전략팀"))

    assert response.context["desk"].editor is None


@pytest.mark.parametrize(
    ("sent", "first"), [({}, []), ({"_open": "1"}, ['name="_add"', 'value="1"'])]
)
def test_enter_puts_in_the_step_that_is_being_written(send, county, sent, first):
    where = {"step_kind": "rename", "step_unit": county.units["기획팀"]} if sent else {}

    page = send(**sent, **where).content.decode()

    found = re.search(r'<button class="mk-sr"\s+type="submit"(.*?)\s+tabindex', page, re.DOTALL)
    assert found[1].split() == first


@pytest.mark.parametrize(
    ("kind", "names"), [("split", 1), ("move_post", 1), ("close_post", 1), ("rename", 0)]
)
def test_whoever_holds_a_post_that_is_offered_is_noted(send, county, kind, names):
    before = len(pages.log())

    opened(send, kind, county.units["재무과"])

    entries = [("view", "조직개편 등록", names)] if names else []
    assert [entry[1:4] for entry in pages.log()[before:]] == entries


def test_whoever_holds_a_post_that_a_step_names_is_noted(send, county):
    before = len(pages.log())

    send(steps=added(send, "close_post", county.units["재무과"], posts=[county.posts["재무과장"]])
         .context["desk"].written, title="")  # fmt: skip

    assert [entry[1:4] for entry in pages.log()[before:]] == [("view", "조직개편 등록", 1)] * 2


def merged(send, county):
    """Two teams become one, under a name of its own."""
    return added(
        send, "merge", county.units["기획팀"], with_1=county.units["예산팀"],
        into="first", name="기획예산팀", unit_kind="team",
    ).context["desk"].written  # fmt: skip


def test_what_moves_is_looked_at_before_anything_is_registered(send, county, within):
    response = send(steps=merged(send, county))

    preview = response.context["preview"]
    assert response.status_code == 422
    assert [pages.words(row) for row in preview.unit_rows] == [
        "명칭 변경 기획과 기획팀 기획과 기획예산팀", "폐지 기획과 예산팀 없음",
    ]  # fmt: skip
    assert len(preview.post_rows) == 2
    assert "‘기획예산팀’에 팀장 자리가 2개입니다." in pages.text(response)
    with within():
        assert not Reorganisation.objects.exists()


def test_what_was_looked_at_is_registered(send, client, county, within, soon):
    written = merged(send, county)
    mark = send(steps=written).context["mark"]

    response = send(steps=written, confirm=mark)

    with within():
        made = Reorganisation.objects.get()
        assert county.tree(soon) == [
            "군수", "기획과", "기획과 기획예산팀", "재무과", "재무과 계약팀", "재무과 재산팀",
        ]  # fmt: skip
    assert (response.status_code, response["Location"]) == (303, f"{LIST}{made.uid}/")
    page = client.get(response["Location"])
    assert "기획예산팀" in pages.text(page)


def test_what_was_changed_since_is_looked_at_again(send, county, within):
    written = merged(send, county)
    mark = send(steps=written).context["mark"]

    response = send(steps=written, confirm=mark, title="다른 이름의 개편")

    assert response.status_code == 422
    assert response.context["preview"] is not None
    with within():
        assert not Reorganisation.objects.exists()


def test_an_empty_form_is_told_everything_at_once(client, county):
    response = client.post(NEW, {"steps": "[]"})

    assert response.status_code == 422
    assert pages.errors(response) == {
        "title": "제목을 적어 주세요.", "on": "시행일을 적어 주세요.",
    }  # fmt: skip


@pytest.mark.parametrize("written", ["어제", "2026-02-30", "2026. 7. 1.(월)"])
def test_a_day_that_there_is_none_is_told_at_its_field(send, county, written):
    response = send(on=written, steps=merged(send, county))

    assert response.status_code == 422
    assert set(pages.errors(response)) == {"on"}
    assert len(steps(response)) == 2


def test_a_draft_keeps_a_day_that_there_is_none_as_it_was_written(client, send, county):
    kept = send(on="어제", _keep="1")

    assert kept.status_code == 303
    assert client.get(NEW).context["form"]["on"].value() == "어제"


def test_what_is_wrong_with_a_step_stands_beside_it(send, county):
    names = {"name": "예산팀", "unit_kind": "team"}
    written = added(send, "rename", county.units["기획팀"], **names).context["desk"].written

    response = send(steps=written)

    assert response.status_code == 422
    assert len(response.context["said"][0].problems) == 1
    assert 'href="#id_steps-1"' in response.content.decode()


def test_a_day_that_is_over_is_asked_for_on_purpose(send, county, today, within):
    past = (today - timedelta(days=3)).isoformat()
    written = merged(send, county)

    refused = send(steps=written, on=past)
    looked = send(steps=written, on=past, accepts_past="on", reason="의회 의결이 늦어짐")
    done = send(steps=written, on=past, accepts_past="on", reason="의회 의결이 늦어짐",
                confirm=looked.context["mark"])  # fmt: skip

    assert set(pages.errors(refused)) == {"on"}
    assert done.status_code == 303
    with within():
        assert Reorganisation.objects.get().on == date.fromisoformat(past)


@pytest.mark.parametrize("said", [{}, {"accepts_past": "on"}])
def test_units_stay_to_be_chosen_under_a_day_that_is_wrong(send, county, said):
    response = send(on="2020-01-01", _open="1", step_kind="rename", step_unit="", **said)

    offered = response.context["desk"].opening["step_unit"].as_widget()
    assert county.units["기획팀"] in offered


@pytest.mark.parametrize("written", ["{}", "[1]", '[{"step": "explode"}]', "kaputt", "null"])
def test_steps_that_this_page_has_not_written_are_refused(send, county, written):
    response = send(steps=written)

    assert response.status_code == 422
    assert steps(response) == []


@pytest.mark.parametrize("written", ["[" * 100_000, '[{"a":' * 50_000], ids=["lists", "objects"])
def test_steps_within_steps_without_end_are_refused(send, county, written):
    response = send(steps=written)

    assert response.status_code == 422
    assert list(pages.errors(response)) == ["steps"]


def test_a_number_longer_than_any_of_ours_is_none(send, county):
    far = "9" * 5_000
    unit = {
        "kind": "department",
        "name": "전략과",
        "parent": county.units["군수"],
        "key": f"new-{far}",
    }
    written = json.dumps([{"step": "create", "unit": unit}])

    left = send(_remove=far, steps=written)
    more = added(send, "create", steps=written, unit_kind="department", name="미래과",
                 parent=county.units["군수"])  # fmt: skip

    assert [each["unit"]["key"] for each in steps(left)] == [f"new-{far}"]
    assert [each["unit"]["key"] for each in steps(more)] == [f"new-{far}", "new-1"]


def test_a_draft_keeps_the_steps(client, send, county, within):
    written = merged(send, county)

    client.post(NEW, {"title": "반만 쓴 개편", "steps": written, "_keep": "1"})
    response = client.get(NEW)

    with within():
        assert Draft.objects.count() == 1
    assert response.context["form"]["title"].value() == "반만 쓴 개편"
    assert len(steps(response)) == 2


def registered(send, county):
    written = merged(send, county)
    mark = send(steps=written).context["mark"]
    return send(steps=written, confirm=mark)["Location"]


def test_until_its_day_it_is_taken_back_for_a_reason(client, send, county, within, soon):
    url = registered(send, county)

    without = client.post(f"{url}undo/", {"reason": ""})
    response = client.post(f"{url}undo/", {"reason": "계획이 바뀜"})

    assert without.status_code == 422
    assert (response.status_code, response["Location"]) == (303, url)
    with within():
        assert "기획과 예산팀" in county.tree(soon)
    assert "취소함" in pages.text(client.get(url))


def test_what_was_taken_back_stays_to_be_read_with_the_reason(client, send, county):
    url = registered(send, county)
    planned = client.get(url).context

    client.post(f"{url}undo/", {"reason": "계획이 바뀜"})
    page = client.get(url)

    assert "조직개편을 취소했습니다. 조직은 지금 그대로입니다." in pages.text(page)
    assert "바꿀 내용" in pages.text(page)
    assert "바뀌는 부서" in pages.text(page)
    assert "취소한 사유 계획이 바뀜" in pages.text(page)
    for name in ("before", "after", "unit_rows", "post_rows", "said"):
        assert planned[name] == page.context[name]
    assert page.context["unit_rows"] != []


def test_words_about_a_name_end_as_it_asks_for(client, send, county):
    undo = client.get(f"{registered(send, county)}undo/")
    split = opened(send, "split", county.units["재무과"])
    merge = opened(send, "merge", county.units["재무과"])

    assert "‘하반기 조직개편’을 취소할까요?" in pages.text(undo)
    assert "끄면 ‘재무과’는 없어지고" in pages.text(split)
    assert "‘재무과’가 이어 갑니다." in pages.text(merge)


def test_what_was_taken_back_is_not_taken_back_again(client, send, county):
    url = registered(send, county)
    client.post(f"{url}undo/", {"reason": "계획이 바뀜"})

    response = client.get(f"{url}undo/")

    assert "취소할 수 없습니다" in pages.text(response)
    assert client.post(f"{url}undo/", {"reason": "다시"}).status_code == 409


def test_the_list_tells_planned_from_undone(client, send, county):
    registered(send, county)

    assert len(client.get(LIST, {"state": "planned"}).context["shown"].rows) == 1
    assert client.get(LIST, {"state": "undone"}).context["shown"].rows == []


@pytest.mark.parametrize("url", [NEW, f"{LIST}0000000000/undo/"])
def test_nobody_but_an_administrator_reorganises(desk, county, url):
    assert desk(Role.COORDINATOR).get(url).status_code == 403


def test_a_reorganisation_that_never_was_is_not_found(client, county):
    assert client.get(f"{LIST}0000000000/").status_code == 404
