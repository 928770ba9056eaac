"""The console at work in a real browser: jobs and the monthly check."""

import re

import psycopg
import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.states import Role
from tests import database, seed
from tests.journeys.site import NAME

STAYED = "window.stayed"


@pytest.fixture(scope="module", autouse=True)
def _without_second_factor(site):
    """The second factor has a journey of its own."""
    site.change_settings(mfa_roles=[])


def asks_again(response):
    """Whether the page itself asked, and not its reader."""
    return response.request.headers.get("hx-request") == "true"


def test_the_page_of_a_job_asks_again_until_the_job_is_done(visit):
    someone = visit()
    someone.sign_in(Role.AUDITOR)
    page = someone.open("/staff/trail/verify/")
    job = page.locator("#job")

    with psycopg.connect(database.superuser_dsn(NAME)) as holding:
        holding.execute("LOCK TABLE trail_link IN ACCESS EXCLUSIVE MODE")
        page.get_by_role("button", name="검증 시작").click()
        job.wait_for()
        page.evaluate(f"{STAYED} = true")
        with page.expect_response(asks_again) as asked:
            before = job.get_attribute("hx-get")
        holding.rollback()
    job.get_by_text("완료").wait_for(timeout=30_000)

    assert asked.value.request.headers["x-mokmin-poll"] == "1"
    expect(page).to_have_url(someone.site.url(before))
    assert job.get_attribute("hx-get") is None
    assert "모두 확인했습니다. 고치거나 지운 흔적이 없습니다." in job.inner_text()
    assert page.evaluate(STAYED) is True
    assert someone.violations() + someone.complaints == []


def test_an_auditor_checks_the_log_of_last_month_on_a_phone(visit):
    someone = visit(window="phone")
    someone.sign_in(Role.AUDITOR)
    page = someone.open("/staff/access-log/reviews/")
    finding = "내려받기의 사유를 모두 확인함"
    page.get_by_label("점검 결과").fill(finding)

    page.get_by_role("button", name="점검 결과 남기기").click()
    page.get_by_text(f"{seed.NAMES[Role.AUDITOR]}님이").wait_for()

    expect(page).to_have_url(re.compile(r"/staff/access-log/reviews/\?month="))
    assert someone.violations() == []
    page.get_by_role("link", name="지난 점검").click()
    page.get_by_text(finding).wait_for()
    assert someone.violations() + someone.complaints == []
