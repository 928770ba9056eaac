"""What the law says of the calendar, and judgements on what a person enters.

Public holidays: 공휴일에 관한 법률 §2, 관공서의 공휴일에 관한 규정 §2·§3. Fiscal years: 지방자치법
§140, 지방회계법 §7. Elected terms: four years from the first of July (지방자치법 §108, 공직선거법
§14).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from holidays import country_holidays

from mokmin.foundation.calendar.states import HolidayKind

FIRST_YEAR = 2018
YEARS_AHEAD = 3
KNOWN_YEARS = range(1948, 2100)
"""For which the lunar calendar is known."""

NAME_LENGTH = 60
SOURCE_LENGTH = 120
REASON_LENGTH = 300

SEED_SOURCE = "관공서의 공휴일에 관한 규정"
DECIDED_SOURCE = "국무회의 의결"

OWN_NAMES = {"신정연휴": "1월 1일", "삼일절": "3·1절"}
"""As the regulation calls them, where the package says it otherwise."""

SUBSTITUTE_ENDING = " 대체 휴일"
DECIDED = {
    date(2024, 10, 1): "임시공휴일(국군의 날)",
    date(2025, 6, 3): "임시공휴일(대통령 선거일)",
}
"""Days that the package does not call temporary although they were decided for once: no election
day is a public holiday by itself when the office fell vacant."""

FIRST_TERM = 1995
"""The first elected term lasted three years, the second began in 1998."""
SECOND_TERM = 1998
TERM_YEARS = 4


@dataclass(frozen=True, slots=True)
class LawfulDay:
    """A public holiday as the law has it."""

    on: date
    name: str
    kind: HolidayKind

    @property
    def source(self) -> str:
        """What makes it one."""
        return DECIDED_SOURCE if self.kind is HolidayKind.TEMPORARY else SEED_SOURCE


@cache
def lawful_days(year: int) -> tuple[LawfulDay, ...]:
    """The public holidays of a year in order; none for a year whose lunar days nobody knows."""
    if year not in KNOWN_YEARS:
        return ()
    found = country_holidays("KR", years=year, language="ko")
    return tuple(_lawful(on, name) for on, name in sorted(found.items()))


def _lawful(on: date, said: str) -> LawfulDay:
    if on in DECIDED:
        return LawfulDay(on, DECIDED[on], HolidayKind.TEMPORARY)
    if "임시공휴일" in said:
        return LawfulDay(on, said, HolidayKind.TEMPORARY)
    names = sorted(said.split("; "))
    if all(name.endswith(SUBSTITUTE_ENDING) for name in names):
        replaced = "·".join(_own(name.removesuffix(SUBSTITUTE_ENDING)) for name in names)
        return LawfulDay(on, f"대체공휴일({replaced})", HolidayKind.SUBSTITUTE)
    return LawfulDay(on, "·".join(_own(name) for name in names), HolidayKind.STATUTORY)


def _own(name: str) -> str:
    return OWN_NAMES.get(name, name)


def is_predicted(year: int, *, today: date) -> bool:
    """Days of a year that has not begun are worked out; a government may still decide otherwise."""
    return year > today.year


def years_to_know(today: date) -> range:
    """The years whose days every municipality keeps."""
    return range(FIRST_YEAR, today.year + YEARS_AHEAD + 1)


@dataclass(frozen=True, slots=True)
class YearEdges:
    """A fiscal year (회계연도): the calendar year, and when its money and its books are closed.

    지방회계법 §7: money comes and goes until the last day of the year (출납폐쇄기한; until 20
    January where the law allows it), and its accounts are done by 10 February (출납사무 완결기한).
    """

    first_on: date
    last_on: date
    closes_on: date
    settled_on: date


def fiscal_year(year: int) -> YearEdges:
    """The days of a fiscal year as the law has them."""
    last_on = date(year, 12, 31)
    return YearEdges(date(year, 1, 1), last_on, last_on, date(year + 1, 2, 10))


def term_number(day: date) -> int:
    """Which elected term (민선 n기) a day belongs to by law; 0 before the first."""
    if day < date(FIRST_TERM, 7, 1):
        return 0
    if day < date(SECOND_TERM, 7, 1):
        return 1
    begun = day.year - (day < date(day.year, 7, 1))
    return (begun - SECOND_TERM) // TERM_YEARS + 2


def term_days(number: int) -> tuple[date, date]:
    """First day of an elected term, and the first day of the next one."""
    begins = SECOND_TERM + (number - 2) * TERM_YEARS if number > 1 else FIRST_TERM
    ends = SECOND_TERM + (number - 1) * TERM_YEARS
    return date(begins, 7, 1), date(ends, 7, 1)


def is_free(from_on: date, until_on: date, others: Iterable[tuple[date, date]]) -> bool:
    """Whether a term meets none of the others; each ends on the first day of the next."""
    return all(until_on <= first or after <= from_on for first, after in others)


def problems_of_holiday(*, name: str, kind: str, source: str) -> dict[str, str]:
    """Every wrong word of a holiday with its sentence."""
    problems = {}
    if not name.strip():
        problems["name"] = "공휴일 이름을 적어 주세요."
    elif len(name) > NAME_LENGTH:
        problems["name"] = f"이름은 {NAME_LENGTH}자까지 적을 수 있습니다."
    if kind not in HolidayKind.values:
        problems["kind"] = f"종류는 {', '.join(HolidayKind.labels)} 가운데 하나를 골라 주세요."
    if not source.strip():
        problems["source"] = "근거를 적어 주세요. 예: 2026. 8. 4. 국무회의 의결"
    elif len(source) > SOURCE_LENGTH:
        problems["source"] = f"근거는 {SOURCE_LENGTH}자까지 적을 수 있습니다."
    return problems


def problems_of_day(day: date | None) -> dict[str, str]:
    """Why a day cannot stand in the table."""
    if day is None:
        return {"on": "날짜를 골라 주세요."}
    if day.year not in KNOWN_YEARS or day.year < FIRST_YEAR:
        return {"on": f"{FIRST_YEAR}년부터 {KNOWN_YEARS[-1]}년까지의 날짜를 골라 주세요."}
    return {}


def problems_of_reason(reason: str) -> dict[str, str]:
    """A change of the calendar moves what others are counted on; it needs its reason."""
    if not reason.strip():
        return {"reason": "사유를 적어 주세요. 기록에 남습니다."}
    if len(reason) > REASON_LENGTH:
        return {"reason": f"사유는 {REASON_LENGTH}자까지 적을 수 있습니다."}
    return {}


def problems_of_fiscal_year(
    year: int, *, closes_on: date | None, settled_on: date | None
) -> dict[str, str]:
    """Every wrong day of a fiscal year."""
    edges = fiscal_year(year)
    problems = {}
    if closes_on is None:
        problems["closes_on"] = "출납폐쇄기한을 골라 주세요."
    elif not edges.last_on <= closes_on <= date(year + 1, 1, 20):
        problems["closes_on"] = (
            f"출납폐쇄기한은 {year}. 12. 31.부터 {year + 1}. 1. 20.까지입니다(지방회계법 제7조)."
        )
    if settled_on is None:
        problems["settled_on"] = "출납사무 완결기한을 골라 주세요."
    elif not edges.last_on <= settled_on <= edges.settled_on:
        problems["settled_on"] = (
            f"출납사무 완결기한은 늦어도 {year + 1}. 2. 10.입니다(지방회계법 제7조)."
        )
    elif closes_on and settled_on < closes_on:
        problems["settled_on"] = "출납사무 완결기한이 출납폐쇄기한보다 앞섭니다."
    return problems


def problems_of_term(
    *,
    from_on: date | None,
    until_on: date | None,
    mayor_name: str,
    others: Iterable[tuple[date, date]],
) -> dict[str, str]:
    """Every wrong field of an elected term; `others` are the days of the other terms."""
    problems = {}
    if from_on is None:
        problems["from_on"] = "임기 시작일을 골라 주세요."
    if until_on is None:
        problems["until_on"] = "임기 종료일을 골라 주세요."
    if from_on and until_on:
        if until_on <= from_on:
            problems["until_on"] = "임기 종료일이 시작일보다 앞섭니다."
        elif not is_free(from_on, until_on, others):
            problems["from_on"] = "다른 민선 기수의 임기와 겹칩니다."
    if len(mayor_name) > NAME_LENGTH:
        problems["mayor_name"] = f"이름은 {NAME_LENGTH}자까지 적을 수 있습니다."
    return problems
