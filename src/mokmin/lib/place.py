"""Where this installation has its things: folders, and the database as each role."""

import os
from pathlib import Path

from mokmin.lib.home import var_dir
from mokmin.lib.postgres import Cluster, client, roles

SETTINGS = {
    roles.APP: "DATABASE_URL",
    roles.OWNER: "DATABASE_OWNER_URL",
    roles.BACKUP: "DATABASE_BACKUP_URL",
}
"""Where an installation on an external PostgreSQL says how each role reaches it."""


def cluster() -> Cluster:
    """The PostgreSQL of this installation; nobody's when `is_external()`."""
    return Cluster(var_dir() / "postgres")


def is_external() -> bool:
    """Whether the data lives on a server that somebody else starts and stops."""
    return bool(os.environ.get(SETTINGS[roles.APP]))


def address(role: str) -> str | None:
    """The database as this role; None when an external one is used and its address is not given."""
    given = os.environ.get(SETTINGS.get(role, ""))
    if given or is_external():
        return given or None
    return cluster().url(role)


def external_name() -> str:
    """The external database as it may be shown: without its password."""
    return client.without_password(os.environ[SETTINGS[roles.APP]])[0]


def backups() -> Path:
    """Where backups go unless a file is named."""
    return var_dir() / "backups"


def static() -> Path:
    """Where the collected static files are served from."""
    return var_dir() / "static"


def stamps() -> Path:
    """What was last prepared from which sources."""
    return var_dir() / "stamps"


def demo() -> Path:
    """The accounts of the demo municipality with their password, once it is loaded."""
    return var_dir() / "demo.json"


def lock() -> Path:
    """Held by the one `mokmin up` of this folder; says where it listens."""
    return var_dir() / "up.lock"
