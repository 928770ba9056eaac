"""The server's configuration files; written on every start, so that a moved folder still works."""

from pathlib import Path

from mokmin.lib.postgres import files, places, roles
from mokmin.lib.postgres.account import ServerUser

MAIN = "mokmin.conf"
INCLUDE = f"\ninclude_if_exists = '{MAIN}'\n"
"""Appended once to the postgresql.conf that initdb wrote."""

LOCAL = "local.conf"
LOCAL_HEADER = "# Settings of this installation; they win over mokmin.conf.\n"
HEADER = f"# Written by mokmin on every start. Put your own settings into {LOCAL} beside it.\n"

SETTINGS = {
    "listen_addresses": "",
    "port": str(places.PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_file_mode": "0600",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}

FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
"""For clusters of tests: fast, and lost with the first power cut."""


def write(folder: Path, *, data: Path, socket: Path, account: ServerUser, fsync: bool) -> None:
    """Write the three files into `folder` for the cluster that lives, or will live, in `data`."""
    texts = {
        MAIN: _main(log=places.log_folder(data), socket=socket, fsync=fsync),
        "pg_hba.conf": f"{HEADER}local all {','.join(roles.LOGIN)} peer map=mokmin\n",
        "pg_ident.conf": HEADER + _map(account),
    }
    for name, text in texts.items():
        files.write(folder, name, text, account=account)


def _main(*, log: Path, socket: Path, fsync: bool) -> str:
    settings = {
        **SETTINGS,
        **({} if fsync else FORGETFUL),
        "log_directory": str(log),
        # A list inside: without its own quotes a comma in the path would split it.
        "unix_socket_directories": roles.quoted(str(socket)),
    }
    lines = [f"{name} = {_quoted(value)}\n" for name, value in settings.items()]
    return "".join([HEADER, *lines, f"include_if_exists = '{LOCAL}'\n"])


def _map(account: ServerUser) -> str:
    lines = [
        f"mokmin {roles.quoted(caller)} {role}\n"
        for caller in account.callers
        for role in roles.LOGIN
    ]
    return "".join(lines)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n")
    return f"'{escaped}'"
