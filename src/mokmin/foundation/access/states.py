"""Names of roles and of what is done with personal data."""

from django.db import models


class Role(models.TextChoices):
    """What a person may be to the municipality (architecture: Tenants and people)."""

    OFFICER = "officer", "담당"
    TEAM_HEAD = "team_head", "팀장"
    UNIT_HEAD = "unit_head", "부서장"
    COORDINATOR = "coordinator", "총괄"
    EXECUTIVE = "executive", "단체장·부단체장"
    AUDITOR = "auditor", "감사"
    FINANCE = "finance", "예산·재정"
    LEGAL = "legal", "법무"
    PUBLICITY = "publicity", "홍보"
    EVALUATOR = "evaluator", "평가위원"
    RESIDENT = "resident", "주민"
    RECIPIENT = "recipient", "보조사업자"
    ADMINISTRATOR = "administrator", "관리자"


OUTSIDE = frozenset({Role.EVALUATOR, Role.RESIDENT, Role.RECIPIENT})
"""Roles of people who do not work for the municipality; the staff console is closed to them."""

STAFF = frozenset(Role) - OUTSIDE

_WORKS = "조직과 사람, 일정을 보고, 자기가 넘기거나 받는 인계인수서를 다룹니다."
_VISITS = "공개 누리집을 봅니다. 업무 화면은 열 수 없습니다."
_HEADS = (
    f"{_WORKS} 부서장이나 팀장 자리를 맡은 사람은 그 부서의 인계인수서를 보고 인수자를 정합니다."
)
MEANING: dict[Role, str] = {
    **dict.fromkeys(STAFF, _WORKS),
    **dict.fromkeys(OUTSIDE, _VISITS),
    **dict.fromkeys((Role.TEAM_HEAD, Role.UNIT_HEAD), _HEADS),
    Role.AUDITOR: (
        "변경 이력 전체와 접속기록, 모든 인계인수서를 보고, 이력을 검증하고, 접속기록을 매달 "
        "점검하고, 파일 점검 결과를 봅니다."
    ),
    Role.ADMINISTRATOR: (
        "계정, 역할, 기관 설정을 관리하고, 그에 관한 이력과 접속기록을 봅니다. 조직개편, 인사발령, "
        "공휴일을 등록하고, 모든 인계인수서를 보고 인수자를 정하며, 파일을 점검합니다."
    ),
}
"""What each role may do in this edition, for whoever gives it."""


class Handling(models.TextChoices):
    """What was done with personal data (수행업무), 안전성 확보조치 기준 §8."""

    VIEW = "view", "조회"
    CREATE = "create", "등록"
    UPDATE = "update", "수정"
    DELETE = "delete", "삭제"
    DOWNLOAD = "download", "다운로드"
    PRINT = "print", "출력"
    SIGN_IN = "sign_in", "로그인"
    SIGN_IN_FAILED = "sign_in_failed", "로그인 실패"
    SIGN_OUT = "sign_out", "로그아웃"
