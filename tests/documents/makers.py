"""Spreadsheets for tests: honest ones, broken ones, hostile ones."""

import struct
import zipfile
import zlib
from io import BytesIO

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

TYPES = f"""<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.\
spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-\
officedocument.spreadsheetml.worksheet+xml"/></Types>"""
ROOT_RELATIONS = f"""<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>"""
BOOK = f"""<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>
<sheet name="명단" sheetId="1" r:id="r1"/></sheets></workbook>"""
BOOK_RELATIONS = f"""<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>
</Relationships>"""
SHEET = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData></worksheet>'


def book(*rows, sheet="명단"):
    """An honest workbook with these rows, to be changed before it is written."""
    made = Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    return made


def saved(made):
    """The file of a workbook."""
    stream = BytesIO()
    made.save(stream)
    stream.seek(0)
    return stream


def xlsx(*rows, **options):
    """The file of an honest workbook."""
    return saved(book(*rows, **options))


def package(sheet, *, doctype="", more=(), method=zipfile.ZIP_DEFLATED):
    """A workbook written by hand: `sheet` is what stands in its sheetData (or its whole part)."""
    stream = BytesIO()
    part = sheet if sheet.startswith("<?xml") else SHEET.format(sheet)
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT_RELATIONS)
        archive.writestr("xl/workbook.xml", doctype + BOOK if doctype else BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", BOOK_RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", part)
        for name, content in more:
            archive.writestr(name, content)
    stream.seek(0)
    return stream


def far_cell(address="XFD1048576"):
    """A few kilobytes with one value in the farthest corner."""
    number = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return package(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        f'<row r="{number}"><c r="{address}"><v>1</v></c></row>'
    )


def sheet_bomb(gigabytes=1.5, *, lies=False):
    """A sheet that unpacks to gigabytes; `lies` about its size.

    The packed block ends in a full flush, so it can be repeated without packing it again.
    """
    begin, end = (text.encode() for text in SHEET.split("{}"))
    block = (b'<row><c t="inlineStr"><is><t>' + b"A" * 30_000 + b"</t></is></c></row>") * 300
    times = int(gigabytes * 1e9) // len(block)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(begin) + packer.flush(zlib.Z_FULL_FLUSH)
    one = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    packed += one * times + packer.compress(end) + packer.flush()
    check = zlib.crc32(begin)
    for _ in range(times):
        check = zlib.crc32(block, check)
    check = zlib.crc32(end, check)
    size = len(begin) + len(block) * times + len(end)
    return _with_part(packed, check=check, size=5000 if lies else size)


def _with_part(packed, *, check, size):
    """A workbook whose sheet is this packed part."""
    head = package("")
    with zipfile.ZipFile(head) as archive:
        kept = [(info.filename, archive.read(info)) for info in archive.infolist()[:4]]
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in kept:
            archive.writestr(name, content)
        name = b"xl/worksheets/sheet1.xml"
        info = zipfile.ZipInfo(name.decode())
        info.compress_type = zipfile.ZIP_DEFLATED
        info.CRC, info.compress_size, info.file_size = check, len(packed), size
        info.header_offset = stream.tell()
        stream.write(info.FileHeader() + packed)
        archive.start_dir = stream.tell()
        archive.filelist.append(info)
        archive.NameToInfo[info.filename] = info
    stream.seek(0)
    return stream


def entity_bomb():
    """Ten entities of ten each, ten times over."""
    entities = '<!ENTITY a0 "AAAAAAAAAA">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    return package(
        f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><worksheet xmlns="{MAIN}"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row>'
        "</sheetData></worksheet>"
    )


def external_entity(path="/etc/passwd"):
    """Asks for a file of the server."""
    return package(
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY stolen SYSTEM "file://{path}">]>'
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is>'
        "<t>&stolen;</t></is></c></row></sheetData></worksheet>"
    )


def many_entries(count=60_000):
    """A workbook among tens of thousands of entries."""
    return package("", more=[(f"x/{n}", b"") for n in range(count)], method=zipfile.ZIP_STORED)


def climbing_names():
    """A workbook with an entry that would be unpacked elsewhere."""
    return package("", more=[("../../../etc/cron.d/x", b"* * * * * root true")])


def ole(*streams, size=512, content=b""):
    """An OLE file whose directory holds these streams; the last of them has the content."""
    content = content.ljust(-(-len(content) // 512) * 512, b"\0") or b"\0" * size
    names = ("Root Entry", *streams)
    sectors = -(-len(names) // 4)
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    first = len(chain)
    chain += [*range(first + 1, first + len(content) // 512), 0xFFFFFFFE]
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, 1, 1)
    struct.pack_into("<II", header, 56, 4096, 0xFFFFFFFE)
    struct.pack_into("<III", header, 64, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    directory = _entry(names[0], kind=5, child=1)
    for at, name in enumerate(streams, start=1):
        is_last = at == len(streams)
        directory += _entry(
            name, kind=2, right=0xFFFFFFFF if is_last else at + 1,
            first=first, size=len(content) if is_last else 0,
        )  # fmt: skip
    directory += b"\0" * (sectors * 512 - len(directory))
    return BytesIO(bytes(header) + table + directory + content)


def _entry(name, *, kind, child=0xFFFFFFFF, right=0xFFFFFFFF, first=0xFFFFFFFE, size=0):
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    links = struct.pack("<III", 0xFFFFFFFF, right, child)
    return head + links + b"\0" * 36 + struct.pack("<IQ", first, size)


def locked():
    """What Excel writes when a password is set: an OLE file with the document inside, encrypted."""
    return ole("EncryptionInfo", "EncryptedPackage")


def _record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def _biff_text(text):
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def xls(*rows, sheet="명단", hidden=(), has_password=False):
    """A workbook of Excel 97, record by record; texts and numbers only."""
    names = (sheet, *hidden)
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    if has_password:
        begin += _record(0x002F, struct.pack("<HHH", 1, 1, 1) + b"\0" * 48)
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                body += _record(0x0204, place + _biff_text(value))
            else:
                body += _record(0x0203, place + struct.pack("<d", value))
    body += _record(0x000A, b"")
    size = sum(4 + 8 + 2 * len(name) for name in names)
    offset = len(begin) + size + 4
    for at, name in enumerate(names):
        written = struct.pack("<IBBBB", offset, int(at > 0), 0, len(name), 1)
        begin += _record(0x0085, written + name.encode("utf-16-le"))
    content = begin + _record(0x000A, b"") + body
    return ole("Workbook", content=content.ljust(4096, b"\0"))
