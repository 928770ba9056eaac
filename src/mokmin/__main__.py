"""`mokmin`, and `python -m mokmin`: the command line."""

import os
import sys

from mokmin.surfaces.cli.main import run

SETTINGS = "mokmin.config.settings"


def main() -> None:
    """Run what was asked for and end with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
