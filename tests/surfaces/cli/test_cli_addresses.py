"""Where the sites are said to be."""

import pytest

from mokmin.surfaces.cli import addresses

HERE = "http://127.0.0.1:8123/"


def test_one_municipality_is_reached_by_any_address():
    assert addresses.told("", address=HERE) == HERE


@pytest.mark.parametrize(
    ("https", "told"),
    [
        ("off", "\n  http://garam.localhost:8123/\n  http://narae.localhost:8123/"),
        ("on", "\n  https://garam.localhost/\n  https://narae.localhost/"),
    ],
)
def test_several_are_reached_by_their_names_only(monkeypatch, https, told):
    monkeypatch.setenv("MOKMIN_HTTPS", https)

    assert addresses.told("garam.localhost narae.localhost", address=HERE) == told


def test_only_with_several_municipalities_their_names_are_asked_for(settled):
    ask = addresses.HOSTS.strip()

    alone = settled.cluster.sql(f"{ONLY_ONE}{ask}", database="mokmin")
    both = settled.cluster.sql(f"{ONLY_ONE}{SECOND}{ask}", database="mokmin")

    assert alone == ""
    assert both == "garam.localhost zzz.localhost"


ONLY_ONE = """
BEGIN;
SET LOCAL session_replication_role = replica;
DELETE FROM tenancy_tenanthost WHERE host <> 'garam.localhost';
DELETE FROM tenancy_tenant WHERE slug <> 'garam';
"""
SECOND = """
INSERT INTO tenancy_tenant (slug, name, kind, code, created_at)
VALUES ('zzz', '더한군', 'county', '', now());
INSERT INTO tenancy_tenanthost (tenant_id, host)
SELECT id, 'zzz.localhost' FROM tenancy_tenant WHERE slug = 'zzz';
"""
"""Without COMMIT: all of it is undone when the session ends."""
