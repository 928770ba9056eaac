"""One word for one thing: every table and role has its Korean name in the glossary, once."""

import ast
import csv
from collections import defaultdict

import pytest
from django.apps import apps

from mokmin.foundation.access.states import Role
from tests.environment import ROOT
from tests.house import sources

DEMANDED = {"Meta", "Migration", "Command"}
"""Names that Django asks for."""

SHARED = {"Link"}
"""What two rooms still call the same. Nothing is added here."""

OURS = [model for model in apps.get_models() if model.__module__.startswith("mokmin.")]


def rows():
    with (ROOT / "docs" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def korean(identifier):
    return [row["korean"] for row in rows() if row["identifier"] == identifier]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_table_is_called_as_the_glossary_calls_it(model):
    assert korean(model.__name__) == [model._meta.verbose_name]


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_is_called_as_the_glossary_calls_it(role):
    assert korean(f"Role.{role.name}") == [role.label]


def test_a_word_and_an_identifier_stand_in_the_glossary_once():
    for column in ("korean", "identifier"):
        found = [row[column] for row in rows()]
        assert sorted(set(found)) == sorted(found)


def test_no_role_or_class_of_the_glossary_is_gone():
    classes = set(classes_by_name())
    names = [row["identifier"] for row in rows()]
    roles = {f"Role.{role.name}" for role in Role}

    assert [
        name
        for name in names
        if name[0].isupper() and name.isidentifier() and not name.isupper() and name not in classes
    ] == []
    assert {name for name in names if name.startswith("Role.")} == roles


def test_a_class_has_a_name_that_no_other_class_has():
    twice = {name for name, places in classes_by_name().items() if len(places) > 1}

    assert twice == SHARED


def classes_by_name():
    """Where each public class of the product is, by its name."""
    found = defaultdict(list)
    for path in sources.modules():
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(sources.name_of(path))
    return {
        name: places
        for name, places in found.items()
        if not name.startswith("_") and name not in DEMANDED
    }
