"""Every table belongs to a municipality or is listed, has Korean names, and is behind the fence."""

import re

import pytest
from django.apps import apps
from django.db import connection, models

from mokmin.foundation.tenancy import fence
from mokmin.foundation.tenancy.fields import TenantForeignKey, TenantOneToOneField
from mokmin.foundation.tenancy.models import TenantModel

PLATFORM = {
    "tenancy.Tenant": "who runs on the installation",
    "tenancy.TenantHost": "found before the municipality is known",
    "people.Account": "one sign-in for the whole platform",
}
OURS = [model for model in apps.get_models() if model.__module__.startswith("mokmin.")]
OF_TENANTS = list(fence.tenant_models())
HANGUL = re.compile(r"[가-힣]")

WITHOUT_POLICY = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
 WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
   AND a.attname = 'tenant_id' AND NOT a.attisdropped AND c.relname <> 'tenancy_tenanthost'
   AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
       SELECT FROM pg_policy p WHERE p.polrelid = c.oid
          AND pg_get_expr(p.polqual, p.polrelid) LIKE '%app.tenant%'))
"""


def label(model):
    return model._meta.label


@pytest.mark.parametrize("model", OURS, ids=label)
def test_a_table_belongs_to_a_municipality_or_is_listed(model):
    assert issubclass(model, TenantModel) or model._meta.label in PLATFORM


@pytest.mark.parametrize("model", OURS, ids=label)
def test_a_table_and_its_columns_have_korean_names(model):
    unnamed = [
        field.name
        for field in model._meta.concrete_fields
        if field.name not in {"id", "last_login", "password"}
        and not HANGUL.search(str(field.verbose_name))
    ]

    assert HANGUL.search(str(model._meta.verbose_name))
    assert unnamed == []
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


@pytest.mark.parametrize("model", OURS, ids=label)
def test_constraints_are_named_after_their_table(model):
    prefix = f"{model._meta.app_label}_"

    assert [c.name for c in model._meta.constraints if not c.name.startswith(prefix)] == []


@pytest.mark.parametrize("model", OF_TENANTS, ids=label)
def test_uniqueness_never_tells_of_another_municipality(model):
    telling = [
        field.name
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key and not isinstance(field, TenantOneToOneField)
    ]
    telling += [
        constraint.name
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields[0] != "tenant"
    ]

    assert telling == []


@pytest.mark.parametrize("model", OF_TENANTS, ids=label)
def test_relations_to_tenant_tables_carry_the_municipality(model):
    loose = [
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation
        and issubclass(field.related_model, TenantModel)
        and not isinstance(field, TenantForeignKey | TenantOneToOneField)
    ]

    assert loose == []


@pytest.mark.django_db
def test_every_table_with_a_tenant_is_behind_the_fence():
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_POLICY)

        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_the_product_owns_nothing_and_passes_no_fence():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,"
            " (SELECT count(*) FROM pg_class WHERE relowner = r.oid)"
            " FROM pg_roles r WHERE rolname = current_user"
        )

        assert cursor.fetchone() == (False, False, False, False, 0)
