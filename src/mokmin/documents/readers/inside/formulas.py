"""Cells of an XLSX file that the fast reader shows empty: uncalculated formulas, errors."""

import re
from typing import IO, Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from mokmin.documents.readers.inside import zipped

MOST_NAMED = 10
"""Addresses that are worth telling; there may be thousands."""

CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
ADDRESS = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')
FORMULA = re.compile(rb"<(?:\w+:)?f\b")
VALUE = re.compile(rb"<(?:\w+:)?v>[^<]")
ERROR = re.compile(rb'\bt="e"')

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def look(file: IO[bytes], names: list[str]) -> dict[str, dict[str, Any]]:
    """Of each sheet: addresses of formulas without a value and of error values, the first few."""
    file.seek(0)
    with zipped.opened(file) as archive:
        parts = _parts(
            ElementTree.fromstring(archive.read("xl/workbook.xml")),
            ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels")),
        )
        known = set(archive.namelist())
        return {
            name: _told(archive.read(parts[name])) for name in names if parts.get(name) in known
        }


def _parts(book: Element, relations: Element) -> dict[str, str]:
    """Which part of the archive holds which sheet."""
    targets = {each.get("Id"): each.get("Target", "") for each in relations.iter(PACKAGE)}
    return {
        sheet.get("name", ""): _place(targets.get(sheet.get(RELATION), ""))
        for sheet in book.iter(f"{MAIN}sheet")
    }


def _place(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _told(part: bytes) -> dict[str, Any]:
    blank: list[str] = []
    wrong: list[str] = []
    if FORMULA.search(part) or ERROR.search(part):
        for cell in CELL.finditer(part):
            attributes, inner = cell.groups()
            if ERROR.search(attributes):
                wrong.append(_address(attributes))
            elif FORMULA.search(inner) and not VALUE.search(inner):
                blank.append(_address(attributes))
    return {
        "blank": blank[:MOST_NAMED],
        "wrong": wrong[:MOST_NAMED],
        "blank_count": len(blank),
        "wrong_count": len(wrong),
    }


def _address(attributes: bytes) -> str:
    found = ADDRESS.search(attributes)
    return found[1].decode() if found else ""
