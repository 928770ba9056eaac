"""Names, sizes and kinds of files."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from mokmin.foundation.files import rules
from mokmin.lib.korean import josa
from mokmin.lib.media import KINDS

ALLOWED = {kind.slug for kind in rules.USUAL}


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("2026 계획.hwpx", "2026 계획.hwpx"),
        (r"C:\Users\kim\계획.hwpx", "계획.hwpx"),
        ("../../etc/passwd", "passwd"),
        ("\u1100\u1168획.txt", "계획.txt"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("줄\n바꿈\0.txt", "줄바꿈.txt"),
        ('현황: "1/4"?.xlsx', "4__.xlsx"),
        ("  ..  ", rules.UNNAMED),
        ("", rules.UNNAMED),
        ("가" * 300 + ".hwpx", "가" * 195 + ".hwpx"),
        ("가" * 300, "가" * 200),
        ("x." + "y" * 300, ("x." + "y" * 300)[:180] + ("." + "y" * 300)[:20]),
    ],
)
def test_a_name_is_cleaned_of_what_would_mislead(name, clean):
    assert rules.cleaned_name(name) == clean


@pytest.mark.parametrize(
    ("name", "slug", "size", "problem"),
    [
        ("계획.hwpx", "hwpx", 10, None),
        ("사진.JPG", "jpeg", 10, None),
        ("메모.md", "text", 10, None),
        (
            "영상.mp4",
            "mp4",
            250_000_000,
            "100MB까지 올릴 수 있습니다(이 파일은 250MB).",
        ),
        ("빈.txt", "empty", 0, "빈 파일입니다. 내용이 있는 파일을 골라 주세요."),
        (
            "계획.pdf",
            "png",
            10,
            "이름은 .pdf로 끝나지만 내용은 그림(PNG)입니다. 이름이나 내용을 바로잡아 올려 주세요.",
        ),
        (
            "계획",
            "pdf",
            10,
            "이름 끝에 확장자가 없습니다. 내용은 PDF입니다. 이름을 바로잡아 주세요.",
        ),
        (
            "비밀.xlsx",
            "locked",
            10,
            "암호가 걸린 문서는 올릴 수 없습니다. 암호를 풀어 저장한 뒤 올려 주세요.",
        ),
        (
            "셈.xlsm",
            "xlsm",
            10,
            "매크로가 든 엑셀은 올릴 수 없습니다. ‘Excel 통합 문서(*.xlsx)’로 저장한 뒤 올려 "
            "주세요.",
        ),
    ],
)
def test_each_file_that_cannot_be_taken_has_its_sentence(name, slug, size, problem):
    found = rules.problem_of_file(name, KINDS[slug], size=size, allowed=ALLOWED, most=100_000_000)

    assert found == problem


@pytest.mark.parametrize("slug", ["html", "xml", "program", "unknown", "ole"])
def test_what_is_not_taken_says_what_is(slug):
    found = rules.problem_of_file("a.html", KINDS[slug], size=1, allowed={"pdf", "hwpx"}, most=100)

    assert found == (
        f"{josa(KINDS[slug].label, '은/는')} 올릴 수 없습니다. 올릴 수 있는 것: HWPX, PDF."
    )


def test_what_is_offered_instead_is_all_that_is_taken():
    found = rules.problem_of_file(
        "a.exe", KINDS["program"], size=10, allowed={"jpeg", "text"}, most=100
    )

    offered = found.partition("올릴 수 있는 것: ")[2].removesuffix(".").split(", ")
    assert offered == [each.upper() for kind in ("text", "jpeg") for each in KINDS[kind].suffixes]
    assert {"TXT", "CSV", "MD", "JPG", "JPEG"} <= {*offered}


@pytest.mark.parametrize("slugs", [(), ("hwpx", "heic")])
def test_an_installation_chooses_among_the_kinds_that_there_are(slugs):
    assert rules.why_not_kinds(slugs) is None


def test_a_misspelt_kind_is_told_with_those_that_there_are(settings):
    settings.MOKMIN_FILE_TYPES = ("hwpx", "hwpp", "jpg", "locked")

    with pytest.raises(ImproperlyConfigured) as caught:
        apps.get_app_config("files").ready()

    assert str(caught.value) == (
        "MOKMIN_FILE_TYPES에 모르는 종류가 있습니다: hwpp, jpg, locked. "
        f"적을 수 있는 것: {', '.join(sorted(set(KINDS) - {'empty', 'locked', 'ole', 'unknown'}))}."
    )


def test_problems_of_several_files_are_one_answer():
    found = rules.all_problems([("가.txt", "빈 파일입니다."), ("나.txt", None), ("다", "큽니다.")])

    assert found == {"file": "가.txt: 빈 파일입니다. 다: 큽니다."}
    assert rules.all_problems([("가", None)]) == {}


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0바이트"), (999, "999바이트"), (1_234, "1.2KB"), (99_999, "100KB"),
     (1_234_567, "1.2MB"), (100_000_000, "100MB"), (2_500_000_000, "2.5GB")],
)  # fmt: skip
def test_sizes_are_read_as_people_read_them(size, text):
    assert rules.size_text(size) == text
