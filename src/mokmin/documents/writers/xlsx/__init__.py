"""Excel files: lists as people download them, templates as people fill them in."""

from mokmin.documents.writers.xlsx.lists import Heading, List, write_list
from mokmin.documents.writers.xlsx.templates import Field, Reference, Template, write_template
from mokmin.lib.media import kinds

MEDIA = kinds.XLSX.type

__all__ = [
    "MEDIA",
    "Field",
    "Heading",
    "List",
    "Reference",
    "Template",
    "write_list",
    "write_template",
]
