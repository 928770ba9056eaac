"""Names of the entries of a zip file, without unpacking anything and within firm bounds."""

import os
import struct
from typing import IO

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
END_SIZE, CENTRAL_SIZE, LOCAL_SIZE = 22, 46, 30
LONGEST_COMMENT = 0xFFFF
MOST_BYTES = 1 << 20
MOST_NAMES = 5_000
HEAD = 1 << 16


def names(file: IO[bytes]) -> set[str]:
    """Names in the directory at the end; of a file that was cut off, those at its beginning."""
    return set(_central(file)) or set(_local(file))


def declared(file: IO[bytes]) -> str:
    """What the first entry says the file is, as OpenDocument and HWPX do it; else nothing."""
    file.seek(0)
    head = file.read(HEAD)
    if len(head) < LOCAL_SIZE or head[30:38] != b"mimetype":
        return ""
    name, extra = struct.unpack_from("<HH", head, 26)
    size = struct.unpack_from("<I", head, 18)[0]
    begin = LOCAL_SIZE + name + extra
    return head[begin : begin + min(size, 100)].decode("ascii", "replace").strip()


def _central(file: IO[bytes]) -> list[str]:
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - END_SIZE - LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        return []
    size, offset = struct.unpack_from("<II", tail, at + 12)
    file.seek(min(offset, length))
    directory = file.read(min(size, MOST_BYTES))
    found: list[str] = []
    place = 0
    while directory[place : place + 4] == CENTRAL and len(found) < MOST_NAMES:
        if len(directory) - place < CENTRAL_SIZE:
            break
        name, extra, comment = struct.unpack_from("<HHH", directory, place + 28)
        begin = place + CENTRAL_SIZE
        found.append(_text(directory[begin : begin + name]))
        place = begin + name + extra + comment
    return found


def _local(file: IO[bytes]) -> list[str]:
    file.seek(0)
    head = file.read(HEAD)
    found, at = [], head.find(LOCAL)
    while at >= 0 and len(head) - at >= LOCAL_SIZE:
        size = struct.unpack_from("<H", head, at + 26)[0]
        found.append(_text(head[at + LOCAL_SIZE : at + LOCAL_SIZE + size]))
        at = head.find(LOCAL, at + LOCAL_SIZE)
    return found


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace").replace("\\", "/")
