"""Every part stands in the gallery, in every state that it can be in."""

import inspect
import re
import sys
from collections import Counter
from html.parser import HTMLParser
from typing import ClassVar

import pytest

from mokmin.surfaces.console.sample import SAMPLES
from mokmin.surfaces.kit import charts
from mokmin.surfaces.kit.gallery import SECTIONS, lists
from mokmin.surfaces.kit.gallery.example import LONG, State, render
from mokmin.surfaces.kit.lists import parts as pieces
from tests.house import sources
from tests.surfaces.kit import stage
from tests.surfaces.kit.test_template_lint import FORBIDDEN

PARTS = [part for section in SECTIONS for part in section.parts]
SHOWN = {part.slug: {example.state for example in part.examples} for part in PARTS}
EXAMPLES = [(part, example) for part in PARTS for example in part.examples]
NAMES = [f"{part.slug}-{at}" for at, (part, _) in enumerate(EXAMPLES)]
TEMPLATES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sources.templates()
    if path.parent.name == "cotton" and "kit" in path.parts
}
OF_THE_FRAME = {
    "bell": "in the bar of every staff page",
    "breadcrumb": "above every page",
    "crumb": "inside breadcrumb",
    "gov_banner": "above every public page, where the municipality wants it",
    "messages": "above every page that has something to say",
    "page_foot": "below every public page",
    "page_head": "above every page",
    "print_foot": "on paper only",
    "screen_settings": "in the bar of every page",
    "session_warning": "in every page of somebody signed in, around its two parts",
    "side_nav": "beside every staff page",
    "site_footer": "below every public page",
    "toasts": "in every page",
    "user_menu": "in the bar of every page",
}
"""Parts that the frames show around every page, where axe and pa11y walk them."""

INSIDE = {
    "error_summary": "form",
    "field_error": "field",
    "form_actions": "confirm",
    "meta_item": "dl_meta",
    "reveal": "field",
    "secret": "totp_setup",
}
"""Parts that are shown inside another, with whose examples they stand."""

OF_FIELDS = {
    name
    for _, form in SAMPLES.values()
    for field in form().fields.values()
    for name in getattr(field, "scripts", ())
}
"""Fields with a behaviour of their own, drawn by their widgets."""

OF_PYTHON = {"dialog", "list"}
"""Parts that pages get ready made: a question opened by a script, a list."""

TELLING = {"empty": State.EMPTY, "why": State.DISABLED, "error": State.ERROR}
"""A value of a part, and the state that comes with it."""


def test_every_part_stands_in_the_gallery_or_in_the_frame():
    known = SHOWN.keys() | OF_THE_FRAME.keys() | INSIDE.keys()

    assert TEMPLATES.keys() - known == set()


def test_nothing_is_listed_that_is_not_there():
    kinds = {name.lower() for name in charts.__all__} - {"chart", "series", "slice", "bar"}

    assert (OF_THE_FRAME.keys() | INSIDE.keys()) - TEMPLATES.keys() == set()
    assert SHOWN.keys() - TEMPLATES.keys() == kinds - {"progress", "figure"} | OF_FIELDS | OF_PYTHON
    assert set(INSIDE.values()) - SHOWN.keys() == set()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.slug)
def test_a_part_is_shown_in_the_states_that_its_values_tell(part):
    variables = re.search(r"<c-vars(.*?)/?>", TEMPLATES.get(part.slug, "<c-vars/>"), re.DOTALL)[1]
    told = {state for name, state in TELLING.items() if re.search(rf"\b{name}=", variables)}

    assert told - SHOWN[part.slug] == set()
    assert SHOWN[part.slug] & {State.FILLED, State.EMPTY}


def test_the_long_text_has_three_hundred_characters():
    assert len(LONG) == 300


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.slug)
def test_a_part_that_shows_text_is_shown_with_three_hundred_characters(part):
    long = [_html(each) for each in part.examples if each.state is State.LONG]

    assert any(UNBROKEN in _unbroken(html) for html in long) or part.slug in WITHOUT_TEXT


def _unbroken(html):
    """Where lines are set one by one, as in a chart, the text has no spaces at their ends."""
    return "".join(html.replace("<wbr>", "").split())


UNBROKEN = "".join(LONG.split())

WITHOUT_TEXT = {
    "grid": "only places other parts",
    "pager": "its words are its own",
    "print_button": "its words are its own",
    "recovery_codes": "codes have one length",
    "search": "a line to type in",
    "session_over": "its words are its own",
    "session_soon": "its words are its own",
    "spinner": "its words are heard only",
    "totp_setup": "keys have one length",
}


def test_every_piece_of_a_list_stands_in_an_example():
    made = {each.__code__ for _, each in inspect.getmembers(pieces, inspect.isfunction)}
    called = set()

    sys.setprofile(lambda frame, _event, _value: called.add(frame.f_code))
    try:
        drawn = [_html(example) for example in lists.LIST.examples]
    finally:
        sys.setprofile(None)

    assert len(drawn) == len(lists.LIST.examples)
    assert {each.co_name for each in made - called} == set()


def test_the_troubles_of_lists_and_of_drafts_are_shown():
    shown = {part.slug: [_html(each) for each in part.examples] for part in PARTS}
    marks = [re.search('data-autosave="([a-z]+)"', html)[1] for html in shown["autosave_mark"]]
    unreadable = [html.count('aria-invalid="true"') for html in shown["list"]]

    assert set(marks) == {"idle", "saved", "failed", "conflict"}
    assert unreadable == [0, 0, 0, 2, 0]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.slug)
def test_names_on_a_page_of_the_gallery_are_given_once(section):
    html = "".join(_html(example) for part in section.parts for example in part.examples)
    ids = Counter(re.findall(r'\sid="([^"]+)"', html))

    assert {name: count for name, count in ids.items() if count > 1} == {}
    assert [name for name in ids if name.startswith("part-")] == []


@pytest.mark.parametrize("example", [each for _, each in EXAMPLES], ids=NAMES)
def test_what_a_part_makes_is_clean_and_whole(example):
    html = _html(example)
    balance = Balance(html)

    assert [what for what, pattern in FORBIDDEN.items() if re.search(pattern, html)] == []
    assert (balance.open, balance.wrong) == ([], [])


def _html(example):
    return str(render(example, stage.request()))


class Balance(HTMLParser):
    """Elements that are open; the first that is shut out of turn."""

    VOID: ClassVar[set[str]] = {"br", "hr", "img", "input", "link", "wbr"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # as the parser calls it
        """Into an element."""
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """An element that holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        """Out of the last one."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)
