"""What can be wrong with a file that is kept."""

from django.db import models


class Fault(models.TextChoices):
    """What a check of the files finds."""

    MISSING = "missing", "없음"
    CHANGED = "changed", "바뀜"
    UNKNOWN = "unknown", "모르는 파일"
