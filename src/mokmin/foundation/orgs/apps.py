"""The organisation in Django's registry."""

from importlib import import_module

from django.apps import AppConfig

from mokmin.foundation.records import kinds
from mokmin.foundation.trail import verbs


class OrgsConfig(AppConfig):
    """The organisation (조직): units, posts and who holds them, as of any date."""

    name = "mokmin.foundation.orgs"
    label = "orgs"
    verbose_name = "조직"

    def ready(self) -> None:
        """Name the verbs of this room, and tell the rooms below what it has."""
        verbs.register(
            {
                "set_up": "조직 첫 등록",
                "assign": "자리 첫 등록",
                "reorganise": "조직개편 등록",
                "undo_reorganisation": "조직개편 취소",
                "order": "인사발령 등록",
                "undo_order": "인사발령 취소",
                "add_post": "자리 신설",
                "change_post": "자리 내용 변경",
                "close_post": "자리 폐지",
                "take_back_post": "자리 등록 취소",
                "change_unit": "부서 정보 고침",
                "retitle_units": "부서 이름을 그날 이름으로 맞춤",
                "remark": "인계자 의견 적음",
                "name_successor": "인수자 정함",
                "acknowledge": "인계인수 확인",
            }
        )
        kinds.register({"unit": "부서", "order": "인사발령", "reorganisation": "조직개편"})
        import_module("mokmin.foundation.orgs.registry")
        import_module("mokmin.foundation.orgs.receivers")
