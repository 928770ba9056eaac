"""How other rooms declare background work: `@task`, `@periodic`, `@for_each_tenant`.

The shape is that of Django's Tasks API, kept thin so that a later move is cheap. Declarations
live in the `tasks` module of a room, which every process imports at its start.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app

from mokmin.foundation.jobs import queue, runner
from mokmin.foundation.jobs.kinds import TASKS, Task
from mokmin.foundation.tenancy.models import Tenant

MAX_ATTEMPTS = 3

PERIODIC_PRIORITY = 10
"""Housekeeping is short and goes before what people asked for."""

Body = Callable[..., Any]
OnTick = Callable[[datetime], None]
OnTenantTick = Callable[[int, datetime], None]


def task(
    *,
    name: str,
    title: str,
    max_attempts: int = MAX_ATTEMPTS,
    priority: int = 0,
    announces: bool = False,
) -> Callable[[Body], Task]:
    """Declare `func(handle: Progress, **values)` as a task that people see as `title`.

    Whoever asked is told of its failure; of its end as well when it `announces` itself.

    Its name stays for ever: jobs that wait in the queue are found by it.
    """

    def declare(func: Body) -> Task:
        declared = Task(
            name=name,
            title=title,
            func=func,
            max_attempts=max_attempts,
            priority=priority,
            announces=announces,
        )

        @app.task(name=name, pass_context=True, retry=runner.AGAIN)
        def deliver(context: JobContext, *, tenant_id: int, uid: str) -> None:
            runner.run(declared, tenant_id=tenant_id, uid=uid, is_stopping=context.should_abort)

        TASKS[name] = declared
        return declared

    return declare


def periodic(*, name: str, cron: str) -> Callable[[OnTick], OnTick]:
    """Run `func(at)` for the whole platform; `cron` is in UTC, `at` the moment it names.

    A tick missed while every worker was down is made up for once. It may be delivered again
    after a killed worker, so `func` must be safe to repeat.
    """

    def declare(func: OnTick) -> OnTick:
        @app.periodic(cron=cron)
        @app.task(name=name, retry=runner.AGAIN, priority=PERIODIC_PRIORITY)
        def tick(timestamp: int) -> None:
            func(_moment(timestamp))

        return func

    return declare


def for_each_tenant(*, name: str, cron: str) -> Callable[[OnTenantTick], OnTenantTick]:
    """Run `func(tenant_id, at)` for every municipality, each as its own entry in the queue.

    So one that fails holds up none of the others. `func` opens `context.tenant(tenant_id)`.
    """

    def declare(func: OnTenantTick) -> OnTenantTick:
        one = f"{name}:tenant"

        @app.task(name=one, retry=runner.AGAIN)
        def deliver(*, tenant_id: int, timestamp: int) -> None:
            func(tenant_id, _moment(timestamp))

        @periodic(name=name, cron=cron)
        @transaction.atomic
        def fan_out(at: datetime) -> None:
            for tenant_id in Tenant.objects.order_by("id").values_list("id", flat=True):
                queue.defer(one, tenant_id=tenant_id, timestamp=int(at.timestamp()))

        return func

    return declare


def _moment(timestamp: int) -> datetime:
    return datetime.fromtimestamp(timestamp, tz=UTC)
