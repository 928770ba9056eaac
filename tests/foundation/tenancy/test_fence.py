"""The fence is put up whole, repairs what was changed, and leaves what stands as it is."""

import pytest
from django.core.management import call_command
from django.db import connection, connections

from mokmin.foundation.tenancy import fence
from mokmin.foundation.tenancy.context import tenant
from tests import seed

POLICIES = """
SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check
  FROM pg_policies WHERE schemaname = 'public' ORDER BY 1, 2
"""
OIDS = "SELECT polrelid::bigint, oid::bigint FROM pg_policy ORDER BY 1, 2"
KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), oid::bigint FROM pg_constraint
 WHERE conname LIKE '%\\_same\\_tenant' OR conname LIKE '%\\_tenant\\_row' ORDER BY 1, 2
"""
MAY = "SELECT has_any_column_privilege('mokmin_app', %s, 'SELECT, INSERT, UPDATE')"
UNLISTED = """
SELECT relname FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
   AND NOT relrowsecurity AND relname <> ALL (%s)
   AND (has_table_privilege('mokmin_app', oid,
                            'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
        OR has_any_column_privilege('mokmin_app', oid, 'SELECT, INSERT, UPDATE, REFERENCES'))
"""
DEFINERS = """
SELECT p.proname FROM pg_proc p
 WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
   AND (p.proowner NOT IN ('mokmin_owner'::regrole, 'mokmin_search'::regrole)
        OR has_function_privilege('public', p.oid, 'EXECUTE')
        OR NOT EXISTS (SELECT FROM unnest(p.proconfig) setting
                        WHERE setting ~ '^search_path=pg_catalog, (public, )?pg_temp$'))
"""


@pytest.fixture
def owner(transactional_db):
    """Runs statements as the owner, committed."""

    def run(sql, *values):
        with connections["owner"].cursor() as cursor:
            cursor.execute(sql, values or None)
            return cursor.fetchall() if cursor.description else []

    return run


def test_applied_again_it_leaves_everything_as_it_stands(owner):
    before = owner(OIDS), owner(KEYS), owner(POLICIES)

    fence.apply("owner")

    assert (owner(OIDS), owner(KEYS), owner(POLICIES)) == before


@pytest.mark.parametrize(
    "damage",
    [
        "DROP POLICY own_tenant ON people_person",
        "ALTER POLICY own_tenant ON people_person USING (true)",
        "ALTER POLICY own_tenant ON people_person WITH CHECK (true)",
        "ALTER POLICY maintenance ON people_person TO PUBLIC",
        "CREATE POLICY open_to_all ON people_person USING (true)",
        "CREATE POLICY search ON people_person FOR SELECT TO mokmin_search USING (true)",
        "DROP POLICY search ON records_recordbigrams",
        "ALTER POLICY search ON records_recordbigrams TO PUBLIC",
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY",
    ],
)
def test_a_damaged_policy_is_made_whole(owner, damage):
    before = owner(POLICIES)
    owner(damage)

    fence.apply("owner")

    assert owner(POLICIES) == before
    assert owner(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'people_person'"
    ) == [(True, True)]


@pytest.mark.parametrize(
    ("table", "name", "weaker"),
    [
        (
            "people_grant",
            "people_grant_person_id_same_tenant",
            "FOREIGN KEY (person_id) REFERENCES people_person (id)",
        ),
        (
            "people_grant",
            "people_grant_person_id_same_tenant",
            "FOREIGN KEY (tenant_id, person_id) REFERENCES people_person (tenant_id, id)"
            " DEFERRABLE INITIALLY DEFERRED NOT VALID",
        ),
        ("people_person", "people_person_tenant_row", "UNIQUE (id, tenant_id)"),
    ],
    ids=["another key", "not valid", "another order"],
)
def test_a_key_of_another_meaning_is_made_anew(owner, table, name, weaker):
    before = [row[:3] for row in owner(KEYS)]
    owner(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE")
    owner(f"ALTER TABLE {table} ADD CONSTRAINT {name} {weaker}")

    fence.apply("owner")

    assert [row[:3] for row in owner(KEYS)] == before


def test_only_tables_that_are_referred_to_have_a_key_for_it(owner):
    keyed = {table for table, name, *_rest in owner(KEYS) if name.endswith("_tenant_row")}

    assert keyed == {
        "files_blob",
        "files_filecheck",
        "orgs_personnelorder",
        "orgs_post",
        "orgs_reorganisation",
        "orgs_unit",
        "people_person",
        "records_record",
        "trail_act",
    }


def test_a_stray_table_gives_the_product_nothing(owner):
    owner("CREATE TABLE stray (id bigint PRIMARY KEY, secret text)")
    owner("GRANT ALL ON stray TO mokmin_app")
    owner("GRANT SELECT ON stray TO PUBLIC")

    fence.apply("owner")

    assert owner(MAY, "stray") == [(False,)]


def test_what_the_product_may_touch_without_a_tenant_is_listed(owner):
    assert owner(UNLISTED, list(fence.PLATFORM)) == []


def test_every_listed_table_is_there_and_outside_the_fence(owner):
    found = owner("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND NOT rowsecurity")

    assert set(fence.PLATFORM) <= {table for (table,) in found}


def test_what_runs_as_its_owner_cannot_be_led_astray(owner):
    assert owner(DEFINERS) == []
    assert owner("SELECT count(*) > 3 FROM pg_proc WHERE prosecdef AND proname !~ '^pg_'") == [
        (True,)
    ]


def test_the_statements_for_one_table_can_be_repeated_with_fewer_rights(owner):
    owner("CREATE TABLE fresh (id bigint PRIMARY KEY, tenant_id bigint NOT NULL)")
    owner(fence.separate_sql("fresh", append_only=False))
    owner(fence.separate_sql("fresh", append_only=True))

    with tenant(seed.tenant_of("a").pk), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fresh VALUES (1, current_setting('app.tenant')::bigint) RETURNING id"
        )

        assert cursor.fetchall() == [(1,)]
    assert owner("SELECT * FROM fresh") == []
    assert owner("SELECT has_table_privilege('mokmin_app', 'fresh', 'DELETE')") == [(False,)]


def test_a_migration_to_an_earlier_state_fences_what_is_there(owner):
    call_command("migrate", "records", "zero", verbosity=0)

    assert owner("SELECT to_regclass('records_record') IS NULL") == [(True,)]
    call_command("migrate", "records", verbosity=0)
    assert [row[0] for row in owner(POLICIES) if row[0].startswith("records_")] == [
        "records_record", "records_record",
        "records_recordbigrams", "records_recordbigrams", "records_recordbigrams",
    ]  # fmt: skip
