"""Whatever somebody with the whole server does to the trail, the verifier finds and names it."""

from dataclasses import dataclass

import pytest

from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail import actions, queries
from mokmin.foundation.trail.models import Act, Change, Link, Seal
from mokmin.foundation.trail.rules import Broken
from tests.foundation.trail.garden import AT, OFFICER

REHASH = """
UPDATE trail_change SET hash = trail_change_hash(
    tenant_id, id, act_id, table_name, row_id, operation, before, after, at)
"""


@dataclass(frozen=True)
class Place:
    """One act of the chain, as the tests point at it."""

    id: int
    uid: str
    seq: int
    change: int
    row: int


@pytest.fixture
def places(plots, transactional_db, tenant_a):
    """Five acts with two changes each, at the end of a chain that holds."""
    for number in range(5):
        with tenant(tenant_a.pk), actions.act("lease", actor=OFFICER, at=AT) as act:
            plot = plots.objects.create(title=f"{number}번", tenant_name="홍길동")
            act.about(plot)
            plots.objects.filter(pk=plot.pk).update(area=1)
    with tenant(tenant_a.pk):
        assert queries.verify().is_sound
        return [
            Place(
                act.pk,
                act.uid,
                Link.objects.get(pk=act.pk).seq,
                Seal.objects.get(pk=act.pk).change_ids[0],
                act.subject_id,
            )
            for act in Act.objects.filter(verb="lease").order_by("id")
        ]


@pytest.fixture
def found(tenant_a):
    def verify():
        with tenant(tenant_a.pk):
            return queries.verify().broken

    return verify


def test_a_changed_change_is_found(places, tamper, found):
    at = places[2]

    tamper(
        'UPDATE trail_change SET after = after || \'{"title": "다른 밭"}\' WHERE id = %s', at.change
    )

    assert found() == Broken("change_altered", at.seq, at.uid, at.change, "scratch_plot", at.row)


def test_the_sentence_names_link_act_change_table_and_row(places, tamper, found):
    at = places[2]

    tamper("UPDATE trail_change SET before = '{}', operation = 'update' WHERE id = %s", at.change)

    assert found().sentence == (
        f"변경이 고쳐졌습니다. 위치: 연결 {at.seq}번, 행위 {at.uid}, 변경 {at.change}번, "
        f"표 scratch_plot의 {at.row}번 행."
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_name", "박주무"),
        ("verb", "clear"),
        ("reason", "다른 사유"),
        ("at", "2026-07-02T00:00:00Z"),
        ("subject_title", "다른 밭"),
        ("db_user", "mokmin_super"),
    ],
)
def test_a_changed_act_is_found(places, tamper, found, column, value):
    at = places[1]

    tamper(f"UPDATE trail_act SET {column} = %s WHERE id = %s", value, at.id)

    assert found() == Broken("act_altered", at.seq, at.uid)


@pytest.mark.parametrize(
    ("column", "value"), [("table_name", "x"), ("row_id", 0), ("at", "2020-01-01T00:00:00Z")]
)
def test_a_change_moved_elsewhere_is_found(places, tamper, found, column, value):
    at = places[3]

    tamper(f"UPDATE trail_change SET {column} = %s WHERE id = %s", value, at.change)

    broken = found()
    assert (broken.code, broken.seq, broken.change_id) == ("change_altered", at.seq, at.change)


def test_a_change_rewritten_with_its_own_hash_is_found(places, tamper, found):
    at = places[2]

    tamper("UPDATE trail_change SET row_id = 0 WHERE id = %s", at.change)
    tamper(f"{REHASH} WHERE id = %s", at.change)

    assert found() == Broken("act_rewritten", at.seq, at.uid)


def test_an_act_rewritten_with_its_seal_is_found(places, tamper, found):
    at = places[2]

    tamper("UPDATE trail_act SET actor_name = '박주무' WHERE id = %s", at.id)
    tamper(
        "UPDATE trail_seal s SET act_hash = trail_act_hash(a) FROM trail_act a"
        " WHERE a.id = s.id AND s.id = %s",
        at.id,
    )

    assert found() == Broken("act_rewritten", at.seq, at.uid)


def rewrite(tamper, act_id):
    """Rewrite an act, its seal and its link so that each agrees with the others."""
    tamper("UPDATE trail_act SET actor_name = '박주무' WHERE id = %s", act_id)
    tamper(
        "UPDATE trail_seal s SET act_hash = trail_act_hash(a), hash = sha256(trail_act_hash(a) || ("
        "   SELECT string_agg(c.hash, ''::bytea ORDER BY c.id) FROM trail_change c"
        "    WHERE c.act_id = a.id))"
        " FROM trail_act a WHERE a.id = s.id AND s.id = %s",
        act_id,
    )
    tamper(
        "UPDATE trail_link l SET hash = sha256(l.prev || s.hash) FROM trail_seal s"
        " WHERE s.id = l.id AND l.id = %s",
        act_id,
    )


