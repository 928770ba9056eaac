"""The gallery: every part of the kit with its examples, one page per section."""

from mokmin.surfaces.kit.gallery import buttons, charts, data, inputs
from mokmin.surfaces.kit.gallery.example import Section

SECTIONS: tuple[Section, ...] = (
    buttons.SECTION,
    data.SECTION,
    inputs.SECTION,
    charts.SECTION,
)
