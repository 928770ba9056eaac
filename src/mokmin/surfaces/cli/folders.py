"""What the commands keep in the folder of the installation, and where in it."""

from pathlib import Path

from mokmin.lib.place import var_dir


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
