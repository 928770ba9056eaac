"""Django inside a command: set up once, its expected failures told like any other refusal."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import DatabaseError, OperationalError, connections

from mokmin.lib import place
from mokmin.lib.errors import Refusal
from mokmin.surfaces.cli import running

MISSING = ("42P01", "42703")
"""SQLSTATE of a table or a column that is not there."""


def set_up() -> None:
    """Load the product's applications; a command needs no pool."""
    os.environ.setdefault("MOKMIN_POOL", "off")
    with refusing():
        django.setup()


@contextmanager
def refusing(*, is_migrating: bool = False) -> Iterator[None]:
    """Turn what a command may meet into refusals; a bug surfaces as it is.

    A missing table is expected, unless the tables are just being made.
    """
    try:
        yield
    except (ImproperlyConfigured, CommandError) as error:
        raise Refusal(str(error)) from error
    except DatabaseError as error:
        if why := _why(error, is_migrating=is_migrating):
            raise Refusal(why) from error
        raise
    finally:
        connections.close_all()


def require_owner() -> None:
    """Raise Refusal when this machine was not told how to reach the database as its owner."""
    if "owner" not in connections:
        raise Refusal(
            "표의 주인으로 접속할 주소가 없습니다. DATABASE_OWNER_URL에 mokmin_owner 계정의 주소를 "
            "적어 주세요."
        )


def _why(error: DatabaseError, *, is_migrating: bool) -> str | None:
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None) or ""
    if isinstance(cause, psycopg.errors.DiskFull):
        return running.DISK_FULL
    if state in MISSING and not is_migrating:
        return "데이터베이스에 표가 없거나 옛 모습입니다. `mokmin db migrate`를 먼저 실행해 주세요."
    if isinstance(error, OperationalError) and (not state or state[:2] in {"08", "28", "3D", "57"}):
        return _unreachable(error)
    return None


def _unreachable(error: OperationalError) -> str:
    detail = " ".join(str(error).split())
    if place.is_external():
        return (
            f"외부 데이터베이스({place.external_name()})에 접속하지 못했습니다. 주소와 암호, "
            f"서버가 켜져 있는지 확인해 주세요. ({detail})"
        )
    return f"데이터베이스에 접속하지 못했습니다. `mokmin db start`로 켜 주세요. ({detail})"
