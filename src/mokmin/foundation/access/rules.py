"""Judgements on settings and on the access log: values in, answer out."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.vocabulary import WORD_NAMES
from mokmin.lib.period import Period

SESSION_MINUTES = (5, 480)
"""Shortest and longest time without activity before a session ends."""

ACCESS_LOG_DAYS = (366, 3650)
ACCESS_LOG_USUAL_DAYS = 731
"""안전성 확보조치 기준 §8: one year at least, two for 50,000 people or sensitive data.

A day more than 365 and 730: no year or two with a 29 February in it is cut short.
"""

NOTICE_DAYS = (30, 1825)
NOTICE_USUAL_DAYS = 365
"""How long notices are kept, read or not; what they tell of has a history of its own."""

DRAFT_DAYS = (1, 180)
DRAFT_USUAL_DAYS = 30
"""How long what somebody has begun to write is kept for them to come back to."""

EXPORT_DAYS = (1, 30)
EXPORT_USUAL_DAYS = 7
"""How long a list that was made into a file lies ready; it is full of personal data, so who answers
for it sets the time (개인정보 내부 관리계획)."""

HAND_OVER_DAYS = (1, 30)
HAND_OVER_USUAL_DAYS = 5
"""Working days to acknowledge a hand-over (인계인수). 행정업무의 운영 및 혁신에 관한 규정 §61
demands the sheet and names no term: each municipality sets its own."""

LIMITS = {
    "session_minutes": SESSION_MINUTES,
    "access_log_days": ACCESS_LOG_DAYS,
    "notice_days": NOTICE_DAYS,
    "draft_days": DRAFT_DAYS,
    "export_days": EXPORT_DAYS,
    "hand_over_days": HAND_OVER_DAYS,
}
"""Setting → least and most; the table holds to it too."""

WORD_LENGTH = 10
UNIT_LENGTH = 60
PHONE = re.compile(r"[0-9][0-9\- ]{6,18}[0-9]")


SETTING_NAMES = frozenset(
    {
        *LIMITS,
        "mfa_roles",
        "has_resident_signup",
        "has_government_banner",
        "contact_unit",
        "contact_phone",
        "words",
    }
)


def problems_of_setting_names(names: Iterable[str]) -> dict[str, str]:
    """What is no setting at all, each with its sentence."""
    return dict.fromkeys(sorted(set(names) - SETTING_NAMES), "없는 설정입니다.")


def problems_of_settings(values: Mapping[str, Any]) -> dict[str, str]:
    """Every wrong setting with its sentence; empty when all can be taken."""
    problems = {
        **{name: _outside(values[name], limits) for name, limits in LIMITS.items()},
        "mfa_roles": _unknown_roles(values["mfa_roles"]),
        "contact_unit": _unit(values["contact_unit"]),
        "contact_phone": _phone(values["contact_phone"]),
    }
    return {name: said for name, said in problems.items() if said} | _words(values["words"])


def _outside(value: int | None, limits: tuple[int, int]) -> str:
    low, high = limits
    if value is None or not low <= value <= high:
        return f"{low:,}에서 {high:,} 사이의 숫자로 적어 주세요."
    return ""


def _unknown_roles(values: list[str]) -> str:
    unknown = sorted(set(values) - set(Role.values))
    return f"목록에 없는 역할입니다: {', '.join(unknown)}." if unknown else ""


def _unit(value: str) -> str:
    return f"{UNIT_LENGTH}자까지 적을 수 있습니다." if len(value) > UNIT_LENGTH else ""


def _phone(value: str) -> str:
    if value and not PHONE.fullmatch(value):
        return "숫자와 붙임표(-)로 적어 주세요. 예: 055-940-0000"
    return ""


def _words(words: Mapping[str, str]) -> dict[str, str]:
    """Wrong words, each under `word_` and its name."""
    problems = {}
    for name, word in words.items():
        if name not in WORD_NAMES:
            problems[f"word_{name}"] = f"목록에 없는 어휘입니다: {name}."
        elif len(word) > WORD_LENGTH:
            problems[f"word_{name}"] = f"{WORD_LENGTH}자까지 적을 수 있습니다."
    return problems


SEAL_FORMAT = 1
"""How a day's entries become its digest; every seal keeps the number it was made with."""


def chained(
    previous: bytes, day: date, digest: bytes, *, entry_count: int, seal_format: int
) -> bytes:
    """Hash of a day's seal: SHA-256 over the seal before it and all that the seal says."""
    said = f"{seal_format} {day.isoformat()} {entry_count} ".encode()
    return hashlib.sha256(previous + said + digest).digest()


FINDING_LENGTH = 2000


def problems_of_review(month: Period, *, finding: str, today: date) -> dict[str, str]:
    """Every reason why a monthly check cannot be recorded."""
    problems = {}
    if month.months != 1:
        problems["month"] = "한 달을 골라 주세요."
    elif month.last_on >= today:
        problems["month"] = "아직 끝나지 않은 달입니다. 지난달까지만 점검할 수 있습니다."
    if not finding.strip():
        problems["finding"] = "무엇을 확인했는지 적어 주세요."
    elif len(finding) > FINDING_LENGTH:
        problems["finding"] = f"{FINDING_LENGTH:,}자까지 적을 수 있습니다."
    return problems
