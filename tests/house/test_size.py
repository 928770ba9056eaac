"""Nothing grows too large to be read in one go."""

import ast

import pytest

from tests.house import sources

FILE, FUNCTION, MODEL, TEMPLATE = 400, 50, 120, 150


@pytest.mark.parametrize("path", sources.modules(), ids=sources.name_of)
def test_a_module_and_its_parts_stay_small(path):
    too_long = [
        f"{node.name}: {_lines(node)}"
        for node in ast.walk(sources.tree(path))
        if (
            (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > FUNCTION)
            or (
                isinstance(node, ast.ClassDef) and path.name == "models.py" and _lines(node) > MODEL
            )
        )
    ]

    assert too_long == []
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE


@pytest.mark.parametrize("path", sources.templates(), ids=sources.name_of)
def test_a_template_stays_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= TEMPLATE


def _lines(node):
    return node.end_lineno - node.lineno + 1
