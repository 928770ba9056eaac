"""Jobs in Django's registry."""

from django.apps import AppConfig

from mokmin.foundation.trail import verbs


class JobsConfig(AppConfig):
    """Background work; its queue is procrastinate, in the same database."""

    name = "mokmin.foundation.jobs"
    label = "jobs"
    verbose_name = "작업"

    def ready(self) -> None:
        """Name the verbs of this room."""
        verbs.register({"cancel_job": "남의 작업 취소"})
