"""The portal in Django's registry."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Views and templates."""

    name = "mokmin.surfaces.portal"
    label = "portal"
    verbose_name = "누리집"
