"""Steps of a reorganisation as the desk takes them and as it reads them out."""

import json

import pytest

from mokmin.foundation.orgs.states import UnitKind
from tests.surfaces.console import pages

NEW = "/staff/organisation/reorganisations/new/"
BECOMES = {
    UnitKind.HEAD: "단체장으로",
    UnitKind.BUREAU: "국으로",
    UnitKind.OFFICE: "실로",
    UnitKind.DEPARTMENT: "과로",
    UnitKind.DIRECTOR: "담당관으로",
    UnitKind.AGENCY: "직속기관으로",
    UnitKind.STATION: "사업소로",
    UnitKind.COUNCIL: "의회사무로",
    UnitKind.EUP: "읍으로",
    UnitKind.MYEON: "면으로",
    UnitKind.DONG: "동으로",
    UnitKind.TEAM: "팀으로",
}


@pytest.fixture
def add(client, county, soon):
    """Puts one step about a unit on the desk."""

    def put(kind, unit, **values):
        heading = {"title": "개편", "on": soon.isoformat(), "reason": "", "steps": "[]"}
        written = {f"step-{name}": value for name, value in values.items()}
        place = {"step_kind": kind, "step_unit": county.units[unit]}
        return client.post(NEW, {**heading, **place, **written, "_add": "1"})

    return put


def steps(response):
    return json.loads(response.context["desk"].written)


def read_out(response):
    [step] = response.context["said"]
    return (step.title, step.lines)


@pytest.mark.parametrize("kind", sorted(set(UnitKind) - {UnitKind.DEPARTMENT}), ids=str)
def test_another_kind_is_read_out_as_it_is_spoken(add, kind):
    response = add("rename", "기획과", name="기획과", unit_kind=kind.value)

    assert read_out(response) == (f"‘기획과’의 종류를 {BECOMES[kind]} 바꿉니다.", ())


def test_name_and_kind_are_both_read_out(add):
    response = add("rename", "기획팀", name="전략과", unit_kind="department")

    assert read_out(response) == (
        "‘기획과 기획팀’의 이름을 ‘전략과’로, 종류를 과로 바꿉니다.",
        (),
    )


def test_a_unit_that_goes_to_the_top_is_read_out_so(add):
    response = add("move", "기획과", parent="")

    assert read_out(response) == ("‘기획과’를 맨 위로 옮깁니다.", ())


def test_a_team_is_abolished_with_its_posts(add, county):
    response = add("abolish", "재산팀", posts_to="")

    assert read_out(response) == ("‘재무과 재산팀’을 없앱니다.", ("자리도 모두 없앱니다.",))
    assert steps(response) == [
        {"step": "abolish", "unit": county.units["재산팀"], "posts_to": None, "units_to": None}
    ]


def test_the_posts_of_an_abolished_team_may_go_elsewhere(add, county):
    response = add("abolish", "재산팀", posts_to=county.units["계약팀"])

    assert read_out(response) == (
        "‘재무과 재산팀’을 없앱니다.",
        ("자리는 ‘재무과 계약팀’에 둡니다.",),
    )


def test_where_the_teams_of_an_abolished_department_go_has_to_be_said(add, county):
    refused = add("abolish", "재무과", posts_to=county.units["기획과"], units_to="")
    taken = add(
        "abolish", "재무과", posts_to=county.units["기획과"], units_to=county.units["기획과"]
    )

    editor = refused.context["desk"].editor
    assert dict(editor.errors) == {"units_to": ["하위 부서를 옮길 부서를 골라 주세요."]}
    assert steps(refused) == []
    assert read_out(taken) == (
        "‘재무과’를 없앱니다.",
        ("자리는 ‘기획과’에 둡니다.", "하위 부서는 ‘기획과’ 아래로 옮깁니다."),
    )


def test_a_unit_without_teams_is_not_asked_where_they_go(client, county):
    place = {"step_kind": "abolish", "step_unit": county.units["재산팀"]}

    response = client.post(NEW, {"steps": "[]", **place, "_open": "1"})

    assert list(response.context["desk"].editor.fields) == ["posts_to"]
    assert "옮기지 않고 자리를 모두 없앰" in pages.text(response)
