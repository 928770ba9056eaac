"""Where a worker may connect."""

import psycopg
import pytest

from tests.foundation.jobs.workplace import until


@pytest.mark.parametrize("address", ["DATABASE_URL", "MOKMIN_WORKER_DATABASE_URL"])
def test_a_worker_refuses_a_privileged_role(fresh_worker, superuser_dsn, address):
    worker = fresh_worker(**{address: superuser_dsn})

    assert worker.wait() != 0
    assert "데이터베이스 계정이 최고관리자입니다." in worker.said()


def test_the_queue_is_watched_over_the_direct_address(fresh_worker, app_dsn):
    fresh_worker(MOKMIN_WORKER_DATABASE_URL=f"{app_dsn}?application_name=direct")

    with psycopg.connect(app_dsn, autocommit=True) as connection:
        until(
            lambda: (
                connection.execute(
                    "SELECT FROM pg_stat_activity WHERE datname = current_database()"
                    " AND application_name = 'direct' AND query LIKE 'LISTEN%'"
                ).rowcount
            ),
            what="a connection listens",
        )
