"""Where this installation is: its folder, and the database as each role reaches it."""

import os
from pathlib import Path

from mokmin.lib.postgres import Cluster, client, roles

CHECKOUT = Path(__file__).resolve().parents[3]

SETTINGS = {
    roles.APP: "DATABASE_URL",
    roles.OWNER: "DATABASE_OWNER_URL",
    roles.BACKUP: "DATABASE_BACKUP_URL",
}
"""Where an installation on an external PostgreSQL says how each role reaches it."""


def var_dir() -> Path:
    """`MOKMIN_VAR`, else `var/` of the checkout, else the user's data folder."""
    if given := os.environ.get("MOKMIN_VAR"):
        return Path(given).resolve()
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "var"
    return Path.home() / ".local" / "share" / "mokmin"


def files_dir() -> Path:
    """`MOKMIN_FILES_DIR`, else beside the other data: what people have uploaded."""
    if given := os.environ.get("MOKMIN_FILES_DIR"):
        return Path(given).resolve()
    return var_dir() / "files"


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
