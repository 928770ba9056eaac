"""People in Django's registry."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, persons and grants."""

    name = "mokmin.foundation.people"
    label = "people"
    verbose_name = "사람"
