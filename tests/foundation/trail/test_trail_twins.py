"""A table with a twin can be read as it was at the end of any past day in Seoul."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection

from mokmin.foundation.people.models import Grant, Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail import queries
from mokmin.lib.korean import SEOUL

FOREVER = date(2999, 12, 31)


def versions(number):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT title, sys_from, sys_to FROM scratch_plot_version WHERE id = %s"
            " ORDER BY sys_from",
            [number],
        )
        return cursor.fetchall()


def assert_seamless(found):
    """Every version begins where the one before it ended; the last one may be open."""
    for (_, begins, ends), (_, following, _) in pairwise(found):
        assert begins < ends == following


@pytest.fixture
def yesterday_and_today(plots, transactional_db, tenant_a, superuser):
    """A plot called 어제 until the last moment of 2026-06-30 in Seoul and 오늘 from then on."""
    with tenant(tenant_a.pk):
        plot = plots.objects.create(title="어제", area=Decimal("1.50"))
        plots.objects.filter(pk=plot.pk).update(title="오늘")
    midnight = datetime(2026, 7, 1, tzinfo=SEOUL)
    for title, begins, ends in (
        ("어제", midnight - timedelta(days=1), midnight),
        ("오늘", midnight, None),
    ):
        superuser.execute(
            "UPDATE scratch_plot_version SET sys_from = %s, sys_to = %s WHERE title = %s",
            [begins, ends, title],
        )
    return plot


@pytest.mark.parametrize(
    ("on", "titles"),
    [
        (date(2026, 6, 29), []),
        (date(2026, 6, 30), ["어제"]),
        (date(2026, 7, 1), ["오늘"]),
        (FOREVER, ["오늘"]),
    ],
)
def test_a_day_ends_at_midnight_in_seoul(yesterday_and_today, plots, tenant_a, on, titles):
    with tenant(tenant_a.pk):
        found = list(queries.as_of(plots, on).values_list("title", flat=True))

    assert found == titles


def test_the_last_microsecond_of_a_day_belongs_to_it(
    yesterday_and_today, plots, superuser, tenant_a
):
    superuser.execute("UPDATE scratch_plot_version SET sys_to = sys_to - interval '1 microsecond'")
    superuser.execute(
        "UPDATE scratch_plot_version SET sys_from = sys_from - interval '1 microsecond'"
        " WHERE title = '오늘'"
    )

    with tenant(tenant_a.pk):
        found = queries.as_of(plots, date(2026, 6, 30)).get()

    assert found.title == "오늘"


def test_a_past_row_reads_like_one_of_today(yesterday_and_today, plots, tenant_a):
    with tenant(tenant_a.pk):
        past = queries.as_of(plots, date(2026, 6, 30))
        [row] = past.filter(area__gt=1, is_open=True, neighbour_id=None, title__startswith="어")

    assert (row.pk, row.title, row.area, row.tags) == (
        yesterday_and_today.pk,
        "어제",
        Decimal("1.50"),
        {},
    )


def test_a_deleted_row_is_gone_only_afterwards(plots, in_a):
    plot = plots.objects.create(title="가")
    number = plot.pk
    plots.objects.filter(pk=number).delete()

    [(_, begins, ends)] = versions(number)

    assert begins < ends
    assert queries.as_of(plots, FOREVER).filter(pk=number).count() == 0


def test_every_update_of_one_transaction_has_its_version_and_the_last_one_holds(plots, in_a):
    plot = plots.objects.create(title="0")
    for number in range(1, 6):
        plots.objects.filter(pk=plot.pk).update(title=str(number))

    found = versions(plot.pk)

    assert [title for title, *_ in found] == ["0", "1", "2", "3", "4", "5"]
    assert_seamless(found)
    assert found[-1][2] is None
    assert queries.as_of(plots, FOREVER).get(pk=plot.pk).title == "5"


def test_bulk_writes_reach_the_twin(plots, in_a):
    made = plots.objects.bulk_create([plots(title=str(number)) for number in range(3)])
    plots.objects.update(is_open=False)

    found = queries.as_of(plots, FOREVER).filter(pk__in=[plot.pk for plot in made])

    assert list(found.values_list("title", "is_open")) == [("0", False), ("1", False), ("2", False)]


def test_an_update_that_changes_nothing_or_only_silent_columns_makes_no_version(plots, in_a):
    plot = plots.objects.create(title="가")

    plots.objects.filter(pk=plot.pk).update(title="가")
    plots.objects.filter(pk=plot.pk).update(seen_count=9)

    assert len(versions(plot.pk)) == 1


def test_overlapping_transactions_leave_a_seamless_line(
    plots, transactional_db, session, tenant_a, superuser
):
    """The one that began first writes last: its version must not begin in the past."""
    with tenant(tenant_a.pk):
        plot = plots.objects.create(title="처음")
    with session(tenant_a.pk) as early:
        early.execute("SELECT now()")
        with session(tenant_a.pk) as late:
            late.execute("UPDATE scratch_plot SET title = '나중에 시작' WHERE id = %s", [plot.pk])
        early.execute("UPDATE scratch_plot SET title = '먼저 시작' WHERE id = %s", [plot.pk])

    with tenant(tenant_a.pk):
        found = versions(plot.pk)

    assert [title for title, *_ in found] == ["처음", "나중에 시작", "먼저 시작"]
    assert_seamless(found)


def test_a_clock_that_was_put_back_leaves_a_seamless_line(
    plots, transactional_db, tenant_a, superuser
):
    with tenant(tenant_a.pk):
        plot = plots.objects.create(title="앞선 시계")
    future = datetime(2999, 1, 1, tzinfo=UTC)
    superuser.execute("UPDATE scratch_plot_version SET sys_from = %s", [future])

    with tenant(tenant_a.pk):
        plots.objects.filter(pk=plot.pk).update(title="바른 시계")
        plots.objects.filter(pk=plot.pk).delete()
        plots.objects.create(pk=plot.pk, title="다시")
        found = versions(plot.pk)

    assert [title for title, *_ in found] == ["앞선 시계", "바른 시계", "다시"]
    assert_seamless(found)
    assert found[0][1] == future


def test_another_municipality_sees_no_version(plots, tenant_a, tenant_b):
    with tenant(tenant_a.pk):
        plots.objects.create(title="가")

    with tenant(tenant_b.pk):
        assert queries.as_of(plots, FOREVER).count() == 0


def test_a_table_without_twin_cannot_be_read_as_of_a_day(in_a):
    with pytest.raises(LookupError, match=r"people\.Person"):
        queries.as_of(Person, FOREVER)


def test_the_seeded_grants_are_there_as_of_today_and_not_before(in_a):
    held = Grant.objects.count()

    assert queries.as_of(Grant, FOREVER).count() == held
    assert queries.as_of(Grant, date(2020, 1, 1)).count() == 0
