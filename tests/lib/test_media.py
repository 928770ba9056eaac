"""What a file is, by its content."""

import zipfile
from io import BytesIO

import pytest

from mokmin.lib import media
from mokmin.lib.media import suffix_of
from tests.documents import makers


def zipped(*names, first=None):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
FILES = {
    "xlsx": makers.xlsx(["가"]).getvalue(),
    "xlsm": zipped("xl/workbook.xml", "xl/vbaProject.bin"),
    "xlsb": zipped("xl/workbook.bin"),
    "xls": makers.xls(["가"]).getvalue(),
    "ods": zipped("content.xml", first=f"{OPEN_DOCUMENT}spreadsheet"),
    "odt": zipped("content.xml", first=f"{OPEN_DOCUMENT}text"),
    "hwpx": zipped("Contents/header.xml", first="application/hwp+zip"),
    "hwp": makers.ole("FileHeader", "DocInfo", "BodyText").getvalue(),
    "docx": zipped("[Content_Types].xml", "word/document.xml"),
    "doc": makers.ole("1Table", "WordDocument").getvalue(),
    "pptx": zipped("ppt/presentation.xml"),
    "ppt": makers.ole("Current User", "x", "y", "z", "PowerPoint Document").getvalue(),
    "zip": zipped("사진.jpg"),
    "locked": makers.locked().getvalue(),
    "ole": makers.ole("SomethingElse").getvalue(),
    "pdf": b"%PDF-1.7\n\xe2\xe3",
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "gif": b"GIF89a\1\0",
    "webp": b"RIFF\1\0\0\0WEBPVP8 ",
    "tiff": b"II*\0\x08\0\0\0",
    "bmp": b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0",
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "avif": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
    "m4a": b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42",
    "mp4": b"\0\0\0\x18ftypmp42",
    "program": b"\x7fELF\2\1\1",
    "html": "<!DOCTYPE html><html><body>현황</body></html>".encode(),
    "xml": '<?xml version="1.0"?><a>가</a>'.encode(),
    "text": "성명,발령일\n김목민,2026-07-01\n".encode("cp949"),
    "empty": b"",
    "unknown": b"\0\1\2\3" * 100,
}


@pytest.mark.parametrize("slug", FILES)
def test_every_kind_is_known_by_its_content(slug):
    assert media.sniff(BytesIO(FILES[slug])).slug == slug


def test_every_kind_has_been_tried():
    assert set(FILES) == set(media.KINDS)


@pytest.mark.parametrize(
    ("content", "slug"),
    [
        (b"MZ\x90\0\3\0", "program"),
        (b"MM\0*\0\0", "tiff"),
        (b"\0\0\0\x18ftypheix\0\0\0\0mif1heix", "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1miafavif", "avif"),
        (b"\0\0\0\x14ftypmif1\0\0\0\0mif1avif", "heic"),
        (b"\0\0\0\x1cftypisom\0\0\0\0isomavifmp41", "mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "mp4"),
        ("가나다".encode() * 3000, "text"),
        ("﻿성명,수".encode(), "text"),
        ("성명\t수".encode("utf-16"), "text"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "xml"),
        (b"  <table><tr><td>1</td></tr></table>", "html"),
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06" + b"\0" * 18, "zip"),
        (makers.ole("Workbook").getvalue()[:100], "ole"),
        (makers.ole("Workbook").getvalue()[:600], "ole"),
        (makers.package("").getvalue()[:-300], "xlsx"),
        (FILES["xlsx"][:-10] + b"\0" * 10, "xlsx"),
    ],
)
def test_kinds_that_are_told_by_less(content, slug):
    assert media.sniff(BytesIO(content)).slug == slug


def test_a_text_whose_last_character_is_cut_by_the_look_is_text():
    for shift in range(4):
        content = b"a" * shift + "한".encode() * 4000

        assert media.sniff(BytesIO(content)).slug == "text"


def test_a_directory_that_goes_round_in_circles_ends():
    content = bytearray(makers.ole("SomethingElse").getvalue())
    content[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")

    assert media.sniff(BytesIO(bytes(content))).slug == "ole"


def test_a_header_of_nonsense_is_still_told():
    content = bytearray(makers.ole("Workbook").getvalue())
    content[30] = 200

    assert media.sniff(BytesIO(bytes(content))).slug == "ole"


def test_the_file_stands_where_it_stood():
    file = BytesIO(FILES["xlsx"])
    file.seek(7)

    media.sniff(file)

    assert file.tell() == 7


@pytest.mark.parametrize(
    ("name", "suffix", "fits"),
    [("현황.XLSX", "xlsx", True), ("현황.xls", "xls", False), ("현황", "", False)],
)
def test_a_name_fits_its_kind_or_not(name, suffix, fits):
    assert (suffix_of(name), media.KINDS["xlsx"].fits(name)) == (suffix, fits)
