"""Loaded before Django's settings: the tests have a `var` and a PostgreSQL of their own."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "test"
WORKER = f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
"""Names this process's databases; the pid tells a later run which ones were left behind."""

OF_AN_INSTALLATION = ("MOKMIN_", "DATABASE_")
KEPT = ("MOKMIN_CHROMIUM", "MOKMIN_NO_CHROMIUM", "MOKMIN_PG_BIN")
"""What says where programs of this machine are, and nothing of how the product is set up."""


def forget_settings() -> None:
    """Drop the settings of whatever installation this shell was used for."""
    for name in list(os.environ):
        if name.startswith(OF_AN_INSTALLATION) and name not in KEPT:
            del os.environ[name]


VAR.mkdir(parents=True, exist_ok=True)
forget_settings()
os.environ["MOKMIN_VAR"] = str(VAR)
os.environ["MOKMIN_POOL"] = "off"
os.environ["MOKMIN_SECRET_KEY"] = (
    "only-for-tests-and-long-enough-to-please-the-deployment-check-0123456789"
)
os.environ["DJANGO_SETTINGS_MODULE"] = "mokmin.config.settings"
