"""Files in a real browser and on a real server: attached, downloaded, taken away; also no-JS."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.states import Role
from tests.documents import makers

PLAN = {"name": "세부 계획.txt", "mimeType": "text/plain", "buffer": "해솔군".encode()}
SHEET = {"name": "현황.xlsx", "mimeType": "", "buffer": makers.xlsx(["가"]).getvalue()}
FALSE = {"name": "가짜.pdf", "mimeType": "application/pdf", "buffer": b"\x89PNG\r\n\x1a\n"}


@pytest.fixture(scope="module", autouse=True)
def _lived_in(site):
    """A record that takes files, and no second factor in the way."""
    site.change_settings(mfa_roles=[])
    site.plant()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def desk(request, visit):
    """The administrator before the files of a record."""
    someone = visit(has_js=request.param)
    someone.sign_in(Role.ADMINISTRATOR)
    expect(someone.page).to_have_url(someone.site.url("/staff/"))
    page = someone.open("/staff/organisation/orders/")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    page.get_by_role("link", name="파일 붙이기·지우기").click()
    expect(page.get_by_label("붙일 파일")).to_be_visible()
    yield page
    assert someone.complaints == []


def attach(page, *files):
    page.get_by_label("붙일 파일").set_input_files(list(files))
    page.get_by_role("main").get_by_role("button", name="붙이기").click()


def saved(page, name):
    with page.expect_download() as awaited:
        page.get_by_role("link", name=name).first.click()
    return awaited.value.suggested_filename, Path(awaited.value.path()).read_bytes()


def remove_all(page, *names):
    for name in names:
        row = page.get_by_role("row").filter(has=page.get_by_role("link", name=name))
        row.first.get_by_role("link", name="지우기").click()
        page.get_by_label("사유").fill("시험")
        page.get_by_role("main").get_by_role("button", name="지우기").click()
        expect(page.get_by_text(f"{name} 파일을 지웠습니다.")).to_be_visible()


def test_files_go_up_and_come_down_as_they_were(desk):
    attach(desk, PLAN, SHEET)
    expect(desk.get_by_text("파일을 붙였습니다.")).to_be_visible()

    plan, sheet = saved(desk, PLAN["name"]), saved(desk, SHEET["name"])
    remove_all(desk, PLAN["name"], SHEET["name"])

    assert plan == (PLAN["name"], PLAN["buffer"])
    assert sheet == (SHEET["name"], SHEET["buffer"])
    expect(desk.get_by_role("link", name=SHEET["name"])).to_have_count(0)


def test_a_file_that_is_not_what_it_says_is_refused_and_the_page_goes_on(desk):
    attach(desk, PLAN, FALSE)

    told = desk.get_by_role("main").get_by_text("내용은 그림(PNG)입니다.")
    expect(told.first).to_be_visible()
    expect(desk.get_by_role("link", name=PLAN["name"])).to_have_count(0)
