"""Django's `migrate`, run as the owner and followed by the fence."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandParser
from django.core.management.commands import migrate

from mokmin.foundation.tenancy import fence


class Command(migrate.Command):
    """Migrate as the owner role, then put every table behind the fence."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take Django's options, with the owner's connection as the one to use."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then fence."""
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            call_command("createcachetable", database=options["database"], verbosity=0)
            fence.apply(options["database"])
