"""Notices in Django's registry."""

from importlib import import_module

from django.apps import AppConfig

from mokmin.foundation.trail import verbs


class NoticesConfig(AppConfig):
    """Notices (알림): what a person should know, in the product and once a day by mail."""

    name = "mokmin.foundation.notices"
    label = "notices"
    verbose_name = "알림"

    def ready(self) -> None:
        """Name the verbs of this room, and listen to the rooms below."""
        verbs.register({"open_feed": "달력 구독 주소 만듦", "close_feed": "달력 구독 주소 없앰"})
        import_module("mokmin.foundation.notices.receivers")
