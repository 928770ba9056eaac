"""The handle that the body of a job works with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from mokmin.foundation.jobs import lifecycle
from mokmin.foundation.jobs.lifecycle import Run
from mokmin.foundation.jobs.models import MESSAGE_LENGTH
from mokmin.foundation.tenancy import context


class Cancelled(Exception):
    """Somebody asked to cancel; raised by `step`, never by a body."""


class Interrupted(Exception):
    """The worker is stopping; the job goes on elsewhere from its last step."""


class Progress:
    """One attempt at one job, as its body sees it.

    A job may be started again after its worker was killed, so a body must be safe to repeat:

    - what changes together, and the `step` or `finish` that says so, go into one `transaction`.
      They are committed together, and the next attempt goes on from `done`;
    - anything done outside of `transaction` (files, mail) happens at least once.
    """

    def __init__(self, run: Run, is_stopping: Callable[[], bool]) -> None:
        self._run = run
        self._is_stopping = is_stopping
        self._changes: dict[str, Any] | None = None
        self.done = run.done
        self.is_finished = False

    @property
    def tenant_id(self) -> int:
        """The municipality whose job this is."""
        return self._run.tenant_id

    @property
    def attempt(self) -> int:
        """1 at first, more after a worker was killed."""
        return self._run.attempt

    @property
    def asked_by_id(self) -> int | None:
        """Person who asked; None for the system."""
        return self._run.asked_by_id

    @property
    def asked_by_name(self) -> str:
        """Name of who asked, as it was then."""
        return self._run.asked_by_name

    @property
    def asked_at(self) -> datetime:
        """When it was asked for."""
        return self._run.asked_at

    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[None]:
        """One transaction of the tenant; its last statement proves that the job is still ours."""
        if self._changes is not None or self.is_finished:
            raise RuntimeError("a job's transactions neither nest nor follow its end")
        changes: dict[str, Any] = {}
        self._changes = changes
        try:
            with context.tenant(self.tenant_id, read_only=read_only):
                yield
                if not read_only:
                    lifecycle.record(self._run, changes)
        finally:
            self._changes = None
        if read_only and changes:
            with context.tenant(self.tenant_id):
                lifecycle.record(self._run, changes)
        self.done = changes.get("done_steps", self.done)
        self.is_finished = "state" in changes

    def step(self, done: int, total: int, message: str = "") -> None:
        """Say how far it is: with the open transaction, or in a short one of its own.

        Costs some statements: every few dozen rows is often enough.
        Raises Cancelled or Interrupted, which roll the open transaction back.
        """
        if self._changes is None:
            with self.transaction():
                self.step(done, total, message)
            return
        if self._is_stopping():
            raise Interrupted
        if lifecycle.is_cancel_asked(self._run):
            raise Cancelled
        text = message[:MESSAGE_LENGTH]
        self._changes.update(done_steps=done, total_steps=total, message=text)

    def finish(self, result: Any = None) -> None:
        """End the job well, together with the open transaction; `result` is small JSON."""
        if self._changes is None:
            with self.transaction():
                self.finish(result)
            return
        self._changes.update(lifecycle.finished(result))
