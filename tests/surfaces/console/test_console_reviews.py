"""The monthly check: which month it speaks of, and what it says of the seals."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from mokmin.foundation.access import actions
from mokmin.foundation.access.actions import Handled, Whence
from mokmin.foundation.access.models import AccessReview
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.korean import SEOUL, in_seoul
from mokmin.lib.period import Period
from tests.surfaces.console import pages

NOW = timezone.now()
TODAY = in_seoul(NOW).date()
MONTH = Period.containing(TODAY, months=1).previous()
LONG_AGO = Period.containing(TODAY - timedelta(days=450), months=1)
REVIEWS = "/staff/access-log/reviews/"


@pytest.mark.parametrize("month", ["", "지난달", "2026-13", "1999-01", "0", "2026-99-99"])
def test_a_check_of_no_month_is_not_kept_for_another(desk, tenant_a, month):
    response = desk(Role.AUDITOR).post(REVIEWS, {"month": month, "finding": "이상 없음"})

    with tenant(tenant_a.pk):
        assert not AccessReview.objects.exists()
    assert response.status_code == 422
    assert "점검할 달을 알 수 없습니다. 점검 월을 다시 골라 주세요." in pages.text(response)


@pytest.mark.parametrize("month", ["", "지난달", "1999-01"])
def test_an_unreadable_month_in_the_address_is_last_month(desk, month):
    response = desk(Role.AUDITOR).get(REVIEWS, {"month": month})

    assert response.context["month"] == MONTH


def handle(keeper, month, *days):
    """One entry on each of these days of a month, sealed."""
    for day in days:
        on = month.first_on + timedelta(days=day - 1)
        actions.log_access(
            Handled(Handling.VIEW, page="시험"),
            whence=Whence(keeper),
            at=datetime.combine(on, time(12), SEOUL),
        )
    actions.seal_access_log(today=TODAY, at=NOW)


def said(desk, month):
    return pages.text(desk(Role.AUDITOR).get(REVIEWS, {"month": str(month)}))


def test_a_month_without_entries_has_nothing_to_prove(desk):
    page = said(desk, MONTH)

    assert f"{MONTH.label}에는 봉인한 기록이 없습니다." in page
    assert "봉인을 모두 확인했습니다" not in page


def test_a_sealed_month_is_proven(desk, keeper, tenant_a):
    with tenant(tenant_a.pk):
        handle(keeper, MONTH, 1, 2)

    page = said(desk, MONTH)

    assert f"{MONTH.label}의 봉인을 모두 확인했습니다. 고치거나 지운 흔적이 없습니다." in page


def test_of_a_purged_month_only_the_chain_is_proven(desk, keeper, tenant_a):
    with tenant(tenant_a.pk):
        handle(keeper, LONG_AGO, 1, 2)
        actions.change_settings({"access_log_days": 366}, actor=keeper, at=NOW)
        actions.purge_access_log(today=TODAY, at=NOW)

    page = said(desk, LONG_AGO)

    assert f"{LONG_AGO.label}의 기록 가운데 2일 치는 보관 기간이 지나 지웠습니다." in page
    assert "봉인을 모두 확인했습니다" not in page
