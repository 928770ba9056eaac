"""The pairs of characters by which a title is found, made by the database on every way in."""

import unicodedata

import pytest
from django.db import connection, connections

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.records import actions, queries
from mokmin.foundation.records.models import Record, RecordBigrams
from mokmin.foundation.records.states import Visibility
from mokmin.foundation.tenancy import fence
from mokmin.foundation.tenancy.context import tenant
from tests import seed

READER = Actor(name="담당", roles=frozenset({Role.OFFICER}))


def found(word):
    return sorted(row.title for row in queries.search(READER, word))


def bigrams(text):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(records_pairs(7, 2048, records_plain(%s)))", [text]
        )
        return {pair.removeprefix("7:").removesuffix(":2") for pair in cursor.fetchone()[0]}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("예산", {"예산", "산"}),
        ("국도비", {"국도", "도비", "비"}),
        ("국·도비", {"국도", "도비", "비"}),
        ("국ㆍ도 비", {"국도", "도비", "비"}),
        ("국・도•비", {"국도", "도비", "비"}),
        (" 해솔\n(공원) ", {"해솔", "솔공", "공원", "원"}),
        ("AI Ⅱ", {"ai", "ii", "i"}),
        ("숲", {"숲"}),
        ("가가가", {"가가", "가"}),
        (" · ", set()),
        ("", set()),
    ],
)
def test_a_title_is_cut_into_pairs_without_spaces_and_points(in_a, text, pairs):
    assert bigrams(text) == pairs


def test_a_title_is_found_however_its_syllables_are_encoded(in_a):
    composed, decomposed = (unicodedata.normalize(form, "국·도비 사업") for form in ("NFC", "NFD"))
    Record.objects.create(kind="project", title=decomposed)

    assert composed != decomposed
    assert bigrams(composed) == bigrams(decomposed)
    assert found("국도비") == found(unicodedata.normalize("NFD", "국도비")) == [decomposed]


def test_a_title_is_found_across_points_and_spaces_and_by_two_syllables(in_a):
    for title in ("국·도비 보조 사업", "국 도비 정산", "도비 사업", "해솔 공원"):
        actions.register("project", title)

    assert found("국도비") == ["국 도비 정산", "국·도비 보조 사업"]
    assert found("국·도비") == ["국 도비 정산", "국·도비 보조 사업"]
    assert found("도비") == ["국 도비 정산", "국·도비 보조 사업", "도비 사업"]
    assert found("공원") == ["해솔 공원"]
    assert found("없음") == []


def test_a_new_title_is_found_and_the_old_one_no_more(in_a):
    record = actions.register("project", "해솔 공원")

    actions.change(record, title="가람 다리", visibility=Visibility.STAFF)

    assert (found("공원"), found("다리")) == ([], ["가람 다리"])
    assert RecordBigrams.objects.count() == 1


def test_records_written_together_are_found(in_a):
    Record.objects.bulk_create(
        Record(kind="project", title=f"{name} 도로") for name in ("가람", "나래", "해솔")
    )
    Record.objects.filter(title="나래 도로").update(title="나래 다리")

    assert (found("도로"), found("다리")) == (["가람 도로", "해솔 도로"], ["나래 다리"])


def test_what_is_not_the_title_leaves_the_pairs_alone(in_a):
    record = actions.register("project", "해솔 공원")
    before = state_of(record)

    Record.objects.filter(pk=record.pk).update(kind="task", visibility="public")

    assert state_of(record) == before


def state_of(record):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ctid::text, plain FROM records_recordbigrams WHERE record_id = %s",
            [record.pk],
        )
        return cursor.fetchall()


def test_a_removed_record_takes_its_pairs_along(in_a):
    record = actions.register("project", "해솔 공원")

    record.delete()

    assert RecordBigrams.objects.count() == 0


def test_titles_cut_in_another_way_before_are_cut_anew(transactional_db):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION records_plain(given text) RETURNS text"
            " IMMUTABLE LANGUAGE sql AS 'SELECT reverse(given)'"
        )
    for slug in "ab":
        with tenant(seed.tenant_of(slug).pk):
            actions.register("project", "해솔 공원")

    fence.apply("owner")

    for slug in "ab":
        with tenant(seed.tenant_of(slug).pk):
            assert found("해솔공원") == ["해솔 공원"]
