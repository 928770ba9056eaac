"""Which municipality is meant."""

from mokmin.foundation.tenancy.models import Tenant, TenantHost


def by_host(host: str) -> Tenant | None:
    """The municipality that a host name stands for; with only one, any host serves it."""
    found = TenantHost.objects.filter(host=host.lower()).select_related("tenant").first()
    if found:
        return found.tenant
    everyone = list(Tenant.objects.order_by("id")[:2])
    return everyone[0] if len(everyone) == 1 else None


def by_id(tenant_id: int) -> Tenant:
    """The municipality with this number, as jobs carry it."""
    return Tenant.objects.get(pk=tenant_id)


def hosts_of(tenant: Tenant) -> list[str]:
    """Its host names, the one registered first in front."""
    found = TenantHost.objects.filter(tenant=tenant).order_by("id")
    return list(found.values_list("host", flat=True))


def by_slug(slug: str) -> Tenant | None:
    """The municipality with this short name."""
    return Tenant.objects.filter(slug=slug).first()


def tenants() -> list[Tenant]:
    """Every municipality of this installation, with its hosts."""
    return list(Tenant.objects.prefetch_related("hosts").order_by("id"))
