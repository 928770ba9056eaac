"""Habits of style.md that a machine can see."""

import ast
import re

import pytest

from tests.environment import ROOT
from tests.house import sources

STRAY = {"utils", "helpers", "common", "core", "util", "helper", "misc", "admin"}
ORM_WRITES = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete",
}  # fmt: skip
NO_ROW = re.compile(r"(^|\.)(session|cache|form|super\(\))$")
"""What has a `save` or `delete` and is no row: sessions, caches, forms."""

SURFACES = [path for path in sources.modules() if "surfaces" in path.parts]


def test_no_module_is_a_drawer_for_everything():
    found = [
        sources.name_of(path)
        for path in sources.modules()
        if STRAY & {*path.relative_to(sources.SRC).with_suffix("").parts}
    ]

    assert found == []


@pytest.mark.parametrize("path", sources.modules(), ids=sources.name_of)
def test_every_module_says_what_it_is(path):
    said = ast.get_docstring(sources.tree(path))

    assert said, "a module begins with one English sentence"


@pytest.mark.parametrize("path", sources.modules(), ids=sources.name_of)
def test_nothing_is_caught_blindly(path):
    broad = [
        node.lineno
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not any(isinstance(child, ast.Raise) for child in ast.walk(node))
        and not _records(node)
    ]

    assert broad == []


def _records(handler):
    """A worker's outermost handler may write a bug down instead of dying of it."""
    return any(
        isinstance(node, ast.Attribute) and node.attr == "exception" for node in ast.walk(handler)
    )


@pytest.mark.parametrize("path", SURFACES, ids=sources.name_of)
def test_surfaces_change_data_only_through_actions(path):
    assert list(orm_writes(sources.tree(path))) == []


@pytest.mark.parametrize(
    "call",
    [
        "Person.objects.create",
        "person.save",
        "card.person.delete",
        "queries.people().update",
        "request.user.save",
    ],
)
def test_a_write_of_a_surface_is_seen(call):
    assert list(orm_writes(ast.parse(f"{call}()"))) == [f"1: {call}"]


@pytest.mark.parametrize(
    "line", ["request.session.save()", "form.save()", "cache.delete('a')", "values.update(a=1)"]
)
def test_what_is_no_row_may_be_written(line):
    assert list(orm_writes(ast.parse(line))) == []


def orm_writes(tree):
    """Calls that write rows: on managers, on the answers of queries, on instances."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            if _writes(node.func.attr, owner):
                yield f"{node.lineno}: {ast.unparse(node.func)}"


def _writes(verb, owner):
    if ".objects" in owner:
        return verb in {*ORM_WRITES, "update"}
    if verb in {"save", "delete"}:
        return not NO_ROW.search(owner)
    return verb == "update" and bool(re.search(r"queries\.|\.filter\(|\.all\(\)", owner))


@pytest.mark.parametrize("path", sources.modules(), ids=sources.name_of)
def test_imports_stand_at_the_top(path):
    inner = [
        node.lineno
        for function in ast.walk(sources.tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "surfaces/cli" not in sources.name_of(path)
    ]

    assert inner == [], "an import inside a function means the code is in the wrong place"


def test_journeys_wait_for_what_they_claim():
    """A page that is still being drawn answers `is_visible()` with no: `expect` asks again."""
    hasty = [
        f"{path.name}:{number}"
        for path in sorted((ROOT / "tests" / "journeys").glob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"assert .*(\.is_(visible|hidden)\(\)|page\.url)", line)
    ]

    assert hasty == []
