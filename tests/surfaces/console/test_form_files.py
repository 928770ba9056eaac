"""Files of a form: what may be put there is said before and judged after sending."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from mokmin.foundation.access.states import Role
from mokmin.foundation.people.models import Draft
from mokmin.surfaces.kit.forms.base import StaffForm
from mokmin.surfaces.kit.forms.files import FileDropField
from tests.surfaces.console import pages

URL = "/staff/gallery/form/files/"


class SheetForm(StaffForm):
    file = FileDropField(label="파일", accepts=(".xlsx", ".csv"), limit=10)
    more = FileDropField(label="더", many=True, count=2, limit=10)


def file(name="a.xlsx", content=b"123"):
    return SimpleUploadedFile(name, content)


def sent(**files):
    return SheetForm({}, MultiValueDict(files))


def test_one_file_comes_as_it_is_and_several_as_many():
    one, two, three = file(), file("b.pdf"), file("c.hwpx")
    form = sent(file=[one], more=[two, three])

    assert form.is_valid()
    assert form.cleaned_data == {"file": one, "more": (two, three)}


def test_no_file_is_none():
    form = sent()

    assert form.is_valid()
    assert form.cleaned_data == {"file": None, "more": ()}


def test_everything_that_is_wrong_with_files_is_told_at_once():
    form = sent(
        file=[file("가.exe")],
        more=[file("큰 것.pdf", b"x" * 11), file("빈 것.pdf", b""), file("셋째.pdf")],
    )

    assert form.errors == {
        "file": ["‘가.exe’는 올릴 수 없는 종류입니다. xlsx, csv 파일을 올려 주세요."],
        "more": [
            "‘큰 것.pdf’는 11바이트입니다. 10바이트까지 됩니다.",
            "‘빈 것.pdf’는 빈 파일입니다.",
            "파일은 2개까지 올릴 수 있습니다. 지금 3개입니다.",
        ],
    }


def test_the_ending_of_a_name_may_be_written_large():
    assert sent(file=[file("A.XLSX")]).is_valid()


def test_the_rule_stands_beside_the_input():
    form = SheetForm()

    assert form.fields["file"].rule == "xlsx, csv 파일, 한 개에 10바이트까지 올릴 수 있습니다."
    drawn = str(form["more"])
    assert '<input type="file" name="more" accept="" multiple id="id_more">' in drawn
    assert "2개까지, 한 개에 10바이트까지 올릴 수 있습니다." in drawn


def test_a_form_with_a_file_is_sent_in_parts(desk):
    page = desk(Role.ADMINISTRATOR).get(URL).content.decode()

    assert 'enctype="multipart/form-data"' in page
    assert "/built/drafts-drop." in page


def test_a_file_is_taken_with_its_form(desk):
    data = {"title": "행사", "on": "2026-10-01", "file": file()}

    assert desk(Role.ADMINISTRATOR).post(URL, data).status_code == 303


def test_a_file_is_refused_at_its_field(desk):
    data = {"title": "행사", "on": "2026-10-01", "file": file("a.exe")}

    response = desk(Role.ADMINISTRATOR).post(URL, data)

    assert response.status_code == 422
    assert list(pages.errors(response)) == ["file"]


def test_a_file_that_was_cut_off_on_its_way_says_so(desk, settings):
    settings.MOKMIN_FILE_BYTES = 1_000_000
    data = {"title": "행사", "on": "2026-10-01", "file": file(content=b"x" * 1_500_000)}

    response = desk(Role.ADMINISTRATOR).post(URL, data)

    assert pages.errors(response) == {"file": "‘a.xlsx’: 1MB까지 올릴 수 있습니다."}


def test_a_draft_keeps_no_file(desk, in_a):
    data = {"title": "행사", "_draft": "", "file": file()}
    desk(Role.ADMINISTRATOR).post(URL, data, headers={"X-Mokmin-Draft": "keep"})

    draft = Draft.objects.get()
    assert "file" not in draft.values["fields"]
    assert "file" not in draft.values["data"]


@pytest.mark.parametrize("name", ["file", "more"])
def test_a_field_that_is_shown_again_names_no_file(name):
    form = sent(**{name: [file("a.exe", b"x" * 20)]})

    assert not form.is_valid()
    assert "a.exe" not in str(form[name])
