"""What one chart costs, in CPU of one process."""

from functools import partial
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
DRAWN: dict[str, charts.Chart] = {
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
            "cpu ms": cpu(partial(charts.figure, chart), ROUNDS),
            "bytes": len(str(charts.figure(chart)).encode()),
        }
        for name, chart in DRAWN.items()
    }
    bar = partial(charts.progress, "진도", 60)
    return found | {"progress": {"cpu ms": cpu(bar, ROUNDS), "bytes": len(bar().encode())}}
