"""Preparing, in a process of its own: `python -m mokmin.surfaces.cli.prepare`.

It needs Django, and the process that supervises should stay small. It reads the names of steps
from stdin, one a line, until there are no more. Each line on stdout is a JSON pair: `step` begins
one, `note` says what is being done, `end` what came of it; `done` names
a step that is over, `refused` says why it goes no further, `hosts` by which names the sites are
reached.
"""

import io
import json
import shutil
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from mokmin.lib import place
from mokmin.lib.errors import Refusal
from mokmin.surfaces.cli import addresses, framework, stamps
from mokmin.surfaces.cli.arguments import REFUSED

APPLYING = "Applying "

NOT_OURS = ["account", "mfa"]
"""Static files of packages: our pages use none of them, and each would be compressed."""


OUTDATED = (
    "데이터베이스의 표가 이 판과 다릅니다. 그런데 표의 주인으로 접속할 주소가 없어 맞추지 "
    "못했습니다. DATABASE_OWNER_URL에 mokmin_owner 계정의 주소를 적거나, 그 주소가 있는 곳에서 "
    "`mokmin db migrate`를 실행해 주세요."
)


class Preparation:
    """Tells the process that waits for us."""

    def __init__(self) -> None:
        self.out = sys.stdout

    def tell(self, kind: str, text: str) -> None:
        """One line of the protocol."""
        print(json.dumps([kind, text]), file=self.out, flush=True)

    def step(self, text: str) -> None:
        """A step begins."""
        self.tell("step", text)

    def note(self, text: str) -> None:
        """What of it is being done."""
        self.tell("note", text)

    def end(self, text: str) -> None:
        """It is done."""
        self.tell("end", text)


class Migrations(io.StringIO):
    """What `migrate` prints, turned into notes."""

    def __init__(self, note: Callable[[str], None]) -> None:
        super().__init__()
        self.count = 0
        self._note = note

    def write(self, text: str) -> int:
        """Count each migration as it begins."""
        if APPLYING in text:
            self.count += 1
            name = text.partition(APPLYING)[2].removesuffix("...")
            self._note(f"{self.count}번째 {name}")
        return len(text)


def schema(report: Preparation) -> None:
    """Bring the tables and their fence to the present state, as the owner."""
    framework.require_owner()
    report.step("표를 만들고 울타리를 칩니다")
    seen = migrate(report.note)
    report.end(
        f"표를 만들고 울타리를 쳤습니다({seen}단계)." if seen else "표와 울타리를 확인했습니다."
    )


def migrate(note: Callable[[str], None]) -> int:
    """Run `migrate` and stamp the schema; the number of migrations applied."""
    stamp = stamps.of_schema()
    seen = Migrations(note)
    call_command("migrate", interactive=False, verbosity=1, stdout=seen, no_color=True)
    with connections["owner"].cursor() as cursor:
        cursor.execute(stamps.write_sql(stamp))
    return seen.count


def external(report: Preparation) -> None:
    """Look at an external server: our role is fenced in, and the tables are of today."""
    report.step("외부 데이터베이스를 확인합니다")
    with connection.cursor() as cursor:
        cursor.execute(stamps.READ)
        is_current = cursor.fetchone()[0] == stamps.of_schema()
    report.end(f"외부 데이터베이스에 접속했습니다: {place.external_name()}")
    if not is_current:
        if "owner" not in connections:
            raise Refusal(OUTDATED)
        schema(report)
    with connection.cursor() as cursor:
        cursor.execute(addresses.HOSTS)
        report.tell("hosts", cursor.fetchone()[0])


def static(report: Preparation) -> None:
    """Collect what browsers get, hashed and compressed, into an empty folder."""
    report.step("화면 파일을 모읍니다")
    stamps.forget_static()
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    said = io.StringIO()
    call_command(
        "collectstatic", interactive=False, ignore_patterns=NOT_OURS, verbosity=1, stdout=said
    )
    stamps.keep_static()
    report.end("화면 파일을 모았습니다.")


def demo(report: Preparation) -> None:
    """Load the demo municipality, unless there is one already."""
    from mokmin.surfaces.cli import demo_load  # noqa: PLC0415 - needs the registry of apps

    report.step("해솔군의 시험 자료를 넣습니다")
    loaded = demo_load.load(report.note)
    report.end("해솔군의 시험 자료를 넣었습니다." if loaded else "해솔군의 시험 자료가 있습니다.")


STEPS: dict[str, Callable[[Preparation], Any]] = {
    "schema": schema,
    "external": external,
    "static": static,
    "demo": demo,
}


def main(names: Iterable[str]) -> int:
    """Do the named steps in order."""
    report = Preparation()
    try:
        framework.set_up()
        for name in names:
            with framework.refusing(is_migrating=True):
                STEPS[name.strip()](report)
            report.tell("done", name.strip())
    except Refusal as refusal:
        report.tell("refused", str(refusal))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.stdin))
