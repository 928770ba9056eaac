"""Judgements on people: values in, answer out."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from mokmin.foundation.access.rules import PHONE
from mokmin.foundation.access.states import Role

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
NAME_LENGTH = 60
REASON_LENGTH = 300


def email_key(email: str) -> str:
    """The form in which an e-mail address is stored and compared."""
    return email.strip().lower()


def problems_of_person(values: Mapping[str, Any]) -> dict[str, str]:
    """Every wrong field of a person with its sentence."""
    problems = {}
    name, email, phone = values["name"].strip(), values["email"].strip(), values["phone"].strip()
    if not name:
        problems["name"] = "이름을 적어 주세요."
    elif len(name) > NAME_LENGTH:
        problems["name"] = f"이름은 {NAME_LENGTH}자까지 적을 수 있습니다."
    if not EMAIL.fullmatch(email) or len(email) > 254:  # noqa: PLR2004  # RFC 5321's limit
        problems["email"] = "전자우편 주소를 이름@기관.kr 꼴로 적어 주세요."
    if phone and not PHONE.fullmatch(phone):
        problems["phone"] = "전화는 숫자와 붙임표(-)로 적어 주세요. 예: 055-940-0000"
    return problems


def problems_of_roles(roles: Collection[str]) -> dict[str, str]:
    """Why these roles cannot be given, if so."""
    if not roles:
        return {"roles": "역할을 하나 이상 골라 주세요."}
    if unknown := sorted(set(roles) - set(Role.values)):
        return {"roles": f"목록에 없는 역할입니다: {', '.join(unknown)}."}
    return {}


def problems_of_reason(reason: str) -> dict[str, str]:
    """A change of rights needs its reason (권한 변경 내역)."""
    if not reason.strip():
        return {"reason": "까닭을 적어 주세요. 변경 이력에 남습니다."}
    if len(reason) > REASON_LENGTH:
        return {"reason": f"까닭은 {REASON_LENGTH}자까지 적을 수 있습니다."}
    return {}


def why_not_leave_without_administrator(*, others: int) -> str | None:
    """Someone must be able to manage the municipality's accounts."""
    if others == 0:
        return "마지막 관리자입니다. 다른 사람에게 관리자 역할을 먼저 준 뒤에 거둘 수 있습니다."
    return None
