"""The web server as a child of `mokmin up`: granian, WSGI, one process or more."""

import importlib
import os
import signal
import sys
from typing import Any

from django.urls import get_resolver
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from mokmin.surfaces.cli import child

TARGET = "mokmin.config.wsgi"
THREADS = 4


def application() -> Any:
    """The WSGI application with all its addresses; already loaded where granian forks."""
    loaded = importlib.import_module(TARGET).application
    get_resolver().url_patterns  # noqa: B018 - the first request would load them
    return loaded


class Loader:
    """Called in each of granian's processes; they must not outlive granian either."""

    def __init__(self) -> None:
        self.parent = os.getpid()

    def __call__(self) -> Any:
        """The application of this process."""
        child.die_with(self.parent)
        return application()


def main(host: str, port: str, workers: str) -> None:
    """Load everything first, serve when told to, until SIGTERM."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    application()
    child.wait_for_go()
    server = Granian(
        TARGET,
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=int(workers),
        blocking_threads=int(os.environ.get("MOKMIN_THREADS", THREADS)),
        respawn_failed_workers=True,
        workers_kill_timeout=int(child.STOP_SECONDS) - 5,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=Loader(), wrap_loader=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
