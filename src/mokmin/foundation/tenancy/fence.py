"""The fence: row-level security, composite keys and grants, made from the models' own metadata.

Runs as the owner after every migration and repairs whatever is missing, so that no table can
be forgotten. A room above adds a step of its own by naming it in its app's `fence_step`.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.module_loading import import_string

from mokmin.foundation.tenancy.fields import TenantForeignKey, TenantOneToOneField
from mokmin.foundation.tenancy.models import Tenant, TenantHost, TenantModel

IN_FORCE = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::bigint"
"""After a transaction the setting is '' and not NULL, hence NULLIF."""

READ_ONLY_FOR_APP: tuple[type[models.Model], ...] = (Tenant, TenantHost)
"""Platform tables that only the owner changes (`mokmin tenant create`)."""


def apply(alias: str = "owner") -> None:
    """Bring the whole database into the state that the models ask for, in one transaction.

    Steps are functions of a cursor, named by the apps and run in the order of the installed apps.
    """
    names = (getattr(config, "fence_step", None) for config in apps.get_app_configs())
    steps = [import_string(name) for name in names if name]
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        for step in steps:
            step(cursor)


def tenant_models() -> Iterator[type[TenantModel]]:
    """Every concrete table that belongs to a municipality."""
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, TenantModel) and model._meta.managed:
            yield model


def fence_tables(cursor: CursorWrapper) -> None:
    """Policies, composite keys and grants for every table the product knows."""
    cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    cursor.execute("GRANT USAGE ON SCHEMA public TO mokmin_app, mokmin_backup, mokmin_search")
    cursor.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO mokmin_app")
    _grant_platform_tables(cursor)
    models_of_tenants = list(tenant_models())
    for model in models_of_tenants:
        _separate(cursor, model)
        _unique(cursor, model._meta.db_table)
    for model in models_of_tenants:
        for column, target in _relations(model):
            _refer(cursor, model._meta.db_table, column, target)


def _grant_platform_tables(cursor: CursorWrapper) -> None:
    """Tables without a tenant: sign-in, sessions, jobs are written; the rest is only read."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    closed = {"django_migrations", *(model._meta.db_table for model in READ_ONLY_FOR_APP)}
    owned = {model._meta.db_table for model in tenant_models()}
    for (table,) in cursor.fetchall():
        if table not in owned:
            verbs = "SELECT" if table in closed else "SELECT, INSERT, UPDATE, DELETE"
            cursor.execute(f'REVOKE ALL ON "{table}" FROM mokmin_app')
            cursor.execute(f'GRANT {verbs} ON "{table}" TO mokmin_app')


def _separate(cursor: CursorWrapper, model: type[TenantModel]) -> None:
    table = model._meta.db_table
    cursor.execute(separate_sql(table, append_only=model.append_only))


def separate_sql(table: str, *, append_only: bool) -> str:
    """Statements that put one table with a `tenant_id` behind the fence; safe to repeat."""
    verbs = "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE, DELETE"
    return f"""
        ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;
        ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;
        DROP POLICY IF EXISTS own_tenant ON "{table}";
        CREATE POLICY own_tenant ON "{table}" USING ({IN_FORCE}) WITH CHECK ({IN_FORCE});
        DROP POLICY IF EXISTS maintenance ON "{table}";
        CREATE POLICY maintenance ON "{table}" TO mokmin_owner
            USING (current_setting('app.maintenance', true) = 'on')
            WITH CHECK (current_setting('app.maintenance', true) = 'on');
        REVOKE ALL ON "{table}" FROM mokmin_app;
        GRANT {verbs} ON "{table}" TO mokmin_app;
    """


def _unique(cursor: CursorWrapper, table: str) -> None:
    """What composite keys refer to."""
    _constrain(cursor, table, f"{table}_tenant_row", "UNIQUE (tenant_id, id)")


def _relations(model: type[TenantModel]) -> Iterator[tuple[str, str]]:
    for field in model._meta.concrete_fields:
        if isinstance(field, TenantForeignKey | TenantOneToOneField):
            yield field.column, field.related_model._meta.db_table


def _refer(cursor: CursorWrapper, table: str, column: str, target: str) -> None:
    _constrain(
        cursor,
        table,
        f"{table}_{column}_same_tenant",
        f'FOREIGN KEY (tenant_id, "{column}") REFERENCES "{target}" (tenant_id, id) '
        "DEFERRABLE INITIALLY DEFERRED",
    )


def _constrain(cursor: CursorWrapper, table: str, name: str, definition: str) -> None:
    cursor.execute(
        "SELECT EXISTS (SELECT FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass)",
        [name, f'"{table}"'],
    )
    if not cursor.fetchone()[0]:
        cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
