"""Records in Django's registry."""

from django.apps import AppConfig

from mokmin.foundation.records import ddl
from mokmin.foundation.tenancy import fence


class RecordsConfig(AppConfig):
    """One row per thing with an address."""

    name = "mokmin.foundation.records"
    label = "records"
    verbose_name = "기록"

    def ready(self) -> None:
        """Install the bigram trigger with the fence."""
        fence.register(ddl.apply)
