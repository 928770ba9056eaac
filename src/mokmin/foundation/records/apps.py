"""Records in Django's registry."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """One row per thing with an address."""

    name = "mokmin.foundation.records"
    label = "records"
    verbose_name = "기록"
    fence_step = "mokmin.foundation.records.ddl.apply"
