"""Nothing of one municipality is seen, changed or guessed from another: the leak checks."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections
from django.test import Client
from psycopg_pool import ConnectionPool

from mokmin.foundation.people.models import Grant, Person
from mokmin.foundation.records.models import Record
from mokmin.foundation.tenancy.context import NoTenant, maintenance, tenant
from tests import seed

pytestmark = pytest.mark.usefixtures("server")

COUNT = "SELECT count(*) FROM people_person"
POLICY = "new row violates row-level security policy for table"


@pytest.fixture(scope="module")
def a(server):
    return seed.tenant_of("a")


@pytest.fixture(scope="module")
def b(server):
    return seed.tenant_of("b")


def raw(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def persons(of):
    with tenant(of.pk):
        return set(Person.objects.values_list("pk", flat=True))


def test_01_without_a_tenant_the_orm_sees_nothing():
    assert Person.objects.count() == 0


def test_02_without_a_tenant_raw_sql_sees_nothing():
    assert raw(COUNT) == [(0,)]


def test_03_each_sees_its_own_rows_and_no_other(a, b):
    assert len(persons(a)) == 13
    assert len(persons(b)) == 13
    assert persons(a).isdisjoint(persons(b))


def test_04_nothing_is_left_on_the_connection_after_the_block(a):
    persons(a)

    assert raw(COUNT) == [(0,)]


def test_05_nothing_is_left_after_an_exception(a):
    with pytest.raises(ZeroDivisionError), tenant(a.pk):
        raise ZeroDivisionError

    assert raw(COUNT) == [(0,)]


def test_06_an_update_does_not_reach_another(a, b):
    with tenant(b.pk):
        mine = seed.person_of("officer").pk

    with tenant(a.pk):
        assert Person.objects.filter(pk=mine).update(name="남") == 0


def test_07_a_delete_does_not_reach_another(a, b):
    with tenant(b.pk):
        mine = Grant.objects.order_by("id").first().pk

    with tenant(a.pk):
        assert raw("DELETE FROM people_grant WHERE id = %s", mine) == 0


def test_08_anothers_row_does_not_exist(a, b):
    with tenant(b.pk):
        mine = seed.person_of("officer").pk

    with tenant(a.pk), pytest.raises(Person.DoesNotExist):
        Person.objects.get(pk=mine)


def test_09_a_row_cannot_be_put_into_another(a, b):
    with pytest.raises(ProgrammingError, match=f'{POLICY} "records_record"'), tenant(a.pk):
        Record.objects.create(tenant=b, kind="x", title="남의 것")


def test_10_a_row_cannot_be_moved_into_another(a, b):
    with pytest.raises(ProgrammingError, match=f'{POLICY} "people_person"'), tenant(a.pk):
        Person.objects.filter(pk=seed.person_of("officer").pk).update(tenant=b)


def test_11_a_foreign_key_cannot_point_into_another(a, b):
    with tenant(b.pk):
        other = seed.person_of("officer").pk

    with pytest.raises(IntegrityError, match="people_grant_person_id_same_tenant"), tenant(a.pk):
        Grant.objects.create(person_id=other, role="legal", granted_at=seed.AT, granted_by="시험")


def test_12_a_table_cannot_be_truncated(a):
    with pytest.raises(ProgrammingError, match="permission denied for"), tenant(a.pk):
        raw("TRUNCATE people_grant")


def test_13_the_fence_cannot_be_switched_off(a):
    with pytest.raises(ProgrammingError, match="must be owner of table"), tenant(a.pk):
        raw("ALTER TABLE people_person DISABLE ROW LEVEL SECURITY")


def test_14_row_security_off_refuses_instead_of_showing(a):
    with tenant(a.pk):
        raw("SET LOCAL row_security = off")
        with pytest.raises(ProgrammingError, match="would be affected by row-level security"):
            raw(COUNT)
        connection.set_rollback(True)


def test_15_without_a_tenant_nothing_is_inserted(a):
    with pytest.raises(NoTenant):
        Record.objects.create(kind="x", title="주인 없음")
    with pytest.raises(ProgrammingError, match=f'{POLICY} "records_record"'):
        raw(
            "INSERT INTO records_record (tenant_id, uid, kind, title, visibility)"
            " VALUES (%s, '0123456789', 'x', '주인 없음', 'staff')",
            a.pk,
        )


def test_16_the_owner_sees_nothing_but_in_maintenance_everything(a, b):
    assert Person.objects.using("owner").count() == 0

    with maintenance():
        assert Person.objects.using("owner").count() == 26


def test_17_the_product_cannot_enter_maintenance(a):
    with tenant(a.pk):
        raw("SELECT set_config('app.maintenance', 'on', true)")

        assert raw(COUNT) == [(13,)]


def test_18_the_host_decides_what_a_request_sees(a, b):
    names = [
        Client(HTTP_HOST=host).get("/").content.decode().count(name)
        for host in ("a.localhost", "b.localhost")
        for name in ("가람군", "나래군")
    ]

    assert [count > 0 for count in names] == [True, False, False, True]


def test_19_six_threads_on_a_pool_of_four_never_mix(server, a, b):
    expected = {a.pk: persons(a), b.pk: persons(b)}
    wrong = []

    with ConnectionPool(
        server.app, min_size=4, max_size=4, kwargs={"prepare_threshold": None}
    ) as pool:

        def ask(number):
            for turn in range(60):
                wanted = (a.pk, b.pk)[(number + turn) % 2]
                with pool.connection() as held, held.transaction():
                    held.execute("SELECT set_config('app.tenant', %s, true)", [str(wanted)])
                    rows = held.execute("SELECT id FROM people_person").fetchall()
                if {pk for (pk,) in rows} != expected[wanted]:
                    wrong.append((number, turn))

        with ThreadPoolExecutor(6) as threads:
            list(threads.map(ask, range(6)))

    assert wrong == []


@pytest.fixture
def pooled():
    """Django's own pool, smaller than the number of those who ask."""
    options = connections["default"].settings_dict["OPTIONS"]
    connections.close_all()
    options["pool"] = {"min_size": 4, "max_size": 4}
    yield
    connections.close_all()
    connections["default"].close_pool()
    del options["pool"]


