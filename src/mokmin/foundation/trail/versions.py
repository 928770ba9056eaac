"""Models over the twins, so that rows of a past day are filtered and read like those of today.

They live in a registry of their own: Django's migrations and the fence do not see them. A relation
is its number (`lead_unit_id`), because the row it meant on that day is in another twin.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.apps.registry import Apps
from django.db import models
from django.db.models import Q, QuerySet

from mokmin.foundation.tenancy.models import TenantModel
from mokmin.foundation.trail import twins

_registry = Apps()


@cache
def version_of(model: type[TenantModel]) -> type[models.Model]:
    """The model of a twin; raises LookupError when the table asks for none."""
    trailed = model.trailed
    if trailed is None or not trailed.twin:
        raise LookupError(f"{model._meta.label} keeps no versions")
    meta = type(
        "Meta",
        (),
        {
            "apps": _registry,
            "app_label": model._meta.app_label,
            "db_table": twins.name_of(model._meta.db_table),
            "managed": False,
            "verbose_name": model._meta.verbose_name,
        },
    )
    fields: dict[str, Any] = {
        field.attname: _copy(field, is_hashed=field.column in trailed.personal)
        for field in model._meta.concrete_fields
        if field.column not in trailed.silent
    }
    fields["sys_from"] = models.DateTimeField("유효 시작")
    fields["sys_to"] = models.DateTimeField("유효 끝", null=True)
    return type(
        f"{model.__name__}Version",
        (models.Model,),
        {"__module__": model.__module__, "__doc__": model.__doc__, "Meta": meta, **fields},
    )


def rows(model: type[TenantModel], known_at: datetime | None) -> QuerySet[Any]:
    """The rows of a table as they are (None), or as they stood just before an instant.

    Both are filtered by the same names as long as a relation is named by its number.
    """
    if known_at is None:
        return QuerySet(model)
    version: Any = version_of(model)
    found: QuerySet[Any] = version.objects.filter(
        Q(sys_to__isnull=True) | Q(sys_to__gte=known_at), sys_from__lt=known_at
    )
    return found


def _copy(field: Any, *, is_hashed: bool) -> "models.Field[Any, Any]":
    """A plain column that reads its values as the original does."""
    copied: models.Field[Any, Any]
    if is_hashed:
        copied = models.TextField()
    elif isinstance(field, models.ForeignKey | models.AutoField | models.BigAutoField):
        copied = models.BigIntegerField()
    else:
        copied = getattr(field, "output_field", field).clone()
    copied.verbose_name = field.verbose_name
    copied.db_column = field.column
    copied.primary_key = field.primary_key
    return copied
