"""The fence: row-level security, composite keys and grants, made from the models' own metadata.

Runs as the owner after every migration and repairs whatever is missing, so that no table can
be forgotten. A room above adds a step of its own by naming it in its app's `fence_step`.
"""

from collections.abc import Iterator

from django.apps import apps
from django.apps.config import AppConfig
from django.db import connections, models, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.module_loading import import_string

from mokmin.foundation.tenancy.fields import TenantForeignKey, TenantOneToOneField
from mokmin.foundation.tenancy.models import Tenant, TenantHost, TenantModel

IN_FORCE = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::bigint"
"""After a transaction the setting is '' and not NULL, hence NULLIF."""

READ_ONLY_FOR_APP: tuple[type[models.Model], ...] = (Tenant, TenantHost)
"""Platform tables that only the owner changes (`mokmin tenant create`)."""

READ, WRITE = "SELECT", "SELECT, INSERT, UPDATE, DELETE"

PLATFORM = {
    **{model._meta.db_table: READ for model in READ_ONLY_FOR_APP},
    "django_migrations": READ,
    "django_content_type": READ,
    "django_session": WRITE,
    "platform_cache": WRITE,
    "people_account": WRITE,
    "account_emailaddress": WRITE,
    "account_emailconfirmation": WRITE,
    "mfa_authenticator": WRITE,
    "procrastinate_jobs": WRITE,
    "procrastinate_events": WRITE,
    "procrastinate_periodic_defers": WRITE,
    "procrastinate_workers": WRITE,
}
"""What the product may do with tables that belong to nobody; with any other it may do nothing."""


def apply(alias: str = "owner") -> None:
    """Bring the whole database into the state that the models ask for, in one transaction.

    Steps are functions of a cursor, named by the apps and run in the order of the installed apps;
    an app whose tables are not all there yet (a migration to an earlier state) waits.
    """
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        there = _tables(cursor)
        for config in apps.get_app_configs():
            name = getattr(config, "fence_step", None)
            if name and _is_whole(config, there):
                import_string(name)(cursor)


def tenant_models() -> Iterator[type[TenantModel]]:
    """Every concrete table that belongs to a municipality."""
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, TenantModel) and model._meta.managed:
            yield model


def standing_models(cursor: CursorWrapper) -> list[type[TenantModel]]:
    """Those of them that are there already."""
    there = _tables(cursor)
    return [model for model in tenant_models() if model._meta.db_table in there]


def _tables(cursor: CursorWrapper) -> frozenset[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return frozenset(name for (name,) in cursor.fetchall())


def _is_whole(config: AppConfig, there: frozenset[str]) -> bool:
    return all(model._meta.db_table in there for model in config.get_models())


def fence_tables(cursor: CursorWrapper) -> None:
    """Policies, composite keys and grants for every table the product knows."""
    cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    cursor.execute("GRANT USAGE ON SCHEMA public TO mokmin_app, mokmin_backup, mokmin_search")
    cursor.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO mokmin_app")
    _grant_platform_tables(cursor)
    fenced = standing_models(cursor)
    for model in fenced:
        cursor.execute(
            separate_sql(
                model._meta.db_table, append_only=model.append_only, searched=model.searched
            )
        )
    for table in sorted(referred_tables(fenced)):
        _constrain(cursor, table, f"{table}_tenant_row", "UNIQUE (tenant_id, id)")
    for model in fenced:
        for column, target in relations(model):
            _refer(cursor, model._meta.db_table, column, target)


def _grant_platform_tables(cursor: CursorWrapper) -> None:
    """Tables without a tenant, by name; those with row security are granted with their fence."""
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND NOT rowsecurity"
    )
    for (table,) in cursor.fetchall():
        cursor.execute(f'REVOKE ALL ON "{table}" FROM mokmin_app, PUBLIC')
        if table in PLATFORM:
            cursor.execute(f'GRANT {PLATFORM[table]} ON "{table}" TO mokmin_app')