@pytest.mark.usefixtures("pooled")
def test_19_six_threads_on_djangos_own_pool_never_mix(a, b):
    expected = {a.pk: persons(a), b.pk: persons(b)}
    wrong = []

    def ask(number):
        for turn in range(60):
            wanted = (a.pk, b.pk)[(number + turn) % 2]
            with tenant(wanted):
                found = set(Person.objects.values_list("pk", flat=True))
            outside = Person.objects.count()
            connections.close_all()
            if (found, outside) != (expected[wanted], 0):
                wrong.append((number, turn))

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(ask, range(6)))

    assert connections["default"].pool is not None
    assert wrong == []


def test_20_a_tenant_inside_a_tenant_gives_the_outer_one_back(a, b):
    with tenant(a.pk):
        inner = persons(b)
        outer = set(Person.objects.values_list("pk", flat=True))

    assert (inner, outer) == (persons(b), persons(a))


def test_21_a_tenant_is_not_inherited_by_another_thread(a):
    seen = []

    def look():
        seen.append(Person.objects.count())
        connections.close_all()

    with tenant(a.pk):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    assert seen == [0]


def test_22_the_platform_cannot_be_changed_by_the_product(a):
    with pytest.raises(ProgrammingError, match="permission denied for table"), tenant(a.pk):
        raw("UPDATE tenancy_tenanthost SET host = 'b.localhost'")


def test_23_the_backup_role_reads_everything_and_writes_nothing(server):
    backup = server.superuser.replace("mokmin_super@", "mokmin_backup@")

    with psycopg.connect(backup) as held:
        assert held.execute(COUNT).fetchone() == (26,)
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            held.execute("DELETE FROM people_grant")
