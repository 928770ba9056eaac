"""A long list: narrowed, turned round, paged, kept, ticked; with a script, by keys, and without."""

import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.tenancy.context import tenant
from tests import seed

PEOPLE = "/staff/people/"
SLUG = "b"
MANY = 60
FOCUS = "document.activeElement.id"
NO_OVERFLOW = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture(scope="module", autouse=True)
def _many_people(site, django_db_blocker):
    """Enough for two pages; in 나래군, where nobody counts them."""
    site.change_settings(SLUG, mfa_roles=[])
    keeper = Actor(name="시험", roles=frozenset({Role.ADMINISTRATOR}))
    with django_db_blocker.unblock(), site.rows(), tenant(seed.tenant_of(SLUG).pk):
        for number in range(MANY):
            contact = Contact(f"홍길{number:02}", f"many{number:02}@b.example")
            people.invite(contact, roles=["legal"], reason="시험", actor=keeper, at=seed.AT)


@pytest.fixture
def reader(visit):
    """`reader(window="phone")`: the administrator of 나래군."""
    found = []

    def start(**how):
        someone = visit(SLUG, **how)
        someone.sign_in(Role.ADMINISTRATOR)
        found.append(someone)
        return someone

    yield start
    assert [each.complaints for each in found] == [[]] * len(found)


def shown(page):
    return page.locator("tbody th").all_inner_texts()


def at(someone, query):
    expect(someone.page).to_have_url(someone.site.url(f"{PEOPLE}{query}", SLUG))


@pytest.mark.parametrize("window", ["desktop", "phone"])
def test_a_list_is_narrowed_turned_and_paged_in_place(reader, window):
    someone = reader(window=window)
    page = someone.open(PEOPLE)
    page.evaluate("window.isSamePage = true")

    page.get_by_label("이름이나 전자우편").fill("홍길")
    page.keyboard.press("Enter")
    at(someone, "?word=%ED%99%8D%EA%B8%B8")
    assert page.evaluate(FOCUS) == "find-word"
    expect(page.locator("#list-said")).to_have_text("50명씩 보여 드립니다.")

    page.get_by_role("link", name="다음").click()
    expect(page.locator("#list-said")).to_have_text("이 쪽에 10명입니다.")
    expect(page.locator("#list-summary")).to_be_focused()
    assert shown(page)[-1] == "홍길59"
    assert page.evaluate("window.isSamePage")
    assert someone.violations() == []
    assert page.evaluate(NO_OVERFLOW)

    page.get_by_role("link", name="이전").click()
    expect(page.locator("#list-said")).to_have_text("50명씩 보여 드립니다.")
    assert shown(page)[0] == "홍길00"


def test_a_heading_turns_the_order_and_keeps_the_focus(reader):
    someone = reader()
    page = someone.open(f"{PEOPLE}?role=legal")

    page.locator("#sort-name").focus()
    page.keyboard.press("Enter")
    at(someone, "?role=legal&sort=-name")

    expect(page.locator("#sort-name")).to_be_focused()
    expect(page.get_by_role("columnheader", name="이름")).to_have_attribute(
        "aria-sort", "descending"
    )
    assert shown(page)[0] == "홍길59"


def test_the_way_back_leads_through_what_was_seen(reader):
    someone = reader()
    page = someone.open(f"{PEOPLE}?word=홍길")
    page.get_by_role("link", name="다음").click()
    expect(page.locator("#list-summary")).to_have_text("이 쪽에 10명입니다.")
    page.locator("#sort-name").click()
    expect(page.get_by_role("columnheader", name="이름")).to_have_attribute(
        "aria-sort", "descending"
    )

    page.go_back()
    expect(page.locator("#list-summary")).to_have_text("이 쪽에 10명입니다.")
    page.go_back()

    expect(page.locator("#list-summary")).to_have_text("50명씩 보여 드립니다.")
    expect(page.get_by_role("banner")).to_be_visible()
    expect(page.get_by_label("이름이나 전자우편")).to_have_value("홍길")


@pytest.fixture
def waiting(django_db_blocker, site):
    """A job that no worker takes."""
    with django_db_blocker.unblock(), site.rows(), tenant(seed.tenant_of(SLUG).pk):
        return Job.objects.create(
            task="none", title="오래 걸리는 일", procrastinate_job_id=0, asked_at=seed.AT
        )


def test_a_job_that_is_asked_about_again_and_again_leaves_focus_and_words_alone(reader, waiting):
    page = reader().open(f"/staff/jobs/{waiting.uid}/")
    page.locator("#job-cancel").focus()
    page.evaluate("said = document.getElementById('job-said')")

    for _ in range(2):
        page.evaluate(
            "new Promise(done => document.addEventListener('htmx:after:swap', done, {once: true}))"
            ".then(() => null)"
        )

    expect(page.locator("#job-cancel")).to_be_focused()
    assert page.evaluate("said.isConnected") is True