def test_a_link_rewritten_with_act_and_seal_breaks_the_next(places, tamper, found):
    at, following = places[2], places[3]

    rewrite(tamper, at.id)

    assert found() == Broken("link_broken", following.seq, following.uid)


def test_the_last_link_rewritten_with_act_and_seal_differs_from_the_head(places, tamper, found):
    rewrite(tamper, places[-1].id)

    assert found() == Broken("head_altered", places[-1].seq)


def test_a_deleted_change_is_found(places, tamper, found):
    at = places[1]

    tamper("DELETE FROM trail_change WHERE id = %s", at.change)

    assert found() == Broken("change_missing", at.seq, at.uid, at.change)


def test_a_change_slipped_into_an_old_act_is_found(places, tamper, found, superuser):
    at = places[1]

    tamper(
        "INSERT INTO trail_change"
        " (tenant_id, act_id, table_name, row_id, operation, after, at, hash)"
        " SELECT tenant_id, act_id, 'people_person', 5, operation, after, at, ''"
        " FROM trail_change WHERE id = %s",
        at.change,
    )
    tamper(f"{REHASH} WHERE hash = ''")

    (slipped,) = superuser.execute("SELECT max(id) FROM trail_change").fetchone()
    assert found() == Broken("change_added", at.seq, at.uid, slipped, "people_person", 5)


def test_a_deleted_act_is_found(places, tamper, found):
    at = places[2]

    tamper("DELETE FROM trail_act WHERE id = %s", at.id)

    assert found() == Broken("act_missing", at.seq)


def test_a_deleted_seal_is_found(places, tamper, found):
    at = places[2]

    tamper("DELETE FROM trail_seal WHERE id = %s", at.id)

    assert found() == Broken("seal_missing", at.seq, at.uid)


def test_a_changed_seal_is_found(places, tamper, found):
    at = places[2]

    tamper("UPDATE trail_seal SET hash = sha256(hash) WHERE id = %s", at.id)

    assert found() == Broken("link_altered", at.seq, at.uid)


@pytest.mark.parametrize("column", ["hash", "prev"])
def test_a_changed_link_is_found(places, tamper, found, column):
    at = places[2]

    tamper(f"UPDATE trail_link SET {column} = sha256({column}) WHERE id = %s", at.id)

    assert found() == Broken("link_altered", at.seq, at.uid)


def test_a_link_deleted_in_the_middle_is_found(places, tamper, found):
    at = places[2]

    tamper("DELETE FROM trail_link WHERE id = %s", at.id)

    assert found() == Broken("link_missing", at.seq)


def test_an_act_deleted_with_all_that_hangs_on_it_is_found(places, tamper, found):
    at = places[2]

    for table, column in (
        ("trail_link", "id"),
        ("trail_seal", "id"),
        ("trail_change", "act_id"),
        ("trail_act", "id"),
    ):
        tamper(f"DELETE FROM {table} WHERE {column} = %s", at.id)

    assert found() == Broken("link_missing", at.seq)


def test_the_last_link_deleted_is_found(places, tamper, found):
    at = places[-1]

    tamper("DELETE FROM trail_link WHERE id = %s", at.id)

    assert found() == Broken("last_missing", at.seq, at.uid)


def test_the_last_act_deleted_with_all_that_hangs_on_it_is_found(places, tamper, found):
    at = places[-1]

    for table, column in (
        ("trail_link", "id"),
        ("trail_seal", "id"),
        ("trail_change", "act_id"),
        ("trail_act", "id"),
    ):
        tamper(f"DELETE FROM {table} WHERE {column} = %s", at.id)

    assert found() == Broken("last_missing", at.seq)


def test_the_last_link_deleted_with_the_head_wound_back_leaves_its_act_alone(places, tamper, found):
    at, before = places[-1], places[-2]

    tamper("DELETE FROM trail_link WHERE id = %s", at.id)
    tamper(
        "UPDATE trail_head h SET seq = l.seq, hash = l.hash FROM trail_link l"
        " WHERE l.id = %s AND h.tenant_id = l.tenant_id",
        before.id,
    )

    assert found() == Broken("act_unlinked", None, at.uid)


@pytest.mark.parametrize("change", ["seq = seq - 1", "hash = sha256(hash)"])
def test_a_changed_head_is_found(places, tamper, found, tenant_a, change):
    tamper(f"UPDATE trail_head SET {change} WHERE tenant_id = %s", tenant_a.pk)

    assert found().code == "head_altered"


