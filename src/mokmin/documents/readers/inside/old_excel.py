"""Whether a workbook of Excel 97 has a password, which calamine does not tell from damage."""

import struct
from typing import IO

BEGIN = b"\x09\x08\x10\x00\x00\x06\x05\x00"
"""The record with which the part about the whole workbook begins."""

SHEET, PASSWORD = 0x0085, 0x002F
HEAD = struct.Struct("<HH")
MOST_RECORDS = 50


def has_password(file: IO[bytes]) -> bool:
    """Look at the first records, among which the one about encryption must stand."""
    file.seek(0)
    content = file.read()
    place = content.find(BEGIN)
    for _ in range(MOST_RECORDS):
        if place < 0 or place + HEAD.size > len(content):
            return False
        kind, length = HEAD.unpack_from(content, place)
        if kind in {SHEET, PASSWORD}:
            return bool(kind == PASSWORD)
        place += HEAD.size + length
    return False
