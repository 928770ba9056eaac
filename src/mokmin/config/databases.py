"""Where the data lives: `DATABASE_URL` of an external PostgreSQL, else the embedded one."""

import os
from typing import Any

import dj_database_url

from mokmin.lib.home import var_dir
from mokmin.lib.postgres import Cluster

APP = "mokmin_app"
OWNER = "mokmin_owner"
THREADS = int(os.environ.get("MOKMIN_THREADS", "4"))
POOL = {"min_size": 1, "max_size": THREADS + 1, "timeout": 20}


def embedded() -> Cluster:
    """The PostgreSQL that this installation runs for itself."""
    return Cluster(var_dir() / "postgres")


def databases() -> dict[str, dict[str, Any]]:
    """`default` for web and workers (pooled), `owner` for migrations where its address is known."""
    app_url = os.environ.get("DATABASE_URL")
    owner_url = os.environ.get("DATABASE_OWNER_URL")
    if not app_url:
        cluster = embedded()
        app_url, owner_url = cluster.url(APP), owner_url or cluster.url(OWNER)
    found = {"default": _alias(app_url, pool=os.environ.get("MOKMIN_POOL", "on") == "on")}
    if owner_url:
        found["owner"] = _alias(owner_url, pool=False)
    return found


def _alias(url: str, *, pool: bool) -> dict[str, Any]:
    alias: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=0))
    alias["DISABLE_SERVER_SIDE_CURSORS"] = True
    if pool:
        alias["OPTIONS"] = {**alias.get("OPTIONS", {}), "pool": POOL}
    return alias
