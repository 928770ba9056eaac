"""Tasks that only tests ask for; their worker processes import them as well."""

from django.db import connection

from mokmin.foundation.access.actor import SYSTEM
from mokmin.foundation.jobs import actions
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.progress import Progress
from mokmin.foundation.jobs.registry import task
from mokmin.lib.errors import Denied


def wait_at(gate: int) -> None:
    """Stand still until the test opens the gate, an advisory lock of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [gate])
        cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [gate])


def is_open(gate: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [gate])
        return bool(cursor.fetchone()[0])


@task(name="tests.mark", title="표시")
def mark(handle: Progress, *, number: int) -> int:
    return number


@task(name="tests.count", title="차례로 표시")
def count(handle: Progress, *, upto: int, gate: int, wait_in: int = -1) -> dict[str, int]:
    """Leave one mark per step; the first attempt waits inside the transaction of one step."""
    for number in range(handle.done, upto):
        with handle.transaction():
            actions.enqueue(mark, actor=SYSTEM, at=handle.asked_at, number=number)
            handle.step(number + 1, upto, f"{number + 1}번째 표시")
            if number == wait_in and handle.attempt == 1:
                wait_at(gate)
    return {"marks": upto}


@task(name="tests.count_between", title="표시하다가 기다리기")
def count_between(handle: Progress, *, upto: int, gate: int, wait_after: int) -> None:
    """As `count`, but waits between two transactions."""
    for number in range(handle.done, upto):
        with handle.transaction():
            handle.step(number + 1, upto, f"{number + 1}번째 표시")
            actions.enqueue(mark, actor=SYSTEM, at=handle.asked_at, number=number)
        if number == wait_after:
            wait_at(gate)


@task(name="tests.finish_and_wait", title="끝내고 기다리기")
def finish_and_wait(handle: Progress, *, gate: int) -> None:
    """The end is committed with the effect; the queue does not know yet."""
    with handle.transaction():
        actions.enqueue(mark, actor=SYSTEM, at=handle.asked_at, number=0)
        handle.finish({"marks": 1})
    wait_at(gate)


@task(name="tests.hold", title="기다리기")
def hold(handle: Progress, *, gate: int) -> int:
    wait_at(gate)
    return handle.attempt


@task(name="tests.until_open", title="열릴 때까지 돌기")
def until_open(handle: Progress, *, gate: int) -> None:
    rounds = handle.done
    while not is_open(gate):
        rounds += 1
        handle.step(rounds, rounds)


@task(name="tests.names", title="이름 모으기")
def names(handle: Progress) -> list[str]:
    with handle.transaction(read_only=True):
        found = list(Job.objects.order_by("id").values_list("asked_by_name", flat=True))
        handle.step(1, 2, "읽었습니다.")
    return found


@task(name="tests.refuse", title="거절")
def refuse(handle: Progress) -> None:
    raise Denied("마감한 회차의 실적은 고칠 수 없습니다.")


@task(name="tests.crash", title="오류")
def crash(handle: Progress) -> None:
    with handle.transaction():
        actions.enqueue(mark, actor=SYSTEM, at=handle.asked_at, number=0)
        raise ZeroDivisionError
