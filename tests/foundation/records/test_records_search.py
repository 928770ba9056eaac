"""Finding records by words: what is found, by whom, how it goes on, and by which index."""

import unicodedata

import psycopg
import pytest
from django.db import connection

from mokmin.foundation.access.actor import VISITOR, Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.records import actions, ddl, kinds, queries
from mokmin.foundation.records.models import Record
from mokmin.foundation.records.states import Visibility
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Gone
from tests import seed

OFFICER = Actor(name="담당", roles=frozenset({Role.OFFICER}))
CALL = "SELECT * FROM records_search(%s, %s, '{}', '{}', '{}', NULL, 20)"


def titles(text, actor=OFFICER, **asked):
    return [row.title for row in queries.search(actor, text, **asked)]


def register(*wanted, **more):
    return [actions.register("project", title, **more) for title in wanted]


def test_the_newest_come_first(in_a):
    register("공원 하나", "도로", "공원 둘")

    assert titles("공원") == ["공원 둘", "공원 하나"]


@pytest.mark.parametrize(
    "text",
    [
        "국도비",
        "국·도비",
        " 국 도 비 ",
        "국ㆍ도비",
        "(국도)비!",
        unicodedata.normalize("NFD", "국도비"),
    ],
)
def test_spaces_points_and_encodings_do_not_count(in_a, text):
    register("국·도비 확보 대책", "도비 확보")

    assert titles(text) == ["국·도비 확보 대책"]


def test_capitals_do_not_count(in_a):
    register("AI 행정 서비스")

    assert titles("ai 행정") == titles("AI행정") == ["AI 행정 서비스"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("숲", ["숲", "도시숲", "숲길 조성"]),
        ("길", ["숲길 조성"]),
        ("성", ["숲길 조성"]),
        ("도 숲", ["도시숲"]),
        ("밭", []),
    ],
)
def test_one_syllable_is_found_at_the_beginning_in_the_middle_and_at_the_end(in_a, text, found):
    register("숲길 조성", "도시숲", "숲")

    assert titles(text) == found


def test_all_words_must_be_there_in_whatever_order(in_a):
    register("청렴 마일리지 운영", "청렴도 향상", "마일리지 제도")

    assert titles("마일리지 청렴") == ["청렴 마일리지 운영"]


def test_pairs_alone_do_not_make_a_word(in_a):
    register("국도와 도비", "국도비 정산")

    assert titles("국도비") == ["국도비 정산"]


@pytest.mark.parametrize("text", ["", "  ", "·", "%", "_", "'", "\\", "' | '", "\0", "가" * 5000])
def test_what_is_no_word_finds_nothing(in_a, text):
    register("해솔 공원")

    assert titles(text) == []


def test_signs_in_a_word_do_not_count(in_a):
    register("50% 감면_제도")

    assert titles("50%") == titles("감면제도") == ["50% 감면_제도"]


def test_it_goes_on_behind_the_last_one_shown(in_a):
    register(*(f"공원 {number}" for number in range(5)))
    first = queries.search(OFFICER, "공원", limit=2)

    rest = titles("공원", after=first[-1].uid)

    assert [row.title for row in first] + rest == [f"공원 {number}" for number in (4, 3, 2, 1, 0)]


def test_behind_a_record_that_is_gone_nothing_is_shown_again(in_a):
    register("공원 하나")

    with pytest.raises(Gone):
        queries.search(OFFICER, "공원", after="0000000000")


def test_behind_the_last_one_there_is_nothing_more(in_a):
    (only,) = register("공원 하나")

    assert titles("공원", after=only.uid) == []


def test_far_back_is_found_as_well_as_among_the_newest(in_a):
    first = register("해솔 공원")[0]
    far = Record.objects.create(id=first.pk + 5 * 1024, kind="project", title="가람 공원")
    Record.objects.create(id=far.pk + 3 * 1024, kind="project", title="가람 도로")

    assert titles("공원") == ["가람 공원", "해솔 공원"]
    assert titles("공원", limit=1) == ["가람 공원"]
    assert titles("공원", after=far.uid) == ["해솔 공원"]
    assert titles("가람 도로") == ["가람 도로"]


def test_whoever_may_not_see_the_newest_is_shown_older_ones(in_a):
    register("공원 하나", visibility=Visibility.PUBLIC)
    for number in range(5):
        register(f"공원 비밀 {number}", visibility=Visibility.RESTRICTED)

    assert titles("공원", limit=1) == ["공원 하나"]


def test_kinds_are_asked_for_or_left_out(in_a):
    register("공원 사업")
    actions.register("unit", "공원과")

    assert titles("공원", kinds=["unit"]) == ["공원과"]
    assert titles("공원", without=["unit"]) == ["공원 사업"]


def test_a_record_is_shown_with_its_kind_and_unit(in_a):
    unit = actions.register("unit", "공원녹지과")
    record = register("해솔 숲")[0]
    Record.objects.filter(pk=record.pk).update(unit=unit)
    kinds.register({"unit": "부서"})

    (found,) = queries.search(OFFICER, "해솔")
    (of_unit,) = queries.search(OFFICER, "공원녹지")

    assert (found.uid, found.unit_name, found.unit_uid) == (record.uid, "공원녹지과", unit.uid)
    assert (found.kind, found.kind_label, found.visibility) == ("project", "기록", "staff")
    assert (of_unit.kind_label, of_unit.unit_name) == ("부서", "")


def test_one_query_whatever_is_found(in_a, django_assert_num_queries):
    register(*(f"공원 {number}" for number in range(30)))

    with django_assert_num_queries(1):
        found = titles("공원")

    assert len(found) == 20


# by whom


