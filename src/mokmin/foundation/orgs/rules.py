"""Judgements on what is entered about the organisation: values in, answer out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from mokmin.foundation.access.rules import PHONE
from mokmin.foundation.orgs.steps import NewPost, NewUnit
from mokmin.lib.korean import date_text, in_seoul, josa

TITLE_LENGTH = 120
NAME_LENGTH = 60
GRADE_LENGTH = 30
PHONE_LENGTH = 20
REASON_LENGTH = 300
NOTE_LENGTH = 300
DUTIES_LENGTH = 4000
REMARK_LENGTH = 4000
LAST_POSITION = 32767
YEARS_AHEAD = 5
"""What is planned for a day further away is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """What is wrong with one step or row (counted from 1), or with the heading (0)."""

    place: int
    field: str
    sentence: str
    among: str = "steps"

    @property
    def key(self) -> str:
        """The field of a form that it belongs to: `title`, `steps.2.name`, `rows.3`."""
        parts = (self.among, str(self.place), self.field) if self.place else (self.field,)
        return ".".join(part for part in parts if part)


def as_fields(problems: Iterable[PlanProblem]) -> dict[str, str]:
    """Problems by the field that they belong to, several on one joined."""
    found: dict[str, str] = {}
    for problem in problems:
        said = found.get(problem.key, "")
        if problem.sentence not in said:
            found[problem.key] = f"{said} {problem.sentence}".strip()
    return found


def problems_of_heading(
    *, title: str, on: date, reason: str, today: date, accepts_past: bool
) -> list[PlanProblem]:
    """What is wrong with title, day and reason of a reorganisation or an order."""
    found = {"title": _why_not_text(title, "제목", TITLE_LENGTH), "on": None}
    found["on"] = why_not_day(on, today=today, accepts_past=accepts_past)
    found["reason"] = why_not_reason(reason, is_needed=accepts_past and on < today)
    return [PlanProblem(0, field, why) for field, why in found.items() if why]


def why_not_day(on: date, *, today: date, accepts_past: bool) -> str | None:
    """A past day is taken only by someone who says so (소급); a far one is a slip."""
    if on < today and not accepts_past:
        return (
            f"{josa(date_text(on), '은/는')} 지난 날짜입니다. "
            "소급하여 등록하려면 소급 등록을 선택하고 사유를 적어 주세요."
        )
    if on.year > today.year + YEARS_AHEAD:
        return f"{YEARS_AHEAD}년 뒤까지만 미리 등록할 수 있습니다. 날짜를 확인해 주세요."
    return None


def why_not_reason(reason: str, *, is_needed: bool = True) -> str | None:
    """A reason where one is needed, and never too long a one."""
    if is_needed and not reason.strip():
        return "사유를 적어 주세요. 기록에 남습니다."
    if len(reason) > REASON_LENGTH:
        return f"사유는 {REASON_LENGTH}자까지 적을 수 있습니다."
    return None


def problems_of_unit(unit: NewUnit) -> dict[str, str]:
    """Every wrong field of a new unit."""
    return _only_wrong(
        {
            "name": _why_not_text(unit.name, "부서 이름", NAME_LENGTH),
            "phone": why_not_phone(unit.phone),
            "position": why_not_position(unit.position),
        }
    )


def problems_of_post(post: NewPost) -> dict[str, str]:
    """Every wrong field of a post."""
    return _only_wrong(
        {
            "title": _why_not_text(post.title, "직위", NAME_LENGTH),
            "grade": _why_too_long(post.grade, "직급", GRADE_LENGTH),
            "duties": _why_too_long(post.duties, "담당 업무", DUTIES_LENGTH),
            "phone": why_not_phone(post.phone),
            "position": why_not_position(post.position),
        }
    )


def why_not_phone(phone: str) -> str | None:
    """A telephone number of digits and hyphens, or none."""
    if phone and (len(phone) > PHONE_LENGTH or not PHONE.fullmatch(phone)):
        return "전화는 숫자와 붙임표(-)로 적어 주세요. 예: 055-940-0000"
    return None


def why_not_position(position: int | None) -> str | None:
    """A place in the order of units or posts; None is what could not be read as one."""
    if position is None or not 0 <= position <= LAST_POSITION:
        return f"순서는 0에서 {LAST_POSITION}까지의 숫자로 적어 주세요."
    return None


def why_not_undo(*, on: date, entered_on: date, today: date, is_undone: bool) -> str | None:
    """Until its date; what was entered wrongly today for a day that is past, still today."""
    if is_undone:
        return "이미 취소했습니다."
    if today >= on and today != entered_on:
        return (
            f"시행일({date_text(on)})이 되어 취소할 수 없습니다. "
            "되돌리려면 새 조직개편이나 발령으로 등록해 주세요."
        )
    return None


def counted_from(on: date, opened_at: datetime) -> date:
    """After which day a hand-over's term runs: that of leaving, or of entering an earlier one."""
    return max(on, in_seoul(opened_at).date())


def why_not_remark(text: str) -> str | None:
    """What the leaver adds to the sheet."""
    return _why_too_long(text, "인계자 의견", REMARK_LENGTH)


def _why_not_text(text: str, name: str, length: int) -> str | None:
    if not text.strip():
        return f"{josa(name, '을/를')} 적어 주세요."
    return _why_too_long(text, name, length)


def _why_too_long(text: str, name: str, length: int) -> str | None:
    if len(text) > length:
        return f"{josa(name, '은/는')} {length:,}자까지 적을 수 있습니다."
    return None


def _only_wrong(found: dict[str, str | None]) -> dict[str, str]:
    return {field: why for field, why in found.items() if why}
