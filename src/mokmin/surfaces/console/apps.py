"""The console in Django's registry."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Views and templates."""

    name = "mokmin.surfaces.console"
    label = "console"
    verbose_name = "업무 화면"
