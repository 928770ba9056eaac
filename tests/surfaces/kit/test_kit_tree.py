"""Hierarchies: what is open, what is found, and that they open by keyboard and without a script."""

import re

import pytest

from mokmin.surfaces.kit.tree import Node, count, found, tree
from tests.surfaces.kit.stage import render

UNITS = (
    Node("행정복지국", "/u/1/", children=(
        Node("행정과", "/u/2/", note="과장 이도현", children=(Node("인사·조직팀", "/u/3/"),)),
        Node("주민복지과", "/u/4/"),
    )),
    Node("보건소", "/u/5/"),
)  # fmt: skip
EVIL = "<b>\"'&"


def labels(nodes):
    """Names with what is below them."""
    return {node.label: labels(node.children) for node in nodes}


def test_the_branches_around_the_current_node_are_open():
    nodes = (Node("가", children=(Node("나", children=(Node("다", is_current=True),)),)),
             Node("라", children=(Node("마"),)))  # fmt: skip

    html = tree(nodes, label="조직")

    assert re.findall(r"<details( open)?><summary><span class=\"mk-sr\">([^<]+)<", html) == [
        (" open", "가 아래 1개"),
        (" open", "나 아래 1개"),
        ("", "라 아래 1개"),
    ]
    assert html.count('aria-current="page"') == 1


@pytest.mark.parametrize(
    ("word", "way"),
    [
        ("보건", {"보건소": {}}),
        ("인사조직", {"행정복지국": {"행정과": {"인사·조직팀": {}}}}),
        ("이 도현", {"행정복지국": {"행정과": {"인사·조직팀": {}}}}),
        ("복지", {"행정복지국": {"주민복지과": {}}}),
        ("없는 말", {}),
        (" ", {"행정복지국": {"행정과": {"인사·조직팀": {}}, "주민복지과": {}}, "보건소": {}}),
    ],
)
def test_looking_for_a_word_leaves_what_has_it_and_the_way_there(word, way):
    assert labels(found(UNITS, word)) == way


def test_what_was_found_is_opened_marked_and_counted():
    nodes = found(UNITS, "인사")
    html = tree(nodes, label="조직")

    assert re.findall(r"<mark>(.*?)</mark>", html) == ["인사"]
    assert html.count("<details open>") == 2
    assert count(nodes) == 1


def test_a_word_written_otherwise_marks_the_whole_name():
    assert "<mark>인사·조직팀</mark>" in tree(found(UNITS, "사조"), label="조직")


def test_what_people_wrote_stays_text():
    nodes = (Node(EVIL, EVIL, EVIL, EVIL, "late", EVIL, (Node(EVIL, marked=EVIL),)),)

    html = render('<c-tree label="{{ evil }}" :nodes="nodes" id="x" />', nodes=nodes, evil=EVIL)

    assert "<b>" not in html


def test_an_empty_hierarchy_says_so():
    html = render('<c-tree label="조직" empty="아직 등록한 부서가 없습니다." />')

    assert "<ul" not in html
    assert "<strong>아직 등록한 부서가 없습니다.</strong>" in html


PAGE = """{% extends "base_staff.html" %}{% load kit %}{% block title %}조직{% endblock %}
{% block content %}<c-tree label="조직" :nodes="nodes" id="units" />{% endblock %}"""


@pytest.fixture
def page(site, window):
    """A page with the hierarchy, for a browser with or without scripts."""

    def opened(*, has_js):
        shown = window(has_js=has_js)
        shown.goto(site({"/staff/": PAGE}, {"nodes": UNITS}).url + "/staff/")
        return shown

    return opened


@pytest.mark.parametrize("has_js", [True, False])
def test_a_branch_opens_by_keyboard_with_and_without_a_script(page, has_js):
    shown = page(has_js=has_js)

    shown.get_by_role("link", name="행정복지국").focus()
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")

    assert shown.get_by_role("link", name="행정과").is_visible()
    assert not shown.get_by_role("link", name="인사·조직팀").is_visible()
    assert shown.get_by_role("button", name="모두 펴기").count() == int(has_js)


def test_all_branches_open_and_shut_at_once(page):
    shown = page(has_js=True)
    shown.get_by_role("button", name="모두 펴기").click()

    opened = shown.get_by_role("link", name="인사·조직팀").is_visible()
    shown.get_by_role("button", name="모두 접기").click()

    assert opened
    assert not shown.get_by_role("link", name="행정과").is_visible()


def test_paper_has_every_branch_and_the_screen_is_as_it_was_afterwards(page):
    shown = page(has_js=True)
    state = "[...document.querySelectorAll('.mk-tree details')].map(each => each.open)"

    shown.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = shown.evaluate(state)
    shown.evaluate("dispatchEvent(new Event('afterprint'))")

    assert printed == [True, True]
    assert shown.evaluate(state) == [False, False]
