"""Names of the streams of an OLE file (HWP 5, XLS, DOC, locked documents), within firm bounds."""

import struct
from typing import IO

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = 512
FIRST_SECTORS = 109
"""Places of the sector table that stand in the header; what lies beyond is not looked at."""

MOST_SECTORS = 64
ENTRY = 128
NUMBER = 4
SHIFTS = (9, 12)
FREE = 0xFFFFFFFA
"""From here on a number names no sector."""


def streams(file: IO[bytes]) -> set[str]:
    """Names of storages and streams, as far as they stand in the first part of the directory."""
    file.seek(0)
    header = file.read(HEADER)
    if len(header) < HEADER or header[:8] != SIGNATURE:
        return set()
    shift = struct.unpack_from("<H", header, 30)[0]
    if shift not in SHIFTS:
        return set()
    size = 1 << shift
    table = struct.unpack_from(f"<{FIRST_SECTORS}I", header, 76)
    sector = struct.unpack_from("<I", header, 48)[0]
    found: set[str] = set()
    for _ in range(MOST_SECTORS):
        if sector >= FREE:
            break
        found |= _entries(_sector(file, sector, size))
        sector = _next(file, sector, size, table)
    return found


def _sector(file: IO[bytes], number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    return file.read(size)


def _next(file: IO[bytes], sector: int, size: int, table: tuple[int, ...]) -> int:
    per_sector = size // NUMBER
    place = sector // per_sector
    if place >= len(table) or table[place] >= FREE:
        return FREE
    numbers = _sector(file, table[place], size)
    begin = sector % per_sector * NUMBER
    found = numbers[begin : begin + NUMBER]
    return struct.unpack("<I", found)[0] if len(found) == NUMBER else FREE


def _entries(sector: bytes) -> set[str]:
    found = set()
    for begin in range(0, len(sector) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", sector, begin + 64)[0]
        name = sector[begin : begin + max(0, min(length, 64) - 2)]
        found.add(name.decode("utf-16-le", "replace"))
    return found - {""}
