"""The day that a page of the organisation shows, as its address asks for it."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils import timezone

from mokmin.foundation.orgs import queries
from mokmin.foundation.orgs.values import AsOf
from mokmin.lib.errors import Refusal
from mokmin.lib.korean import date_text, in_seoul, parse_date
from mokmin.surfaces.kit.http import MokminRequest

NAME = "on"
FIRST, LAST = date(1945, 8, 15), date(2199, 12, 31)
UNREADABLE = "기준일을 읽을 수 없어 오늘 기준으로 보여 드립니다. 2026. 7. 1.처럼 적어 주세요."
BEYOND = (
    f"{date_text(FIRST)}부터 {date_text(LAST)}까지의 조직만 볼 수 있어 오늘 기준으로 보여 드립니다."
)


@dataclass(frozen=True, slots=True)
class ShownDay:
    """Which day is shown, from which source, and how the page says so."""

    as_of: AsOf
    today: date
    problem: str = ""
    today_url: str = ""
    """The same page as of today."""

    @property
    def on(self) -> date:
        """The day."""
        return self.as_of.on

    @property
    def is_today(self) -> bool:
        """Whether nothing has to be said about it."""
        return self.on == self.today

    @property
    def title(self) -> str:
        """`2025. 3. 1.(토) 기준으로 보고 있습니다.`"""
        return f"{date_text(self.on, with_weekday=True)} 기준으로 보고 있습니다."

    @property
    def source(self) -> str:
        """From what was known when: nobody should have to guess."""
        if self.on > self.today:
            return "아직 오지 않은 날입니다. 지금까지 등록된 조직개편과 발령을 반영했습니다."
        if self.as_of.known_at:
            return "그날까지 입력된 내용 그대로입니다."
        return "그날의 입력 기록이 없어, 지금까지 입력된 내용으로 그날의 조직을 보여 드립니다."

    @property
    def asked(self) -> str:
        """What links to other pages carry, so that they show the same day."""
        return "" if self.is_today else f"?{urlencode({NAME: self.on.isoformat()})}"


def asked_for(on: date, today: date) -> str:
    """What the address of a page carries so that it shows a day that is still to come."""
    return f"?{urlencode({NAME: on.isoformat()})}" if on > today else ""


def last_day(until_on: date) -> date:
    """The last day on which something held, as screens show it."""
    return until_on - timedelta(days=1)


def today() -> date:
    """Today in Seoul."""
    return in_seoul(timezone.now()).date()


def shown(request: MokminRequest) -> ShownDay:
    """The day of `?on=`; today when there is none, or none that can be read."""
    now = today()
    said = request.GET.get(NAME, "").strip()
    day, problem = _read(said, now) if said else (now, "")
    return ShownDay(queries.as_of(day, now), now, problem, _as_of_today(request))


def _as_of_today(request: MokminRequest) -> str:
    rest = request.GET.copy()
    rest.pop(NAME, None)
    return f"{request.path}?{rest.urlencode()}" if rest else request.path


def _read(said: str, now: date) -> tuple[date, str]:
    try:
        day = parse_date(said)
    except Refusal:
        return now, UNREADABLE
    return (day, "") if FIRST <= day <= LAST else (now, BEYOND)
