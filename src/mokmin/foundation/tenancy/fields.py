"""Relations that cannot leave their municipality."""

from typing import Any

from django.db import models


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]  # the stubs' generics want literals
    """Foreign key to a tenant table; the fence makes it `(tenant_id, x_id)` in the database.

    PostgreSQL checks foreign keys past row-level security, so a plain one could point at
    another municipality's row and tell that it exists.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options["db_constraint"] = False
        options.setdefault("related_name", "+")
        super().__init__(to, on_delete, **options)


class TenantOneToOneField(models.OneToOneField):  # type: ignore[type-arg]  # as above
    """One-to-one inside the municipality, with the same composite key."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options["db_constraint"] = False
        options.setdefault("related_name", "+")
        super().__init__(to, on_delete, **options)
