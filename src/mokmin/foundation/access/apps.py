"""Access in Django's registry."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Roles, settings of the municipality, and the access log."""

    name = "mokmin.foundation.access"
    label = "access"
    verbose_name = "접근"
    fence_step = "mokmin.foundation.access.ddl.apply"
