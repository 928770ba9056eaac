"""The kit in Django's registry."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """Templates, static files and middleware."""

    name = "mokmin.surfaces.kit"
    label = "kit"
    verbose_name = "화면 부품"
