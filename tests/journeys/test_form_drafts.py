"""What is being written is kept while it is written, and comes back."""

import re

import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.states import Role
from mokmin.foundation.people.models import Draft, Person
from mokmin.foundation.trail.models import Change
from tests.journeys.newcomers import Clock, database_of, newcomer

MINUTES = 5
FORM = "/staff/gallery/form/"
TYPED = "군민의 날 기념행사"


@pytest.fixture(scope="module", autouse=True)
def _shortest_session(site):
    site.change_settings(mfa_roles=[], session_minutes=MINUTES)
    yield
    site.change_settings(session_minutes=30)


@pytest.fixture
def writer():
    with newcomer(Role.ADMINISTRATOR) as found:
        yield found


@pytest.fixture
def someone(visit, writer):
    found = visit()
    writer.sign_in(found)
    expect(found.page).to_have_url(found.site.url("/staff/"))
    yield found
    assert found.complaints == []


@pytest.fixture
def page(someone):
    return someone.open(FORM)


def kept_by(writer):
    with database_of():
        person = Person.objects.get(email=writer.email)
        return [draft.values["data"] for draft in Draft.objects.filter(person=person)]


def mark(page):
    return page.locator("[data-autosave]")


def keeps(request, text):
    return "x-mokmin-draft" in request.headers and text.encode() in request.post_data_buffer


def type_and_keep(page, text=TYPED):
    """Wait for the keeping that has the text: one before it may still be under way."""
    with page.expect_response(lambda answer: keeps(answer.request, text)):
        page.get_by_label("제목").fill(text)
    expect(mark(page)).to_have_text(re.compile(r"\d\d:\d\d에 임시 저장했습니다\."))


def send(page):
    page.get_by_role("main").get_by_role("button", name="보내기").click()


def over(page):
    return page.get_by_role("dialog", name="로그인 시간 안내").get_by_role(
        "heading", name="로그인 시간이 끝났습니다"
    )


def test_what_is_typed_is_kept_by_itself_and_comes_back(page, writer):
    page.get_by_label("비밀번호", exact=True).fill("비밀 아홉 마디")
    type_and_keep(page)

    page.reload()

    expect(page.get_by_label("제목")).to_have_value(TYPED)
    expect(page.get_by_text(re.compile("에 적던 내용을 불러왔습니다"))).to_be_visible()
    [kept] = kept_by(writer)
    assert (kept["title"], "secret" in kept) == ([TYPED], False)


def test_keeping_writes_no_trail(page, writer):
    with database_of():
        before = Change.objects.count()

    type_and_keep(page)

    with database_of():
        assert Change.objects.count() == before


def test_leaving_a_field_keeps_at_once(page, writer):
    page.get_by_label("제목").fill(TYPED)

    with page.expect_request(lambda asked: "x-mokmin-draft" in asked.headers, timeout=1000):
        page.get_by_label("내용").focus()


def test_what_was_begun_is_thrown_away_by_a_button(page, writer):
    type_and_keep(page)
    page.reload()

    page.get_by_role("button", name="지우고 새로 쓰기").click()

    expect(page.get_by_text("적던 내용을 지웠습니다.")).to_be_visible()
    expect(page.get_by_label("제목")).to_have_value("")
    assert kept_by(writer) == []


def test_a_form_that_was_taken_leaves_no_draft(page, writer):
    page.get_by_label("제목").fill(TYPED)
    page.get_by_label("날짜").fill("2026-10-01")

    send(page)

    expect(page.get_by_text("바르게 적었습니다.")).to_be_visible()
    expect(page.get_by_label("제목")).to_have_value("")
    assert kept_by(writer) == []


def test_enter_sends_the_form_and_throws_nothing_away(page, writer):
    type_and_keep(page)
    page.reload()
    page.get_by_label("날짜").fill("2026-10-01")

    page.get_by_label("제목").press("Enter")

    expect(page.get_by_text("바르게 적었습니다.")).to_be_visible()


def test_a_refusal_comes_back_into_the_form_with_the_focus_on_the_summary(page, writer):
    page.get_by_label("내용").fill("쓰던 글")
    page.evaluate("() => { window.sameDocument = true; }")

    send(page)

    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(page.get_by_label("내용")).to_have_value("쓰던 글")
    summary.get_by_role("link", name="날짜").click()
    expect(page.get_by_label("날짜")).to_be_focused()
    assert page.evaluate("window.sameDocument") is True


def test_a_double_click_sends_once(page, writer):
    page.get_by_label("제목").fill(TYPED)
    sent = []
    page.on("request", lambda asked: asked.method == "POST" and sent.append(asked.headers))

    page.get_by_role("main").get_by_role("button", name="보내기").dblclick()
    expect(page.locator("[data-error-summary]")).to_be_focused()

    assert len([headers for headers in sent if "x-mokmin-draft" not in headers]) == 1


def test_the_window_that_comes_later_is_told_and_may_load_what_was_kept(someone, page, writer):
    other = someone.context.new_page()
    other.goto(page.url)
    type_and_keep(page, "첫 창의 글")

    other.get_by_label("제목").fill("둘째 창의 글")

    told = other.get_by_role("alert").filter(has_text="이미 임시 저장되어 있습니다.")
    expect(told).to_be_visible()
    other.get_by_role("button", name="저장된 내용 불러오기").click()
    expect(other.get_by_label("제목")).to_have_value("첫 창의 글")


