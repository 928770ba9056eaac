"""`make bench`: every figure in one run, as a table and as var/bench.json."""

import json
import sys
from collections.abc import Callable
from typing import Any

from bench import environment

import django  # isort: skip

django.setup()

from bench import (  # noqa: E402  # after Django is set up
    charts,
    ground,
    jobs,
    lists,
    pages,
    search,
    setup,
    signin,
    trail,
)
from mokmin.lib.postgres import roles  # noqa: E402

OUT = environment.ROOT / "var" / "bench.json"


GOALS = {
    ("lists", "÷ hello"): ("≤", 45),
    ("lists", "÷ psycopg"): ("≤", 8),
    ("search", "page ÷ page"): ("≥", 100),
}
"""Ratios that were asked for; that of the search for a word in 3 % of the records."""


def main(chosen: list[str]) -> int:
    """Run all parts, or those named; print and keep the figures."""
    ground.lay()
    app = ground.CLUSTER.url(roles.APP)
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "pages": pages.run,
        "lists": lists.run,
        "charts": charts.run,
        "signin": signin.run,
        "search": search.run,
        "trail": lambda: trail.run(app),
        "jobs": jobs.run,
        "setup": setup.run,
    }
    found = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() and chosen else {}
    try:
        for name, run in parts.items():
            if not chosen or name in chosen:
                found[name] = run()
                _print(name, found[name])
    finally:
        ground.CLUSTER.stop()
    OUT.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"\n{OUT.relative_to(environment.ROOT)}")
    return 0


def _print(part: str, figures: dict[str, Any]) -> None:
    print(f"\n{part}")
    for name, values in figures.items():
        columns = values if isinstance(values, dict) else {"": values}
        told = "   ".join(
            f"{key} {_number(value)}{_goal(part, key, value)}".strip()
            for key, value in columns.items()
        )
        print(f"  {name:32} {told}")


def _goal(part: str, key: str, value: Any) -> str:
    """What was wanted of a ratio, and whether it was reached."""
    if (part, key) not in GOALS:
        return ""
    way, goal = GOALS[part, key]
    is_reached = value <= goal if way == "≤" else value >= goal
    return f" (goal {way} {goal}: {'reached' if is_reached else 'missed'})"


def _number(value: Any) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
