"""Tables of tenancy, and the base of every table that belongs to a municipality."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models
from django.db.models import Q

from mokmin.foundation.tenancy.context import current_tenant_id
from mokmin.foundation.tenancy.states import TenantKind


class Tenant(models.Model):
    """A municipality (지방자치단체) that runs on this installation."""

    slug = models.SlugField("짧은 이름", max_length=40)
    name = models.CharField("이름", max_length=60)
    kind = models.CharField("종류", max_length=20, choices=TenantKind.choices)
    code = models.CharField("자치단체 코드", max_length=5, blank=True)
    created_at = models.DateTimeField("만든 때")

    class Meta:
        verbose_name = "자치단체"
        constraints = (
            models.UniqueConstraint(name="tenancy_tenant_slug", fields=("slug",)),
            models.UniqueConstraint(
                name="tenancy_tenant_code", fields=("code",), condition=~Q(code="")
            ),
            models.CheckConstraint(
                name="tenancy_tenant_kind", condition=Q(kind__in=TenantKind.values)
            ),
            models.CheckConstraint(name="tenancy_tenant_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="tenancy_tenant_slug_form",
                condition=Q(slug__regex=r"^[a-z][a-z0-9-]{1,38}[a-z0-9]$"),
            ),
            models.CheckConstraint(
                name="tenancy_tenant_code_form", condition=Q(code__regex=r"^([0-9]{5})?$")
            ),
        )

    def __str__(self) -> str:
        return self.name


class TenantHost(models.Model):
    """A host name by which a municipality is reached."""

    tenant = models.ForeignKey(
        Tenant, verbose_name="자치단체", on_delete=models.PROTECT, related_name="hosts"
    )
    host = models.CharField("호스트 이름", max_length=253)

    class Meta:
        verbose_name = "호스트 이름"
        constraints = (
            models.UniqueConstraint(name="tenancy_tenanthost_host", fields=("host",)),
            models.CheckConstraint(
                name="tenancy_tenanthost_lower_case",
                condition=Q(host=models.functions.Lower("host")),
            ),
        )

    def __str__(self) -> str:
        return self.host


@dataclass(frozen=True, slots=True)
class Trailed:
    """How the trail (변경 이력) watches a table.

    `personal` columns enter trail and twin only as salted hashes; `twin` keeps a `_version` table
    from which the rows of any past day are read; `silent` columns change without a trace.
    """

    personal: tuple[str, ...] = ()
    twin: bool = False
    silent: tuple[str, ...] = ()


class TenantModel(models.Model):
    """Base of every table that belongs to a municipality; the fence keeps its rows apart.

    `trailed = None` takes a table out of the trail; `append_only` lets the product insert and
    read, never change or delete; `searched` lets the functions of mokmin_search read it past row
    security, which would keep them from its index: they name the municipality themselves.
    """

    trailed: ClassVar[Trailed | None] = Trailed()
    append_only: ClassVar[bool] = False
    searched: ClassVar[bool] = False

    tenant = models.ForeignKey(
        Tenant,
        verbose_name="자치단체",
        on_delete=models.PROTECT,
        related_name="+",
        default=current_tenant_id,
        editable=False,
        db_index=False,
    )

    class Meta:
        abstract = True
