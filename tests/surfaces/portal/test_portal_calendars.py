"""Feeds, read as a calendar program reads them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.http import http_date
from icalendar import Calendar

from mokmin.foundation.access.states import Role
from mokmin.foundation.calendar import actions as calendar
from mokmin.foundation.calendar.actions import HolidayEntry
from mokmin.foundation.notices import actions as notices
from mokmin.foundation.orgs import actions as orgs
from mokmin.foundation.orgs import actions_hand_over
from mokmin.foundation.orgs.models import HandOver
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.korean import in_seoul
from tests import seed
from tests.foundation.orgs import county as small
from tests.surfaces import planted

HOLIDAYS = "/calendar/holidays.ics"
NOW = datetime.now(UTC)
YEAR = in_seoul(NOW).year


def events(response):
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def summaries(response):
    return {event.decoded("dtstart"): str(event["summary"]) for event in events(response)}


@pytest.fixture
def keeper(tenant_a):
    with tenant(tenant_a.pk):
        return planted.actor_of(Role.ADMINISTRATOR)


@pytest.fixture
def add(tenant_a, keeper):
    """Add a public holiday in 가람군."""

    def add(on, name="임시공휴일", at=NOW):
        entry = HolidayEntry(name, "temporary", "국무회의 의결")
        with tenant(tenant_a.pk):
            calendar.add_holiday(on, entry, reason="의결", actor=keeper, at=at)

    return add


@pytest.fixture
def token(tenant_a):
    """The secret of the officer of 가람군."""
    with tenant(tenant_a.pk):
        return notices.open_feed(actor=planted.actor_of(Role.OFFICER), at=NOW)


@pytest.fixture
def hand_over(tenant_a, keeper):
    """Something that the officer must do in some days."""
    with tenant(tenant_a.pk):
        county = small.found(keeper)
        on = in_seoul(NOW).date()
        entry = OrderEntry(county.people["차주무"], OrderVerb.TRANSFER, county.posts["재산2"])
        orgs.order(OrderSheet("발령", on, (entry,)), actor=keeper, at=NOW)
        sheet = HandOver.objects.get()
        officer = seed.person_of(Role.OFFICER)
        actions_hand_over.name_successor(sheet, officer, reason="대행", actor=keeper, at=NOW)
    return sheet


def own(token):
    return f"/calendar/own/{token}.ics"


def test_public_holidays_are_there_for_everybody(client_a):
    response = client_a.get(HOLIDAYS)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    found = summaries(response)
    assert found[date(YEAR, 10, 9)] == "한글날"
    assert min(found).year == YEAR - 1
    assert max(found).year == YEAR + 3


def test_the_calendar_says_what_it_is(client_a):
    found = Calendar.from_ical(client_a.get(HOLIDAYS).content)

    assert {name: str(found[name]) for name in ("version", "method", "x-wr-calname")} == {
        "version": "2.0",
        "method": "PUBLISH",
        "x-wr-calname": "가람군 공휴일",
    }
    assert found["prodid"] == "-//mokmin//calendar//KO"
    assert found.decoded("refresh-interval") == timedelta(hours=6)


def test_an_event_is_a_whole_day_that_keeps_nobody_busy(client_a):
    day = date(YEAR, 10, 9)
    event = next(each for each in events(client_a.get(HOLIDAYS)) if each.decoded("dtstart") == day)

    assert event.decoded("dtend") == day + timedelta(days=1)
    assert event["uid"] == f"{day:%Y%m%d}-holiday@a-gun.mokmin"
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert (event["transp"], event["x-microsoft-cdo-busystatus"]) == ("TRANSPARENT", "FREE")
    assert event["dtstamp"].dt.utcoffset() == timedelta()


def test_every_event_has_an_address_of_its_own(client_a):
    uids = [str(event["uid"]) for event in events(client_a.get(HOLIDAYS))]

    assert len(set(uids)) == len(uids)


def test_lines_are_folded_and_end_as_the_standard_says(client_a):
    lines = client_a.get(HOLIDAYS).content.split(b"\r\n")

    assert [line for line in lines if len(line) > 75 or b"\n" in line] == []


def test_what_is_only_predicted_says_so(client_a, tenant_a):
    with tenant(tenant_a.pk):
        calendar.seed(today=date(YEAR, 6, 1), at=NOW)

    found = summaries(client_a.get(HOLIDAYS))

    assert found[date(YEAR + 1, 10, 9)] == "한글날(예정)"
    assert found[date(YEAR, 10, 9)] == "한글날"


def test_an_added_day_comes_and_the_others_keep_their_addresses(client_a, add):
    before = {str(event["uid"]) for event in events(client_a.get(HOLIDAYS))}

    add(date(YEAR, 11, 2))
    after = {str(event["uid"]) for event in events(client_a.get(HOLIDAYS))}

    assert after - before == {f"{YEAR}1102-holiday@a-gun.mokmin"}
    assert before - after == set()


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_who_has_it_already_is_told_that_nothing_is_new(header, client_a, add):
    add(date(YEAR, 11, 2), at=NOW - timedelta(days=1))
    first = client_a.get(HOLIDAYS)
    asks = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[header]

    again = client_a.get(HOLIDAYS, headers={asks: first[header]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_who_has_an_old_one_gets_the_new_one(header, client_a, add):
    add(date(YEAR, 11, 2), at=NOW - timedelta(days=2))
    first = client_a.get(HOLIDAYS)
    asks = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[header]

    add(date(YEAR, 11, 3), at=NOW - timedelta(days=1))
    again = client_a.get(HOLIDAYS, headers={asks: first[header]})

    assert again.status_code == 200
    assert date(YEAR, 11, 3) in summaries(again)


def test_a_day_that_was_taken_out_goes_and_is_new_to_who_asks(client_a, add, tenant_a, keeper):
    day = date(YEAR, 11, 2)
    add(day, at=NOW - timedelta(days=2))
    first = client_a.get(HOLIDAYS)

    with tenant(tenant_a.pk):
        calendar.remove_holiday(day, reason="철회", actor=keeper, at=NOW - timedelta(days=1))
    again = client_a.get(HOLIDAYS, headers={"If-Modified-Since": first["Last-Modified"]})

    assert again.status_code == 200
    assert day not in summaries(again)


def test_municipalities_have_calendars_of_their_own(client_a, client_b, add):
    add(date(YEAR, 11, 2))

    assert date(YEAR, 11, 2) in summaries(client_a.get(HOLIDAYS))
    assert date(YEAR, 11, 2) not in summaries(client_b.get(HOLIDAYS))


def test_a_secret_address_tells_what_is_due_to_its_person(client_a, token, hand_over):
    response = client_a.get(own(token))

    [event] = events(response)
    assert event.decoded("dtstart") == hand_over.due_on
    assert event["uid"] == f"{hand_over.uid}-hand-over@a-gun.mokmin"
    assert "인계인수" in event["summary"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "private, no-cache"


def test_others_see_nothing_of_it(client_a, tenant_a, hand_over):
    with tenant(tenant_a.pk):
        other = notices.open_feed(actor=planted.actor_of(Role.TEAM_HEAD), at=NOW)

    assert events(client_a.get(own(other))) == []


def test_what_is_done_goes_and_is_new_to_who_asks(client_a, token, hand_over, tenant_a):
    first = client_a.get(own(token))
    with tenant(tenant_a.pk):
        actions_hand_over.acknowledge(
            hand_over, actor=planted.actor_of(Role.OFFICER), at=NOW + timedelta(hours=1)
        )

    asked = http_date(int(NOW.timestamp()))
    again = client_a.get(own(token), headers={"If-Modified-Since": asked})

    assert len(events(first)) == 1
    assert (again.status_code, events(again)) == (200, [])


def test_who_has_ones_own_calendar_already_is_told_that_nothing_is_new(client_a, token, hand_over):
    first = client_a.get(own(token))

    again = client_a.get(own(token), headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304


@pytest.mark.parametrize("secret", ["x", "0" * 43, "-_-"])
def test_an_invented_secret_opens_nothing(secret, client_a):
    assert client_a.get(own(secret)).status_code == 404


def test_a_secret_opens_nothing_at_another_municipality(client_b, token):
    assert client_b.get(own(token)).status_code == 404


def test_nobody_has_to_sign_in_and_no_session_is_made(client_a, token):
    response = client_a.get(own(token))

    assert response.status_code == 200
    assert response.cookies == {}


@pytest.mark.parametrize("url", [HOLIDAYS, "own"])
def test_a_feed_is_only_read(url, client_a, token):
    address = own(token) if url == "own" else url

    assert client_a.post(address).status_code == 405
    assert client_a.head(address).status_code == 200
