"""해솔군, a municipality that does not exist: its people, and what they did in the last weeks."""

from dataclasses import dataclass, field
from datetime import time
from typing import Any

from mokmin.foundation.access.states import Handling, Role

SLUG = "haesol"
NAME = "해솔군"
KIND = "county"
HOSTS = ("haesol.localhost",)
ADDRESS = "198.51.100.{}"
"""Of the range kept for examples (RFC 5737)."""


@dataclass(frozen=True, slots=True)
class Someone:
    """An invented person; the number is that of their desk."""

    role: Role
    name: str
    desk: int
    reason: str
    day: int = 26
    """Working day before today on which they were invited; the larger, the earlier.

    Those whose role comes with a post are registered with the organisation (`IMPORT`).
    """

    mailbox: str = ""

    @property
    def email(self) -> str:
        """Where they sign in; named after the role, so that it can be remembered."""
        return f"{self.mailbox or self.role.value.replace('_', '-')}@{SLUG}.example"

    @property
    def phone(self) -> str:
        """An extension of an exchange that does not exist."""
        return f"055-000-{self.desk:04d}"


FOUNDER = Someone(Role.ADMINISTRATOR, "신동혁", 1100, "첫 관리자", day=30)

PEOPLE = (
    Someone(Role.COORDINATOR, "정하윤", 1101, "기획예산실 성과관리 총괄 업무", day=29),
    Someone(Role.EXECUTIVE, "강태섭", 1001, "해솔군수", day=29),
    Someone(Role.AUDITOR, "윤미정", 1201, "감사법무실 감사 담당 업무", day=29),
    Someone(Role.UNIT_HEAD, "최은경", 1301, "경제교통과장", day=28),
    Someone(Role.TEAM_HEAD, "박준호", 1302, "경제교통과 일자리담당", day=28),
    Someone(Role.OFFICER, "이서연", 1303, "경제교통과 청년일자리 업무", day=28),
    Someone(Role.FINANCE, "조현우", 1111, "기획예산실 예산 업무", day=27),
    Someone(Role.LEGAL, "한소영", 1211, "감사법무실 법무 업무", day=27),
    Someone(Role.PUBLICITY, "임다은", 1401, "홍보미디어실 보도 업무", day=27),
    Someone(Role.EVALUATOR, "오세진", 9001, "주민배심원단 추천 평가위원", day=21),
    Someone(Role.RECIPIENT, "송민재", 9101, "마을기업 해솔두레 대표", day=20),
    Someone(Role.RESIDENT, "김영자", 9201, "햇살읍 주민", day=16),
    Someone(Role.OFFICER, "배수진", 1304, "경제교통과 교통행정 업무", day=28, mailbox="bae"),
    Someone(Role.OFFICER, "문정훈", 1501, "농업정책과 귀농귀촌 업무", day=28, mailbox="moon"),
)

IMPORT = 26, time(17, 30)
"""When the organisation with its past came in: working days ago, and the time."""

SETTINGS: tuple[tuple[int, time, dict[str, Any]], ...] = (
    (
        30,
        time(9, 40),
        {
            "mfa_roles": [],
            "contact_unit": "기획예산실",
            "contact_phone": "055-000-1100",
            "has_resident_signup": True,
        },
    ),
    (19, time(14, 5), {"session_minutes": 60}),
    (11, time(10, 30), {"words": {"team": "팀"}}),
    (8, time(16, 20), {"access_log_days": 1095}),
)
"""What the administrator chose: working days ago, when, which values."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that the administrator did to a person."""

    day: int
    at: time
    verb: str
    name: str
    reason: str = ""
    values: dict[str, str] = field(default_factory=dict)


EVENTS = (
    Deed(
        22,
        time(9, 10),
        "grant",
        "이서연",
        "추경예산 편성 기간 예산 업무 지원",
        {"role": Role.FINANCE},
    ),
    Deed(17, time(11, 25), "change_contact", "임다은", "", {"phone": "055-000-1402"}),
    Deed(12, time(17, 45), "close", "배수진", "경상남도로 전출"),
    Deed(9, time(9, 5), "revoke", "이서연", "추경예산 편성이 끝남", {"role": Role.FINANCE}),
    Deed(4, time(10, 50), "change_contact", "오세진", "", {"phone": "055-000-9002"}),
    Deed(2, time(15, 30), "grant", "정하윤", "조직성과 평가 자료 확인", {"role": Role.FINANCE}),
)


REMARK = Deed(
    12,
    time(15, 20),
    "remark",
    "배수진",
    "농어촌버스 노선 개편 협의가 진행 중입니다. 간담회 자료는 공유 폴더에 있습니다.",
)
TAKER = Deed(11, time(10, 15), "name_successor", "이서연", "후임 발령 전까지 업무 인수")
TAKEN = Deed(6, time(10, 40), "acknowledge", "문정훈")
"""What happened to the hand-over sheets."""

SIGN_IN, ACCOUNTS, ACCESS_LOG = "로그인", "계정과 역할 목록", "개인정보 접속기록"
"""Pages, by the names that they have in the access log."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A handling of personal data that the access log keeps."""

    day: int
    at: time
    name: str
    handling: Handling
    page: str
    subjects: tuple[str, ...] = ()
    reason: str = ""


def _round_of(day: int) -> tuple[Visit, ...]:
    """An ordinary working day at the desk of the administrator."""
    return (
        Visit(day, time(8, 52), "신동혁", Handling.SIGN_IN, SIGN_IN),
        Visit(day, time(9, 3), "신동혁", Handling.VIEW, ACCOUNTS, ("정하윤", "윤미정", "이서연")),
        Visit(day, time(18, 6), "신동혁", Handling.SIGN_OUT, "로그아웃"),
    )


VISITS = (
    *(visit for day in range(25, 0, -3) for visit in _round_of(day)),
    Visit(23, time(9, 31), "윤미정", Handling.SIGN_IN, SIGN_IN),
    Visit(23, time(9, 40), "윤미정", Handling.VIEW, ACCESS_LOG, ("신동혁",)),
    Visit(18, time(8, 47), "정하윤", Handling.SIGN_IN_FAILED, SIGN_IN),
    Visit(18, time(8, 48), "정하윤", Handling.SIGN_IN_FAILED, SIGN_IN),
    Visit(18, time(8, 49), "정하윤", Handling.SIGN_IN, SIGN_IN),
    Visit(
        15,
        time(16, 12),
        "신동혁",
        Handling.DOWNLOAD,
        ACCOUNTS,
        ("정하윤", "강태섭", "윤미정", "최은경", "박준호"),
        "하반기 계정 정비를 위한 부서 확인",
    ),
    Visit(10, time(10, 2), "윤미정", Handling.SIGN_IN, SIGN_IN),
    Visit(10, time(10, 20), "윤미정", Handling.PRINT, ACCESS_LOG, ("신동혁",)),
    Visit(6, time(21, 34), "박준호", Handling.SIGN_IN_FAILED, SIGN_IN),
    Visit(3, time(9, 8), "윤미정", Handling.SIGN_IN, SIGN_IN),
    Visit(3, time(9, 15), "윤미정", Handling.VIEW, ACCESS_LOG, ("신동혁",)),
)

FINDING = (
    "내려받기 1건의 사유와 결재를 확인하였고 이상이 없습니다. "
    "근무시간이 아닌 때의 로그인 실패는 본인에게 확인하였습니다."
)
"""What the auditor wrote into the monthly check."""
