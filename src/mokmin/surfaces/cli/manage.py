"""`mokmin manage …`: Django's own commands."""

import argparse
import os
import warnings
from collections.abc import Sequence

from django.core.management import ManagementUtility

from mokmin.surfaces.cli import framework


class Utility(ManagementUtility):
    """Django's, under our name."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(["mokmin manage", *arguments])
        self.prog_name = "mokmin manage"


def run(_parser: argparse.ArgumentParser, arguments: Sequence[str]) -> int:
    """Hand everything over to Django, with the exit code that its command gives."""
    if arguments[:1] != ["worker"]:
        os.environ.setdefault("MOKMIN_POOL", "off")
    # Without a database, migrations are made all the same.
    warnings.filterwarnings("ignore", message="Got an error checking a consistent migration")
    with framework.refusing():
        Utility(arguments or ["help"]).execute()
    return 0
