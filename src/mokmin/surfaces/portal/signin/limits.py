"""How often a door may be tried, and how long it then stays shut.

allauth's counters, kept in the database: they outlive a restart. An attempt is counted before the
password is looked at, so that many at once do not get through; success takes it back.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.core.cache import cache
from django.http import HttpRequest

APP = "allauth.account"
PER_ACCOUNT, PER_ADDRESS = "login_failed", "login_failed_from"

SHUT = {
    PER_ACCOUNT: "로그인에 여러 번 실패하여 이 전자우편 주소로는 로그인할 수 없습니다.",
    PER_ADDRESS: "이 컴퓨터나 기관에서 로그인에 실패한 횟수가 많아 로그인할 수 없습니다.",
}


@dataclass(slots=True)
class Attempt:
    """One attempt, as counted; `refusal` says until when the door is shut, if it is."""

    counted: list[RateLimitUsage] = field(default_factory=list)
    refusal: str = ""

    def take_back(self) -> None:
        """It was no failure after all."""
        for usage in self.counted:
            usage.rollback()


def attempt(request: HttpRequest, key: str) -> Attempt:
    """Count an attempt at this account from this address."""
    made = Attempt()
    for action in (PER_ACCOUNT, PER_ADDRESS):
        usage = ratelimit.consume(request, app=APP, action=action, key=key)
        if usage is None:
            made.take_back()
            return Attempt(refusal=f"{SHUT[action]} {try_again(request, action, key)}")
        made.counted.append(usage)
    return made


def try_again(request: HttpRequest, action: str, key: str) -> str:
    """The sentence that says in how many minutes the door opens."""
    waits = [
        _wait(request, action, rate, key) for rate in ratelimit.get_rates(app=APP, action=action)
    ]
    return f"{max(math.ceil(max(waits) / 60), 1)}분 뒤에 다시 해 주세요."


def _wait(request: HttpRequest, action: str, rate: ratelimit.Rate, key: str) -> float:
    """Seconds until the oldest attempt that counts falls out of the window."""
    where = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key)
    newest_first: Sequence[float] = cache.get(where, [])
    if len(newest_first) < rate.amount:
        return 0
    return float(newest_first[rate.amount - 1] + rate.duration - time.time())
