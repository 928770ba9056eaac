"""The database roles of mokmin: who owns, who works, who backs up."""

SUPERUSER = "mokmin_super"
OWNER = "mokmin_owner"
APP = "mokmin_app"
BACKUP = "mokmin_backup"
SEARCH = "mokmin_search"
DATABASE = "mokmin"

LOGIN = (SUPERUSER, OWNER, APP, BACKUP)
"""Roles that a person or process of this machine may become."""

PLAIN = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"

CREATE = (
    f"CREATE ROLE {OWNER} LOGIN NOBYPASSRLS {PLAIN}",
    f"CREATE ROLE {APP} LOGIN NOBYPASSRLS {PLAIN}",
    f"CREATE ROLE {BACKUP} LOGIN BYPASSRLS {PLAIN}",
    f"CREATE ROLE {SEARCH} NOLOGIN NOBYPASSRLS {PLAIN}",
    f"GRANT pg_read_all_data TO {BACKUP}",
    f"ALTER ROLE {BACKUP} SET default_transaction_read_only = on",
    f"GRANT {SEARCH} TO {OWNER}",
)
"""What makes the roles in a new cluster; an external PostgreSQL gets the same, with passwords."""


def create_database(name: str) -> str:
    """The statement that makes an empty database, owned by the role that migrates."""
    return f"CREATE DATABASE {quoted(name)} OWNER {OWNER}"


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
