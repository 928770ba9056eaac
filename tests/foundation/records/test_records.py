"""Records: registered, changed, seen by those whom they are for, and kept apart."""

import re

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from mokmin.foundation.access.actor import VISITOR, Actor
from mokmin.foundation.access.states import STAFF, Role
from mokmin.foundation.records import actions, queries
from mokmin.foundation.records.models import Record, RecordBigrams
from mokmin.foundation.records.states import Visibility
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.errors import Invalid

ADDRESS = re.compile(r"[0-9a-hjkmnp-tv-z]{10}")
EVERY = set(Visibility)


def register_one_of_each():
    for visibility in Visibility:
        actions.register("project", f"기록 {visibility.value}", visibility=visibility)


def test_a_record_gets_an_address_and_is_for_staff_unless_said_otherwise(in_a):
    record = actions.register("project", "  해솔  공원\n조성 ")

    kept = Record.objects.get(pk=record.pk)
    assert (kept.kind, kept.title, kept.visibility) == ("project", "해솔 공원 조성", "staff")
    assert ADDRESS.fullmatch(kept.uid)


def test_title_and_visibility_change_and_the_address_stays(in_a):
    record = actions.register("project", "해솔 공원")

    actions.change(record, title=" 해솔  숲 ", visibility=Visibility.PUBLIC)

    assert Record.objects.values_list("uid", "title", "visibility").get() == (
        record.uid, "해솔 숲", "public",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        (" \n\t", "제목을 적어 주세요."),
        ("가" * 301, "제목은 300자까지 적을 수 있습니다."),
    ],
    ids=["empty", "long"],
)
def test_a_title_that_cannot_be_taken_is_refused_and_nothing_changes(in_a, title, sentence):
    record = actions.register("project", "가" * 300)

    with pytest.raises(Invalid) as of_new:
        actions.register("project", title)
    with pytest.raises(Invalid) as of_old:
        actions.change(record, title=title, visibility=Visibility.PUBLIC)

    assert of_new.value.problems == of_old.value.problems == {"title": sentence}
    assert list(Record.objects.values_list("title", "visibility")) == [("가" * 300, "staff")]


SEEN = {
    Role.AUDITOR: EVERY,
    Role.COORDINATOR: EVERY - {Visibility.RESTRICTED},
    Role.EXECUTIVE: EVERY - {Visibility.RESTRICTED},
    Role.ADMINISTRATOR: {Visibility.PUBLIC},
    Role.EVALUATOR: {Visibility.PUBLIC},
    Role.RESIDENT: {Visibility.PUBLIC},
    Role.RECIPIENT: {Visibility.PUBLIC},
}


@pytest.mark.parametrize("role", Role, ids=str)
def test_each_role_sees_what_is_for_it(actor, role):
    register_one_of_each()

    seen = queries.visible_to(actor(role)).values_list("visibility", flat=True)

    assert set(seen) == SEEN.get(role, {Visibility.PUBLIC, Visibility.STAFF})


def test_a_visitor_sees_what_is_public(in_a):
    register_one_of_each()

    seen = queries.visible_to(VISITOR).values_list("visibility", flat=True)

    assert list(seen) == ["public"]


@pytest.mark.parametrize("other", sorted(STAFF - {Role.ADMINISTRATOR}), ids=str)
def test_an_administrator_sees_more_by_another_role_only(in_a, other):
    register_one_of_each()
    alone, both = (
        Actor(name="겸임", roles=frozenset({other})),
        Actor(name="겸임", roles=frozenset({Role.ADMINISTRATOR, other})),
    )

    assert list(queries.visible_to(both)) == list(queries.visible_to(alone))
    assert Visibility.STAFF in {record.visibility for record in queries.visible_to(both)}


def test_what_is_visible_comes_in_the_order_of_titles(in_a):
    for title in ("나무", "가람", "다리", "가람"):
        actions.register("project", title, visibility=Visibility.PUBLIC)

    seen = list(queries.visible_to(VISITOR))

    assert [record.title for record in seen] == ["가람", "가람", "나무", "다리"]
    assert seen[0].pk < seen[1].pk


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": ""}, "records_record_has_kind"),
        ({"title": ""}, "records_record_has_title"),
        ({"uid": "ABCDEFGHIJ"}, "records_record_uid_form"),
        ({"uid": "012345678"}, "records_record_uid_form"),
        ({"visibility": "secret"}, "records_record_visibility"),
    ],
)
def test_the_table_refuses_what_no_action_writes(in_a, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Record.objects.create(**{"kind": "project", "title": "제목", **values})


def test_an_address_is_given_once_in_a_municipality_and_again_in_another(in_a, tenant_b):
    same = {"uid": "0123456789", "kind": "project", "title": "제목"}
    Record.objects.create(**same)

    with pytest.raises(IntegrityError, match="records_record_uid"), transaction.atomic():
        Record.objects.create(**same)

    with tenant(tenant_b.pk):
        assert Record.objects.create(**same).uid == same["uid"]


def test_another_municipalitys_records_are_not_there(in_a, tenant_b):
    record = actions.register("project", "해솔 공원", visibility=Visibility.PUBLIC)

    with tenant(tenant_b.pk):
        assert list(queries.visible_to(VISITOR)) == []
        assert list(RecordBigrams.objects.all()) == []
        with pytest.raises(DatabaseError, match="did not affect any rows"), transaction.atomic():
            actions.change(record, title="남의 것", visibility=Visibility.PUBLIC)

    assert Record.objects.get().title == "해솔 공원"
