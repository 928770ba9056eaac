"""The console in Django's registry."""

from importlib import import_module

from django.apps import AppConfig

from mokmin.foundation.trail import verbs
from mokmin.surfaces.kit import menu, things


class ConsoleConfig(AppConfig):
    """Views and templates."""

    name = "mokmin.surfaces.console"
    label = "console"
    verbose_name = "업무 화면"

    def ready(self) -> None:
        """Declare the area; its menu asks queries, which need the models."""
        menu.declare(import_module("mokmin.surfaces.console.menu").AREA)
        listings = import_module("mokmin.surfaces.console.listings").LISTINGS
        import_module("mokmin.surfaces.kit.lists.declared").declare(*listings)
        things.shown_at(
            {
                "job-done": "console:job",
                "job-failed": "console:job",
                "file-check": "console:file-check",
                "unit": "console:organisation-unit",
                "order": "console:order",
                "reorganisation": "console:reorganisation",
                "hand-over": "console:hand-over",
            }
        )
        verbs.register({"verify_trail": "변경 이력 검증"})