def test_an_act_inserted_past_the_chain_is_found(places, tamper, found):
    tamper(
        "INSERT INTO trail_act (tenant_id, uid, verb, actor_name, reason, request_id, at,"
        " subject_table, subject_uid, subject_title)"
        " SELECT tenant_id, 'slippedin0', verb, actor_name, reason, request_id, at, '', '', ''"
        " FROM trail_act WHERE id = %s",
        places[0].id,
    )

    assert found() == Broken("act_unlinked", None, "slippedin0")


def test_a_change_inserted_without_an_act_is_found(places, tamper, found, superuser):
    tamper(
        "INSERT INTO trail_change"
        " (tenant_id, act_id, table_name, row_id, operation, after, at, hash)"
        " SELECT tenant_id, 999999999, table_name, row_id, operation, after, at, hash"
        " FROM trail_change WHERE id = %s",
        places[0].change,
    )

    (slipped,) = superuser.execute("SELECT max(id) FROM trail_change").fetchone()
    row = places[0].row
    assert found() == Broken("change_unlinked", None, None, slipped, "scratch_plot", row)


def test_a_seal_inserted_past_the_chain_is_found(places, tamper, found):
    tamper(
        "INSERT INTO trail_seal (tenant_id, id, act_hash, change_ids, hash)"
        " SELECT tenant_id, 999999999, act_hash, change_ids, hash FROM trail_seal WHERE id = %s",
        places[0].id,
    )

    assert found() == Broken("seal_unlinked")


def test_the_first_of_two_broken_places_is_named(places, tamper, found):
    tamper("UPDATE trail_act SET verb = 'x' WHERE id = %s", places[3].id)
    tamper("UPDATE trail_act SET verb = 'x' WHERE id = %s", places[1].id)

    assert found() == Broken("act_altered", places[1].seq, places[1].uid)


def test_changes_with_the_trigger_switched_off_are_seen_in_neither(places, tamper, found, tenant_a):
    """The chain proves what was written, not that everything was: the fence puts triggers back."""
    tamper("UPDATE scratch_plot SET title = '몰래' WHERE id = %s", places[0].row)

    assert found() is None
    with tenant(tenant_a.pk):
        last = Change.objects.filter(table_name="scratch_plot", row_id=places[0].row)
        assert last.filter(after__title="몰래").count() == 0


def test_one_broken_chain_leaves_another_municipality_sound(places, tamper, tenant_b):
    tamper("UPDATE trail_act SET verb = 'x' WHERE id = %s", places[3].id)

    with tenant(tenant_b.pk):
        assert queries.verify().is_sound


def test_the_verifier_counts_and_tells_its_progress(places, tenant_a):
    told = []
    with tenant(tenant_a.pk):
        verdict = queries.verify(progress=lambda done, total: told.append((done, total)))
        links, changes = Link.objects.count(), Change.objects.count()
        [head] = queries.heads()

    assert (verdict.links, verdict.changes, verdict.head) == (links, changes, head.hash)
    assert told == [(links, links)]
    assert verdict.sentence == (
        f"연결 {links}개와 변경 {changes}개를 모두 확인했습니다. 고치거나 지운 흔적이 없습니다."
    )


def test_the_verifier_walks_in_chunks(places, tenant_a, monkeypatch):
    monkeypatch.setattr(queries, "CHUNK", 2)
    told = []

    with tenant(tenant_a.pk):
        verdict = queries.verify(progress=lambda done, _total: told.append(done))
        links = Link.objects.count()

    assert verdict.is_sound
    assert told == [*range(2, links, 2), links]


def test_a_break_in_a_later_chunk_is_found_at_its_number(places, tamper, found, monkeypatch):
    monkeypatch.setattr(queries, "CHUNK", 2)
    at = places[4]

    tamper("UPDATE trail_change SET row_id = 0 WHERE id = %s", at.change)

    assert found() == Broken("change_altered", at.seq, at.uid, at.change, "scratch_plot", 0)


def test_the_verifier_can_be_cancelled(places, tenant_a, monkeypatch):
    monkeypatch.setattr(queries, "CHUNK", 2)
    told = []

    with tenant(tenant_a.pk):
        verdict = queries.verify(
            progress=lambda done, _total: told.append(done), cancelled=lambda: len(told) == 1
        )

    assert (verdict.is_sound, verdict.is_cancelled, verdict.links) == (False, True, 2)
    assert verdict.sentence.startswith("검증을 중간에 그만두었습니다. 연결 2개와 변경 ")
