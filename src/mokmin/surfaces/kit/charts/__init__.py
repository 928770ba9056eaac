"""Charts drawn on the server as SVG: no script, no style attribute, all numbers in words as well.

`figure(chart)`, or `{% chart chart %}` in a template.
"""

from mokmin.surfaces.kit.charts.columns import Columns
from mokmin.surfaces.kit.charts.data import Series
from mokmin.surfaces.kit.charts.donut import Donut, Slice
from mokmin.surfaces.kit.charts.figure import Chart, figure
from mokmin.surfaces.kit.charts.gantt import Bar, Gantt
from mokmin.surfaces.kit.charts.heat import Heat
from mokmin.surfaces.kit.charts.line import Line
from mokmin.surfaces.kit.charts.progress import progress
from mokmin.surfaces.kit.charts.stacked import Stacked

__all__ = [
    "Bar",
    "Chart",
    "Columns",
    "Donut",
    "Gantt",
    "Heat",
    "Line",
    "Series",
    "Slice",
    "Stacked",
    "figure",
    "progress",
]
