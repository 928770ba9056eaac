"""Paper: as narrow as a phone is wide, and yet no phone."""

import pytest

from mokmin.surfaces.kit import rows
from mokmin.surfaces.kit.charts import Series, Stacked
from mokmin.surfaces.kit.gallery.fields import Picking

A4 = 703
"""Pixels between the margins of a sheet."""

COLUMNS = (rows.Column("이름", names_row=True), rows.Column("상태"))
PAGE = """{% extends "base_staff.html" %}{% load kit %}{% block title %}종이{% endblock %}
{% block page_style %}{% page_style "charts" %}{% endblock %}
{% block content %}
<c-card title="표"><c-table caption="표" :columns="columns" :rows="rows" /></c-card>
<c-card title="없음"><c-empty title="아직 없습니다." /></c-card>
<c-card title="차트">{% chart chart %}</c-card><c-form :form="form" />{% endblock %}"""


@pytest.fixture
def paper(site, window):
    """The page as it is printed."""
    values = {
        "columns": COLUMNS,
        "rows": [rows.tr(COLUMNS, ("김서윤", "사용 중"))],
        "chart": Stacked("상태", ("홍보",), (Series("완료", (3,), "done"),)),
        "form": Picking(initial={"others": ("sample0001", "sample0002")}),
    }
    page = window(width=A4)
    page.goto(site({"/staff/": PAGE}, values).url + "/staff/")
    page.emulate_media(media="print")
    return page


def looks(page, selector, name):
    """A computed value."""
    return page.evaluate(
        "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]",
        [selector, name],
    )


def test_a_table_stays_a_table_and_its_card_may_break(paper):
    assert looks(paper, ".mk-table thead", "display") == "table-header-group"
    assert looks(paper, ".mk-table td", "display") == "table-cell"
    assert looks(paper, ".mk-card:has(.mk-table)", "breakInside") == "auto"


def test_an_empty_card_takes_a_line(paper):
    assert not paper.locator(".mk-empty > .mk-icon").is_visible()
    assert paper.locator(".mk-card:has(> * > .mk-empty)").bounding_box()["height"] < 140


def test_a_chart_keeps_its_colours_and_leaves_its_table_on_the_screen(paper):
    assert looks(paper, ".mk-chart svg", "printColorAdjust") == "exact"
    assert not paper.get_by_text("표로 보기").is_visible()


def test_nothing_is_cut_off_at_the_edge_of_the_sheet(paper):
    assert paper.evaluate("document.documentElement.scrollWidth") == A4


def test_what_was_picked_is_printed(paper):
    assert paper.locator(".mk-picked-one").count() == 2
    assert paper.get_by_text("문화기획팀").first.is_visible()
