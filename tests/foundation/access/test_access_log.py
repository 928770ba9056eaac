"""The access log: appended, sealed by day, purged by law, checked by month."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from mokmin.foundation.access import actions, queries
from mokmin.foundation.access.actions import Handled, Whence
from mokmin.foundation.access.actor import VISITOR
from mokmin.foundation.access.models import AccessEntry, AccessPurge, AccessReview, AccessSeal
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.jobs import tasks
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.errors import Denied, Invalid
from mokmin.lib.korean import in_seoul
from mokmin.lib.period import Period
from tests import seed

NOW = datetime.now(tz=UTC).replace(microsecond=0)
TODAY = in_seoul(NOW).date()


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def log(day, *, handling=Handling.VIEW, page="목록", reason="", who=VISITOR):
    handled = Handled(handling, page=page, subject_uids=("u1", "u2"), reason=reason)
    return actions.log_access(handled, whence=Whence(who, "127.0.0.1"), at=noon(day))


def test_an_entry_holds_what_the_law_asks_for(actor):
    auditor = actor(Role.AUDITOR)

    entry = log(date(2026, 7, 2), who=auditor)

    assert (
        entry.identifier, entry.name, entry.day, entry.address, entry.handling,
        entry.subject_uids, entry.subject_count,
    ) == (
        "auditor@a.example", "강감사", date(2026, 7, 2), "127.0.0.1", "view", ["u1", "u2"], 2,
    )  # fmt: skip


def test_a_day_ends_at_midnight_in_seoul(in_a):
    handled = Handled(Handling.VIEW, page="목록")
    late = datetime(2026, 7, 2, 15, 0, tzinfo=UTC)

    entry = actions.log_access(handled, whence=Whence(VISITOR), at=late)

    assert entry.day == date(2026, 7, 3)


def test_what_is_too_long_is_cut_and_nothing_lost(in_a):
    entry = log(ago(1), page="가" * 500, reason="나" * 500)

    assert (len(entry.page), len(entry.reason)) == (200, 300)


def test_a_download_without_its_reason_is_refused_by_the_table(in_a):
    with pytest.raises(IntegrityError, match="download_has_reason"), transaction.atomic():
        log(ago(1), handling=Handling.DOWNLOAD)


@pytest.mark.parametrize("statement", ["UPDATE access_accessentry SET page = ''",
                                       "DELETE FROM access_accessentry",
                                       "UPDATE access_accessseal SET entry_count = 0",
                                       "DELETE FROM access_accessseal"])  # fmt: skip
def test_the_product_cannot_change_the_log(in_a, statement):
    log(ago(1))
    actions.seal_access_log(today=TODAY, at=NOW)

    with pytest.raises(DatabaseError), transaction.atomic():
        from_django(statement)


def from_django(statement):
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(statement)


def test_every_past_day_is_sealed_once_and_today_is_not(in_a):
    for days in (3, 2, 2, 0):
        log(ago(days))

    first = actions.seal_access_log(today=TODAY, at=NOW)
    again = actions.seal_access_log(today=TODAY, at=NOW)

    assert (first, again) == (2, 0)
    assert list(AccessSeal.objects.order_by("day").values_list("day", "entry_count")) == [
        (ago(3), 1), (ago(2), 2),
    ]  # fmt: skip
    assert queries.broken_seal() is None
    assert queries.unsealed_days(TODAY + timedelta(days=1)) == [TODAY]


@pytest.fixture
def sealed(transactional_db, superuser_dsn):
    """Three sealed days of 가람군, committed, and a hand that reaches past every rule."""
    tenant_id = seed.tenant_of("a").pk
    with tenant(tenant_id):
        for days in (5, 4, 3):
            log(ago(days))
        actions.seal_access_log(today=TODAY, at=NOW)

    def tamper(statement, *values):
        with psycopg.connect(superuser_dsn, autocommit=True) as superuser:
            superuser.execute("SET session_replication_role = replica")
            assert superuser.execute(statement, values).rowcount == 1
        with tenant(tenant_id):
            return queries.broken_seal()

    return tamper


ALTERED = "{day:%Y-%m-%d}의 접속기록이 봉인한 뒤에 바뀌었습니다."
UNCHAINED = "{day:%Y-%m-%d}의 봉인이 앞 봉인과 이어지지 않습니다."


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE access_accessentry SET name = '남' WHERE day = %s", ALTERED.format(day=ago(4))),
        ("DELETE FROM access_accessentry WHERE day = %s", ALTERED.format(day=ago(4))),
        ("UPDATE access_accessseal SET entry_count = 9 WHERE day = %s",
         ALTERED.format(day=ago(4))),
        ("UPDATE access_accessseal SET digest = 'x' WHERE day = %s", UNCHAINED.format(day=ago(4))),
        ("UPDATE access_accessseal SET hash = 'x' WHERE day = %s", UNCHAINED.format(day=ago(4))),
        ("DELETE FROM access_accessseal WHERE day = %s", UNCHAINED.format(day=ago(3))),
    ],
)  # fmt: skip
def test_tampering_is_found_and_named(sealed, statement, sentence):
    assert sealed(statement, ago(4)) == sentence


def test_an_entry_added_to_a_sealed_day_is_found(sealed):
    found = sealed(
        "INSERT INTO access_accessentry (tenant_id, at, day, identifier, person_uid, name,"
        " handling, page, subject_uids, subject_count, reason, request_id)"
        " SELECT tenant_id, at, day, identifier, person_uid, name, handling, page, subject_uids,"
        " subject_count, reason, request_id FROM access_accessentry WHERE day = %s",
        ago(5),
    )

    assert found == ALTERED.format(day=ago(5))


def test_the_purge_leaves_the_kept_the_unsealed_and_the_last_year(actor):
    actions.change_settings({"access_log_days": 365}, actor=actor(Role.ADMINISTRATOR), at=NOW)
    for days in (400, 366, 365, 1):
        log(ago(days))
    actions.seal_access_log(today=TODAY, at=NOW)
    log(ago(500))

    gone = actions.purge_access_log(today=TODAY, at=NOW)

    assert gone == 2
    assert list(AccessEntry.objects.order_by("day").values_list("day", flat=True)) == [
        ago(500), ago(365), ago(1),
    ]  # fmt: skip
    assert list(AccessPurge.objects.values_list("before", "entry_count")) == [(ago(365), 2)]


def test_purged_days_do_not_break_the_chain_even_if_the_period_grows_later(actor):
    administrator = actor(Role.ADMINISTRATOR)
    actions.change_settings({"access_log_days": 365}, actor=administrator, at=NOW)
    log(ago(400))
    log(ago(1))
    actions.seal_access_log(today=TODAY, at=NOW)
    actions.purge_access_log(today=TODAY, at=NOW)

    actions.change_settings({"access_log_days": 3650}, actor=administrator, at=NOW)

    assert queries.broken_seal() is None


def test_a_purge_of_nothing_leaves_no_record(in_a):
    assert actions.purge_access_log(today=TODAY, at=NOW) == 0
    assert not AccessPurge.objects.exists()


def test_nobody_purges_the_last_year(in_a):
    with pytest.raises(DatabaseError, match="365 days"), transaction.atomic():
        from_django(f"SELECT access_purge('{ago(364)}')")


def test_the_night_seals_and_purges(actor, in_a):
    actions.change_settings({"access_log_days": 365}, actor=actor(Role.ADMINISTRATOR), at=NOW)
    log(ago(400))
    log(ago(1))

    tasks.keep_access_log(in_a.pk, NOW)

    assert AccessSeal.objects.count() == 2
    assert list(AccessEntry.objects.values_list("day", flat=True)) == [ago(1)]


MONTH = Period.containing(TODAY, months=1).previous()


def test_the_monthly_check_keeps_what_it_saw(actor):
    log(MONTH.first_on)
    log(MONTH.last_on, handling=Handling.DOWNLOAD, reason="보고")
    actions.seal_access_log(today=TODAY, at=NOW)

    actions.review_access_log(MONTH, finding="이상 없음", actor=actor(Role.AUDITOR), at=NOW)

    assert list(
        AccessReview.objects.values_list(
            "month", "entry_count", "is_chain_sound", "finding", "reviewer_name"
        )
    ) == [(str(MONTH), 2, True, "이상 없음", "강감사")]
    assert queries.standing(TODAY).is_reviewed


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR}), ids=str)
def test_only_auditors_check(actor, role):
    with pytest.raises(Denied) as caught:
        actions.review_access_log(MONTH, finding="이상 없음", actor=actor(role), at=NOW)

    assert caught.value.reason == "접속기록 월 점검은 감사 담당자만 기록할 수 있습니다."


@pytest.mark.parametrize(
    ("month", "finding", "problems"),
    [
        (MONTH.next(), " ", {
            "month": "아직 끝나지 않은 달입니다. 지난달까지만 점검할 수 있습니다.",
            "finding": "무엇을 확인했는지 적어 주세요.",
        }),
        (MONTH, "가" * 2001, {"finding": "2,000자까지 적을 수 있습니다."}),
        (Period(2025), "이상 없음", {"month": "한 달을 골라 주세요."}),
    ],
    ids=["this month", "too long", "a year"],
)  # fmt: skip
def test_a_check_that_says_nothing_is_refused(actor, month, finding, problems):
    with pytest.raises(Invalid) as caught:
        actions.review_access_log(month, finding=finding, actor=actor(Role.AUDITOR), at=NOW)

    assert caught.value.problems == problems


def test_the_standing_counts_this_month(in_a):
    log(TODAY)
    log(TODAY, handling=Handling.SIGN_IN_FAILED)
    log(MONTH.last_on)

    found = queries.standing(TODAY)

    assert (found.entry_count, found.download_count, found.failed_sign_in_count) == (2, 0, 1)
    assert (found.is_reviewed, found.sealed_until) == (False, None)


def test_the_list_is_newest_first_and_narrowed(in_a):
    first, second, third = (log(ago(days), page=f"화면 {days}") for days in (3, 2, 1))

    assert [entry.pk for entry in queries.entries()] == [third.pk, second.pk, first.pk]
    assert list(queries.entries(word="화면 2")) == [second]
    assert list(queries.entries(since=ago(2), until=ago(2))) == [second]
    assert list(queries.entries(before_id=second.pk)) == [first]
    assert list(queries.entries(before_id=0)) == []
    assert list(queries.entries(handling="download")) == []


def test_another_municipalitys_log_is_not_there(in_a, tenant_b):
    log(ago(1))

    with tenant(tenant_b.pk):
        assert list(queries.entries()) == []
