"""Files in Django's registry."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files, kept by their content."""

    name = "mokmin.foundation.files"
    label = "files"
    verbose_name = "파일"
