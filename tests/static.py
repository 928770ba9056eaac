"""Static files as the product serves them, hashed and compressed; collected once for all."""

import fcntl
import hashlib
import shutil

from django.conf import settings
from django.core.management import call_command

from tests.environment import ROOT, VAR


def collect() -> None:
    """Collect, one worker for all, when the built files are others than last time."""
    with (VAR / "static.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _collect()


def _collect() -> None:
    sources = sorted(path for path in ROOT.glob("src/mokmin/**/static/**/*") if path.is_file())
    digest = hashlib.sha256()
    for path in sources:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    stamp = VAR / "static.stamp"
    target = settings.STATIC_ROOT
    if target.is_dir() and stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    shutil.rmtree(target, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(digest.hexdigest())
