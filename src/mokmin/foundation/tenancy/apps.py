"""Tenancy in Django's registry."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from mokmin.foundation.tenancy import guard


class TenancyConfig(AppConfig):
    """The lowest room: everything above belongs to a tenant."""

    name = "mokmin.foundation.tenancy"
    label = "tenancy"
    verbose_name = "자치단체"
    fence_step = "mokmin.foundation.tenancy.fence.fence_tables"

    def ready(self) -> None:
        """Watch every new connection."""
        connection_created.connect(guard.refuse_privileged, dispatch_uid="tenancy.guard")
