"""Access in Django's registry."""

from django.apps import AppConfig

from mokmin.foundation.access import ddl
from mokmin.foundation.tenancy import fence


class AccessConfig(AppConfig):
    """Roles, settings of the municipality, and the access log."""

    name = "mokmin.foundation.access"
    label = "access"
    verbose_name = "접근"

    def ready(self) -> None:
        """Install the one function that may delete expired access entries."""
        fence.register(ddl.apply)
