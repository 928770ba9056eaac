"""What signing in costs: the right password, a wrong one, and an address nobody has."""

import secrets
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.test import Client

from bench.pages import cpu
from mokmin.foundation.access.states import Role
from tests import seed

ROUNDS = 7
REDIRECTS = (302, 303)


def run() -> dict[str, Any]:
    """CPU milliseconds of one sign-in request; the three should cost the same."""
    email = seed.email_of(Role.OFFICER, "a")
    right = _cost(lambda: (email, seed.PASSWORD), goes_on=True)
    wrong = _cost(lambda: (email, secrets.token_hex(8)), goes_on=False)
    unknown = _cost(lambda: (f"{secrets.token_hex(8)}@a.example", "nobody's"), goes_on=False)
    return {
        "right password": {"cpu ms": right},
        "wrong password": {"cpu ms": wrong, "÷ right": wrong / right},
        "unknown address": {"cpu ms": unknown, "÷ wrong": unknown / wrong},
    }


def _cost(said: Callable[[], tuple[str, str]], *, goes_on: bool) -> float:
    """What it costs to say this; the lock-out is lifted before each round, outside the clock."""

    def post() -> None:
        email, password = said()
        response = Client(HTTP_HOST="a.localhost").post(
            "/account/login/", {"login": email, "password": password}
        )
        if (response.status_code in REDIRECTS) is not goes_on:
            raise RuntimeError(f"sign-in answered {response.status_code}")

    return cpu(post, ROUNDS, before=cache.clear)