def test_the_window_that_comes_later_may_take_over(someone, page, writer):
    other = someone.context.new_page()
    other.goto(page.url)
    type_and_keep(page, "첫 창의 글")

    other.get_by_label("제목").fill("둘째 창의 글")
    other.get_by_role("button", name="이 창의 내용으로 저장").click()

    expect(mark(other)).to_have_text(re.compile("에 임시 저장했습니다"))
    assert [kept["title"] for kept in kept_by(writer)] == [["둘째 창의 글"]]


def test_trouble_on_the_wire_is_told_and_tried_again(someone, page, writer):
    page.route(f"**{FORM}", lambda route: route.abort())
    page.get_by_label("제목").fill(TYPED)
    expect(page.get_by_role("alert").filter(has_text="임시 저장하지 못했습니다.")).to_be_visible()
    page.unroute(f"**{FORM}")

    page.get_by_role("button", name="다시 저장").click()

    expect(mark(page)).to_have_text(re.compile("에 임시 저장했습니다"))
    assert [kept["title"] for kept in kept_by(writer)] == [[TYPED]]
    someone.complaints.clear()  # the request that was cut off


def test_what_is_too_long_to_be_kept_is_no_conflict_and_is_kept_once_it_is_shorter(page, writer):
    page.get_by_label("내용").fill("가" * 310_000)
    expect(page.get_by_role("button", name="다시 저장")).to_be_visible()
    expect(page.get_by_role("button", name="저장된 내용 불러오기")).to_be_hidden()

    page.get_by_label("내용").fill("짧은 글")

    page.get_by_role("button", name="다시 저장").click()
    expect(mark(page)).to_have_text(re.compile("에 임시 저장했습니다"))
    assert [kept["text"] for kept in kept_by(writer)] == [["짧은 글"]]


def test_a_window_that_may_not_keep_warns_before_it_is_closed(someone, page, writer):
    other = someone.context.new_page()
    other.goto(page.url)
    type_and_keep(page, "첫 창의 글")
    other.get_by_label("제목").fill("둘째 창의 글")
    expect(other.get_by_role("button", name="이 창의 내용으로 저장")).to_be_visible()

    asked = []
    other.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    other.close(run_before_unload=True)
    other.wait_for_event("close")

    assert asked == ["beforeunload"]


def test_nothing_is_lost_when_the_session_ends_and_signing_in_beside_goes_on(someone, writer, page):
    later = Clock(someone.context)
    page.reload()
    later(minutes=MINUTES, seconds=1)
    expect(over(page)).to_be_visible()
    page.get_by_role("button", name="닫기").click()
    page.get_by_label("내용").fill("끝난 뒤에 쓴 글")
    later_told = page.get_by_role("alert").filter(has_text="다시 로그인하면 이어서 저장합니다.")
    someone.context.clock.run_for(2000)
    expect(later_told).to_have_count(1)
    expect(over(page)).to_be_visible()

    with someone.context.expect_page() as opened:
        page.get_by_role("link", name="다시 로그인(새 창)").click()
    someone.page = opened.value
    writer.sign_in(someone)
    expect(someone.page).to_have_url(someone.site.url("/staff/"))
    page.bring_to_front()

    expect(mark(page)).to_have_text(re.compile("에 임시 저장했습니다"))
    assert [kept["text"] for kept in kept_by(writer)] == [["끝난 뒤에 쓴 글"]]


def test_sending_too_late_leaves_the_page_as_it_is(someone, writer, page):
    later = Clock(someone.context)
    page.reload()
    page.get_by_label("제목").fill(TYPED)
    later(minutes=MINUTES, seconds=1)
    page.get_by_role("button", name="닫기").click()

    send(page)

    expect(over(page)).to_be_visible()
    expect(page).to_have_url(someone.site.url(FORM))
    expect(page.get_by_label("제목")).to_have_value(TYPED)


def test_signing_in_after_the_end_leads_back_to_the_form_with_its_draft(someone, writer, page):
    type_and_keep(page)
    someone.context.clear_cookies()

    page.reload()
    writer.sign_in(someone)

    expect(page).to_have_url(someone.site.url(FORM))
    expect(page.get_by_label("제목")).to_have_value(TYPED)


def test_without_a_script_a_button_keeps_what_was_typed(visit, writer):
    plain = visit(has_js=False)
    writer.sign_in(plain)
    page = plain.open(FORM)
    page.get_by_label("제목").fill(TYPED)

    page.get_by_role("button", name="임시 저장").click()

    expect(page.get_by_text(re.compile(r"\d\d:\d\d에 임시 저장했습니다\."))).to_be_visible()
    expect(page.get_by_label("제목")).to_have_value(TYPED)
    page.get_by_label("날짜").fill("2026-10-01")
    page.get_by_label("제목").press("Enter")
    expect(page.get_by_text("바르게 적었습니다.")).to_be_visible()
    assert kept_by(writer) == []
