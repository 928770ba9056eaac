"""What shows data."""

from mokmin.surfaces.kit.gallery.example import Section
from mokmin.surfaces.kit.gallery.figures import CARD, DL_META, GRID, KPI, PAGER, TABLE
from mokmin.surfaces.kit.gallery.histories import (
    ATTACHMENT_LIST,
    DIFF,
    HISTORY,
    TIMELINE,
    TODO_LIST,
)
from mokmin.surfaces.kit.gallery.trees import TREE

SECTION = Section(
    "data",
    "자료",
    "수치와 표, 이력과 계층",
    "list",
    (
        KPI,
        CARD,
        GRID,
        DL_META,
        TABLE,
        PAGER,
        TREE,
        TIMELINE,
        HISTORY,
        DIFF,
        TODO_LIST,
        ATTACHMENT_LIST,
    ),
)
