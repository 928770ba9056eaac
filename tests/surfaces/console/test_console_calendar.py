import re
from datetime import date

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.calendar import actions, queries
from mokmin.foundation.orgs import actions as orgs
from mokmin.foundation.orgs import actions_hand_over
from mokmin.foundation.orgs.models import HandOver
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.foundation.tenancy.context import tenant
from tests import seed
from tests.foundation.orgs import county as small
from tests.surfaces.console import pages

MONTH = "/staff/calendar/?month="
NEW = "/staff/calendar/holidays/new/"
TEMPORARY = {
    "on": "2026-07-03",
    "name": "임시공휴일",
    "kind": "temporary",
    "source": "국무회의 의결",
    "reason": "의결",
}


def words(response):
    """What stands on each day of the month that has anything."""
    return {
        day.on.isoformat(): [entry.word for entry in day.entries]
        for day in response.context["listed"]
    }


@pytest.fixture
def hand_over(tenant_a, keeper):
    """Something due on 8 July: to the officer."""
    with tenant(tenant_a.pk):
        county = small.found(keeper)
        entry = OrderEntry(county.people["차주무"], OrderVerb.TRANSFER, county.posts["재산2"])
        orgs.order(OrderSheet("발령", small.DAY, (entry,)), actor=keeper, at=small.AT)
        sheet = HandOver.objects.get()
        actions_hand_over.name_successor(
            sheet, seed.person_of(Role.OFFICER), reason="대행", actor=keeper, at=small.AT
        )
    return sheet


def test_a_month_is_a_grid_of_whole_weeks_from_sunday_on(desk):
    response = desk(Role.OFFICER).get(f"{MONTH}2026-10")

    weeks = response.context["weeks"]
    assert [len(week) for week in weeks] == [7] * 5
    assert weeks[0][0].on == date(2026, 9, 27)
    assert words(response) == {
        "2026-10-03": ["개천절"],
        "2026-10-05": ["대체공휴일(개천절)"],
        "2026-10-09": ["한글날"],
    }
    assert "민선 9기 · 2026회계연도 · 근무일 20일" in pages.text(response)


def test_a_month_is_a_table_with_a_name_and_headings(desk):
    page = desk(Role.OFFICER).get(f"{MONTH}2026-10").content.decode()

    table = re.search(r'<table class="mk-month">.*?</table>', page, re.DOTALL)[0]
    assert len(re.findall(r'<th scope="col">', table)) == 7
    assert "<caption" in table


@pytest.mark.parametrize(
    ("month", "edges"),
    [
        ("2026-06", {"2026-06-30": ["민선 8기 종료"]}),
        ("2026-07", {"2026-07-01": ["민선 9기 시작"]}),
        ("2026-12", {"2026-12-31": ["2026회계연도 종료", "2026회계연도 출납폐쇄기한"]}),
        ("2027-01", {"2027-01-01": ["1월 1일", "2027회계연도 시작"]}),
        ("2027-02", {"2027-02-10": ["2026회계연도 출납사무 완결기한"]}),
    ],
)
def test_years_and_terms_begin_and_end_in_their_months(month, edges, desk):
    found = words(desk(Role.OFFICER).get(f"{MONTH}{month}"))

    assert {day: found[day] for day in edges} == edges


def test_the_ways_to_the_months_beside_keep_what_is_asked(desk):
    response = desk(Role.ADMINISTRATOR).get(f"{MONTH}2026-12&whose=all")

    assert response.context["previous"] == "?month=2026-11&whose=all"
    assert response.context["following"] == "?month=2027-01&whose=all"


@pytest.mark.parametrize("said", ["2026", "2026-H1", "언젠가", "2026-13", "1900-01", "2199-12"])
def test_a_month_that_cannot_be_read_is_told_and_this_one_shown(said, desk):
    response = desk(Role.OFFICER).get("/staff/calendar/", {"month": said})

    assert response.status_code == 200
    assert "이번 달을 보여 드립니다." in pages.text(response)


def test_people_see_what_they_must_do_themselves(desk, hand_over):
    mine = words(desk(Role.OFFICER).get(f"{MONTH}2026-07"))
    not_mine = words(desk(Role.ADMINISTRATOR).get(f"{MONTH}2026-07"))

    assert [day for day, said in mine.items() if "인계인수" in " ".join(said)] == ["2026-07-08"]
    assert [day for day, said in not_mine.items() if "인계인수" in " ".join(said)] == []


@pytest.mark.parametrize(("role", "days"), [(Role.ADMINISTRATOR, 1), (Role.AUDITOR, 0)])
def test_only_administrators_may_look_at_what_all_must_do(role, days, desk, hand_over):
    found = words(desk(role).get(f"{MONTH}2026-07&whose=all"))

    assert len([day for day, said in found.items() if "인계인수" in " ".join(said)]) == days


