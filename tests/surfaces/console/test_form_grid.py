"""A table of inputs: typed rows, every wrong cell at once, and no script needed."""

import re
from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from mokmin.foundation.access.states import Role
from mokmin.lib.errors import Invalid
from mokmin.surfaces.kit.forms.base import Number, StaffForm
from mokmin.surfaces.kit.forms.dates import DateField
from mokmin.surfaces.kit.forms.grid import GridField
from mokmin.surfaces.kit.forms.pickers import PersonField
from mokmin.surfaces.kit.templatetags.kit_forms import error_lines
from tests.foundation.orgs.hamlet import Hamlet
from tests.surfaces.console import pages
from tests.surfaces.kit import stage

URL = "/staff/gallery/form/table/"
KINDS = (("event", "행사"), ("meeting", "회의"))


class ErrandForm(StaffForm):
    lines = GridField(
        label="할 일",
        limit=4,
        empty_rows=3,
        needed=("what",),
        columns={
            "what": forms.CharField(label="할 일", max_length=5),
            "who": PersonField(label="맡은 사람"),
            "kind": forms.ChoiceField(label="구분", choices=KINDS),
            "on": DateField(label="기한", is_typed=True),
            "count": Number(label="수량"),
            "is_done": forms.BooleanField(label="마침"),
        },
    )


def sent(*rows, **more):
    """Rows of cells as a page sends them."""
    data = QueryDict(mutable=True)
    data["lines-rows"] = str(len(rows))
    for place, row in enumerate(rows):
        for column, value in row.items():
            data[f"lines-{place}-{column}"] = value
    data.update(more)
    return ErrandForm(data)


def told(form):
    return [(line.anchor, line.sentence) for line in error_lines(form)]


def drawn(form):
    """The table, row by row: what stands in the cells."""
    html = str(form["lines"])
    rows = re.findall(r"<tr data-sheet-row.*?</tr>", html.partition("<template")[0], re.DOTALL)
    return [
        re.findall(r'<input type="text"[^>]* value="([^"]*)"|<option value="([^"]*)" selected', row)
        for row in rows
    ]


def test_rows_come_typed_and_empty_ones_are_left_out(in_a):
    place = Hamlet()
    form = sent(
        {"what": "현수막", "who": "라주무", "kind": "event", "on": "2026. 7. 1.", "count": "1,200"},
        {"what": "", "kind": ""},
        {"what": "물 사기", "is_done": "on"},
    )

    assert form.is_valid()
    first, second = form.cleaned_data["lines"]
    assert dict(first.values) == {
        "what": "현수막",
        "who": place.people["라주무"].uid,
        "kind": "event",
        "on": date(2026, 7, 1),
        "count": 1200,
        "is_done": False,
    }
    assert (second.number, second["what"], second["on"], second["is_done"]) == (
        3, "물 사기", None, True,
    )  # fmt: skip


def test_every_wrong_cell_is_told_at_once_with_its_row(in_a):
    form = sent(
        {"what": "현수막"},
        {"what": "", "who": "없는이", "kind": "모름", "on": "내일", "count": "많이"},
        {"what": "긴 이름의 할 일"},
    )

    assert not form.is_valid()
    assert told(form) == [
        ("id_lines-1-what", "2번째 줄 할 일: 적어 주세요."),
        (
            "id_lines-1-who",
            "2번째 줄 맡은 사람: ‘없는이’라는 사람이 없습니다. 이름을 확인해 주세요.",
        ),
        ("id_lines-1-kind", "2번째 줄 구분: ‘모름’은 목록에 없습니다. 목록에서 골라 주세요."),
        (
            "id_lines-1-on",
            "2번째 줄 기한: ‘내일’은 날짜로 읽을 수 없습니다. 2026. 7. 1.처럼 적어 주세요.",
        ),
        ("id_lines-1-count", "2번째 줄 수량: ‘많이’는 읽을 수 없습니다. 숫자로 적어 주세요."),
        ("id_lines-2-what", told(form)[5][1]),
    ]
    assert told(form)[5][1].startswith("3번째 줄 할 일: ")


