"""Hostile and broken files at the page that takes Excel: refused in Korean, the server unharmed."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mokmin.foundation.access.states import Role
from mokmin.foundation.files.models import StoredFile
from mokmin.foundation.orgs.models import PersonnelOrder
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.sandbox.reasons import SENTENCES
from tests.documents import makers
from tests.documents.hostile_files import HOSTILE
from tests.surfaces.console import pages

URL = reverse("console:order-upload")
FIVE_MEGABYTES = 5 * 1024


def resident():
    """Kilobytes that the server holds now; a peak would hide every growth after the first."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MOKMIN_FILES = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "uploads")


@pytest.fixture
def send(desk):
    """Sends a file to the page as the administrator; a first one has loaded what is loaded once."""
    client = desk(Role.ADMINISTRATOR)

    def post(content, name="발령.xlsx"):
        sent = SimpleUploadedFile(name, content)
        return client.post(URL, {"title": "정기인사", "on": "2030-01-01", "file": sent})

    post(b"")
    return post


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_refused_in_korean_and_nothing_of_it_stays(send, tenant_a, name):
    make, reason = HOSTILE[name]
    content = make().getvalue()
    before = resident()

    answer = send(content)

    said = pages.errors(answer)["file"]
    grown = resident() - before
    assert (answer.status_code, said.endswith(".")) == (422, True)
    assert said == SENTENCES[reason] or "읽지 않았습니다" in said
    assert grown < FIVE_MEGABYTES + len(content) // 1024
    with tenant(tenant_a.pk):
        assert (StoredFile.objects.count(), PersonnelOrder.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (
            makers.locked().getvalue(),
            "발령.xlsx",
            "암호가 걸린 파일이라 읽을 수 없습니다. 암호를 풀어 저장한 뒤 올려 주세요.",
        ),
        (
            b"%PDF-1.7\n\xe2\xe3",
            "발령.xlsx",
            "엑셀(XLSX, XLS)이나 CSV 파일을 올려 주세요. 올린 파일의 내용은 PDF입니다.",
        ),
        (
            b"<html><table><tr><td>1</td></tr></table>",
            "발령.xls",
            "엑셀 파일이 아니라 웹 문서(HTML)를 올리셨습니다. 엑셀에서 열어 "
            "‘Excel 통합 문서(*.xlsx)’로 다시 저장한 뒤 올려 주세요.",
        ),
    ],
)
def test_what_is_something_else_is_told_what_it_is(send, content, name, sentence):
    answer = send(content, name)

    assert (answer.status_code, pages.errors(answer)) == (422, {"file": sentence})


def test_after_a_hostile_file_an_honest_one_is_read(send):
    send(makers.far_cell().getvalue())

    answer = send(makers.xlsx(["성명", "구분", "비고"], ["아무개", "전배", "x"]).getvalue())

    assert answer.status_code == 422
    assert "‘전배’는 목록에 없는 값입니다." in pages.text(answer)


def test_marks_that_no_database_takes_are_dropped_from_what_is_read(send):
    cells = ("성명", "구분", "비고"), ("아_x0000_무개", "휴직", "_x0000_")
    rows = "".join(
        "<row>" + "".join(f"<c t='inlineStr'><is><t>{each}</t></is></c>" for each in row) + "</row>"
        for row in cells
    )

    answer = send(makers.package(rows).getvalue())

    assert answer.status_code == 422
    assert "‘아무개’에 해당하는 사람이 없습니다." in pages.text(answer)
