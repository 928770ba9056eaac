"""The gallery: every part of the kit with its examples, one page per section."""

from mokmin.surfaces.kit.gallery import buttons, charts, data, fields, inputs, lists, moments
from mokmin.surfaces.kit.gallery.example import Section

SECTIONS: tuple[Section, ...] = (
    buttons.SECTION,
    data.FIGURES,
    data.RECORDS,
    inputs.SECTION,
    fields.PICKING,
    fields.AMOUNTS,
    fields.FILES,
    fields.SHEETS,
    lists.SECTION,
    moments.SECTION,
    charts.STACKS,
    charts.LINES,
    charts.SHARES,
)