def test_columns_are_chosen_and_a_view_is_kept_by_keys(reader):
    someone = reader()
    page = someone.open(f"{PEOPLE}?role=legal")

    page.locator("#list-columns summary").press("Enter")
    page.get_by_label("전화").press("Space")
    page.get_by_label("한 쪽에").select_option("100")
    page.get_by_role("button", name="바꾸기").press("Enter")
    expect(page.get_by_role("columnheader", name="전화")).to_be_visible()
    assert len(shown(page)) == MANY + 1
    expect(page.locator("#list-columns > summary")).to_be_focused()

    page.locator("#list-views summary").press("Enter")
    page.get_by_role("link", name="지금 보기 저장·정리").press("Enter")
    page.get_by_label("보기 이름").fill("법무 모두")
    page.keyboard.press("Enter")
    expect(page.get_by_text("지금 보기를 ‘법무 모두’로 저장했습니다.")).to_be_visible()
    page.locator("#list-views summary").click()
    expect(page.get_by_role("link", name="법무 모두")).to_have_attribute("aria-current", "true")

    page.get_by_role("link", name="지금 보기 저장·정리").click()
    assert someone.violations() == []
    page.get_by_role("button", name="처음에 열기: 법무 모두").click()
    someone.open(PEOPLE)
    expect(page.get_by_role("columnheader", name="전화")).to_be_visible()
    page.get_by_role("link", name="처음 상태로").click()
    expect(page.get_by_role("columnheader", name="전화")).to_have_count(0)
    someone.open(f"{PEOPLE}views/").get_by_role("button", name="지우기: 법무 모두").click()


def test_ticked_rows_are_counted_and_each_is_told_what_became_of_it(reader):
    someone = reader()
    page = someone.open(f"{PEOPLE}?word=홍길&rows=100")
    count = page.locator("[data-list-count]")

    page.get_by_label("이 쪽의 줄 모두 고르기").check()
    expect(count).to_have_text(f"{MANY}명 골랐습니다.")
    page.get_by_label("이 쪽의 줄 모두 고르기").uncheck()
    expect(count).to_have_text("줄을 표시한 뒤에 할 일을 눌러 주세요.")
    page.get_by_label("홍길10 고르기").press("Space")
    page.get_by_label("홍길11 고르기").press("Space")
    expect(count).to_have_text("2명 골랐습니다.")
    assert someone.violations() == []

    page.get_by_role("button", name="역할 부여").click()
    page.get_by_label("역할", exact=True).select_option("finance")
    page.get_by_label("사유").fill("겸임")
    page.get_by_role("button", name="2명 역할 부여").click()
    expect(page.get_by_role("heading", name="역할 부여 결과")).to_be_visible()
    expect(page.get_by_text("홍길11")).to_be_visible()
    assert someone.violations() == []
    page.get_by_role("main").get_by_role("link", name="목록으로").click()
    at(someone, "?word=%ED%99%8D%EA%B8%B8&rows=100")


def test_all_of_it_works_without_a_script(reader):
    someone = reader(has_js=False)
    page = someone.open(PEOPLE)

    page.get_by_label("이름이나 전자우편").fill("홍길")
    page.get_by_role("search", name="찾기 조건").get_by_role("button", name="찾기").click()
    page.get_by_role("link", name="다음").click()
    assert len(shown(page)) == MANY - 50
    page.locator("#list-columns summary").click()
    page.get_by_label("전자우편", exact=True).uncheck()
    page.get_by_role("button", name="바꾸기").click()
    expect(page.get_by_role("columnheader", name="전자우편")).to_have_count(0)

    page.get_by_label("홍길20 고르기").check()
    page.get_by_role("button", name="계정 닫기").click()
    page.get_by_label("사유").fill("퇴직")
    page.get_by_role("button", name="1명 계정 닫기").click()
    expect(page.get_by_role("heading", name="계정 닫기 결과")).to_be_visible()
    expect(page.get_by_text("홍길20")).to_be_visible()


def test_on_paper_there_is_the_list_with_its_conditions(reader):
    someone = reader()
    page = someone.open(f"{PEOPLE}?word=홍길&cols=name,phone")

    page.emulate_media(media="print")

    expect(page.get_by_text("찾기 조건 이름이나 전자우편: 홍길")).to_be_visible()
    expect(page.get_by_text("출력한 사람:")).to_be_visible()
    expect(page.locator("#list-views")).to_be_hidden()
    expect(page.locator(".is-check").first).to_be_hidden()
    assert page.locator("thead").evaluate("node => getComputedStyle(node).display") == (
        "table-header-group"
    )


def test_a_file_is_downloaded_for_a_reason(reader):
    someone = reader()
    page = someone.open(f"{PEOPLE}?word=홍길0")

    page.get_by_role("link", name="내려받기").click()
    page.get_by_label("내려받는 사유").fill("점검")
    assert someone.violations() == []
    with page.expect_download() as got:
        page.get_by_role("main").get_by_role("button", name="내려받기").click()

    assert got.value.suggested_filename.startswith("계정과 역할 목록-")
    assert got.value.suggested_filename.endswith(".xlsx")
