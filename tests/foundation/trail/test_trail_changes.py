"""Every way in which a row can change leaves a change."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from mokmin.foundation.trail.models import Act, Change


def changes():
    return list(
        Change.objects.filter(table_name="scratch_plot")
        .order_by("id")
        .values_list("operation", "row_id", "before", "after")
    )


def without_name(content):
    """A change's content but for the hash of the personal name."""
    return {key: value for key, value in content.items() if key != "tenant_name"}


def test_a_saved_row_is_kept_whole(plots, in_a):
    plot = plots.objects.create(title="가", area=Decimal("12.50"), tags={"물": ["우물"]})

    [(operation, row_id, before, after)] = changes()

    assert (operation, row_id, before) == ("insert", plot.pk, None)
    assert without_name(after) == {
        "uid": "",
        "title": "가",
        "area": 12.5,
        "is_open": True,
        "tags": {"물": ["우물"]},
        "neighbour_id": None,
        "phone": None,
    }


def test_a_change_holds_only_the_columns_that_changed(plots, in_a):
    plot = plots.objects.create(title="가")
    plot.title = "나"
    plot.is_open = False

    plot.save()

    assert changes()[1:] == [
        ("update", plot.pk, {"title": "가", "is_open": True}, {"title": "나", "is_open": False})
    ]


def test_bulk_create_leaves_one_change_per_row(plots, in_a):
    made = plots.objects.bulk_create([plots(title=str(number)) for number in range(3)])

    found = [(operation, row_id, after["title"]) for operation, row_id, _, after in changes()]

    assert found == [("insert", plot.pk, plot.title) for plot in made]


def test_an_update_of_many_rows_leaves_one_change_per_row(plots, in_a):
    made = plots.objects.bulk_create([plots(title=str(number)) for number in range(3)])

    plots.objects.update(title="같다")

    assert changes()[3:] == [
        ("update", plot.pk, {"title": plot.title}, {"title": "같다"}) for plot in made
    ]


def test_raw_sql_is_seen(plots, in_a):
    plot = plots.objects.create(title="가")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE scratch_plot SET area = 3 WHERE id = %s", [plot.pk])

    assert changes()[1:] == [("update", plot.pk, {"area": 0}, {"area": 3})]


def test_insert_on_conflict_is_seen_as_what_it_did(plots, in_a):
    plot = plots.objects.create(title="가")

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO scratch_plot (id, tenant_id, title) VALUES (%s, %s, '나')"
            " ON CONFLICT (id) DO UPDATE SET title = excluded.title",
            [plot.pk, in_a.pk],
        )

    assert changes()[1:] == [("update", plot.pk, {"title": "가"}, {"title": "나"})]


def test_a_deleted_row_is_kept_whole(plots, in_a):
    plot = plots.objects.create(title="가")
    number = plot.pk

    plots.objects.filter(pk=number).delete()

    [inserted, (operation, row_id, before, after)] = changes()
    assert (operation, row_id, before, after) == ("delete", number, inserted[3], None)


def test_an_update_that_changes_nothing_leaves_nothing(plots, in_a):
    plot = plots.objects.create(title="가")

    plot.save()
    plots.objects.update(title="가")

    assert len(changes()) == 1


def test_a_silent_column_changes_without_a_trace(plots, in_a):
    plot = plots.objects.create(title="가", seen_count=1)

    plots.objects.update(seen_count=2)

    [(_, row_id, _, after)] = changes()
    assert row_id == plot.pk
    assert sorted(after) == [
        "area", "is_open", "neighbour_id", "phone", "tags", "tenant_name", "title", "uid",
    ]  # fmt: skip


def test_what_changes_outside_an_act_gets_a_direct_act(plots, in_a):
    plots.objects.create(title="가")
    plots.objects.create(title="나")

    acts = Act.objects.values_list("verb", "actor_person_id", "actor_name", "reason", "db_user")

    assert list(acts.filter(verb="direct")) == [("direct", None, "(직접 변경)", "", "mokmin_app")]
    assert Change.objects.filter(act__verb="direct").count() == 2


def test_a_superuser_at_the_prompt_is_named(plots, transactional_db, tenant_a, superuser):
    superuser.execute(
        "INSERT INTO scratch_plot (tenant_id, title) VALUES (%s, '몰래')", [tenant_a.pk]
    )

    found = superuser.execute(
        "SELECT a.verb, a.db_user, c.operation, c.after ->> 'title', l.id = a.id"
        " FROM trail_change c JOIN trail_act a ON a.id = c.act_id"
        " JOIN trail_link l ON l.id = a.id WHERE c.table_name = 'scratch_plot'"
    ).fetchall()

    assert found == [("direct", "mokmin_super", "insert", "몰래", True)]


def test_the_number_of_a_row_never_changes(plots, in_a):
    plot = plots.objects.create(title="가")

    refusal = "행의 번호와 자치단체는 바꿀 수 없습니다"
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        plots.objects.filter(pk=plot.pk).update(id=plot.pk + 1000)


def test_a_trailed_table_is_not_truncated(plots, owner):
    with pytest.raises(InsufficientPrivilege, match="TRUNCATE"):
        owner.execute("TRUNCATE scratch_plot")
