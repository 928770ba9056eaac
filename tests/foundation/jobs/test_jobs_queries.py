"""What a person sees of jobs."""

from datetime import timedelta

import pytest

from mokmin.foundation.access.actor import VISITOR
from mokmin.foundation.jobs import actions, queries
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Window
from mokmin.lib.errors import Denied
from tests.foundation.jobs import bodies
from tests.foundation.jobs.workplace import ADMINISTRATOR, AT, KIM, LEE


@pytest.fixture(autouse=True)
def inside(tenant_a):
    with tenant(tenant_a.pk):
        yield


def ask(actor, count=1):
    return [actions.enqueue(bodies.mark, actor=actor, at=AT, number=n).uid for n in range(count)]


def uids(actor, *, limit=50, after="", **asked):
    window = Window("-asked", limit=limit, after=after)
    return [row.uid for row in queries.jobs(actor, window=window, **asked)]


def test_a_person_sees_own_jobs_newest_first():
    first, second = ask(KIM, 2)
    ask(LEE)

    assert uids(KIM) == [second, first]


def test_an_administrator_sees_own_jobs_or_everybodys():
    of_kim, of_administrator = *ask(KIM), *ask(ADMINISTRATOR)

    assert uids(ADMINISTRATOR) == [of_administrator]
    assert uids(ADMINISTRATOR, everyone=True) == [of_administrator, of_kim]


def test_others_cannot_ask_for_everybodys_jobs():
    with pytest.raises(Denied) as caught:
        uids(KIM, everyone=True)

    assert str(caught.value) == "모든 사람의 작업은 관리자만 볼 수 있습니다."


def test_a_visitor_does_not_see_the_jobs_of_the_system():
    ask(bodies.SYSTEM)

    assert uids(VISITOR) == []


def test_a_long_list_comes_in_stretches():
    asked = ask(KIM, 5)[::-1]

    first = uids(KIM, limit=2)
    second = uids(KIM, limit=2, after=first[-1])
    last = uids(KIM, limit=2, after=second[-1])

    assert [first, second, last] == [asked[:2], asked[2:4], asked[4:]]


@pytest.mark.parametrize("count", [1, 5])
def test_a_page_is_one_query_however_long(count, django_assert_num_queries):
    ask(KIM, count)

    with django_assert_num_queries(1):
        assert len(uids(KIM)) == count


def test_a_row_says_how_far_it_is_and_why_it_cannot_be_cancelled():
    uid = ask(KIM)[0]
    Job.objects.filter(uid=uid).update(
        state="running", attempts=1, started_at=AT, done_steps=2, total_steps=3, message="두 개째"
    )

    row = queries.one(KIM, uid)

    assert (row.state.label, row.percent, row.message, row.is_open) == (
        "진행 중",
        66,
        "두 개째",
        True,
    )
    assert row.why_not_cancel is None
    assert queries.one(ADMINISTRATOR, uid).why_not_cancel is None


def test_a_finished_row_is_whole_and_not_polled_further():
    uid = ask(KIM)[0]
    Job.objects.filter(uid=uid).update(
        state="done", attempts=1, started_at=AT, ended_at=AT + timedelta(seconds=1), result=[1]
    )

    row = queries.one(KIM, uid)

    assert (row.percent, row.is_open, row.result) == (100, False, [1])
    assert row.why_not_cancel == "이미 끝난 작업입니다."


def test_progress_without_a_total_is_unknown():
    assert queries.one(KIM, ask(KIM)[0]).percent is None


def test_the_job_of_another_person_does_not_exist():
    with pytest.raises(Job.DoesNotExist):
        queries.one(LEE, ask(KIM)[0])


def test_without_workers_none_is_alive():
    assert queries.workers_alive() == 0
