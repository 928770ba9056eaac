"""What one chart costs, in CPU of one process."""

from typing import Any

from bench.pages import cpu
from mokmin.surfaces.kit import charts
from mokmin.surfaces.kit.gallery.charts import (
    COLUMNS,
    DONUT,
    GANTT,
    HEAT,
    LINE,
    STACKED,
    STACKED_MANY,
)

ROUNDS = 200
DRAWN = {
    "stacked, 6 rows of 5": STACKED,
    "stacked, 50 rows of 2": STACKED_MANY,
    "columns, 5": COLUMNS,
    "line, 2 of 5": LINE,
    "donut, 5": DONUT,
    "gantt, 5": GANTT,
    "heat, 6 by 12": HEAT,
}


def run() -> dict[str, Any]:
    """CPU milliseconds and bytes of each chart with its sentence and table."""
    found = {
        name: {
            "cpu ms": cpu(lambda chart=chart: charts.figure(chart), ROUNDS),
            "bytes": len(str(charts.figure(chart)).encode()),
        }
        for name, chart in DRAWN.items()
    }
    bar = lambda: charts.progress("진도", 60)  # noqa: E731  # one line of work
    return found | {"progress": {"cpu ms": cpu(bar, ROUNDS), "bytes": len(bar().encode())}}
