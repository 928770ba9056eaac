"""Declarations of tasks: what can be asked to be done in the background."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of job; `func` takes the progress handle and the plain values of one job.

    Whoever asked is told when it fails, and when it is done if it `announces` itself.
    """

    name: str
    title: str
    func: Callable[..., Any]
    max_attempts: int
    priority: int
    announces: bool = False

    def check(self, values: dict[str, Any]) -> None:
        """Raise TypeError where the call is written, not later in the worker."""
        inspect.signature(self.func).bind(None, **values)


TASKS: dict[str, Task] = {}
"""Every declared task by its name; filled by `registry.task`."""
