"""`mokmin doctor`: what is wrong, and how to mend it."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from mokmin.surfaces.cli import framework
from mokmin.surfaces.cli.checks.finding import Finding, Level

MARKS = {Level.GOOD: "✓", Level.WATCH: "!", Level.BAD: "✗"}


def run(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> int:
    """Look at everything; exit code 1 when something is bad."""
    parser.add_argument("--json", action="store_true", help="기계가 읽을 JSON으로 보여 줍니다")
    options = parser.parse_args(arguments)
    framework.set_up()
    found = []
    for finding in findings():
        found.append(finding)
        if not options.json:
            _show(finding)
    count = {level: sum(each.level is level for each in found) for level in Level}
    if options.json:
        print(_as_json(found, is_well=not count[Level.BAD]))
    elif count[Level.BAD] or count[Level.WATCH]:
        print(f"\n고칠 것 {count[Level.BAD]}가지, 살펴볼 것 {count[Level.WATCH]}가지가 있습니다.")
    else:
        print("\n이상이 없습니다.")
    return 1 if count[Level.BAD] else 0


def findings() -> Iterator[Finding]:
    """Every check in turn; those of the database only when it is reached."""
    from mokmin.surfaces.cli.checks import database, files, machine, work  # noqa: PLC0415 - needs the models

    for check in (*machine.CHECKS, *files.CHECKS):
        yield check()
    with framework.refusing():
        reached = database.reach()
        yield reached
        if reached.level is Level.GOOD:
            yield from (check() for check in (*database.CHECKS, *work.CHECKS, *files.KEPT))


def _show(finding: Finding) -> None:
    print(f"{MARKS[finding.level]} {finding.name}: {finding.found}", flush=True)
    if finding.mend:
        print(f"    → {finding.mend}", flush=True)


def _as_json(found: Sequence[Finding], *, is_well: bool) -> str:
    whole = {"is_well": is_well, "checks": [asdict(finding) for finding in found]}
    return json.dumps(whole, ensure_ascii=False, indent=1)
