"""Cold and warm `make demo`: from a fresh clone to the printed address, and once more."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.environment import ROOT

READY = "http://"
PATIENCE = 900.0


def run() -> dict[str, Any]:
    """Seconds until the address is printed; package caches of the machine are left as they are."""
    with tempfile.TemporaryDirectory(prefix="mokmin-bench-") as folder:
        clone = Path(folder) / "mokmin"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        cold = _demo(clone)
        warm = _demo(clone)
    return {"cold": {"s": cold}, "warm": {"s": warm, "÷ cold": warm / cold}}


def _demo(clone: Path) -> float:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MOKMIN_", "DJANGO_", "DATABASE_"))
    }
    begun = time.monotonic()
    process = subprocess.Popen(
        ["make", "demo"],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if READY in line:
                return time.monotonic() - begun
            if time.monotonic() - begun > PATIENCE:
                break
        raise RuntimeError("make demo ended without printing its address")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)
