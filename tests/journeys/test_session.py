"""The session is about to end: one click, and what was typed is still there."""

from datetime import timedelta

import psycopg
from django.utils import timezone

from mokmin.foundation.access.states import Role
from mokmin.surfaces.kit import middleware
from mokmin.surfaces.kit.session_store import SessionStore
from tests import database
from tests.journeys.site import NAME

SOON = timedelta(seconds=123)
"""Three seconds before the warning."""


def end_soon(someone):
    """Let this person's session end soon, as if they had been away."""
    cookies = {each["name"]: each["value"] for each in someone.context.cookies()}
    key, store, now = cookies["mokmin_session"], SessionStore(), timezone.now()
    with psycopg.connect(database.superuser_dsn(NAME)) as connection:
        where = "WHERE session_key = %s"
        row = connection.execute(f"SELECT session_data FROM django_session {where}", [key])
        data = store.decode(row.fetchone()[0])
        data[middleware.SESSION_REFRESHED] = now.timestamp()
        data["_session_expiry"] = (now + SOON).isoformat()
        connection.execute(
            f"UPDATE django_session SET session_data = %s, expire_date = %s {where}",
            [store.encode(data), now + SOON, key],
        )


def test_one_click_extends_it_and_keeps_what_was_typed(visit):
    someone = visit()
    page = someone.sign_in(Role.FINANCE)
    end_soon(someone)
    someone.open("/account/password/")
    page.get_by_label("지금 비밀번호").fill("적던 것")

    warning = page.locator("dialog[data-session]")
    warning.wait_for(state="visible", timeout=15_000)
    faults = someone.violations()
    page.get_by_role("button", name="계속 사용하기").click()
    warning.wait_for(state="hidden", timeout=5_000)

    left = page.evaluate("fetch('/session/').then(r => r.json()).then(said => said.seconds)")
    assert page.get_by_label("지금 비밀번호").input_value() == "적던 것"
    assert 1790 <= left <= 1800
    assert faults + someone.complaints == []
