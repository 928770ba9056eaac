"""What each role may do, in one sentence for whoever gives it."""

from collections.abc import Collection

from django.forms.boundfield import BoundField, BoundWidget
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mokmin.foundation.access.states import Role
from mokmin.surfaces.kit.rows import Column, tr

MEANING: dict[Role, str] = {
    Role.OFFICER: "맡은 일의 계획, 실적, 증빙을 작성합니다.",
    Role.TEAM_HEAD: "자기 팀에서 올린 것을 검토하고 승인하거나 돌려보냅니다.",
    Role.UNIT_HEAD: "자기 부서에서 올린 것을 승인하거나 돌려보냅니다.",
    Role.COORDINATOR: "계획, 점검, 지정 업무를 모두 관리합니다.",
    Role.EXECUTIVE: "모든 업무를 보고 결정과 지시를 남깁니다.",
    Role.AUDITOR: "작성 중인 것과 변경 이력, 접속기록까지 모두 보고 점검합니다.",
    Role.FINANCE: "예산과 재정 업무를 관리합니다.",
    Role.LEGAL: "법무 업무를 관리합니다.",
    Role.PUBLICITY: "홍보 업무를 관리합니다.",
    Role.EVALUATOR: "맡겨진 것만 보고 자기 평가 점수를 적습니다. 업무 화면은 열 수 없습니다.",
    Role.RESIDENT: "공개된 것과 자기가 낸 것을 봅니다. 업무 화면은 열 수 없습니다.",
    Role.RECIPIENT: "자기가 받은 보조금에 관한 것만 봅니다. 업무 화면은 열 수 없습니다.",
    Role.ADMINISTRATOR: "계정, 역할, 기관 설정을 관리합니다. 업무 내용은 고치지 않습니다.",
}


COLUMNS = (Column("역할", names_row=True), Column("할 수 있는 일"))


def rows(field: BoundField, offered: Collection[str] = Role) -> list[SafeString]:
    """The choices of a form as rows of a table: the role with what it may do."""
    return [
        tr(COLUMNS, (_choice(choice), MEANING[Role(choice.data["value"])]))
        for choice in field
        if choice.data["value"] in offered
    ]


def _choice(choice: BoundWidget) -> SafeString:
    return format_html(
        '<label class="mk-choice" for="{}">{}<span>{}</span></label>',
        choice.id_for_label,
        choice.tag(),
        choice.choice_label,
    )
