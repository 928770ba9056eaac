"""Judgements on people: values in, answer out."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from mokmin.foundation.access.rules import PHONE
from mokmin.foundation.access.states import Role
from mokmin.lib.korean import moment_text

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
NAME_LENGTH = 60
REASON_LENGTH = 300
MOST_VIEWS = 20
ASKED_LENGTH = 2_000
ENOUGH_ADMINISTRATORS = 2
"""One alone who cannot come in leaves nobody to manage accounts."""

DRAFT_LENGTH = 300_000
"""Characters of a draft as JSON: a table of some hundred full rows."""

FORM_LENGTH = 200
MOST_DRAFTS = 50
"""Drafts of one person; the oldest give way."""

KEPT_ELSEWHERE = "다른 창에서 이 양식에 적은 내용이 방금 임시 저장되었습니다."


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


def problems_of_rows(rows: Sequence[Mapping[str, Any]], taken: Mapping[str, str]) -> dict[str, str]:
    """What is wrong in each of many persons, by the number of its row from 1.

    `taken` says of addresses why they cannot be taken in.
    """
    seen: dict[str, int] = {}
    problems = {}
    for number, row in enumerate(rows, 1):
        found = problems_of_person(row)
        email = email_key(row["email"])
        why = taken.get(email)
        if (first := seen.setdefault(email, number)) != number:
            why = why or f"{first}번째 줄에 있는 전자우편 주소입니다."
        if why:
            found.setdefault("email", why)
        if found:
            problems[str(number)] = " ".join(found.values())
    return problems


def why_not_take_in(*, closed_at: datetime | None) -> str:
    """An address belongs to one person of a municipality, whether open or closed."""
    if closed_at:
        return "닫은 계정의 주소입니다. 그 계정을 다시 열어 주세요."
    return "이미 등록된 전자우편 주소입니다."


def problems_of_roles(roles: Collection[str]) -> dict[str, str]:
    """Why these roles cannot be given, if so."""
    if not any(roles):
        return {"roles": "역할을 골라 주세요."}
    if unknown := sorted({*roles} - {*Role.values, ""}):
        return {"roles": f"목록에 없는 역할입니다: {', '.join(unknown)}."}
    return {}


def problems_of_reason(reason: str) -> dict[str, str]:
    """A change of rights needs its reason (권한 변경 내역)."""
    if not reason.strip():
        return {"reason": "사유를 적어 주세요. 기록에 남습니다."}
    if len(reason) > REASON_LENGTH:
        return {"reason": f"사유는 {REASON_LENGTH}자까지 적을 수 있습니다."}
    return {}


def why_not_write_to(*, has_account: bool, closed_at: datetime | None) -> str | None:
    """An invitation makes sense only for someone who can sign in."""
    if not has_account:
        return "계정이 없는 사람에게는 초대 메일을 보낼 수 없습니다."
    if closed_at:
        return "닫은 계정에는 초대 메일을 보낼 수 없습니다. 먼저 다시 열어 주세요."
    return None


def why_not_give(*, closed_at: datetime | None) -> str | None:
    """Rights of a closed account would come alive unseen with its reopening."""
    if closed_at:
        return "닫은 계정에는 역할을 부여할 수 없습니다. 먼저 다시 열어 주세요."
    return None


def why_not_close(*, closed_at: datetime | None) -> str | None:
    """Closing twice would hide who closed it first."""
    return "이미 닫은 계정입니다." if closed_at else None


def why_not_reopen(*, closed_at: datetime | None) -> str | None:
    """Only what is closed can be opened again."""
    return None if closed_at else "닫지 않은 계정입니다."


def why_not_reset(*, is_of_here: bool, has_second_factor: bool, has_signed_in: bool) -> str | None:
    """A municipality does not weaken another's account, and there must be something to forget.

    Whose account it is stays unsaid until its owner has come in here.
    """
    if not (has_signed_in or (is_of_here and has_second_factor)):
        return "이 기관에 아직 들어오지 않은 사람입니다. 들어온 뒤에 초기화할 수 있습니다."
    if not is_of_here:
        return "다른 기관이 만든 계정입니다. 그 기관의 관리자에게 요청해 주세요."
    if not has_second_factor:
        return "등록한 2단계 인증이 없습니다."
    return None


def why_not_leave_without_administrator(*, others: int) -> str | None:
    """Someone must be able to manage the municipality's accounts."""
    if others == 0:
        return "마지막 관리자입니다. 다른 사람에게 관리자 역할을 먼저 부여해 주세요."
    return None


def why_not_drop_second_factor(
    *, held: Collection[str], needed_for: Collection[str], is_of_here: bool
) -> str | None:
    """A role may need it; and a municipality does not weaken another's account."""
    if roles := [role.label for role in Role if role in held and role in needed_for]:
        return (
            f"{', '.join(roles)} 역할에는 2단계 인증이 필요하여 끌 수 없습니다. "
            "휴대전화를 바꾸었으면 관리자에게 초기화를 요청해 주세요."
        )
    if not is_of_here:
        return "다른 기관이 만든 계정입니다. 그 기관의 누리집에서만 끌 수 있습니다."
    return None


def why_not_keep_draft(
    *, form: str, values: Mapping[str, Any], person_id: int | None
) -> str | None:
    """A draft has an owner, an address and a bearable size."""
    if person_id is None:
        return "로그인한 사람이 적은 내용만 임시 저장할 수 있습니다."
    if len(form) > FORM_LENGTH:
        return "이 양식은 주소가 너무 길어 임시 저장할 수 없습니다."
    if len(json.dumps(values, ensure_ascii=False)) > DRAFT_LENGTH:
        return "적은 내용이 너무 길어 임시 저장하지 못했습니다. 나누어 등록해 주세요."
    return None


def why_not_replace_draft(kept_at: datetime | None, *, base: datetime | None) -> str | None:
    """What another window has kept, sent or thrown away since is not overwritten unasked."""
    if kept_at == base:
        return None
    if kept_at is None:
        return "이 양식은 다른 창에서 이미 보냈거나, 적던 내용을 지웠습니다."
    return f"다른 창에서 {moment_text(kept_at)}에 적은 내용이 이미 임시 저장되어 있습니다."


def problems_of_view(name: str, *, asked: str) -> dict[str, str]:
    """A saved view has a name to find it by, and fits into an address."""
    problems = {}
    if not name:
        problems["name"] = "보기의 이름을 적어 주세요."
    elif len(name) > NAME_LENGTH:
        problems["name"] = f"보기의 이름은 {NAME_LENGTH}자까지 적을 수 있습니다."
    if len(asked) > ASKED_LENGTH:
        problems["asked"] = "찾기 조건이 너무 길어 저장할 수 없습니다. 조건을 줄여 주세요."
    return problems


def why_not_save_view(*, person_id: int | None, kept: int) -> str | None:
    """Views belong to somebody, and a menu of them stays readable."""
    if person_id is None:
        return "로그인한 사람만 보기를 저장할 수 있습니다."
    if kept >= MOST_VIEWS:
        return (
            f"한 목록에 보기를 {MOST_VIEWS}개까지 저장할 수 있습니다. 안 쓰는 보기를 지워 주세요."
        )
    return None
