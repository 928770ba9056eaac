"""Jobs in Django's registry."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work; its queue is procrastinate, in the same database."""

    name = "mokmin.foundation.jobs"
    label = "jobs"
    verbose_name = "작업"
