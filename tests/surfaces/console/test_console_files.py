"""Files on pages: uploaded, downloaded, taken away, checked."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mokmin.foundation.access.actor import SYSTEM
from mokmin.foundation.access.states import Role
from mokmin.foundation.files import actions, checking, queries
from mokmin.foundation.files.actions import PersonalContent, Upload
from mokmin.foundation.files.models import Blob, StoredFile
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.records import actions as records
from mokmin.foundation.records.states import Visibility
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.media import KINDS
from tests import seed
from tests.documents import makers
from tests.surfaces.console import pages

TEXT = "해솔군".encode()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MOKMIN_FILES = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "uploads")
    return tmp_path


@pytest.fixture
def record(tenant_a):
    with tenant(tenant_a.pk):
        return records.register("order", "하반기 정기인사")


def of_record(record):
    return reverse("console:record-files", args=[record.uid])


def sent(name="계획.txt", content=TEXT):
    return SimpleUploadedFile(name, content)


def kept_for(role, *, personal=actions.NOBODY, until=None, slug="a", name="명단.txt"):
    with tenant(seed.tenant_of(slug).pk):
        return actions.keep_for(
            seed.person_of(role).pk,
            Upload(name, BytesIO(TEXT)),
            actor=SYSTEM,
            at=timezone.now() - timedelta(days=2),
            kept_until=until or timezone.now() + timedelta(days=1),
            personal=personal,
        )


def test_files_are_attached_listed_and_downloaded(desk, record):
    client = desk(Role.ADMINISTRATOR)
    brought = makers.xlsx(["가"]).getvalue()

    answer = client.post(
        of_record(record), {"file": [sent(), sent("현황.xlsx", brought)]}, follow=True
    )

    said = pages.text(answer)
    assert answer.redirect_chain == [(of_record(record), 303)]
    assert "파일을 붙였습니다." in said
    with tenant(record.tenant_id):
        uids = dict(StoredFile.objects.values_list("name", "uid"))
    assert set(uids) == {"계획.txt", "현황.xlsx"}
    assert "엑셀(XLSX)" in said
    file = client.get(reverse("console:file", args=[uids["현황.xlsx"]]))
    assert file.content == brought


def test_a_download_is_an_attachment_that_no_browser_shows(desk):
    kept = kept_for(Role.OFFICER, name="2026 명단.txt")

    answer = desk(Role.OFFICER).get(reverse("console:file", args=[kept.uid]))

    assert answer.status_code == 200
    assert {name: answer[name] for name in (
        "Content-Type", "Content-Length", "X-Content-Type-Options", "Content-Disposition",
        "ETag", "Content-Encoding",
    )} == {
        "Content-Type": KINDS["text"].type,
        "Content-Length": str(len(TEXT)),
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "attachment; filename*=utf-8''2026%20%EB%AA%85%EB%8B%A8.txt",
        "ETag": f'"{kept.blob.sha256}"',
        "Content-Encoding": "identity",
    }  # fmt: skip
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))


def test_one_who_has_the_same_content_is_not_sent_it_again(desk):
    kept = kept_for(Role.OFFICER)

    answer = desk(Role.OFFICER).get(
        reverse("console:file", args=[kept.uid]),
        headers={"If-None-Match": f'"{kept.blob.sha256}"'},
    )

    assert (answer.status_code, answer.content) == (304, b"")


def test_a_download_of_personal_data_is_noted_with_its_reason(desk):
    officer = pages.uid_of(Role.OFFICER)
    personal = PersonalContent("직원 명단", (officer,), "인사위원회 자료")
    kept = kept_for(Role.OFFICER, personal=personal)

    desk(Role.OFFICER).get(reverse("console:file", args=[kept.uid]))

    assert pages.log()[-1] == ("김주무", "download", "직원 명단", 1, "인사위원회 자료")


def test_a_download_of_nobodys_data_is_not_noted(desk):
    kept = kept_for(Role.OFFICER)
    client = desk(Role.OFFICER)
    before = pages.log()

    client.get(reverse("console:file", args=[kept.uid]))

    assert pages.log() == before


@pytest.mark.parametrize("route", ["console:file", "console:file-remove"])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_what_was_made_for_another_is_not_found(desk, route, role):
    kept = kept_for(Role.OFFICER)

    assert desk(role).get(reverse(route, args=[kept.uid])).status_code == 404


@pytest.mark.parametrize("route", ["console:file", "console:file-remove"])
def test_files_of_another_municipality_are_not_found(desk, route, tenant_b):
    kept = kept_for(Role.OFFICER, slug="b")

    assert desk(Role.OFFICER).get(reverse(route, args=[kept.uid])).status_code == 404


def test_a_file_is_not_found_where_its_record_is_not_seen(desk, tenant_a):
    with tenant(tenant_a.pk):
        hidden = records.register("paper", "비공개", visibility=Visibility.RESTRICTED)
        blob = kept_for(Role.OFFICER).blob
        file = StoredFile.objects.create(
            blob=blob, name="a.txt", record=hidden, stored_at=seed.AT, stored_by="x"
        )

    statuses = {
        role: (
            desk(role).get(reverse("console:file", args=[file.uid])).status_code,
            desk(role).get(of_record(hidden)).status_code,
        )
        for role in (Role.OFFICER, Role.AUDITOR)
    }

    assert statuses == {Role.OFFICER: (404, 404), Role.AUDITOR: (200, 200)}


def test_what_is_past_its_day_is_told_before_the_night_takes_it(desk):
    kept = kept_for(Role.OFFICER, until=timezone.now() - timedelta(minutes=1))

    answer = desk(Role.OFFICER).get(reverse("console:file", args=[kept.uid]))

    assert answer.status_code == 409
    assert "보관 기한이 지난 파일입니다." in pages.text(answer)


def test_a_content_that_is_lost_is_told(desk):
    kept = kept_for(Role.OFFICER)
    with tenant(kept.tenant_id):
        queries.store().remove(kept.blob.sha256)

    answer = desk(Role.OFFICER).get(reverse("console:file", args=[kept.uid]))

    assert answer.status_code == 409
    assert queries.LOST in pages.text(answer)


def test_every_wrong_file_is_told_at_once_and_none_is_kept(desk, record, folder):
    client = desk(Role.ADMINISTRATOR)

    answer = client.post(
        of_record(record),
        {"file": [sent(), sent("빈 것.txt", b""), sent("가짜.pdf", b"\x89PNG\r\n\x1a\n")]},
    )

    assert answer.status_code == 422
    assert pages.errors(answer) == {
        "file": "빈 것.txt: 빈 파일입니다. 내용이 있는 파일을 골라 주세요. 가짜.pdf: 이름은 .pdf로 "
        "끝나지만 내용은 그림(PNG)입니다. 이름이나 내용을 바로잡아 올려 주세요. "
        "함께 고른 다른 파일도 올리지 않았습니다."
    }
    with tenant(record.tenant_id):
        assert StoredFile.objects.count() == 0


def test_nothing_chosen_is_told(desk, record):
    answer = desk(Role.ADMINISTRATOR).post(of_record(record))

    assert (answer.status_code, pages.errors(answer)) == (
        422, {"file": "올릴 파일을 골라 주세요."}
    )  # fmt: skip


def test_a_file_that_is_too_large_stops_being_written_while_it_arrives(desk, record, settings):
    settings.MOKMIN_FILE_BYTES = 1_000_000

    answer = desk(Role.ADMINISTRATOR).post(
        of_record(record), {"file": sent("큰 것.txt", b"x" * 3_000_000)}
    )

    assert (answer.status_code, pages.errors(answer)) == (
        422, {"file": "큰 것.txt: 1MB까지 올릴 수 있습니다."}
    )  # fmt: skip


def test_files_that_are_too_much_together_are_told_one_by_one(desk, record, settings):
    settings.MOKMIN_UPLOAD_BYTES = 2_000_000
    files = [sent(f"{number}.txt", b"x" * 900_000) for number in range(4)]

    answer = desk(Role.ADMINISTRATOR).post(of_record(record), {"file": files})

    told = "한 번에 모두 2MB까지 올릴 수 있습니다. 나누어 올려 주세요."
    assert pages.errors(answer) == {"file": f"2.txt: {told} 3.txt: {told}"}


def test_uploads_lie_on_disk_and_are_gone_with_the_request(desk, record, folder):
    desk(Role.ADMINISTRATOR).post(of_record(record), {"file": sent()})

    assert list((folder / "uploads").iterdir()) == []


def test_who_may_not_attach_reads_why_and_is_refused(desk, record):
    client = desk(Role.OFFICER)

    page = client.get(of_record(record))
    answer = client.post(of_record(record), {"file": sent()})

    assert "조직과 발령은 관리자만 바꿀 수 있습니다." in pages.text(page)
    assert answer.status_code == 409
    with tenant(record.tenant_id):
        assert Blob.objects.count() == 0


def test_a_file_of_a_record_is_taken_away_for_a_reason(desk, record):
    client = desk(Role.ADMINISTRATOR)
    client.post(of_record(record), {"file": sent()})
    with tenant(record.tenant_id):
        address = reverse("console:file-remove", args=[StoredFile.objects.get().uid])

    empty = client.post(address)
    done = client.post(address, {"reason": "잘못 올림"})

    assert (empty.status_code, set(pages.errors(empty))) == (422, {"reason"})
    assert (done.status_code, done["Location"]) == (303, of_record(record))
    assert pages.last_act() == ("remove_file", "서관리", "잘못 올림")


def test_a_file_of_ones_own_is_taken_away_without_a_reason(desk):
    kept = kept_for(Role.OFFICER)

    answer = desk(Role.OFFICER).post(reverse("console:file-remove", args=[kept.uid]))

    assert (answer.status_code, answer["Location"]) == (303, "/staff/files/")
    with tenant(kept.tenant_id):
        assert StoredFile.objects.count() == 0


def test_own_files_are_listed_and_nobody_elses(desk):
    kept_for(Role.OFFICER, name="내 명단.txt")
    kept_for(Role.COORDINATOR, name="남의 명단.txt")

    said = pages.text(desk(Role.OFFICER).get("/staff/files/"))

    assert ("내 명단.txt" in said, "남의 명단.txt" in said) == (True, False)


def test_a_check_is_started_as_a_job_that_can_be_watched(desk, tenant_a):
    client = desk(Role.ADMINISTRATOR)

    answer = client.post(reverse("console:file-check-start"))

    with tenant(tenant_a.pk):
        job = Job.objects.get(task="files.check")
    assert (answer.status_code, answer["Location"]) == (
        303, reverse("console:job", args=[job.uid])
    )  # fmt: skip


def test_what_a_check_found_is_named_with_what_to_do(desk, record, keeper):
    desk(Role.ADMINISTRATOR).post(of_record(record), {"file": sent("잃은 것.txt")})
    with tenant(record.tenant_id):
        queries.store().remove(Blob.objects.get().sha256)
        check = checking.begin(job_uid="시험", at=timezone.now())
        checking.note(check, checking.look(checking.stretch(check)))
        checking.end(check, ["사진.jpg"], actor=keeper, at=timezone.now())
    client = desk(Role.AUDITOR)

    listed = pages.text(client.get("/staff/files/checks/"))
    told = pages.text(client.get(reverse("console:file-check", args=[check.uid])))

    assert "이상 2건" in listed
    assert ("잃은 것.txt" in told, "사진.jpg" in told) == (True, True)
    assert "백업 폴더의 files에서 같은 해시의 파일을 찾아" in told


def test_a_whole_store_is_told_as_such(desk, tenant_a, keeper):
    with tenant(tenant_a.pk):
        check = checking.begin(job_uid="시험", at=timezone.now())
        checking.end(check, [], actor=keeper, at=timezone.now())

    said = pages.text(desk(Role.AUDITOR).get("/staff/files/checks/"))

    assert "이상이 없습니다." in said


def test_before_the_first_check_the_page_says_so(desk):
    said = pages.text(desk(Role.AUDITOR).get("/staff/files/checks/"))

    assert "아직 끝까지 점검한 적이 없습니다." in said
