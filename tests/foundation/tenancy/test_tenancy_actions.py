"""A municipality comes to be with its hosts, or not at all; and is found by them."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import IntegrityError, connections, transaction

from mokmin.foundation.tenancy import actions, queries
from mokmin.foundation.tenancy.models import Tenant, TenantHost
from mokmin.lib.errors import Invalid
from tests import database

AT = datetime(2026, 7, 2, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("transactional_db")


def empty_all_but(kept):
    """The trail lets no municipality go, so a hand past every rule takes the others away."""
    with psycopg.connect(database.superuser_dsn(database.CLONE), autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("DELETE FROM tenancy_tenanthost")
        superuser.execute("DELETE FROM tenancy_tenant WHERE id <> %s", [kept.pk if kept else 0])


def create(**change):
    values = {
        "slug": "haesol", "name": " 해솔군 ", "kind": "county", "code": "",
        "hosts": ["haesol.localhost", "www.haesol.localhost"], **change,
    }  # fmt: skip
    return actions.create_tenant(**values, at=AT)


def test_a_municipality_comes_to_be_with_its_hosts():
    made = create(code="48820")

    kept = Tenant.objects.get(pk=made.pk)
    assert (kept.slug, kept.name, kept.kind, kept.code, kept.created_at) == (
        "haesol", "해솔군", "county", "48820", AT,
    )  # fmt: skip
    assert queries.hosts_of(kept) == ["haesol.localhost", "www.haesol.localhost"]
    assert queries.by_slug("haesol") == queries.by_id(kept.pk) == kept
    assert [found.slug for found in queries.tenants()] == ["a-gun", "b-gun", "haesol"]


def test_wrong_fields_are_refused_before_anything_is_written():
    with pytest.raises(Invalid) as caught:
        create(slug="H", hosts=["same.localhost", "same.localhost"])

    assert sorted(caught.value.problems) == ["hosts", "slug"]
    assert Tenant.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"slug": "a-gun"}, {"slug": "이미 있는 짧은 이름입니다."}),
        ({"code": "48820"}, {"code": "이미 등록된 자치단체 코드입니다."}),
        (
            {"hosts": ["new.localhost", "b.localhost"]},
            {"hosts": "이미 다른 자치단체가 쓰는 호스트 이름입니다."},
        ),
    ],
    ids=["slug", "code", "host"],
)
def test_what_another_has_already_is_refused_and_nothing_is_left(change, problems):
    Tenant.objects.using("owner").filter(slug="a-gun").update(code="48820")

    with pytest.raises(Invalid) as caught:
        create(**change)

    assert caught.value.problems == problems
    assert (Tenant.objects.count(), TenantHost.objects.count()) == (2, 2)


def test_a_violation_that_nobody_foresaw_surfaces():
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX surprise ON tenancy_tenant (name)")

    with pytest.raises(IntegrityError, match="surprise"):
        create(name="가람군")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"name": ""}, "tenancy_tenant_has_name"),
        ({"slug": "Haesol"}, "tenancy_tenant_slug_form"),
        ({"slug": "ha"}, "tenancy_tenant_slug_form"),
        ({"code": "4882"}, "tenancy_tenant_code_form"),
        ({"code": "4882x"}, "tenancy_tenant_code_form"),
        ({"kind": "kingdom"}, "tenancy_tenant_kind"),
    ],
)
def test_the_table_refuses_what_no_action_writes(values, constraint):
    right = {"slug": "haesol", "name": "해솔군", "kind": "county", "created_at": AT}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(using="owner"):
        Tenant.objects.using("owner").create(**{**right, **values})


def test_a_host_is_kept_in_lower_case_and_found_in_any():
    owner = TenantHost.objects.using("owner")
    first = Tenant.objects.get(slug="a-gun")

    with pytest.raises(IntegrityError, match="lower_case"), transaction.atomic(using="owner"):
        owner.create(tenant_id=first.pk, host="Upper.localhost")

    assert queries.by_host("A.LOCALHOST") == first


def test_with_several_municipalities_an_unknown_host_is_nobodys():
    assert queries.by_host("unknown.localhost") is None


def test_with_one_municipality_every_host_is_its_own():
    last = Tenant.objects.get(slug="b-gun")
    empty_all_but(last)

    assert queries.by_host("unknown.localhost") == last


def test_with_none_no_host_is_anybodys():
    empty_all_but(None)

    assert queries.by_host("a.localhost") is None
