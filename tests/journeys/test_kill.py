"""`kill -9` of database, web and worker amid a thousand writes: what was acknowledged is there."""

import random
import time
from collections import Counter
from dataclasses import dataclass

import psycopg
import pytest

from mokmin.foundation.tenancy import queries as tenancy
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail import queries as trail
from tests.journeys import house as houses
from tests.journeys.house import DATABASE, JOBS, WEB, WEB_WORKER, until
from tests.journeys.writer import DONE, SLUG, Writer, founded, writers

WRITES = 1000
VICTIMS = [DATABASE, DATABASE, WEB, WEB_WORKER, JOBS, JOBS]
SEED = 20_260_701
PATIENCE = 150.0
LETTER = "Message-ID:"
OPEN_JOBS = "SELECT count(*) FROM jobs_job WHERE state IN ('queued', 'running')"
REASONS = "SELECT reason, count(*) FROM trail_act GROUP BY reason"
GRANTS = (
    "SELECT reason, count(*) FROM (SELECT reason FROM people_grant UNION ALL"
    " SELECT revoked_reason FROM people_grant) AS both_ends GROUP BY reason"
)


@dataclass(frozen=True)
class Aftermath:
    """What was killed, what the writers were told, and what is there afterwards."""

    killed: list[tuple[str, int, int, float]]
    writers: list[Writer]
    acts: Counter[str]
    grants: Counter[str]
    verdict: trail.Verdict
    jobs: dict[str, int]
    letters: int
    exit_code: int
    left: list[int]

    @property
    def acknowledged(self) -> Counter[str]:
        """Every reason for which an answer said that it is done."""
        return Counter(reason for each in self.writers for reason in each.acknowledged)

    @property
    def answers(self) -> Counter[str]:
        """How often each answer was given."""
        return sum((each.answers for each in self.writers), Counter())


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory, django_db_blocker):
    var = tmp_path_factory.mktemp("house")
    with django_db_blocker.unblock(), houses.up(var) as house:
        deadline = time.monotonic() + PATIENCE
        all_writers = writers(house, founded(house), writes=WRITES, deadline=deadline)
        for each in all_writers:
            each.start()
        killed = kill_in_between(house, all_writers, deadline)
        for each in all_writers:
            each.join()
        until(lambda: ask(house, OPEN_JOBS) == [(0,)], PATIENCE, what="every job has ended")
        yield Aftermath(
            killed,
            all_writers,
            acts=Counter(dict(ask(house, REASONS))),
            grants=Counter(dict(ask(house, GRANTS))),
            verdict=verdict(house),
            jobs=dict(ask(house, "SELECT state, count(*) FROM jobs_job GROUP BY state")),
            letters=sum(each.read_text().count(LETTER) for each in (var / "mail").iterdir()),
            exit_code=houses.end(house),
            left=house.left(),
        )


def kill_in_between(house, all_writers, deadline):
    """Each of them at a moment that the seed decides: who, which, after how many."""
    chance = random.Random(SEED)
    victims = chance.sample(VICTIMS, len(VICTIMS))
    moments = sorted(chance.sample(range(WRITES // 20, WRITES * 9 // 10), len(victims)))
    begun, killed = time.monotonic(), []
    for victim, moment in zip(victims, moments, strict=True):
        until(
            lambda at=moment: sum(len(each.acknowledged) for each in all_writers) >= at,
            deadline - time.monotonic(),
            what=f"{moment} writes are acknowledged",
        )
        number = house.kill(victim)
        killed.append((victim, number, moment, round(time.monotonic() - begun, 1)))
    return killed


def ask(house, statement):
    with psycopg.connect(house.cluster.url("mokmin_super")) as connection:
        return connection.execute(statement).fetchall()


def verdict(house):
    """The trail's own proof, in the role that the product has."""
    with house.database():
        (whose,) = [each for each in tenancy.tenants() if each.slug == SLUG]
        with tenant(whose.pk, read_only=True):
            return trail.verify()


def test_database_web_and_worker_were_killed_twice_each_amid_the_writes(
    aftermath, record_testsuite_property
):
    record_testsuite_property("killed", aftermath.killed)
    record_testsuite_property("answers", dict(aftermath.answers))

    assert sorted(victim for victim, *_ in aftermath.killed) == sorted(VICTIMS)
    assert aftermath.answers.total() > aftermath.answers[DONE]


def test_all_writes_came_to_be_acknowledged(aftermath):
    assert len(aftermath.acknowledged) == aftermath.acknowledged.total() == WRITES


def test_every_acknowledged_write_is_in_the_trail_once(aftermath):
    kept = {reason: aftermath.acts[reason] for reason in aftermath.acknowledged}

    assert kept == aftermath.acknowledged


def test_every_acknowledged_write_has_changed_what_it_said(aftermath):
    kept = {reason: aftermath.grants[reason] for reason in aftermath.acknowledged}

    assert kept == aftermath.acknowledged


def test_a_write_without_an_answer_is_there_in_whole_or_not_at_all(aftermath):
    unknown = [reason for each in aftermath.writers for reason in each.unknown]

    assert unknown != []
    assert {aftermath.acts[reason] for reason in unknown} <= {0, 1}
    assert [aftermath.grants[reason] for reason in unknown] == [
        aftermath.acts[reason] for reason in unknown
    ]


def test_the_chain_of_the_trail_holds(aftermath):
    assert aftermath.verdict.is_sound
    assert aftermath.verdict.links >= WRITES


def test_every_job_asked_for_in_between_is_done(aftermath):
    asked = sum(each.letters for each in aftermath.writers)

    assert list(aftermath.jobs) == ["done"]
    assert aftermath.letters >= aftermath.jobs["done"] >= asked > 0


def test_after_ctrl_c_no_process_is_left(aftermath):
    assert (aftermath.exit_code, aftermath.left) == (0, [])
