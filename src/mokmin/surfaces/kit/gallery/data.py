"""What shows data: figures on one page, what happened and what belongs to it on another."""

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

FIGURES = Section(
    "figures",
    "수치와 표",
    "수치, 카드, 요약, 표",
    (KPI, CARD, GRID, DL_META, TABLE, PAGER),
)
RECORDS = Section(
    "records",
    "계층과 이력",
    "계층, 이력, 할 일, 첨부",
    (TREE, TIMELINE, HISTORY, DIFF, TODO_LIST, ATTACHMENT_LIST),
    styles=("tree",),
)
