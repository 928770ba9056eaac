"""Access in Django's registry."""

from django.apps import AppConfig

from mokmin.foundation.trail import verbs


class AccessConfig(AppConfig):
    """Roles, settings of the municipality, and the access log."""

    name = "mokmin.foundation.access"
    label = "access"
    verbose_name = "접근"
    fence_step = "mokmin.foundation.access.ddl.apply"

    def ready(self) -> None:
        """Name the verbs of this room."""
        verbs.register(
            {
                "change_settings": "기관 설정 변경",
                "review_access_log": "접속기록 월 점검",
                "seal_access_log": "접속기록 봉인",
                "purge_access_log": "접속기록 파기",
            }
        )
