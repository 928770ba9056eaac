"""Hostile and broken workbooks: each is refused in one sentence, and nobody else notices."""

import resource
import threading
import time
import zipfile
from io import BytesIO

import pytest

from mokmin.documents.readers import spreadsheet
from mokmin.documents.readers.inside.values import Extent
from mokmin.lib import sandbox
from mokmin.lib.sandbox import Reason, Unreadable
from tests.documents import makers

FIVE_MEGABYTES = 5 * 1024


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


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_refused_and_this_process_does_not_grow(name):
    make, reason = HOSTILE[name]
    file = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(Unreadable) as caught:
        spreadsheet.read(file, name="명단.xlsx")

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert caught.value.reason == reason
    assert grown < FIVE_MEGABYTES


def test_the_far_cell_is_named_so_that_it_can_be_deleted():
    with pytest.raises(Unreadable) as caught:
        spreadsheet.read(makers.far_cell())

    assert caught.value.sentence == (
        "‘명단’ 시트의 XFD1048576 칸까지 값이 있어 읽지 않았습니다. 시트마다 5,000행, 100열까지, "
        "모두 200,000칸까지 읽습니다. 표 밖에 남은 값이 있으면 지우고, 표가 크면 나누어 저장한 뒤 "
        "올려 주세요."
    )


def test_what_the_fast_reader_dies_of_is_read_by_the_slow_one():
    content = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (1, 2, 1_048_576))
    limits = Extent(rows=2_000_000)
    small = sandbox.Limits(memory=250 * 1024**2)

    found = spreadsheet.read(
        makers.package(content.replace('"A2"', '"CV2"')), limits=limits, process=small
    )

    (sheet,) = found.sheets
    assert [number for number, _row in sheet.numbered()] == [1, 2, 1_048_576]
    assert (sheet.at("A1"), sheet.at("CV2"), sheet.at("A1048576")) == (1, 2, 1_048_576)


def test_whoever_reads_at_the_same_time_is_not_held_up():
    answers = {}

    def hostile():
        with pytest.raises(Unreadable):
            spreadsheet.read(makers.far_cell())

    other = threading.Thread(target=hostile)
    other.start()
    begun = time.monotonic()
    answers["honest"] = spreadsheet.read(makers.xlsx(["성명"])).sheets[0].rows
    answers["seconds"] = time.monotonic() - begun
    other.join()

    assert answers["honest"] == (("성명",),)
    assert answers["seconds"] < 20
