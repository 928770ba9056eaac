"""The trail in Django's registry."""

from django.apps import AppConfig
from django.db.models.signals import pre_migrate
from django.utils.module_loading import import_string

MARK = "mokmin.foundation.trail.twins.mark_before"
"""Named, not imported: models are not loaded yet."""


class TrailConfig(AppConfig):
    """Who did what, which rows changed, and the proof of it."""

    name = "mokmin.foundation.trail"
    label = "trail"
    verbose_name = "변경 이력"
    fence_step = "mokmin.foundation.trail.ddl.apply"

    def ready(self) -> None:
        """Mark the columns of twins before a migration renames any."""
        pre_migrate.connect(import_string(MARK), sender=self, dispatch_uid="trail.twins")
