"""What a person has begun to write is kept for that person alone, and not for ever."""

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django import app

from mokmin.foundation.access.actions import change_settings
from mokmin.foundation.access.actor import VISITOR, Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.people import drafts, queries, rules
from mokmin.foundation.people.models import Draft
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act, Change
from mokmin.lib.errors import Denied
from tests import seed

AT = datetime(2026, 7, 2, 6, 4, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)
FORM = "/staff/calendar/holidays/new/"
WRITTEN = {"name": ["임시공휴일"]}


@pytest.fixture
def officer(actor):
    return actor(Role.OFFICER)


def keep(who, *, form=FORM, values=None, base=None, at=AT, **how):
    return drafts.keep(form, values or WRITTEN, base=base, actor=who, at=at, **how)


def kept(who, form=FORM):
    found = queries.draft(who, form)
    return found and (found.values, found.kept_at)


def test_what_was_begun_is_there_again(officer):
    keep(officer)

    assert kept(officer) == (WRITTEN, AT)


def test_the_next_keeping_takes_the_place_of_the_last(officer):
    base = keep(officer)

    keep(officer, values={"name": ["임시공휴일(선거)"]}, base=base, at=LATER)

    assert kept(officer) == ({"name": ["임시공휴일(선거)"]}, LATER)
    assert Draft.objects.count() == 1


def test_a_draft_leaves_no_trace_in_the_trail(officer):
    before = (Act.objects.count(), Change.objects.count())

    base = keep(officer)
    keep(officer, base=base, at=LATER)
    drafts.forget(FORM, actor=officer)

    assert (Act.objects.count(), Change.objects.count()) == before


def test_the_window_that_keeps_later_is_told_and_overwrites_nothing(officer):
    keep(officer, values={"name": ["첫 창"]})

    with pytest.raises(Denied) as told:
        keep(officer, values={"name": ["둘째 창"]}, base=None, at=LATER)

    assert told.value.reason == (
        "다른 창에서 2026. 7. 2.(목) 15:04에 적은 내용이 이미 임시 저장되어 있습니다."
    )
    assert kept(officer) == ({"name": ["첫 창"]}, AT)


def test_a_window_takes_over_when_its_writer_says_so(officer):
    keep(officer, values={"name": ["첫 창"]})

    keep(officer, values={"name": ["둘째 창"]}, at=LATER, takes_over=True)

    assert kept(officer) == ({"name": ["둘째 창"]}, LATER)


def test_what_was_sent_in_one_window_does_not_come_back_from_another(officer):
    base = keep(officer)
    drafts.forget(FORM, actor=officer)

    with pytest.raises(Denied) as told:
        keep(officer, base=base, at=LATER)

    assert told.value.reason == "이 양식은 다른 창에서 이미 보냈거나, 적던 내용을 지웠습니다."
    assert kept(officer) is None


def test_a_draft_is_its_writers_alone(officer, actor):
    keep(officer)

    assert kept(actor(Role.ADMINISTRATOR)) is None
    drafts.forget(FORM, actor=actor(Role.ADMINISTRATOR))
    assert kept(officer) == (WRITTEN, AT)


def test_a_draft_stays_in_its_municipality(officer, tenant_b):
    keep(officer)

    with tenant(tenant_b.pk):
        assert Draft.objects.count() == 0
        assert queries.draft(officer, FORM) is None


@pytest.mark.parametrize("nobody", [VISITOR, Actor(name="설치")], ids=["visitor", "system"])
def test_who_is_nobody_here_keeps_nothing(in_a, nobody):
    with pytest.raises(Denied) as told:
        keep(nobody)

    assert told.value.reason == "로그인한 사람이 적은 내용만 임시 저장할 수 있습니다."
    assert queries.draft(nobody, FORM) is None


def test_a_text_beyond_measure_is_refused(officer):
    with pytest.raises(Denied) as told:
        keep(officer, values={"name": ["가" * rules.DRAFT_LENGTH]})

    assert told.value.reason == (
        "적은 내용이 너무 길어 임시 저장하지 못했습니다. 나누어 등록해 주세요."
    )


def test_an_address_beyond_measure_is_refused(officer):
    with pytest.raises(Denied) as told:
        keep(officer, form="/" * 201)

    assert told.value.reason == "이 양식은 주소가 너무 길어 임시 저장할 수 없습니다."


def test_the_oldest_drafts_of_a_person_give_way(officer, actor):
    keep(actor(Role.AUDITOR), at=AT - timedelta(days=1))

    for number in range(rules.MOST_DRAFTS + 2):
        keep(officer, form=f"/staff/{number}/", at=AT + timedelta(seconds=number))

    mine = Draft.objects.filter(person_id=officer.person_id).order_by("kept_at")
    assert mine.count() == rules.MOST_DRAFTS
    assert mine[0].form == "/staff/2/"
    assert kept(actor(Role.AUDITOR)) == (WRITTEN, AT - timedelta(days=1))


@pytest.mark.parametrize(("days", "left"), [(None, ["/young/"]), (20, [])])
def test_what_nobody_came_back_to_is_purged_at_night(days, left, tenant_a):
    with tenant(tenant_a.pk):
        if days:
            account = seed.person_of(Role.ADMINISTRATOR).account
            change_settings({"draft_days": days}, actor=queries.actor_of(account), at=AT)
        who = queries.actor_of(seed.person_of(Role.OFFICER).account)
        keep(who, form="/old/", at=AT - timedelta(days=31))
        keep(who, form="/young/", at=AT - timedelta(days=29))

    app.tasks["people.purge_drafts:tenant"](tenant_id=tenant_a.pk, timestamp=int(AT.timestamp()))

    with tenant(tenant_a.pk):
        assert list(Draft.objects.values_list("form", flat=True)) == left
