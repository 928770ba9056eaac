"""Names of what can happen to a row."""

from django.db import models


class Operation(models.TextChoices):
    """What a statement did to one row."""

    INSERT = "insert", "추가"
    UPDATE = "update", "수정"
    DELETE = "delete", "삭제"
