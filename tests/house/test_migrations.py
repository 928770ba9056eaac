"""Each app's migrations form one line, so that two branches never meet unnoticed."""

from importlib.metadata import packages_distributions

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from mokmin.surfaces.cli import stamps

GRAPH = MigrationLoader(None)
OURS = sorted(
    label for label in GRAPH.migrated_apps if apps.get_app_config(label).name[:7] == "mokmin."
)


@pytest.mark.parametrize("label", OURS)
def test_the_migrations_of_an_app_form_one_line(label):
    parents = [
        parent
        for (app, _name), migration in GRAPH.disk_migrations.items()
        for parent in migration.dependencies
        if app == parent[0] == label
    ]
    count = sum(app == label for app, _name in GRAPH.disk_migrations)

    assert len(GRAPH.graph.leaf_nodes(label)) == 1
    assert len(set(parents)) == len(parents) == count - 1


def test_every_package_that_brings_tables_counts_for_the_stamp_of_the_schema():
    owners = packages_distributions()
    packages = {
        owners[config.name.partition(".")[0]][0].lower().replace("-", "_")
        for config in apps.get_app_configs()
        if config.label in GRAPH.migrated_apps and config.label not in OURS
    }

    assert packages - {*stamps.SHAPING} == set()