def test_the_list_of_a_year(desk):
    response = desk(Role.OFFICER).get("/staff/calendar/holidays/?year=2026")

    assert len(response.context["rows"]) == 22
    assert response.context["removed"] == []
    assert response.context["why_not"] == (
        "공휴일, 회계연도, 민선 기수는 관리자만 고칠 수 있습니다."
    )


@pytest.mark.parametrize("year", ["", "1", "이천", "2010"])
def test_a_year_that_is_not_offered_shows_this_one(year, desk):
    response = desk(Role.OFFICER).get("/staff/calendar/holidays/", {"year": year})

    assert response.status_code == 200
    assert len(response.context["rows"]) > 10


@pytest.mark.parametrize(
    "url",
    [
        NEW,
        "/staff/calendar/holidays/2026-05-01/",
        "/staff/calendar/holidays/2026-05-01/remove/",
        "/staff/calendar/fiscal-years/2026/",
        "/staff/calendar/terms/9/",
    ],
)
def test_changing_is_for_administrators(url, desk):
    response = desk(Role.COORDINATOR).get(url)

    assert response.status_code == 403
    assert "관리자만 고칠 수 있습니다." in pages.text(response)


def test_a_day_is_added_and_what_moved_is_told(desk, tenant_a):
    client = desk(Role.ADMINISTRATOR)

    response = client.post(NEW, TEMPORARY)
    page = pages.text(client.get(response["Location"]))

    assert (response.status_code, response["Location"]) == (
        303,
        "/staff/calendar/holidays/?year=2026",
    )
    assert "2026. 7. 3.(금)을 공휴일로 등록했습니다. 옮겨진 기한은 없습니다." in page
    assert pages.last_act() == ("add_holiday", "서관리", "의결")


def test_what_moves_is_shown_before_anything_is_saved(desk, tenant_a, hand_over):
    client = desk(Role.ADMINISTRATOR)

    response = client.post(NEW, TEMPORARY)

    assert response.status_code == 422
    assert pages.errors(response) == {
        "is_seen": "함께 옮겨지는 기한을 확인하고 여기에 표시해 주세요."
    }
    assert len(response.context["moves"]) == 1
    page = pages.text(response)
    assert "함께 옮겨지는 기한이 1건 있습니다" in page
    assert "2026. 7. 8. 2026. 7. 9." in page
    with tenant(tenant_a.pk):
        assert queries.holiday(date(2026, 7, 3)) is None
        assert HandOver.objects.get().due_on == date(2026, 7, 8)


def test_what_was_seen_is_moved(desk, tenant_a, hand_over):
    client = desk(Role.ADMINISTRATOR)

    mark = client.post(NEW, TEMPORARY).context["mark"]
    response = client.post(NEW, {**TEMPORARY, "seen": mark, "is_seen": "on"})
    page = pages.text(client.get(response["Location"]))

    assert "함께 옮긴 기한: 인계인수 확인 기한 1건." in page
    with tenant(tenant_a.pk):
        assert HandOver.objects.get().due_on == date(2026, 7, 9)


def test_a_tick_is_about_what_was_seen_alone(desk, tenant_a, hand_over):
    client = desk(Role.ADMINISTRATOR)
    sent = {**TEMPORARY, "is_seen": "on"}

    unseen = client.post(NEW, {**sent, "on": "2026-07-02"})
    other = client.post(NEW, {**sent, "seen": unseen.context["mark"]})

    told = {
        "is_seen": (
            "앞에서 확인한 것과 다른 기한이 옮겨집니다. 아래를 확인하고 다시 등록해 주세요."
        )
    }
    assert [pages.errors(each) for each in (unseen, other)] == [told, told]
    assert f'name="seen" value="{other.context["mark"]}"' in other.content.decode()
    with tenant(tenant_a.pk):
        assert queries.holiday(date(2026, 7, 3)) is None


def test_every_wrong_field_comes_back_at_once(desk):
    response = desk(Role.ADMINISTRATOR).post(NEW, {"on": "2026-05-05", "kind": "temporary"})

    assert response.status_code == 422
    assert pages.errors(response) == {
        "on": "2026. 5. 5.은 이미 공휴일입니다(어린이날).",
        "name": "공휴일 이름을 적어 주세요.",
        "source": "근거를 적어 주세요. 예: 2026. 8. 4. 국무회의 의결",
        "reason": "사유를 적어 주세요. 기록에 남습니다.",
    }


def test_a_weekend_is_told_to_change_nothing(desk):
    client = desk(Role.ADMINISTRATOR)

    response = client.post(NEW, {**TEMPORARY, "on": "2026-07-04"})
    page = pages.text(client.get(response["Location"]))

    assert "그날은 토요일이라 근무일 수는 그대로입니다." in page


def test_a_day_is_corrected_and_its_history_shown(desk, tenant_a):
    client = desk(Role.ADMINISTRATOR)
    url = "/staff/calendar/holidays/2026-06-06/"

    response = client.post(
        url,
        {"name": "현충일(추념식)", "kind": "statutory", "source": "규정", "reason": "표기"},
    )
    page = pages.text(client.get(url))

    assert response.status_code == 303
    assert "이름: 현충일 → 현충일(추념식)" in page


