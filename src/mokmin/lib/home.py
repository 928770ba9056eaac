"""Where this installation keeps what it writes."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def var_dir() -> Path:
    """`MOKMIN_VAR`, else `var/` of the checkout, else the user's data folder."""
    if given := os.environ.get("MOKMIN_VAR"):
        return Path(given).resolve()
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "var"
    return Path.home() / ".local" / "share" / "mokmin"
