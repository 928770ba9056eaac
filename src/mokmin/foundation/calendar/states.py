"""Names of what a day in the calendar can be."""

from django.db import models


class HolidayKind(models.TextChoices):
    """Why nobody works on a day."""

    STATUTORY = "statutory", "공휴일"
    SUBSTITUTE = "substitute", "대체공휴일"
    TEMPORARY = "temporary", "임시공휴일"
    LOCAL = "local", "지방공휴일"