def test_taking_a_day_out_shows_what_moves_first(desk, tenant_a, keeper, hand_over):
    with tenant(tenant_a.pk):
        actions.add_holiday(
            date(2026, 7, 3),
            actions.HolidayEntry("임시공휴일", "temporary", "의결"),
            reason="의결",
            actor=keeper,
            at=seed.AT,
        )
    client, url = desk(Role.ADMINISTRATOR), "/staff/calendar/holidays/2026-07-03/remove/"

    shown = client.get(url)
    response = client.post(url, {"reason": "철회"})

    assert shown.context["preview"].count == 1
    assert response.status_code == 303
    with tenant(tenant_a.pk):
        assert HandOver.objects.get().due_on == date(2026, 7, 8)
    page = pages.text(client.get(response["Location"]))
    assert "임시공휴일을 목록에서 뺐습니다. 함께 옮긴 기한: 인계인수 확인 기한 1건." in page
    assert "목록에서 뺀 날" in page


@pytest.mark.parametrize("day", ["2026-05-04", "not-a-day", "2026-02-30", "0001-01-01"])
def test_a_day_that_is_no_holiday_is_not_there(day, desk):
    assert desk(Role.ADMINISTRATOR).get(f"/staff/calendar/holidays/{day}/").status_code == 404


def test_closing_days_of_a_year_are_set(desk):
    client = desk(Role.ADMINISTRATOR)
    url = "/staff/calendar/fiscal-years/2026/"

    wrong = client.post(url, {"closes_on": "2027-01-21", "settled_on": "", "reason": ""})
    right = client.post(
        url, {"closes_on": "2027-01-20", "settled_on": "2027-02-10", "reason": "상환"}
    )

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert pages.errors(wrong) == {
        "closes_on": "출납폐쇄기한은 2026. 12. 31.부터 2027. 1. 20.까지입니다(지방회계법 제7조).",
        "settled_on": "출납사무 완결기한을 골라 주세요.",
        "reason": "사유를 적어 주세요. 기록에 남습니다.",
    }
    assert "2027. 1. 20." in pages.text(client.get("/staff/calendar/fiscal-years/"))


def test_an_elected_term_is_set(desk):
    client = desk(Role.ADMINISTRATOR)
    url = "/staff/calendar/terms/9/"

    wrong = client.post(url, {"from_on": "2026-07-01", "last_on": "2026-06-30", "reason": "당선"})
    right = client.post(
        url,
        {
            "from_on": "2026-07-01",
            "last_on": "2030-06-30",
            "mayor_name": "홍길동",
            "reason": "당선",
        },
    )

    assert pages.errors(wrong) == {"last_on": "임기 종료일이 시작일보다 앞섭니다."}
    assert right.status_code == 303
    assert "2030. 6. 30. 홍길동" in pages.text(client.get("/staff/calendar/terms/"))


@pytest.mark.parametrize("last", ["9999-12-31", "1899-12-31", "3000. 1. 1."])
def test_a_day_beyond_all_calendars_is_refused_at_its_field(last, desk):
    sent = {"from_on": "2026-07-01", "last_on": last, "reason": "정정"}

    response = desk(Role.ADMINISTRATOR).post("/staff/calendar/terms/9/", sent)

    assert response.status_code == 422
    assert pages.errors(response) == {"last_on": "1900년부터 2999년까지의 날짜를 적어 주세요."}


@pytest.mark.parametrize("url", ["fiscal-years/1800/", "terms/99/"])
def test_what_is_no_year_or_term_is_not_there(url, desk):
    assert desk(Role.ADMINISTRATOR).get(f"/staff/calendar/{url}").status_code == 404


def secret_of(response):
    found = re.search(r"/calendar/own/([\w-]+)\.ics", response.content.decode())
    return found[1] if found else None


def test_a_secret_address_is_shown_once(desk):
    client, url = desk(Role.OFFICER), "/staff/calendar/feed/"

    made = client.post(url)
    again = client.get(url)

    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    assert client.get(f"/calendar/own/{secret_of(made)}.ics").status_code == 200
    assert secret_of(again) is None
    assert "에 만든 주소가 있습니다." in pages.text(again)


def test_a_new_address_makes_the_old_one_useless(desk, client_a):
    client, url = desk(Role.OFFICER), "/staff/calendar/feed/"
    old = secret_of(client.post(url))

    client.post(url)

    assert client_a.get(f"/calendar/own/{old}.ics").status_code == 404


def test_an_address_is_taken_away(desk, client_a):
    client, url = desk(Role.OFFICER), "/staff/calendar/feed/"
    secret = secret_of(client.post(url))

    response = client.post(f"{url}close/")

    assert response.status_code == 303
    assert client_a.get(f"/calendar/own/{secret}.ics").status_code == 404
    assert "아직 만든 주소가 없습니다." in pages.text(client.get(url))
