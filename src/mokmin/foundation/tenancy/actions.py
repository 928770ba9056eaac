"""The only ways in which municipalities come to be; they run as the owner of the tables."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from mokmin.foundation.tenancy import rules
from mokmin.foundation.tenancy.models import Tenant, TenantHost
from mokmin.lib.errors import Invalid


def create_tenant(
    *, slug: str, name: str, kind: str, code: str, hosts: Collection[str], at: datetime
) -> Tenant:
    """A new municipality with its hosts; raises Invalid with every wrong field at once."""
    problems = rules.problems_of_tenant(slug=slug, name=name, kind=kind, code=code, hosts=hosts)
    if problems:
        raise Invalid(problems)
    try:
        with transaction.atomic(using="owner"):
            tenant = Tenant.objects.using("owner").create(
                slug=slug, name=name.strip(), kind=kind, code=code, created_at=at
            )
            TenantHost.objects.using("owner").bulk_create(
                TenantHost(tenant=tenant, host=host) for host in hosts
            )
    except IntegrityError as error:
        raise Invalid(_already(error)) from error
    return tenant


ALREADY = {
    "tenancy_tenant_slug": ("slug", "이미 있는 짧은 이름입니다."),
    "tenancy_tenant_code": ("code", "이미 등록된 자치단체 코드입니다."),
    "tenancy_tenanthost_host": ("hosts", "이미 다른 자치단체가 쓰는 호스트 이름입니다."),
}
"""Field and sentence of each unique constraint."""


def _already(error: IntegrityError) -> dict[str, str]:
    """What is taken already; any other violation is a bug and goes on as it is."""
    diagnosis = getattr(error.__cause__, "diag", None)
    known = ALREADY.get(diagnosis.constraint_name) if diagnosis else None
    if known is None:
        raise error
    field, sentence = known
    return {field: sentence}
