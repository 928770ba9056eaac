"""A public holiday more, what it moves, and the notices about it; with a script and without."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mokmin.foundation.access.states import Role
from mokmin.foundation.calendar import queries as calendar
from mokmin.foundation.orgs import actions as orgs
from mokmin.foundation.orgs import actions_hand_over
from mokmin.foundation.orgs.models import HandOver
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.korean import date_text
from tests import seed
from tests.foundation.orgs import county as small
from tests.surfaces import planted


@pytest.fixture(scope="module")
def hand_over(site):
    """Something that the administrator of 가람군 must do within five working days."""
    site.plant()
    now = timezone.now()
    with site.rows(), tenant(seed.tenant_of("a").pk):
        keeper = planted.actor_of(Role.ADMINISTRATOR)
        county = small.found(keeper)
        today = timezone.localtime(now).date()
        entry = OrderEntry(county.people["차주무"], OrderVerb.TRANSFER, county.posts["재산2"])
        orgs.order(OrderSheet("발령", today, (entry,)), actor=keeper, at=now)
        sheet = HandOver.objects.latest("id")
        actions_hand_over.name_successor(
            sheet, seed.person_of(Role.ADMINISTRATOR), reason="대행", actor=keeper, at=now
        )
        holiday = calendar.add_working_days(sheet.due_on, -1)
        count = calendar.preview(holiday, name="임시공휴일").count
        return holiday, calendar.add_working_days(sheet.due_on, 1), count


@pytest.mark.parametrize("window", ["desktop", "phone"])
@pytest.mark.parametrize("has_js", [True, False], ids=["script", "no script"])
def test_what_a_holiday_moves_is_seen_first_and_put_back_when_it_goes(
    window, has_js, visit, hand_over
):
    holiday, moved_to, count = hand_over
    someone = visit(window=window, has_js=has_js)
    someone.sign_in(Role.ADMINISTRATOR)
    page = someone.open("/staff/calendar/holidays/new/")

    page.get_by_label("날짜").fill(holiday.isoformat())
    page.get_by_label("이름").fill("임시공휴일")
    page.get_by_label("근거").fill("국무회의 의결")
    page.get_by_label("사유").fill("의결")
    send(page, "등록")
    expect(page.get_by_text(f"함께 옮겨지는 기한이 {count}건 있습니다")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(date_text(moved_to))
    if has_js:
        assert someone.violations() == []

    page.get_by_label("기한이 함께 옮겨지는 것을 확인했습니다").check()
    send(page, "등록")
    expect(page.get_by_text(f"함께 옮긴 기한: 인계인수 확인 기한 {count}건.")).to_be_visible()

    someone.open(f"/staff/calendar/?month={moved_to:%Y-%m}")
    expect(page.get_by_role("main")).to_contain_text("인계인수 확인")
    someone.open(f"/staff/calendar/holidays/{holiday.isoformat()}/remove/")
    page.get_by_label("사유").fill("철회")
    send(page, "공휴일에서 빼기")
    expect(page.get_by_text(f"함께 옮긴 기한: 인계인수 확인 기한 {count}건.")).to_be_visible()
    assert someone.complaints == []


@pytest.mark.parametrize("has_js", [True, False], ids=["script", "no script"])
def test_a_notice_is_opened_by_key_and_the_bell_counts_down(has_js, visit, hand_over):
    someone = visit(has_js=has_js)
    someone.sign_in(Role.ADMINISTRATOR)
    page = someone.open("/staff/notices/?state=unread")
    before = page.locator(".mk-bell-count").inner_text()

    page.locator(".mk-notice-open").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "state=unread" not in url)

    count = page.locator(".mk-bell-count")
    after = count.inner_text() if count.count() else "0"
    assert int(after) == int(before) - 1
    assert someone.complaints == []


def send(page, name):
    """Press the button of the form."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).last.click()
    page.wait_for_load_state()
