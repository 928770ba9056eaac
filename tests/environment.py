"""Loaded before Django's settings: the tests have a `var` and a PostgreSQL of their own."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "test"
WORKER = f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
"""Names this process's databases; the pid tells a later run which ones were left behind."""

VAR.mkdir(parents=True, exist_ok=True)
for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "MOKMIN_HTTPS", "MOKMIN_HOSTS"):
    os.environ.pop(name, None)
os.environ["MOKMIN_VAR"] = str(VAR)
os.environ["MOKMIN_POOL"] = "off"
os.environ["MOKMIN_SECRET_KEY"] = (
    "only-for-tests-and-long-enough-to-please-the-deployment-check-0123456789"
)
os.environ["DJANGO_SETTINGS_MODULE"] = "mokmin.config.settings"
