"""The console at work in a real browser: lists, jobs, downloads and the monthly check."""

import csv
from pathlib import Path

import psycopg
import pytest

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


def test_the_list_of_people_is_narrowed_without_loading_the_page_anew(visit):
    someone = visit()
    someone.sign_in(Role.ADMINISTRATOR)
    page = someone.open("/staff/people/")
    page.evaluate(f"{STAYED} = true")
    page.get_by_label("이름이나 전자우편").fill(seed.NAMES[Role.LEGAL])

    with page.expect_response(asks_again):
        page.get_by_role("button", name="찾기").click()
    page.get_by_text("1명입니다.").wait_for()

    assert page.locator("#found tbody tr").count() == 1
    assert page.get_by_role("link", name=seed.NAMES[Role.LEGAL]).is_visible()
    assert page.url.startswith(someone.site.url("/staff/people/?word="))
    assert page.evaluate(STAYED) is True
    assert someone.complaints == []


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
    assert before == page.url.removeprefix(someone.site.url("/").rstrip("/"))
    assert job.get_attribute("hx-get") is None
    assert "모두 확인했습니다. 고치거나 지운 흔적이 없습니다." in job.inner_text()
    assert page.evaluate(STAYED) is True
    assert someone.violations() + someone.complaints == []


def test_a_download_waits_for_its_reason(visit):
    someone = visit()
    someone.sign_in(Role.ADMINISTRATOR)
    page = someone.open("/staff/people/?role=auditor")
    main = page.get_by_role("main")
    main.get_by_role("link", name="내려받기").click()

    main.get_by_role("button", name="내려받기").click()
    refused = page.get_by_text("사유를 적어 주세요. 기록에 남습니다.").first.is_visible()
    page.get_by_label("내려받는 사유").fill("감사 자료")
    with page.expect_download() as downloading:
        main.get_by_role("button", name="내려받기").click()
    file = Path(downloading.value.path())

    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert refused is True
    assert downloading.value.suggested_filename.startswith("계정-")
    assert [row[:2] for row in rows] == [
        ["이름", "전자우편"],
        [seed.NAMES[Role.AUDITOR], seed.email_of(Role.AUDITOR, "a")],
    ]


def test_an_auditor_checks_the_log_of_last_month_on_a_phone(visit):
    someone = visit(window="phone")
    someone.sign_in(Role.AUDITOR)
    page = someone.open("/staff/access-log/reviews/")
    finding = "내려받기의 사유를 모두 확인함"
    page.get_by_label("점검 결과").fill(finding)

    page.get_by_role("button", name="점검 결과 남기기").click()
    page.get_by_role("cell", name=finding).wait_for()

    assert page.url.startswith(someone.site.url("/staff/access-log/reviews/?month="))
    assert page.get_by_text(f"{seed.NAMES[Role.AUDITOR]}님이").is_visible()
    assert someone.violations() + someone.complaints == []
