"""What no page may send, whoever wrote it: a template, a row made in Python, a chart."""

import ast
import re

import pytest

from mokmin.foundation.access.states import Role
from tests.house import sources
from tests.surfaces import planted
from tests.surfaces.kit.test_template_lint import FORBIDDEN
from tests.surfaces.rendered import pages

MODULES = [path for path in sources.modules() if "surfaces" in path.parts]
MARKUP = re.compile(r"<[a-z/!]|=\"")
SENT = {
    **{what: FORBIDDEN[what] for what in FORBIDDEN if what != "text marked safe"},
    "something that was never filled in": r"\{\{|\{%",
}
SHOWN_AS_TEXT = re.compile(r"<pre\b.*?</pre>", re.DOTALL)


@pytest.mark.parametrize("role", ["visitor", Role.ADMINISTRATOR, Role.AUDITOR], ids=str)
def test_no_page_sends_what_the_policy_blocks(role, client_a, signed_in):
    planted.plant()
    client = client_a if role == "visitor" else signed_in(role)

    wrong, seen = {}, 0
    for route, html in pages(client):
        text = SHOWN_AS_TEXT.sub("", html.decode())
        seen += 1
        if found := [what for what, pattern in SENT.items() if re.search(pattern, text)]:
            wrong[route.name] = found

    assert seen >= 8
    assert wrong == {}


@pytest.mark.parametrize("path", MODULES, ids=sources.name_of)
def test_no_string_of_a_module_holds_what_the_policy_blocks(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    markup = [text for text in _strings(tree) if MARKUP.search(text)]

    assert [
        (text, what)
        for text in markup
        for what, pattern in FORBIDDEN.items()
        if re.search(pattern, text)
    ] == []


def test_the_lint_reads_strings_that_are_put_together():
    tree = ast.parse("f'<p style=\"width:{wide}\">'")

    assert [bool(re.search(FORBIDDEN["style attribute"], text)) for text in _strings(tree)] == [
        True
    ]


def _strings(tree):
    """Each string, with a hole for what is put into it."""
    inside = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in ast.walk(node)}
            parts = (each.value if isinstance(each, ast.Constant) else "…" for each in node.values)
            yield "".join(map(str, parts))
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in inside
        ):
            yield node.value
