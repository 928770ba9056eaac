"""Hostile and broken workbooks: each is refused in one sentence, and nobody else notices."""

import re
import threading
import time
from pathlib import Path

import pytest

from mokmin.documents.readers import spreadsheet
from mokmin.documents.readers.inside.values import Extent
from mokmin.lib import sandbox
from mokmin.lib.sandbox import Unreadable
from tests.documents import makers
from tests.documents.hostile_files import HOSTILE

FIVE_MEGABYTES = 5 * 1024
SELF = Path("/proc/self")


@pytest.fixture
def grown():
    """Kilobytes that this process has grown by at most, since it was first asked."""
    begun = []

    def most():
        if not begun:
            # The high-water mark begins anew, else growth below what came before is never seen.
            (SELF / "clear_refs").write_text("5")
        [mark] = re.findall(r"VmHWM:\s+(\d+) kB", (SELF / "status").read_text())
        begun.append(int(mark))
        return begun[-1] - begun[0]

    return most


def test_growth_is_seen_below_what_the_process_has_had_before(grown):
    before = bytearray(b"x" * 50_000_000)
    del before
    grown()
    held = bytearray(b"x" * 20_000_000)
    del held

    assert grown() > FIVE_MEGABYTES


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_refused_and_this_process_does_not_grow(name, grown):
    make, reason = HOSTILE[name]
    file = make()
    grown()

    with pytest.raises(Unreadable) as caught:
        spreadsheet.read(file, name="명단.xlsx")

    assert caught.value.reason == reason
    assert grown() < FIVE_MEGABYTES


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