def test_a_wrong_cell_keeps_its_text_and_says_what_is_wrong_beside_it(in_a):
    form = sent({"what": "현수막", "on": "내일", "kind": "모름"})

    assert not form.is_valid()
    html = str(form["lines"])
    assert ("", "모름") in drawn(form)[0]
    assert ("내일", "") in drawn(form)[0]
    [control] = re.findall(r'<input[^>]* id="id_lines-0-on"[^>]*>', html)
    assert 'aria-label="1번째 줄 기한"' in control
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_lines-0-on_error"' in control
    assert html.count('id="id_lines-0-on_error"') == 1


def test_a_choice_may_be_pasted_as_it_is_read(in_a):
    form = sent({"what": "현수막", "kind": "회 의"})

    assert form.is_valid()
    assert form.cleaned_data["lines"][0]["kind"] == "meeting"


def test_removed_rows_do_not_count_but_stay_where_they_are(in_a):
    form = sent({"what": "현수막", "_gone": "1"}, {"what": "물 사기"})

    assert form.is_valid()
    assert [(row.number, row["what"]) for row in form.cleaned_data["lines"]] == [(2, "물 사기")]
    assert str(form["lines"]).count('data-sheet-row class="is-gone"') == 1


def test_more_rows_than_there_may_be_are_refused_in_one_sentence(in_a):
    form = sent(*({"what": "일"} for _ in range(5)))

    assert not form.is_valid()
    assert told(form) == [
        ("id_lines", "할 일에는 4줄까지 적을 수 있습니다. 지금 5줄입니다."),
    ]


@pytest.mark.parametrize("count", ["", "-1", "많이", "9999999", "１"])
def test_a_broken_number_of_rows_is_no_row(in_a, count):
    data = QueryDict(mutable=True)
    data.update({"lines-rows": count, "lines-0-what": "현수막"})

    form = ErrandForm(data)

    assert form.is_valid()
    assert form.cleaned_data["lines"] == ()


def test_a_table_begins_with_rows_of_a_page_and_at_least_one_empty(in_a):
    place = Hamlet()
    rows = [
        {"what": "현수막", "who": place.people["라주무"].uid, "on": date(2026, 7, 1), "count": 3},
        {"what": "물"},
        {"what": "의자"},
    ]

    form = ErrandForm(initial={"lines": rows})

    shown = drawn(form)
    assert len(shown) == 4
    assert shown[0] == [("현수막", ""), ("라주무", ""), ("", ""), ("2026. 7. 1.", ""), ("3", "")]


def test_an_empty_table_shows_its_empty_rows(in_a):
    assert len(drawn(ErrandForm())) == 3


def test_a_row_may_begin_with_a_choice_as_it_is_read(in_a):
    rows = [{"what": "현수막", "who": None, "kind": "행사"}, {"what": "물"}]

    form = ErrandForm(initial={"lines": rows})

    assert drawn(form)[0] == [("현수막", ""), ("", ""), ("", "event"), ("", ""), ("", "")]


def test_what_an_action_says_of_a_row_stands_at_its_cell(in_a):
    form = sent({"what": "", "kind": ""}, {"what": "현수막"}, {"what": "물"})

    def refuse(_values):
        raise Invalid(
            {
                "lines.0.on": "지난 날짜입니다.",
                "lines.1": "이미 한 일입니다.",
                "lines.7": "없는 줄입니다.",
            }
        )

    assert not form.has_done(refuse)
    assert told(form) == [
        ("id_lines-1-on", "2번째 줄 기한: 지난 날짜입니다."),
        ("id_lines-2-what", "3번째 줄: 이미 한 일입니다."),
        ("id_lines", "없는 줄입니다."),
    ]
    assert 'id="id_lines-1-on_error"' in str(form["lines"])
    assert 'id="id_lines-2_error"' in str(form["lines"])


