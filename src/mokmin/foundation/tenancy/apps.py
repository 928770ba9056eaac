"""Tenancy in Django's registry."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from mokmin.foundation.tenancy import fence, guard


class TenancyConfig(AppConfig):
    """The lowest room: everything above belongs to a tenant."""

    name = "mokmin.foundation.tenancy"
    label = "tenancy"
    verbose_name = "자치단체"

    def ready(self) -> None:
        """Install the fence after migrations and watch every new connection."""
        fence.register(fence.fence_tables)
        connection_created.connect(guard.refuse_privileged, dispatch_uid="tenancy.guard")
