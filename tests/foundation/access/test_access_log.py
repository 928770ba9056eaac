"""The access log: appended, sealed by day, purged by law, checked by month."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from mokmin.foundation.access import actions, queries, rules
from mokmin.foundation.access.actions import Handled, Whence
from mokmin.foundation.access.actor import VISITOR
from mokmin.foundation.access.models import AccessEntry, AccessPurge, AccessReview, AccessSeal
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.jobs import tasks
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Window
from mokmin.foundation.trail import queries as trail
from mokmin.foundation.trail.models import Act
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


def log(day, *, handling=Handling.VIEW, page="목록", reason="", who=VISITOR, subjects=("u1", "u2")):
    handled = Handled(handling, page=page, subject_uids=subjects, reason=reason)
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
GONE = "{day:%Y-%m-%d}의 봉인이 지워졌습니다. 변경 이력에는 남아 있습니다."
UNNOTED = "{day:%Y-%m-%d}의 봉인이 변경 이력에 남은 것과 다릅니다."


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE access_accessentry SET name = '남' WHERE day = %s", ALTERED.format(day=ago(4))),
        ("DELETE FROM access_accessentry WHERE day = %s", ALTERED.format(day=ago(4))),
        ("UPDATE access_accessseal SET entry_count = 9 WHERE day = %s",
         UNCHAINED.format(day=ago(4))),
        ("UPDATE access_accessseal SET format = 2 WHERE day = %s", UNCHAINED.format(day=ago(4))),
        ("UPDATE access_accessseal SET digest = 'x' WHERE day = %s", UNCHAINED.format(day=ago(4))),
        ("UPDATE access_accessseal SET hash = 'x' WHERE day = %s", UNCHAINED.format(day=ago(4))),
        ("DELETE FROM access_accessseal WHERE day = %s", GONE.format(day=ago(4))),
    ],
)  # fmt: skip
def test_tampering_is_found_and_named(sealed, statement, sentence):
    assert sealed(statement, ago(4)) == sentence


def test_the_last_day_changed_and_sealed_anew_is_found(sealed):
    sealed("DELETE FROM access_accessseal WHERE day = %s", ago(3))
    sealed("UPDATE access_accessentry SET name = '남' WHERE day = %s", ago(3))
    with tenant(seed.tenant_of("a").pk):
        assert actions.seal_access_log(today=TODAY, at=NOW) == 1

        assert queries.broken_seal() == GONE.format(day=ago(3))


def test_the_last_seal_recomputed_in_place_is_found(sealed):
    with tenant(seed.tenant_of("a").pk):
        last, before = AccessSeal.objects.order_by("-id")[:2]
        link = rules.chained(bytes(before.hash), last.day, b"", entry_count=0, seal_format=1)

    found = sealed(
        "UPDATE access_accessseal SET digest = '', entry_count = 0, hash = %s WHERE day = %s",
        link, ago(3),
    )  # fmt: skip

    assert found == UNNOTED.format(day=ago(3))


def test_a_seal_holds_in_any_time_zone_and_with_columns_added_later(sealed, superuser_dsn):
    with psycopg.connect(superuser_dsn, autocommit=True) as superuser:
        superuser.execute("ALTER TABLE access_accessentry ADD later text NOT NULL DEFAULT 'x'")

    with tenant(seed.tenant_of("a").pk):
        from_django("SET LOCAL timezone = 'America/New_York'")
        from_django("SET LOCAL datestyle = 'German'")

        assert queries.broken_seal() is None


CHANGED = {
    "id": "id + 1000",
    "at": "at + interval '1 microsecond'",
    "address": "'10.0.0.1'",
    "handling": "'print'",
    "subject_uids": "'{u3,u4}'",
    "subject_count": "0, subject_uids = '{}'",
}


def test_the_digest_follows_from_every_column(sealed, superuser_dsn):
    held = {field.column for field in AccessEntry._meta.concrete_fields} - {"tenant_id", "day"}
    digests = []

    with psycopg.connect(superuser_dsn) as superuser:
        superuser.execute(f"SET app.tenant = '{seed.tenant_of('a').pk}'")
        for column in ("page = page, reason", *held):
            with superuser.transaction(force_rollback=True):
                value = CHANGED.get(column, "'another'" if column in held else "reason")
                superuser.execute(f"UPDATE access_accessentry SET {column} = {value}")
                found = superuser.execute("SELECT digest FROM access_digest(%s, 1)", [ago(4)])
                digests.append(found.fetchone())

    assert len(set(digests)) == len(held) + 1


def test_sealing_is_an_act_and_sealing_nothing_is_none(in_a):
    log(ago(1))

    actions.seal_access_log(today=TODAY, at=NOW)
    actions.seal_access_log(today=TODAY, at=NOW)

    found = Act.objects.filter(verb="seal_access_log").values_list("actor_name", "subject_title")
    assert list(found) == [("시스템", f"{ago(1)} 봉인")]


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
    actions.change_settings({"access_log_days": 366}, actor=actor(Role.ADMINISTRATOR), at=NOW)
    for days in (400, 367, 366, 1):
        log(ago(days))
    actions.seal_access_log(today=TODAY, at=NOW)
    log(ago(500))

    gone = actions.purge_access_log(today=TODAY, at=NOW)

    assert gone == 2
    assert list(AccessEntry.objects.order_by("day").values_list("day", flat=True)) == [
        ago(500), ago(366), ago(1),
    ]  # fmt: skip
    assert list(AccessPurge.objects.values_list("before", "entry_count")) == [(ago(366), 2)]


def test_purged_days_do_not_break_the_chain_even_if_the_period_grows_later(actor):
    administrator = actor(Role.ADMINISTRATOR)
    actions.change_settings({"access_log_days": 366}, actor=administrator, at=NOW)
    log(ago(400))
    log(ago(1))
    actions.seal_access_log(today=TODAY, at=NOW)
    actions.purge_access_log(today=TODAY, at=NOW)

    actions.change_settings({"access_log_days": 3650}, actor=administrator, at=NOW)

    assert queries.broken_seal() is None


def test_a_purge_of_nothing_leaves_no_record(in_a):
    before = trail.length()

    assert actions.purge_access_log(today=TODAY, at=NOW) == 0
    assert not AccessPurge.objects.exists()
    assert trail.length() == before


def test_nobody_purges_the_last_year_or_what_the_municipality_keeps(in_a):
    for days in (731, 366):
        log(ago(days))
    actions.seal_access_log(today=TODAY, at=NOW)

    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT before, gone FROM access_purge('2999-01-01')")

        assert cursor.fetchall() == [(ago(731), 0)]
    assert AccessEntry.objects.count() == 2


def test_a_purge_stays_in_its_municipality_whatever_the_session_says(in_a, tenant_b):
    with tenant(tenant_b.pk):
        log(ago(800))
        actions.seal_access_log(today=TODAY, at=NOW)
    log(ago(800))
    actions.seal_access_log(today=TODAY, at=NOW)
    from_django("SELECT set_config('app.maintenance', 'on', true)")

    gone = actions.purge_access_log(today=TODAY, at=NOW)

    assert gone == 1
    with tenant(tenant_b.pk):
        assert AccessEntry.objects.count() == 1


def test_the_night_seals_and_purges(actor, in_a):
    actions.change_settings({"access_log_days": 366}, actor=actor(Role.ADMINISTRATOR), at=NOW)
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

    newest, behind = Window("-at"), Window("-at", after=str(second.pk))
    assert [entry.pk for entry in queries.entries(window=newest)] == [
        third.pk,
        second.pk,
        first.pk,
    ]
    assert list(queries.entries(window=newest, word="화면 2")) == [second]
    assert list(queries.entries(window=newest, since=ago(2), until=ago(2))) == [second]
    assert list(queries.entries(window=behind)) == [first]
    assert list(queries.entries(window=newest, handling="download")) == []


def test_the_list_is_narrowed_to_those_whose_data_it_was(in_a):
    hers, _his, theirs = (
        log(ago(1), subjects=uids) for uids in (("her",), ("him",), ("him", "her"))
    )

    assert list(queries.entries(window=Window("at"), subjects=["her"])) == [hers, theirs]
    assert list(queries.entries(window=Window("at"), subjects=[])) == []


def test_another_municipalitys_log_is_not_there(in_a, tenant_b):
    log(ago(1))

    with tenant(tenant_b.pk):
        assert list(queries.entries(window=Window("-at"))) == []
