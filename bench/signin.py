"""What signing in costs: the right password, a wrong one, and an address nobody has."""

import secrets
from typing import Any

from django.core.cache import cache
from django.test import Client

from bench.pages import cpu
from mokmin.foundation.access.states import Role
from tests import seed

ROUNDS = 7


def run() -> dict[str, Any]:
    """CPU milliseconds of one sign-in request; the three should cost the same."""
    email = seed.email_of(Role.OFFICER, "a")
    right = cpu(lambda: _post(email, seed.PASSWORD), ROUNDS)
    wrong = cpu(lambda: _post(email, secrets.token_hex(8)), ROUNDS)
    unknown = cpu(lambda: _post(f"{secrets.token_hex(8)}@a.example", "nobody's"), ROUNDS)
    return {
        "right password": {"cpu ms": right},
        "wrong password": {"cpu ms": wrong, "÷ right": wrong / right},
        "unknown address": {"cpu ms": unknown, "÷ wrong": unknown / wrong},
    }


def _post(email: str, password: str) -> None:
    cache.clear()
    Client(HTTP_HOST="a.localhost").post("/account/login/", {"login": email, "password": password})
