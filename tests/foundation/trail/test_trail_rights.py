"""The product's own role may add an act and read; nobody may rewrite, the owner included."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

TABLES = ("trail_act", "trail_change", "trail_seal", "trail_link", "trail_head")
HIDDEN = ("trail_salt",)
TWIN = ("scratch_plot_version",)
GUARDED = ("trail_act", "trail_change", "trail_seal", "trail_link")


def refused(connection, sql):
    with pytest.raises(InsufficientPrivilege), connection.transaction():
        connection.execute(sql)
    return True


@pytest.fixture
def product(plots, session, tenant_a):
    with session(tenant_a.pk) as opened:
        yield opened
        opened.rollback()


@pytest.mark.parametrize("table", [*TABLES, *HIDDEN, *TWIN])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_product_changes_nothing_in_the_trail(product, table, verb):
    statement = {
        "UPDATE": f"UPDATE {table} SET tenant_id = tenant_id",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table}",
    }[verb]

    assert refused(product, statement)


@pytest.mark.parametrize("table", [*TABLES[1:], *HIDDEN, *TWIN])
def test_the_product_adds_nothing_but_acts(product, table):
    assert refused(product, f"INSERT INTO {table} SELECT * FROM {table}")


def test_the_product_does_not_see_the_salts(product):
    assert refused(product, "SELECT * FROM trail_salt")


def test_the_product_cannot_name_another_database_account(product, tenant_a):
    assert refused(
        product,
        "INSERT INTO trail_act (tenant_id, uid, verb, actor_name, reason, request_id, at,"
        " subject_table, subject_uid, subject_title, db_user)"
        f" VALUES ({tenant_a.pk}, 'x', 'x', 'x', '', '', now(), '', '', '', 'mokmin_super')",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE scratch_plot DISABLE TRIGGER trail",
        "ALTER TABLE trail_change DISABLE TRIGGER ALL",
        "DROP TRIGGER trail ON scratch_plot",
        "SET session_replication_role = replica",
    ],
)
def test_the_product_cannot_switch_the_trail_off(product, statement):
    assert refused(product, statement)


@pytest.mark.parametrize(
    "function", ["trail_note", "trail_seal", "trail_link", "scratch_plot_version_keep"]
)
def test_the_product_cannot_put_the_trails_functions_on_a_table_of_its_own(
    function, plots, superuser
):
    found = superuser.execute(
        "SELECT has_function_privilege('mokmin_app', %s, 'EXECUTE')", [f"{function}()"]
    )

    assert found.fetchone() == (False,)


def test_of_the_trails_functions_the_product_may_call_only_those_that_write_nothing_else(
    plots, superuser
):
    found = superuser.execute(
        "SELECT proname FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND proname ~ '^trail_'"
        " AND has_function_privilege('mokmin_app', oid, 'EXECUTE') ORDER BY 1"
    )

    assert [name for (name,) in found] == [
        "trail_act_hash",
        "trail_change_hash",
        "trail_micros",
        "trail_purge_salt",
        "trail_uid",
        "trail_verify_ends",
        "trail_verify_links",
    ]


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("role", ["mokmin_owner", "mokmin_super"])
def test_rewriting_is_refused_to_the_owner_and_to_the_superuser(
    table, role, transactional_db, superuser
):
    superuser.execute(f"SET ROLE {role}")

    assert refused(superuser, f"UPDATE {table} SET tenant_id = tenant_id")
    assert refused(superuser, f"DELETE FROM {table}")
    assert refused(superuser, f"TRUNCATE {table} CASCADE")


def test_the_backup_role_reads_every_head(transactional_db, superuser, superuser_dsn):
    everything = superuser.execute("SELECT tenant_id, seq, hash FROM trail_head").fetchall()

    with psycopg.connect(superuser_dsn) as opened:
        opened.execute("SET ROLE mokmin_backup")
        seen = opened.execute("SELECT tenant_id, seq, hash FROM trail_head").fetchall()

    assert len(seen) >= 2
    assert sorted(seen) == sorted(everything)
