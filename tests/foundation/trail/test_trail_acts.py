"""An act says who did what and why, and gathers the rows that changed for it."""

import pytest
from django.db import IntegrityError, connection, transaction

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.tenancy.context import NoTenant, tenant
from mokmin.foundation.trail import actions
from mokmin.foundation.trail.context import request_id
from mokmin.foundation.trail.models import Act, Change, Link
from tests.foundation.trail.garden import AT, OFFICER


def gathered():
    """Titles of the plots that changed, by the verb of their act, in the order of the changes."""
    found = Change.objects.filter(table_name="scratch_plot").order_by("id")
    return [
        (verb, after["title"]) for verb, after in found.values_list("act__verb", "after") if after
    ]


def test_an_act_says_who_did_what_when_and_why(plots, in_a):
    token = request_id.set("req-1")
    with actions.act("lease", actor=OFFICER, at=AT, reason="신청에 따름") as act:
        plot = plots.objects.create(title="우물가", uid="0123456789")
        act.about(plot)
    request_id.reset(token)

    found = Act.objects.values_list(
        "verb", "actor_person_id", "actor_name", "reason", "request_id", "at",
        "subject_table", "subject_id", "subject_uid", "subject_title", "db_user",
    )  # fmt: skip
    assert list(found.filter(uid=act.uid)) == [
        (
            "lease", 7, "김주무", "신청에 따름", "req-1", AT,
            "scratch_plot", plot.pk, "0123456789", "우물가", "mokmin_app",
        )
    ]  # fmt: skip
    assert gathered() == [("lease", "우물가")]


def test_an_act_needs_no_subject_and_no_change(in_a):
    with actions.act("sign_in", actor=OFFICER, at=AT) as act:
        pass

    found = Act.objects.filter(uid=act.uid).values_list("subject_table", "subject_id")
    assert list(found) == [("", None)]
    assert Change.objects.filter(act__uid=act.uid).count() == 0


def test_the_title_of_the_subject_is_that_of_the_end(plots, in_a):
    plot = plots.objects.create(title="전")

    with actions.act("rename", actor=OFFICER, at=AT, about=plot) as act:
        plot.title = "후"
        plot.save()

    assert Act.objects.get(uid=act.uid).subject_title == "후"


def test_a_subject_that_the_act_deletes_is_still_named(plots, in_a):
    plot = plots.objects.create(title="묵은 밭")
    number = plot.pk

    with actions.act("clear", actor=OFFICER, at=AT, about=plot) as act:
        plot.delete()

    found = Act.objects.get(uid=act.uid)
    assert (found.subject_id, found.subject_title) == (number, "묵은 밭")


def test_an_act_about_an_unsaved_row_is_a_bug(plots, in_a):
    with (
        pytest.raises(ValueError, match="saved"),
        actions.act("lease", actor=OFFICER, at=AT) as act,
    ):
        act.about(plots(title="가"))


def test_an_act_inside_another_has_its_own_changes(plots, in_a):
    with actions.act("outer", actor=OFFICER, at=AT):
        plots.objects.create(title="앞")
        with actions.act("inner", actor=OFFICER, at=AT):
            plots.objects.create(title="안")
        plots.objects.create(title="뒤")
    plots.objects.create(title="밖")

    assert gathered() == [("outer", "앞"), ("inner", "안"), ("outer", "뒤"), ("direct", "밖")]


def test_a_direct_change_before_an_act_does_not_join_it(plots, in_a):
    plots.objects.create(title="전")
    with actions.act("lease", actor=OFFICER, at=AT):
        plots.objects.create(title="안")
    plots.objects.create(title="후")

    assert gathered() == [("direct", "전"), ("lease", "안"), ("direct", "후")]
    assert Act.objects.filter(verb="direct").count() == 1


def fail_to_lease(plots):
    with actions.act("lease", actor=OFFICER, at=AT):
        plots.objects.create(title="안")
        raise RuntimeError


def test_an_act_that_fails_leaves_nothing(plots, in_a):
    with pytest.raises(RuntimeError):
        fail_to_lease(plots)

    assert gathered() == []
    assert Act.objects.filter(verb="lease").count() == 0


def test_an_inner_act_that_fails_leaves_the_outer_one_going(plots, in_a):
    with actions.act("outer", actor=OFFICER, at=AT):
        with pytest.raises(RuntimeError):
            fail_to_lease(plots)
        plots.objects.create(title="뒤")

    assert gathered() == [("outer", "뒤")]


def test_a_rolled_back_transaction_leaves_no_link(plots, transactional_db, tenant_a):
    with tenant(tenant_a.pk):
        before = Link.objects.count()
    with pytest.raises(RuntimeError), tenant(tenant_a.pk):
        fail_to_lease(plots)

    with tenant(tenant_a.pk):
        assert (Link.objects.count(), gathered()) == (before, [])


def test_an_act_without_a_municipality_is_a_bug(db):
    with pytest.raises(NoTenant), actions.act("lease", actor=OFFICER, at=AT):
        pass


def test_an_act_without_a_name_is_refused(in_a):
    with (
        pytest.raises(IntegrityError, match="trail_act_has_actor"),
        transaction.atomic(),
        actions.act("lease", actor=Actor(), at=AT),
    ):
        pass


def test_each_municipality_in_one_transaction_has_its_own_open_act(plots, tenant_a, tenant_b):
    with tenant(tenant_a.pk), actions.act("lease", actor=OFFICER, at=AT):
        plots.objects.create(title="가람 앞")
        with tenant(tenant_b.pk):
            plots.objects.create(title="나래")
        plots.objects.create(title="가람 뒤")
        in_a = gathered()
    with tenant(tenant_b.pk):
        in_b = gathered()
    connection.check_constraints()

    assert in_a == []
    assert in_b == [("direct", "나래")]
    with tenant(tenant_a.pk):
        assert gathered() == [("lease", "가람 앞"), ("lease", "가람 뒤")]


def test_an_act_that_was_linked_early_gets_no_more_changes(plots, in_a, settle):
    plots.objects.create(title="전")
    settle()
    plots.objects.create(title="후")
    settle()

    acts = Act.objects.filter(verb="direct").order_by("id")
    linked = Link.objects.filter(pk__in=acts.values("pk")).count()
    assert [Change.objects.filter(act=act).count() for act in acts] == [1, 1]
    assert linked == 2


def test_a_linked_act_cannot_be_taken_up_again_by_name(plots, in_a, settle):
    with actions.act("lease", actor=OFFICER, at=AT) as act:
        plots.objects.create(title="안")
    settle()

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [f"app.act_{in_a.pk}", str(act.id)])
    plots.objects.create(title="나중")

    assert gathered() == [("lease", "안"), ("direct", "나중")]


def change_under_a_lost_act(plots, of, settle):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, '999999999', true)", [f"app.act_{of.pk}"])
        plots.objects.create(title="가")
        settle()


def test_a_change_under_an_act_that_never_comes_is_refused(plots, in_a, settle):
    with pytest.raises(IntegrityError, match="trail_change_act_id_same_tenant"):
        change_under_a_lost_act(plots, in_a, settle)
