"""Loaded before Django's settings: the bench has a `var` and a PostgreSQL of its own, fsync on."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "bench"

for name in list(os.environ):
    if name.startswith(("MOKMIN_", "DATABASE_")) and name != "MOKMIN_PG_BIN":
        del os.environ[name]
VAR.mkdir(parents=True, exist_ok=True)
os.environ["MOKMIN_VAR"] = str(VAR)
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