OWN_TENANT = "(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::bigint)"
MAINTENANCE = "(current_setting('app.maintenance'::text, true) = 'on'::text)"
"""Both as the catalogue prints them, so that what stands there can be compared."""

POLICIES = """
SELECT jsonb_agg(jsonb_build_array(policyname, permissive, roles, cmd, qual, with_check)
                 ORDER BY policyname)
  FROM pg_policies WHERE schemaname = 'public' AND tablename = '{table}'
"""

SEARCH_POLICY = 'CREATE POLICY search ON "{table}" FOR SELECT TO mokmin_search USING (true);'
SEARCH_STANDING = """,
                jsonb_build_array('search', 'PERMISSIVE', ARRAY['mokmin_search'], 'SELECT',
                                  'true', NULL)"""


def separate_sql(table: str, *, append_only: bool, searched: bool = False) -> str:
    """Statements that put one table with a `tenant_id` behind the fence; safe to repeat.

    What stands already is left: making it anew would lock the table against its readers.
    """
    verbs = "SELECT, INSERT" if append_only else WRITE
    search = SEARCH_POLICY.format(table=table) if searched else ""
    search_standing = SEARCH_STANDING if searched else ""
    standing = POLICIES.format(table=table)
    return f"""
        DO $fence$
        DECLARE stray text;
        BEGIN
            IF EXISTS (SELECT FROM pg_class WHERE oid = '"{table}"'::regclass
                          AND NOT (relrowsecurity AND relforcerowsecurity)) THEN
                ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;
                ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;
            END IF;
            IF ({standing}) IS DISTINCT FROM jsonb_build_array(
                jsonb_build_array('maintenance', 'PERMISSIVE', ARRAY['mokmin_owner'], 'ALL',
                                  $q${MAINTENANCE}$q$, $q${MAINTENANCE}$q$),
                jsonb_build_array('own_tenant', 'PERMISSIVE', ARRAY['public'], 'ALL',
                                  $q${OWN_TENANT}$q$, $q${OWN_TENANT}$q$){search_standing})
            THEN
                FOR stray IN SELECT policyname FROM pg_policies
                              WHERE schemaname = 'public' AND tablename = '{table}'
                LOOP
                    EXECUTE format('DROP POLICY %I ON "{table}"', stray);
                END LOOP;
                CREATE POLICY own_tenant ON "{table}" USING ({IN_FORCE}) WITH CHECK ({IN_FORCE});
                CREATE POLICY maintenance ON "{table}" TO mokmin_owner
                    USING (current_setting('app.maintenance', true) = 'on')
                    WITH CHECK (current_setting('app.maintenance', true) = 'on');
                {search}
            END IF;
        END $fence$;
        REVOKE ALL ON "{table}" FROM mokmin_app, mokmin_search;
        GRANT {verbs} ON "{table}" TO mokmin_app;
    """


def relations(model: type[TenantModel]) -> Iterator[tuple[str, str]]:
    """Columns that point to a table of the same municipality, each with that table."""
    for field in model._meta.concrete_fields:
        if isinstance(field, TenantForeignKey | TenantOneToOneField):
            yield field.column, field.related_model._meta.db_table


def referred_tables(fenced: list[type[TenantModel]]) -> set[str]:
    """Tables that composite keys point to; only they need a key for it."""
    return {target for model in fenced for _column, target in relations(model)}


def _refer(cursor: CursorWrapper, table: str, column: str, target: str) -> None:
    _constrain(
        cursor,
        table,
        f"{table}_{column}_same_tenant",
        f"FOREIGN KEY (tenant_id, {column}) REFERENCES {target}(tenant_id, id) "
        "DEFERRABLE INITIALLY DEFERRED",
    )


def _constrain(cursor: CursorWrapper, table: str, name: str, definition: str) -> None:
    """Have this constraint, written as the catalogue prints it; another of its name goes."""
    cursor.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conname = %s AND conrelid = %s::regclass",
        [name, f'"{table}"'],
    )
    standing = cursor.fetchone()
    if standing == (definition,):
        return
    if standing:
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}" CASCADE')
    cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