def test_names_of_all_rows_are_looked_up_at_once(in_a, django_assert_num_queries):
    Hamlet()
    form = sent(*({"what": "일", "who": name} for name in ("가군수", "나과장", "다팀장", "라주무")))

    with django_assert_num_queries(1):
        assert form.is_valid()
        str(form["lines"])


def test_a_table_begins_with_people_in_one_query(in_a, django_assert_num_queries):
    place = Hamlet()
    rows = [{"what": "일", "who": person.uid} for person in place.people.values()]
    form = ErrandForm(initial={"lines": rows})

    with django_assert_num_queries(1):
        str(form["lines"])


def test_all_that_is_wrong_with_the_whole_table_is_said_at_one_place():
    form = sent({"what": "일"})

    def refuse(_values):
        raise Invalid({"lines": "줄이 모자랍니다.", "lines.7": "없는 줄입니다."})

    assert not form.has_done(refuse)
    html = stage.render('<c-field :field="form.lines" />', form=form)
    assert html.count('id="id_lines_error"') == 1
    assert 'aria-describedby="id_lines_error"' in html
    assert "<span>줄이 모자랍니다. 없는 줄입니다.</span>" in html


def behind(**more):
    """A page on which so many rows were removed that others stand behind all that is read."""
    rows = [{"what": "일", "_gone": "1"}] * 54
    return sent(*rows, {"what": "남은 일", **more})


def test_rows_behind_all_that_is_read_are_refused_aloud():
    form = behind()

    assert not form.is_valid()
    assert told(form) == [
        (
            "id_lines",
            "할 일에 지운 줄과 빈 줄이 너무 많습니다. 54번째 줄 아래는 읽지 못했습니다. "
            "화면을 새로 열어 다시 적어 주세요.",
        )
    ]


@pytest.mark.parametrize("more", [{"_gone": "1"}, {"what": " "}])
def test_removed_and_empty_rows_behind_all_that_is_read_are_no_loss(more):
    form = behind(**more)

    assert form.is_valid()
    assert form.cleaned_data == {"lines": ()}


@pytest.fixture
def client(desk):
    return desk(Role.ADMINISTRATOR)


def test_without_a_script_a_button_adds_rows_and_judges_nothing(client):
    data = {"title": "", "lines-rows": "5", "lines-4-what": "현수막", "lines-_more": "1"}

    response = client.post(URL, data)

    form = response.context["form"]
    assert (response.status_code, form.errors) == (422, {})
    assert len(form["lines"].value().lines) == 10
    assert "현수막" in response.content.decode()


def test_a_draft_keeps_the_whole_table(client):
    data = {"lines-rows": "7", "lines-6-what": "현수막", "_draft": ""}
    client.post(URL, data, headers={"X-Mokmin-Draft": "keep"})

    form = client.get(URL).context["form"]

    lines = form["lines"].value().lines
    assert (len(lines), lines[6].cells["what"]) == (7, "현수막")


def test_a_full_table_is_taken(client):
    data = {"title": "행사", "on": "2026-10-01", "lines-rows": "50"}
    for place in range(50):
        for column, value in {"what": "일", "kind": "행사", "count": "1"}.items():
            data[f"lines-{place}-{column}"] = value

    assert client.post(URL, data).status_code == 303


def test_a_table_tells_how_many_cells_are_wrong_in_the_summary(client):
    data = {"title": "행사", "on": "2026-10-01", "lines-rows": "1", "lines-0-count": "많이"}

    response = client.post(URL, data)

    assert response.status_code == 422
    text = pages.text(response)
    assert "1번째 줄 할 일: 적어 주세요." in text
    assert "1번째 줄 수량: ‘많이’는 읽을 수 없습니다. 숫자로 적어 주세요." in text
