"""`mokmin worker`: works off the queue; under `mokmin up` as its child, by hand for one more."""

import argparse
from collections.abc import Callable, Sequence

import django

from mokmin.surfaces.cli import child

GRACE = child.STOP_SECONDS - 5
"""Seconds that a running job gets when the worker is told to stop; then it is put back."""


def run(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> int:
    """Work until SIGTERM or Ctrl-C."""
    parser.parse_args(arguments)
    ready()()
    return 0


def ready() -> Callable[[], None]:
    """Load everything; what is returned works until told to stop."""
    django.setup()
    from mokmin.foundation.jobs import worker  # noqa: PLC0415 - needs the registry of apps

    return lambda: worker.run(worker.Pace(grace=GRACE))


if __name__ == "__main__":
    work = ready()
    child.wait_for_go()
    work()
