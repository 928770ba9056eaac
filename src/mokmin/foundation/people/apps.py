"""People in Django's registry."""

from django.apps import AppConfig

from mokmin.foundation.trail import verbs


class PeopleConfig(AppConfig):
    """Accounts, persons and grants."""

    name = "mokmin.foundation.people"
    label = "people"
    verbose_name = "사람"

    def ready(self) -> None:
        """Name the verbs of this room."""
        verbs.register(
            {
                "invite": "계정 초대",
                "register": "직원 등록",
                "send_invitation": "초대 메일 보냄",
                "join": "주민 가입",
                "change_contact": "연락처 고침",
                "grant": "역할 부여",
                "revoke": "역할 말소",
                "close": "계정 닫음",
                "reopen": "계정 다시 엶",
                "reset_second_factor": "2단계 인증 초기화",
            }
        )