@pytest.fixture
def one_of_each(in_a):
    """A record of each visibility, that of a unit in two units."""
    mine, other = register("내 부서", "남의 부서", visibility=Visibility.STAFF)
    for visibility in Visibility:
        register(f"공원 {visibility.value}", visibility=visibility)
    for unit in (mine, other):
        record = register(f"공원 {unit.title}", visibility=Visibility.UNIT)[0]
        Record.objects.filter(pk=record.pk).update(unit=unit)
    return mine


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_everybody_finds_what_they_may_see_and_nothing_else(one_of_each, role):
    actor = Actor(
        name="누구",
        roles=frozenset({role} if role else ()),
        unit_records=frozenset({one_of_each.pk}),
    )
    visible = queries.visible_to(actor).filter(title__startswith="공원")

    found = titles("공원", actor)

    assert sorted(found) == sorted(record.title for record in visible)
    assert "공원 내 부서" in found


def test_what_is_for_a_unit_reaches_those_who_work_there(one_of_each):
    here = Actor(roles=frozenset({Role.OFFICER}), unit_records=frozenset({one_of_each.pk}))

    assert "공원 내 부서" in titles("공원", here)
    assert {"공원 남의 부서", "공원 unit", "공원 restricted"}.isdisjoint(titles("공원", here))
    assert titles("공원", VISITOR) == ["공원 public"]


def test_another_municipalitys_records_are_not_found(in_a, tenant_b):
    register("해솔 공원", visibility=Visibility.PUBLIC)

    with tenant(tenant_b.pk):
        assert titles("공원") == []


def test_the_function_answers_nobody_outside_a_municipality(in_a, app_dsn):
    with psycopg.connect(app_dsn) as direct:
        found = direct.execute(CALL, ["공원", list(Visibility)]).fetchall()

    assert found == []


def test_asking_the_function_for_more_shows_no_more(in_a, tenant_b, one_of_each):
    """Numbers at most: the records stay behind the fence and the asker's own visibility."""
    everything = [visibility.value for visibility in Visibility]
    with tenant(tenant_b.pk), connection.cursor() as cursor:
        cursor.execute(CALL, ["공원", everything])
        assert cursor.fetchall() == []
    with connection.cursor() as cursor:
        cursor.execute(CALL, ["공원", everything])
        numbers = [number for (number,) in cursor.fetchall()]

    assert len(numbers) == 6
    assert {record.title for record in queries.visible_to(VISITOR).filter(pk__in=numbers)} == {
        "공원 public"
    }


def test_whoever_owns_the_function_may_read_bigrams_and_nothing_of_other_municipalities(
    transactional_db, superuser_dsn
):
    for slug in "ab":
        with tenant(seed.tenant_of(slug).pk):
            register("해솔 공원")

    with psycopg.connect(superuser_dsn) as direct:
        direct.execute("SET ROLE mokmin_search")
        pairs = direct.execute("SELECT count(*) FROM records_recordbigrams").fetchone()
        titles_seen = direct.execute("SELECT count(*) FROM records_record").fetchone()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            direct.execute("SELECT uid FROM records_record")

    assert (pairs, titles_seen) == ((2,), (0,))


# by which index


def fill(dsn, tenant_id):
    """20,000 records past every trigger, one in 500 about a park."""
    with psycopg.connect(dsn, autocommit=True) as direct:
        direct.execute("SET session_replication_role = replica")
        direct.execute(
            "INSERT INTO records_record (tenant_id, uid, kind, title, visibility)"
            " SELECT %s, lpad(n::text, 10, '0'), 'project',"
            "        CASE WHEN n %% 500 = 0 THEN '해솔 공원 ' ELSE '가람 도로 ' END || n, 'staff'"
            "   FROM generate_series(1, 20000) AS n",
            [tenant_id],
        )
        direct.execute(
            "INSERT INTO records_recordbigrams (tenant_id, record_id, plain)"
            " SELECT tenant_id, id, records_plain(title) FROM records_record"
            "  WHERE title ~ '[0-9]$'"
        )
        direct.execute("VACUUM ANALYZE records_record, records_recordbigrams")


SCANS = """
SELECT seq_scan, idx_scan FROM pg_stat_xact_user_tables WHERE relname = 'records_recordbigrams'
"""


def test_the_search_uses_its_index_under_row_security(server):
    with psycopg.connect(server.superuser) as direct:
        (tenant_id,) = direct.execute(
            "SELECT id FROM tenancy_tenant WHERE slug = 'a-gun'"
        ).fetchone()
    fill(server.superuser, tenant_id)

    with psycopg.connect(server.app) as product:
        product.execute("SELECT set_config('app.tenant', %s, true)", [str(tenant_id)])
        found = product.execute(CALL, ["공원", ["staff"]]).fetchall()
        scans = product.execute(SCANS).fetchone()
        bare = plan(product, tenant_id)
    with psycopg.connect(server.superuser) as direct:
        direct.execute("SET ROLE mokmin_search")
        direct.execute("SELECT set_config('app.tenant', %s, true)", [str(tenant_id)])
        inside = plan(direct, tenant_id)

    assert len(found) == 20
    assert (scans[0], scans[1] > 0) == (0, True)
    assert "Bitmap Index Scan on records_pairs_gin" in inside
    assert "Bitmap Index Scan on records_pairs_gin" not in bare


QUERY = """$q$'{}:공원:':*$q$::tsquery"""


def plan(connection, tenant_id):
    """How the function's own statement would be worked out."""
    matched = (
        ddl.MATCHED.replace("v_tenant", str(tenant_id))
        .replace("v_query", QUERY.format(tenant_id))
        .replace("v_likes", "'{%공원%}'")
        .replace("v_before", "1000000")
    )
    connection.execute("SET LOCAL enable_seqscan = off")
    return "\n".join(line for (line,) in connection.execute(f"EXPLAIN {matched}").fetchall())
