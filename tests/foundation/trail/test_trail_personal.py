"""Personal values never enter the trail; what is left of them dies with the purge."""

import hashlib

import pytest
from django.db import connection

from mokmin.foundation.trail import actions
from mokmin.foundation.trail.models import Act, Change
from tests.foundation.trail.garden import AT, OFFICER

NAME, PHONE, NEW_PHONE = "홍길동", "010-1234-5678", "010-8765-4321"


@pytest.fixture
def plot(plots, in_a):
    with actions.act("lease", actor=OFFICER, at=AT) as act:
        made = plots.objects.create(title="우물가", tenant_name=NAME, phone=PHONE)
        act.about(made)
    return made


def last_change(plot):
    found = Change.objects.filter(table_name="scratch_plot", row_id=plot.pk)
    return found.order_by("-id").values_list("before", "after").first()


def written_down():
    """Every row of the trail and of the twin as one text."""
    tables = (
        "trail_act", "trail_change", "trail_seal", "trail_link", "trail_head",
        "scratch_plot_version",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT coalesce(string_agg(t::text, ''), '') FROM {t} t" for t in tables
            )
        )
        return "".join(text for (text,) in cursor.fetchall())


def test_personal_values_are_nowhere_in_trail_and_twin(plot, plots):
    plots.objects.filter(pk=plot.pk).update(phone=NEW_PHONE)
    plots.objects.filter(pk=plot.pk).delete()

    text = written_down()

    assert "우물가" in text
    assert [value for value in (NAME, PHONE, NEW_PHONE) if value in text] == []


def test_a_title_that_would_tell_a_personal_value_is_replaced(plots, in_a):
    plot = plots.objects.create(title=f"{NAME}의 밭", tenant_name=NAME)

    with actions.act("lease", actor=OFFICER, at=AT, about=plot) as act:
        pass

    assert Act.objects.get(uid=act.uid).subject_title == "텃밭"


def test_a_personal_value_is_kept_as_its_salted_hash(plot, superuser_dsn):
    before, after = last_change(plot)

    assert before is None
    assert after["phone"].startswith("sha256:")
    assert len(after["phone"]) == len("sha256:") + 64
    assert after["phone"] != "sha256:" + hashlib.sha256(f"phone:{PHONE}".encode()).hexdigest()


def test_a_changed_personal_value_shows_that_it_changed(plot, plots):
    plots.objects.filter(pk=plot.pk).update(phone=NEW_PHONE)
    before, after = last_change(plot)
    plots.objects.filter(pk=plot.pk).update(phone=PHONE)
    back_before, back_after = last_change(plot)

    assert list(before) == list(after) == ["phone"]
    assert before["phone"] != after["phone"]
    assert (back_before["phone"], back_after["phone"]) == (after["phone"], before["phone"])


def test_nothing_stays_nothing(plot, plots):
    plots.objects.filter(pk=plot.pk).update(phone=None)

    _, after = last_change(plot)

    assert after == {"phone": None}


def test_the_same_value_in_two_rows_or_columns_has_different_hashes(plots, in_a):
    one = plots.objects.create(title="하나", tenant_name=NAME, phone=NAME)
    two = plots.objects.create(title="둘", tenant_name=NAME, phone=NAME)

    hashes = {last_change(row)[1][name] for row in (one, two) for name in ("tenant_name", "phone")}

    assert len(hashes) == 4


def test_trail_and_twin_hold_the_same_hash(plot):
    _, after = last_change(plot)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tenant_name, phone FROM scratch_plot_version WHERE id = %s", [plot.pk]
        )
        assert cursor.fetchall() == [(after["tenant_name"], after["phone"])]


def test_after_the_purge_the_same_value_has_another_hash(plot, plots):
    _, first = last_change(plot)

    with actions.act("purge", actor=OFFICER, at=AT, about=plot):
        plots.objects.filter(pk=plot.pk).update(phone=None)
        purged = actions.purge_salt("scratch_plot", plot.pk)
    plots.objects.filter(pk=plot.pk).update(phone=PHONE)

    _, again = last_change(plot)
    assert purged is True
    assert again["phone"] != first["phone"]


def test_the_purge_itself_is_a_change_of_its_act(plot):
    with actions.act("purge", actor=OFFICER, at=AT, about=plot) as act:
        actions.purge_salt("scratch_plot", plot.pk)

    found = Change.objects.filter(act__uid=act.uid).values_list("table_name", "operation", "before")
    assert list(found) == [
        ("trail_salt", "delete", {"table_name": "scratch_plot", "row_id": plot.pk})
    ]


def test_what_was_never_salted_needs_no_purge(in_a):
    assert actions.purge_salt("scratch_plot", 123456789) is False


def test_the_salt_of_another_municipality_is_out_of_reach(
    plots, transactional_db, tenant_a, tenant_b, session, superuser
):
    superuser.execute(
        "INSERT INTO scratch_plot (tenant_id, title, phone) VALUES (%s, '가', %s)",
        [tenant_a.pk, PHONE],
    )
    (number,) = superuser.execute("SELECT id FROM scratch_plot").fetchone()

    with session(tenant_b.pk) as opened:
        answer = opened.execute("SELECT trail_purge_salt('scratch_plot', %s)", [number]).fetchone()

    left = superuser.execute(
        "SELECT count(*) FROM trail_salt WHERE table_name = 'scratch_plot' AND row_id = %s",
        [number],
    )
    assert answer == (False,)
    assert left.fetchone() == (1,)
