"""Files in Django's registry."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from mokmin.foundation.files import rules
from mokmin.foundation.trail import verbs


class FilesConfig(AppConfig):
    """Files, kept by their content."""

    name = "mokmin.foundation.files"
    label = "files"
    verbose_name = "파일"

    def ready(self) -> None:
        """Refuse to start with kinds of files that are none; name the verbs of this room."""
        if why := rules.why_not_kinds(settings.MOKMIN_FILE_TYPES):
            raise ImproperlyConfigured(why)
        verbs.register(
            {
                "attach_file": "파일 붙임",
                "keep_file": "파일 만들어 둠",
                "remove_file": "파일 지움",
                "sweep_files": "기한 지난 파일 정리",
                "check_files": "파일 무결성 점검",
            }
        )
