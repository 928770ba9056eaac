"""One row by one constant statement, for what every request asks."""

from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models

Found = TypeVar("Found", bound=models.Model)


class Lookup(Generic[Found]):
    """`Lookup(Account, "id = %s")(7)`: the row as an object, or None.

    The ORM would build the same statement anew for each request; that costs five times as much
    as running it.
    """

    def __init__(self, model: type[Found], where: str) -> None:
        self._model = model
        self._where = where

    @cached_property
    def _statement(self) -> str:
        columns = ", ".join(f'"{field.column}"' for field in self._fields)
        return f'SELECT {columns} FROM "{self._model._meta.db_table}" WHERE {self._where} LIMIT 1'

    @cached_property
    def _fields(self) -> list[Any]:
        return list(self._model._meta.concrete_fields)

    def __call__(self, *values: Any) -> Found | None:
        """The row that these values name."""
        with connection.cursor() as cursor:
            cursor.execute(self._statement, values)
            row = cursor.fetchone()
        if row is None:
            return None
        read = [self._read(field, value) for field, value in zip(self._fields, row, strict=True)]
        names = [field.attname for field in self._fields]
        return self._model.from_db(connection.alias, names, read)

    def _read(self, field: Any, value: Any) -> Any:
        convert = getattr(field, "from_db_value", None)
        return convert(value, None, connection) if convert else value
