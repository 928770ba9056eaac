"""Tells by content what a file is, from a few bounded looks into it."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import IO

from mokmin.lib.media import kinds, ole, zips
from mokmin.lib.media.kinds import Media

HEAD = 1 << 13
ENCODINGS = ("utf-8", "cp949")
CONTROLS = bytes(sorted({*range(32), 127} - {9, 10, 12, 13, 26, 27}))
LONGEST_CHARACTER = 4

SIGNATURES: tuple[tuple[bytes, Media], ...] = (
    (b"%PDF-", kinds.PDF),
    (b"\x89PNG\r\n\x1a\n", kinds.PNG),
    (b"\xff\xd8\xff", kinds.JPEG),
    (b"GIF87a", kinds.GIF),
    (b"GIF89a", kinds.GIF),
    (b"II*\0", kinds.TIFF),
    (b"MM\0*", kinds.TIFF),
    (b"\x7fELF", kinds.PROGRAM),
)
ENTRIES: tuple[tuple[str, Media], ...] = (
    ("xl/workbook.bin", kinds.XLSB),
    ("xl/vbaProject.bin", kinds.XLSM),
    ("xl/workbook.xml", kinds.XLSX),
    ("word/document.xml", kinds.DOCX),
    ("ppt/presentation.xml", kinds.PPTX),
    ("Contents/content.hpf", kinds.HWPX),
)
STREAMS: tuple[tuple[str, Media], ...] = (
    ("EncryptedPackage", kinds.LOCKED),
    ("HwpSummaryInformation", kinds.HWP),
    ("\x05HwpSummaryInformation", kinds.HWP),
    ("FileHeader", kinds.HWP),
    ("Workbook", kinds.XLS),
    ("Book", kinds.XLS),
    ("WordDocument", kinds.DOC),
    ("PowerPoint Document", kinds.PPT),
)
BRANDS: tuple[tuple[bytes, Media], ...] = (
    (b"avif", kinds.AVIF),
    (b"avis", kinds.AVIF),
    (b"heic", kinds.HEIC),
    (b"heix", kinds.HEIC),
    (b"hevc", kinds.HEIC),
    (b"mif1", kinds.HEIC),
    (b"msf1", kinds.HEIC),
    (b"M4A ", kinds.M4A),
    (b"M4B ", kinds.M4A),
)
"""What stands after `ftyp`; whatever else does is a film."""

ANY_PICTURE = (b"mif1", b"msf1")
"""With these a picture names its kind among the brands that it goes with."""

DECLARED = {kind.type: kind for kind in (kinds.ODS, kinds.ODT, kinds.HWPX)}
MARKUP = ((b"<!doctype html", kinds.HTML), (b"<html", kinds.HTML), (b"<?xml", kinds.XML))


def sniff(file: IO[bytes]) -> Media:
    """The kind of a file; afterwards it stands where it stood before."""
    stood = file.tell()
    try:
        return _kind(file)
    finally:
        file.seek(stood)


def _kind(file: IO[bytes]) -> Media:
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        return kinds.EMPTY
    if head.startswith((zips.LOCAL, zips.END)):
        return _zipped(file)
    if head.startswith(ole.SIGNATURE):
        return _first(STREAMS, ole.streams(file), kinds.OLE)
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    return _by_inner_mark(head) or _text(head, is_whole=len(head) < HEAD) or kinds.UNKNOWN


def _zipped(file: IO[bytes]) -> Media:
    if kind := DECLARED.get(zips.declared(file)):
        return kind
    return _first(ENTRIES, zips.names(file), kinds.ZIP)


def _first(known: tuple[tuple[str, Media], ...], found: set[str], otherwise: Media) -> Media:
    return next((kind for name, kind in known if name in found), otherwise)


def _by_inner_mark(head: bytes) -> Media | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return kinds.WEBP
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head[:2] == b"BM" and head[6:10] == b"\0" * 4:
        return kinds.BMP
    if head[:2] == b"MZ" and b"\0" in head:
        return kinds.PROGRAM
    return None


def _by_brand(head: bytes) -> Media:
    """Of pictures, sounds and films that all come in the same box."""
    brand = head[8:12]
    goes_with = head[16 : int.from_bytes(head[:4])] if brand in ANY_PICTURE else b""
    named = [brand, *(goes_with[at : at + 4] for at in range(0, len(goes_with), 4))]
    return next((kind for known, kind in BRANDS if known in named), kinds.MP4)


def _text(head: bytes, *, is_whole: bool) -> Media | None:
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return kinds.TEXT
    if head.translate(None, CONTROLS) != head or not _is_readable(head, is_whole=is_whole):
        return None
    begin = head.removeprefix(BOM_UTF8).lstrip()[:200].lower()
    if b"<svg" in begin:
        return kinds.XML
    return next((kind for mark, kind in MARKUP if begin.startswith(mark)), _or_table(begin))


def _or_table(begin: bytes) -> Media:
    """Systems that "download Excel" often write a bare web table."""
    return kinds.HTML if begin.startswith((b"<table", b"<meta", b"<style")) else kinds.TEXT


def _is_readable(head: bytes, *, is_whole: bool) -> bool:
    """The last character of a head may have been cut in two."""
    lengths = range(1 if is_whole else LONGEST_CHARACTER)
    for encoding in ENCODINGS:
        for cut in lengths:
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False
