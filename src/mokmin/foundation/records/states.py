"""Who may see a record."""

from django.db import models


class Visibility(models.TextChoices):
    """How far a record is seen; deny by default, hence `staff` and not `public`."""

    PUBLIC = "public", "공개"
    STAFF = "staff", "직원"
    UNIT = "unit", "부서"
    RESTRICTED = "restricted", "제한"
