"""Orders by Excel: every row judged at once, the file at hand until all of them are right."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mokmin.foundation.access.models import AccessEntry
from mokmin.foundation.files.models import StoredFile
from mokmin.foundation.orgs.models import PersonnelOrder
from mokmin.foundation.people.models import Person
from mokmin.surfaces.console.organisation import order_sheet
from mokmin.surfaces.console.organisation.order_upload import KEPT_FOR, PAGE
from tests.surfaces.console import pages

AT = datetime(2026, 1, 1, tzinfo=UTC)
UPLOAD = "/staff/organisation/orders/upload/"
HEADINGS = ("성명", "전자우편", "구분", "새 부서", "새 직위", "자리 번호", "비고")


def orders(within):
    with within():
        return list(PersonnelOrder.objects.values_list("title", flat=True))


def filled(*rows, headings=HEADINGS, name="발령.xlsx"):
    """A file as somebody fills it in."""
    book = openpyxl.Workbook()
    for row in (headings, *rows):
        book.active.append(list(row))
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def row(person, verb, unit="", post="", number="", note="", email=""):
    return (person, email, verb, unit, post, number, note)


GOOD = (
    row("바주무", "전보", "재산팀", "팀장"),
    row("사주무", "휴직", note="육아휴직"),
    row("아주무", "겸임", "재무과 재산팀", "팀장"),
)


def test_a_good_file_is_looked_at_then_applied_and_kept_with_the_order(
    client, county, heading, within, soon
):
    looked = client.post(UPLOAD, {**heading, "file": filled(*GOOD)})
    before = orders(within)
    sent = {**heading, "kept": looked.context["stored"].uid, "confirm": looked.context["mark"]}
    done = client.post(UPLOAD, sent)

    assert looked.status_code == 422
    assert looked.context["wrong_rows"] == []
    assert (before, orders(within)) == ([], ["정기인사"])
    assert done.status_code == 303
    with within():
        assert county.seats(soon)["바주무"] == "재무과 재산팀 팀장"
        assert StoredFile.objects.filter(record__kind="order").get().name == "발령.xlsx"
    page = client.get(done["Location"])
    assert len(page.context["rows"]) == 3
    assert [file.name for file in page.context["files"]] == ["발령.xlsx"]


def test_every_wrong_row_is_told_at_once_with_number_column_and_what_to_do(
    client, county, heading, within
):
    bad = (
        row("없는사람", "전보", "재산팀", "팀장"),
        row("자주무", "소풍"),
        row("", "전보", "재산팀", "팀장"),
        row("차주무", "전보", "없는팀", "팀장"),
        row("라팀장", "전보", "기획과", "과장"),
    )

    response = client.post(UPLOAD, {**heading, "file": filled(*GOOD, *bad)})

    told = [pages.words(each) for each in response.context["wrong_rows"]]
    assert response.status_code == 422
    assert [each.split()[0] for each in told] == ["5", "6", "7", "8", "9"]
    assert "성명: ‘없는사람’에 해당하는 사람이 없습니다." in told[0]
    assert "구분: ‘소풍’은 목록에 없는 값입니다." in told[1]
    assert told[1].split()[1:3] == ["자주무", "소풍"]
    assert "성명: 비어 있습니다." in told[2]
    assert "‘없는팀’ 부서가 없습니다." in told[3]
    assert "한 사람도 발령하지 않았습니다." in pages.text(response)
    assert "발령 등록</button>" not in response.content.decode()
    assert orders(within) == []


def seen(within, page=PAGE):
    """Whom the last entry of the page names."""
    with within():
        return set(AccessEntry.objects.filter(page=page).latest("id").subject_uids)


def test_those_whom_a_sentence_offers_are_in_the_access_log(client, county, heading, within):
    with within():
        first, second = county.person("여은정", "one@a.example"), county.person("여은정")

    client.post(UPLOAD, {**heading, "file": filled(row("여은정", "휴직"), row("바주무", "휴직"))})

    assert seen(within) == {first, second, county.people["바주무"]}


def test_those_whom_a_problem_or_a_note_names_are_in_the_access_log(
    client, county, heading, within
):
    twice = row("바주무", "전보", "계약팀", "팀장")
    acting = row("자주무", "직무대리", "예산팀", "팀장")

    client.post(UPLOAD, {**heading, "file": filled(twice, acting)})

    named = {county.people[name] for name in ("바주무", "마팀장", "자주무", "라팀장")}
    assert seen(within) == named


def test_a_mended_file_takes_the_place_of_the_first(client, county, heading, within):
    first = client.post(UPLOAD, {**heading, "file": filled(row("없는사람", "휴직"))})
    sent = {**heading, "kept": first.context["stored"].uid, "file": filled(*GOOD)}

    second = client.post(UPLOAD, sent)

    assert second.context["wrong_rows"] == []
    assert second.context["stored"].uid != first.context["stored"].uid


def test_a_wrong_heading_and_wrong_rows_are_told_at_once_and_the_file_stays(
    client, county, heading, within
):
    sent = {**heading, "title": "", "on": "2026-01-01"}

    first = client.post(UPLOAD, {**sent, "file": filled(*GOOD, row("없는사람", "휴직"))})
    kept = first.context["stored"].uid
    second = client.post(UPLOAD, {**heading, "kept": kept})

    assert first.status_code == 422
    assert set(pages.errors(first)) == {"title", "on"}
    assert [each.number for each in first.context["filled"].wrong] == [5]
    assert f'name="kept" value="{kept}"' in first.content.decode()
    assert [each.number for each in second.context["filled"].wrong] == [5]


def test_without_a_day_the_file_is_read_and_stays(client, county, heading):
    file = filled(*GOOD, row("자주무", "소풍"))

    response = client.post(UPLOAD, {**heading, "on": "어제", "file": file})

    assert list(pages.errors(response)) == ["on"]
    assert [each.number for each in response.context["filled"].wrong] == [5]
    assert response.context["stored"].name == "발령.xlsx"
    assert "발령일을 적으면 나머지 줄도 살펴봅니다." in pages.text(response)
    assert "발령일을 적으면 살펴봅니다" in pages.words(response.context["rows"][0])


@pytest.mark.parametrize(
    "of",
    [{"page": "직원 목록"}, {"stored_at": AT, "kept_until": AT + KEPT_FOR}],
    ids=["other", "over"],
)
def test_a_file_that_this_page_does_not_keep_is_none_to_order_by(
    client, county, heading, within, of
):
    kept = client.post(UPLOAD, {**heading, "file": filled(*GOOD)}).context["stored"].uid
    with within():
        StoredFile.objects.filter(uid=kept).update(**of)

    response = client.post(UPLOAD, {**heading, "kept": kept})

    assert pages.errors(response) == {"file": "작성한 엑셀 파일을 골라 주세요."}


@pytest.mark.parametrize(
    ("name", "taken", "sentence"),
    [
        ("발령.xlsm", None, "이름은 .xlsm으로 끝나지만 내용은 엑셀(XLSX)입니다."),
        ("발령.csv", None, "이름은 .csv로 끝나지만 내용은 엑셀(XLSX)입니다."),
        ("발령.xlsx", ["pdf"], "엑셀(XLSX)은 올릴 수 없습니다."),
    ],
)
def test_what_could_not_stay_with_the_order_is_refused_at_the_first_look(
    client, county, heading, settings, name, taken, sentence
):
    settings.MOKMIN_FILE_TYPES = taken

    response = client.post(UPLOAD, {**heading, "file": filled(*GOOD, name=name)})

    assert response.status_code == 422
    assert pages.errors(response)["file"].startswith(f"{name}: {sentence}")
    assert response.context["stored"] is None


@pytest.mark.parametrize(
    ("taken", "accepts"),
    [(None, ".xlsx,.xls,.ods,.csv"), (["pdf", "xlsm", "xlsx"], ".xlsx,.xlsm")],
)
def test_only_files_that_can_stay_with_the_order_are_offered(
    client, county, settings, taken, accepts
):
    settings.MOKMIN_FILE_TYPES = taken

    assert f'accept="{accepts}"' in client.get(UPLOAD).content.decode()


def test_another_ones_file_is_none_of_ours(client, desk, county, heading, within):
    kept = client.post(UPLOAD, {**heading, "file": filled(*GOOD)}).context["stored"].uid
    with within():
        StoredFile.objects.filter(uid=kept).update(person_id=county.now().holdings[0].person_id)

    response = client.post(UPLOAD, {**heading, "kept": kept})

    assert pages.errors(response) == {"file": "작성한 엑셀 파일을 골라 주세요."}


def test_a_post_is_named_by_its_number_alone(client, county, heading):
    file = filled(row("바주무", "전보", number=county.posts["재산팀장"]))

    response = client.post(UPLOAD, {**heading, "file": file})

    assert "재무과 재산팀 팀장" in pages.words(response.context["rows"][0])


def test_one_of_several_of_a_name_is_named_by_the_number_as_the_form_says(
    client, county, heading, within
):
    with within():
        _first, second = county.person("여은정", "one@a.example"), county.person("여은정")

    response = client.post(
        UPLOAD, {**heading, "file": filled(row(second, "신규임용", "재산팀", "팀장"))}
    )

    assert response.context["wrong_rows"] == []
    assert response.context["outcome"].results[0].person == second
    assert any("‘성명’에 이름 대신 사람 번호를" in line for line in order_sheet.HOW)


def test_a_slip_beside_an_address_or_a_number_is_told(client, county, heading, within):
    posts = county.posts
    with within():
        Person.objects.filter(name="사주무").update(email="sa@a.example")
    rows = (
        row("바주무", "휴직", email="sa@a.example"),
        row("사 주무", "휴직", email="SA@a.example"),
        row("아주무", "전보", "재무과 재산팀", "팀장", posts["계약팀장"]),
        row("자주무", "전보", "재산팀", "과장", posts["재산팀장"]),
        row("차주무", "전보", "재무과 재산팀", "팀장", posts["재산팀장"]),
    )

    response = client.post(UPLOAD, {**heading, "file": filled(*rows)})

    told = {each.number: each.problems for each in response.context["filled"].wrong}
    mend = "둘 가운데 틀린 것을 고쳐 주세요."
    assert told[2] == [f"전자우편: 사주무의 전자우편인데 성명은 ‘바주무’입니다. {mend}"]
    assert told[4][0] == (
        "자리 번호: 재무과 계약팀 팀장 자리의 번호인데 부서와 직위는 "
        f"‘재무과 재산팀 팀장’입니다. {mend}"
    )
    assert told[5][0] == (
        f"자리 번호: 재무과 재산팀 팀장 자리의 번호인데 부서와 직위는 ‘재산팀 과장’입니다. {mend}"
    )
    said = [each.partition(":")[0] for number in told for each in told[number]]
    assert (said.count("전자우편"), said.count("자리 번호")) == (1, 2)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "작성한 엑셀 파일을 골라 주세요."),
        (SimpleUploadedFile("발령.xlsx", b"\x89PNG\r\n\x1a\n"), ""),
        (filled(headings=("아무", "칸")), "칸이 있는 표를 찾지 못했습니다."),
        (filled(), "적힌 줄이 없습니다."),
    ],
    ids=["nothing", "a picture", "another table", "no rows"],
)
def test_what_is_no_filled_sheet_is_refused_at_the_file(
    client, county, heading, within, file, sentence
):
    if file:
        file.seek(0)
    response = client.post(UPLOAD, {**heading, **({"file": file} if file else {})})

    assert response.status_code == 422
    assert list(pages.errors(response)) == ["file"]
    assert sentence in pages.errors(response)["file"]
    assert orders(within) == []


def test_too_many_rows_are_refused(client, county, heading, monkeypatch):
    monkeypatch.setattr(order_sheet, "MOST", 2)

    response = client.post(UPLOAD, {**heading, "file": filled(*GOOD)})

    assert "나누어 올려 주세요." in pages.errors(response)["file"]


def test_a_day_that_is_over_is_told_at_the_heading(client, county, heading):
    response = client.post(UPLOAD, {**heading, "on": "2026-01-01", "file": filled(*GOOD)})

    assert set(pages.errors(response)) == {"on"}
    assert response.context["mark"] == ""
