"""Hostile and broken workbooks, each with the reason for which it is refused."""

import zipfile
from io import BytesIO

import pytest

from mokmin.lib.sandbox import Reason
from tests.documents import makers


def cut(share):
    whole = makers.xlsx(*[[f"이름{n}", n] for n in range(200)]).getvalue()
    return BytesIO(whole[: int(len(whole) * share)])


def flipped():
    whole = bytearray(makers.xlsx(*[[f"이름{n}", n] for n in range(200)]).getvalue())
    with zipfile.ZipFile(BytesIO(bytes(whole))) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    begin = info.header_offset + 60
    for place in range(begin, begin + info.compress_size // 2, 7):
        whole[place] ^= 0xFF
    return BytesIO(bytes(whole))


def nested():
    return makers.package('<row r="1"><c r="A1">' + "<v>" * 50_000 + "</c></row>")


def packed_oddly():
    return makers.package('<row r="1"/>', method=zipfile.ZIP_LZMA)


def with_a_password_on_the_zip():
    content = bytearray(makers.xlsx(["가"]).getvalue())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return BytesIO(bytes(content))


def twice_the_same():
    with pytest.warns(UserWarning, match="Duplicate name"):
        return makers.package("", more=[("xl/workbook.xml", b"<x/>")])


HOSTILE = {
    "a cell in the farthest corner": (makers.far_cell, Reason.TOO_BIG),
    "a cell in the last row": (lambda: makers.far_cell("B1048576"), Reason.TOO_BIG),
    "a sheet of 1.5 GB": (makers.sheet_bomb, Reason.TOO_BIG),
    "a sheet that lies about its size": (lambda: makers.sheet_bomb(lies=True), Reason.BROKEN),
    "entities of entities": (makers.entity_bomb, Reason.BROKEN),
    "a file of the server": (makers.external_entity, Reason.BROKEN),
    "60,000 entries": (makers.many_entries, Reason.TOO_BIG),
    "names that climb": (makers.climbing_names, Reason.BROKEN),
    "the same entry twice": (twice_the_same, Reason.BROKEN),
    "packed with LZMA": (packed_oddly, Reason.BROKEN),
    "a password on the zip": (with_a_password_on_the_zip, Reason.PASSWORD),
    "cut at a tenth": (lambda: cut(0.1), Reason.BROKEN),
    "cut in half": (lambda: cut(0.5), Reason.BROKEN),
    "cut near its end": (lambda: cut(0.97), Reason.BROKEN),
    "flipped bytes": (flipped, Reason.BROKEN),
    "elements in elements": (nested, Reason.BROKEN),
    "no sheet in the package": (lambda: BytesIO(_without_sheet()), Reason.BROKEN),
}


def _without_sheet():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<nonsense")
    return stream.getvalue()
