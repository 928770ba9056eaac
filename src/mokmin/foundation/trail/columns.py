"""How a changed row reads: Korean names of its columns, labels of its choices, dates in Seoul."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from mokmin.foundation.tenancy.models import TenantModel
from mokmin.lib.korean import date_text, moment_text

LINKED = "(이어진 행)"
PERSONAL = "(개인정보 — 해시로만 남습니다)"


@dataclass(frozen=True, slots=True)
class ChangedColumn:
    """One column of a change; an empty side means that there was nothing."""

    name: str
    label: str
    before: str
    after: str
    is_personal: bool = False
    is_changed: bool = True


def table_label(table: str) -> str:
    """Korean name of a table; one that the product has no more reads as itself."""
    model = _models().get(table)
    return str(model._meta.verbose_name) if model else table


def table_choices() -> tuple[tuple[str, str], ...]:
    """Every trailed table with its name, ordered by the name."""
    labels = (
        (table, str(model._meta.verbose_name))
        for table, model in _models().items()
        if issubclass(model, TenantModel) and model.trailed is not None
    )
    return tuple(sorted(labels, key=lambda pair: (pair[1], pair[0])))


def read(
    table: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[ChangedColumn, ...]:
    """The columns of a change in the order of the model, those that held nothing left out."""
    return tuple(
        column
        for column in _columns(table, before or {}, after or {})
        if column.before or column.after
    )


def _columns(
    table: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[ChangedColumn]:
    model = _models().get(table)
    fields: dict[str, Any] = (
        {str(field.column): field for field in model._meta.concrete_fields} if model else {}
    )
    personal = _personal(model)
    names = [*fields, *sorted({*before, *after} - fields.keys())]
    for name in names:
        if name in before or name in after:
            old, new = before.get(name), after.get(name)
            yield ChangedColumn(
                name,
                str(fields[name].verbose_name) if name in fields else name,
                _text(fields.get(name), old, is_personal=name in personal),
                _text(fields.get(name), new, is_personal=name in personal),
                name in personal,
                old != new,
            )


def _text(field: Any, value: Any, *, is_personal: bool) -> str:
    if value is None:
        return ""
    if is_personal:
        return PERSONAL
    try:
        return _in_words(field, value)
    except ValueError:
        return str(value)


def _in_words(field: Any, value: Any) -> str:
    """A value as its field means it; raises ValueError when the column was of another type."""
    match field, value:
        case ArrayField(), list():
            return ", ".join(_text(field.base_field, item, is_personal=False) for item in value)
        case _, list() | dict():
            return json.dumps(value, ensure_ascii=False)
        case _, bool():
            shown = "예" if value else "아니요"
        case models.DateTimeField(), _:
            shown = moment_text(datetime.fromisoformat(value))
        case models.DateField(), _:
            shown = date_text(date.fromisoformat(value))
        case models.ForeignKey(), _:
            shown = LINKED
        case _:
            shown = str(value)
    return str(dict(getattr(field, "flatchoices", ())).get(value, shown))


def _personal(model: type[models.Model] | None) -> tuple[str, ...]:
    if model is None or not issubclass(model, TenantModel) or model.trailed is None:
        return ()
    return model.trailed.personal


@cache
def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}
