"""Notices in Django's registry."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices (알림): what a person should know, in the product and once a day by mail."""

    name = "mokmin.foundation.notices"
    label = "notices"
    verbose_name = "알림"
