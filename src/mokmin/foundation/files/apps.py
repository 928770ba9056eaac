"""Files in Django's registry."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files (파일): kept by their content, never overwritten, shown to whom their record is shown."""

    name = "mokmin.foundation.files"
    label = "files"
    verbose_name = "파일"
