"""Where the data lives: `DATABASE_URL` of an external PostgreSQL, else the embedded one."""

import os
from typing import Any

import dj_database_url

from mokmin.lib import place
from mokmin.lib.postgres import roles

THREADS = int(os.environ.get("MOKMIN_THREADS", "4"))
POOL = {"min_size": 1, "max_size": THREADS + 1, "timeout": 20}


def databases() -> dict[str, dict[str, Any]]:
    """`default` for web and workers (pooled), `owner` for migrations where its address is known."""
    app_url = place.address(roles.APP) or ""
    found = {"default": _alias(app_url, pool=os.environ.get("MOKMIN_POOL", "on") == "on")}
    if owner_url := place.address(roles.OWNER):
        found["owner"] = _alias(owner_url, pool=False)
    return found


def _alias(url: str, *, pool: bool) -> dict[str, Any]:
    alias: dict[str, Any] = dict(
        dj_database_url.parse(url, conn_max_age=0, conn_health_checks=True)
    )
    alias["DISABLE_SERVER_SIDE_CURSORS"] = True
    if pool:
        alias["OPTIONS"] = {**alias.get("OPTIONS", {}), "pool": POOL}
    return alias
