"""Lists without a database: declarations, conditions, addresses, rows."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils.safestring import SafeString

from mokmin.foundation.access.actor import VISITOR, Actor
from mokmin.lib.errors import Refusal
from mokmin.surfaces.kit.addresses import AddressOf
from mokmin.surfaces.kit.lists import asked, filters, table
from mokmin.surfaces.kit.lists.declared import ListColumn, Listing
from mokmin.surfaces.kit.lists.filters import Choice, Day, Flag, Text

TREES = (("oak", "참나무"), ("pine", "소나무"))
STAFF = Actor(person_id=1)


@dataclass(frozen=True)
class Tree:
    """One row."""

    uid: str
    name: str
    height: int = 0


def for_staff(actor):
    return None if actor.person_id else "직원만 볼 수 있습니다."


def listing(**changes):
    """A list of trees."""
    declared = {
        "route": "console:people",
        "title": "나무",
        "open_to": for_staff,
        "rows": lambda _ask: (),
        "columns": (
            ListColumn("name", "이름", lambda tree: tree.name, value=lambda tree: tree.name,
                       sort="name", names_row=True),
            ListColumn("height", "높이", lambda tree: SafeString(f"<b>{tree.height}</b>"),
                       kind="number", sort="height"),
            ListColumn("note", "비고", lambda _tree: "", is_hidden=True),
        ),
        "sort": "name",
        "filters": (Text("word", "이름"), Choice("kind", "종류", TREES), Day("since", "첫날"),
                    Flag("tall", "큰 것만", open_to=for_staff)),
    }  # fmt: skip
    return Listing(**declared | changes)


def read(query, *, of=None, actor=STAFF):
    return asked.read(of or listing(), QueryDict(query), actor)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"filters": (Text("sort", "차례"),)}, "a filter cannot be called"),
        ({"columns": ()}, "one column names the row"),
        ({"columns": (listing().columns[0],) * 2}, "keys are unique"),
        ({"columns": (ListColumn("name", "이름", str, names_row=True, is_personal=True),)},
         "personal columns have subjects"),
    ],
)  # fmt: skip
def test_a_declaration_that_could_not_work_is_a_bug(changes, why):
    with pytest.raises(ValueError, match=why):
        listing(**changes)


def test_what_is_asked_for_is_read():
    found = read(
        "word= 참 &kind=oak&since=2026. 7. 1.&tall=1&sort=-height&rows=100&after=0123456789"
    )

    assert dict(found.conditions) == {
        "word": "참", "kind": "oak", "since": date(2026, 7, 1), "tall": True,
    }  # fmt: skip
    assert (found.sort, found.size, found.after, found.problems) == (
        "-height", 100, "0123456789", {},
    )  # fmt: skip


def test_what_was_left_empty_is_no_condition():
    found = read("word=&kind=&since=&tall=")

    assert (dict(found.conditions), found.query) == ({}, "")


def test_every_condition_that_cannot_be_read_is_told():
    found = read(f"word={'가' * 201}&kind=elm&since=2026-02-30")

    assert found.problems == {
        "word": "찾는 말은 200자까지 적을 수 있습니다.",
        "kind": "목록에 없는 값입니다. 다시 골라 주세요.",
        "since": "‘2026-02-30’은 달력에 없는 날짜입니다.",
    }
    assert dict(found.conditions) == {}


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31"])
def test_days_out_of_all_reason_are_none(day):
    with pytest.raises(Refusal, match="1900년부터 2999년까지"):
        Day("since", "첫날").read(day, STAFF)


def test_a_condition_for_others_is_not_there():
    found = read("tall=1", actor=VISITOR)

    assert "tall" not in found.said
    assert found.query == ""


def test_choices_may_depend_on_who_asks():
    choice = Choice("kind", "종류", lambda actor: TREES[: actor.person_id or 0])

    assert choice.read("oak", STAFF) == "oak"
    with pytest.raises(Refusal):
        choice.read("pine", STAFF)


def test_addresses_keep_what_was_chosen_and_drop_the_place():
    found = read("word=참&kind=oak&cols=note&after=0123456789&unknown=1")

    assert found.query == "word=%EC%B0%B8&kind=oak&cols=name%2Cnote"
    assert found.address(sort="height") == f"?{found.query}&sort=height"
    assert found.address(cols="", word="") == "?kind=oak"
    assert found.without("word", "kind") == (("cols", "name,note"),)


def test_columns_come_in_the_order_of_the_list():
    assert [column.key for column in read("cols=note,height").columns] == [
        "name", "height", "note",
    ]  # fmt: skip


def test_the_places_of_numbered_rows_are_sealed():
    numbered = listing(has_numbers=True, key=lambda tree: tree.height)

    mark = asked.mark(numbered, Tree("x", "소나무", 7))

    assert asked.place(numbered, mark) == "7"
    assert asked.place(numbered, "7") == ""
    assert mark.partition(":")[0] != "7"


def test_a_field_says_what_is_wrong_with_it():
    drawn = filters.fields(
        (Day("since", "첫날"),), {"since": '"><b>'}, {"since": "날짜가 <아님>"}, STAFF
    )

    assert 'aria-invalid="true" aria-describedby="find-since-error"' in drawn
    assert 'value="&quot;&gt;&lt;b&gt;"' in drawn
    assert "날짜가 &lt;아님&gt;" in drawn


def test_a_day_is_shown_in_the_browsers_own_calendar():
    drawn = Day("since", "첫날").drawn("2026. 7. 1.", "", STAFF)

    assert '<input type="date" id="find-since" name="since" value="2026-07-01">' in drawn


def test_rows_are_escaped_unless_they_are_markup():
    trees = listing()

    (row,) = table.body(trees, trees.columns[:2], [Tree("x", "<소나무>", 3)])

    assert row == (
        '<tr><th scope="row">&lt;소나무&gt;</th>'
        '<td class="is-number" data-label="높이"><div><b>3</b></div></td></tr>'
    )


def test_a_row_can_be_ticked_by_its_name():
    trees = listing()

    (row,) = table.body(trees, trees.columns[:1], [Tree("x", '"소"', 3)], is_bulk=True)

    assert 'value="x" aria-label="&quot;소&quot; 고르기" data-list-row' in row


def test_the_address_of_a_row_is_that_of_the_resolver():
    assert AddressOf("console:person")("0123456789") == "/staff/people/0123456789/"


def test_what_is_the_same_is_drawn_once():
    drawn = []

    class Counting:
        def __str__(self):
            drawn.append(1)
            return "가"

    page = Template("{% load kit_frame %}{% same key %}{{ word }}{% endsame %}")

    said = [page.render(Context({"key": key, "word": Counting()})) for key in (1, 1, 2)]

    assert (said, len(drawn)) == (["가", "가", "가"], 2)
