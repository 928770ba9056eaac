"""The worker process: takes jobs from the queue, survives a lost database, stops cleanly.

It has no child processes: bodies run in threads, each with a connection of Django's pool. The
queue is watched over a connection of its own that must not pass through PgBouncer (LISTEN):
`MOKMIN_WORKER_DATABASE_URL` where `DATABASE_URL` does.
"""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import dj_database_url
import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, close_old_connections
from django.db import connections as of_django
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.utils import ConnectionHandler
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from mokmin.foundation.jobs import recovery

logger = logging.getLogger("mokmin.jobs")

CATCH_UP = timedelta(days=2)
"""A nightly task missed by a machine that was off is made up for within this time."""

LOST = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
"""What a database that is gone, restarting or full answers; anything else is a bug."""

PAUSE = 1.0
"""Seconds between attempts to reach a lost database."""


@dataclass(frozen=True)
class Pace:
    """How a worker works, in seconds; the same for all workers of an installation."""

    concurrency: int = 2
    grace: float = 20.0
    heartbeat: float = 10.0
    stalled_after: float = 30.0
    sweep: float = 60.0
    poll: float = 5.0


class WatchedConnector(PsycopgConnector):
    """Tells when a statement was lost with its connection.

    Then nobody knows whether the queue has noted the end of a job; starting afresh under a new
    worker number leaves the old one's entries to the sweep.
    """

    def __init__(self, lost: asyncio.Event, **options: Any) -> None:
        super().__init__(**options)
        self._lost = lost

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:
        """As the connector does, with an eye on the connection."""
        try:
            await super().execute_query_async(query, **arguments)
        except ConnectorException as error:
            if isinstance(error.__cause__, psycopg.OperationalError):
                self._lost.set()
            raise


def run(pace: Pace) -> None:
    """Work until SIGTERM or SIGINT, and wait for the database as often as it is gone.

    Raises ImproperlyConfigured for a privileged role.
    """
    try:
        asyncio.run(_serve(pace))
    finally:
        wrapper = of_django[DEFAULT_DB_ALIAS]
        if isinstance(wrapper, DatabaseWrapper):
            wrapper.close_pool()


def direct_parameters() -> dict[str, Any]:
    """Where the queue is watched; connecting once makes the guard look at the role."""
    of_django[DEFAULT_DB_ALIAS].ensure_connection()
    of_django[DEFAULT_DB_ALIAS].close()
    if url := getattr(settings, "MOKMIN_WORKER_DATABASE_URL", ""):
        direct = ConnectionHandler({DEFAULT_DB_ALIAS: dict(dj_database_url.parse(url))})
        wrapper = direct[DEFAULT_DB_ALIAS]
        wrapper.ensure_connection()
        wrapper.close()
    else:
        wrapper = of_django[DEFAULT_DB_ALIAS]
    parameters = wrapper.get_connection_params()
    return {
        name: value
        for name, value in parameters.items()
        if name not in {"cursor_factory", "context"}
    }


async def _serve(pace: Pace) -> None:
    """One life after another until told to stop."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(pace.concurrency + 1, "job"))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    logger.info("worker starts, %s jobs at a time", pace.concurrency)
    while not stop.is_set():
        try:
            await _live(pace, stop)
        except (*LOST, ConnectorException) as error:
            if not is_lost(error):
                raise
            logger.warning("worker lost the database: %s", error)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PAUSE)
    logger.info("worker stopped")


def is_lost(error: BaseException | None) -> bool:
    """Whether the database is gone: procrastinate wraps that as it wraps a missing table."""
    while error is not None and not isinstance(error, LOST):
        error = error.__cause__
    return error is not None


async def _live(pace: Pace, stop: asyncio.Event) -> None:
    """Work until told to stop or until the database is lost."""
    parameters = await sync_to_async(direct_parameters, thread_sensitive=False)()
    lost = asyncio.Event()
    connector = WatchedConnector(lost, kwargs=parameters, min_size=1, max_size=4)
    app.periodic_defaults = {"max_delay": CATCH_UP.total_seconds()}
    with app.replace_connector(connector):
        async with app.open_async():
            await _first_of(
                app.run_worker_async(
                    concurrency=pace.concurrency,
                    fetch_job_polling_interval=pace.poll,
                    shutdown_graceful_timeout=pace.grace,
                    install_signal_handlers=False,
                    update_heartbeat_interval=pace.heartbeat,
                    stalled_worker_timeout=pace.stalled_after,
                ),
                _sweep(pace),
                stop.wait(),
                lost.wait(),
            )


async def _first_of(*works: Coroutine[Any, Any, Any]) -> None:
    """Until one ends; the others are then cancelled and awaited, and errors raised."""
    running = [asyncio.create_task(work) for work in works]
    await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    for work in running:
        work.cancel()
    for ended in await asyncio.gather(*running, return_exceptions=True):
        if isinstance(ended, Exception):
            raise ended


async def _sweep(pace: Pace) -> None:
    """Look for stalled jobs, in a thread, beside the queue that may be long.

    After the machine itself slept, everybody first gets a turn to give a sign of life.
    """
    clock = asyncio.get_running_loop().time
    while True:
        begun = clock()
        await asyncio.sleep(pace.sweep)
        if clock() - begun < pace.sweep + pace.heartbeat:
            await sync_to_async(_sweep_once, thread_sensitive=False)(pace)


def _sweep_once(pace: Pace) -> None:
    close_old_connections()
    try:
        recovery.sweep(timedelta(seconds=pace.stalled_after))
    finally:
        close_old_connections()
