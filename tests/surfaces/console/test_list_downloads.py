"""Lists as files: what stands in them, why they are given, what is long is made by a job."""

import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from mokmin.foundation.access.states import Role
from mokmin.foundation.files.models import StoredFile
from mokmin.foundation.jobs import rules, runner
from mokmin.foundation.jobs.kinds import TASKS
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.progress import Interrupted
from mokmin.foundation.people import actions
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.surfaces.kit.lists import exporting, files
from tests import seed
from tests.surfaces.console import pages

PEOPLE = "/staff/people/"
EXPORT = f"{PEOPLE}export/"
SHOWN = ["이름", "전자우편", "역할", "2단계 인증", "마지막 로그인", "상태"]
REASON = {"reason": "감사 자료"}


@pytest.fixture
def client(desk):
    return desk(Role.ADMINISTRATOR)


def csv_of(content):
    said = content.decode("utf-8")
    assert said.startswith("\ufeff")
    return list(csv.reader(StringIO(said.removeprefix("\ufeff"))))


def sheets_of(content):
    book = load_workbook(BytesIO(content), read_only=True)
    return {sheet.title: [list(row) for row in sheet.values] for sheet in book}


def test_a_download_is_the_list_and_its_reason_is_kept(client):
    response = client.post(f"{EXPORT}?role=auditor", {"format": "csv", **REASON})

    assert csv_of(response.content) == [
        SHOWN,
        ["강감사", "auditor@a.example", "감사", "아직 들어오지 않음", "", "사용 중"],
    ]
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert pages.log() == [("서관리", "download", "계정과 역할 목록", 1, "감사 자료")]


@pytest.mark.parametrize(("kind", "end"), [("csv", "-서관리.csv"), ("xlsx", ".xlsx")])
def test_the_name_of_a_bare_table_says_who_has_it(client, kind, end):
    response = client.post(EXPORT, {"format": kind, **REASON})

    name = unquote(response["Content-Disposition"].partition("utf-8''")[2])
    assert re.fullmatch(rf"계정과 역할 목록-\d{{8}}-\d{{4}}{re.escape(end)}", name)


def test_an_excel_file_says_besides_who_has_it_and_what_was_looked_for(client):
    response = client.post(f"{EXPORT}?role=auditor", {"format": "xlsx", **REASON})

    found = sheets_of(response.content)
    assert found["계정과 역할 목록"] == [
        SHOWN,
        ["강감사", "auditor@a.example", "감사", "아직 들어오지 않음", None, "사용 중"],
    ]
    about = [line for (line,) in found["내려받은 정보"] if line]
    assert about[1] == "내려받은 사람: 서관리"
    assert about[3:] == [
        "역할: 감사", "차례: 이름", f"칸: {', '.join(SHOWN)}", "1줄",
    ]  # fmt: skip


def test_the_file_has_the_order_and_columns_of_the_page(client):
    asked = f"{EXPORT}?sort=-name&cols=name,phone&word=무"

    response = client.post(asked, {"format": "csv", **REASON})

    assert csv_of(response.content) == [
        ["이름", "전화"], ["윤법무", "055-940-0000"], ["김주무", "055-940-0000"],
    ]  # fmt: skip


def test_hidden_columns_come_along_when_wanted(client):
    response = client.post(EXPORT, {"format": "csv", "has_all": "on", **REASON})

    assert csv_of(response.content)[0] == [
        "이름", "전자우편", "전화", "역할", "2단계 인증", "마지막 로그인", "등록한 때", "상태",
        "닫은 때",
    ]  # fmt: skip


@pytest.mark.parametrize("page", [EXPORT, "/staff/access-log/export/"])
def test_no_personal_data_without_a_reason(client, page):
    response = client.post(page, {"format": "csv", "reason": ""})

    assert response.status_code == 422
    assert pages.errors(response) == {"reason": "사유를 적어 주세요. 기록에 남습니다."}
    assert pages.log() == []


def test_what_is_not_personal_needs_no_reason(client):
    asked = client.get("/staff/jobs/export/")
    response = client.post("/staff/jobs/export/", {"format": "csv"})

    assert list(asked.context["form"].fields) == ["format", "has_all"]
    assert csv_of(response.content)[0] == ["작업", "상태", "요청한 사람", "요청한 때", "끝난 때"]
    assert pages.log() == []


def test_a_format_that_is_none_is_told(client):
    response = client.post(EXPORT, {"format": "pdf", **REASON})

    assert response.status_code == 422
    assert set(pages.errors(response)) == {"format"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_conditions_that_cannot_be_read_are_not_passed_over(client, method):
    """The file would hold more than was wanted."""
    asked = "/staff/trail/export/?since=2026-13-01"

    response = getattr(client, method)(asked, {} if method == "get" else {"format": "csv"})

    assert response.status_code == (200 if method == "get" else 422)
    assert response.context["problems"] == ["첫날: ‘2026-13-01’은 달력에 없는 날짜입니다."]
    assert "첫날: ‘2026-13-01’은 달력에 없는 날짜입니다." in pages.text(response)


def test_a_file_is_read_in_batches_without_gap_or_repeat(client, monkeypatch):
    monkeypatch.setattr(files, "BATCH", 3)

    response = client.post(EXPORT, {"format": "csv", **REASON})

    names = [row[0] for row in csv_of(response.content)[1:]]
    assert names == sorted(seed.NAMES.values())


@pytest.fixture
def few_at_once(monkeypatch):
    """Lists of more than four rows are long."""
    monkeypatch.setattr(exporting, "LIMIT", 4)
    monkeypatch.setattr(files, "BATCH", 3)


def asked_for(client, url=EXPORT, **said):
    response = client.post(url, {"format": "csv", **REASON, **said})
    with tenant(seed.tenant_of("a").pk):
        job = Job.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/staff/jobs/{job.uid}/")
    return job


def made(job, *, is_stopping=False):
    task = TASKS[job.task]
    runner.run(task, tenant_id=job.tenant_id, uid=job.uid, is_stopping=lambda: is_stopping)
    with tenant(job.tenant_id):
        return Job.objects.get(pk=job.pk)


@pytest.mark.usefixtures("few_at_once")
def test_exactly_the_limit_is_answered_at_once(client, monkeypatch):
    monkeypatch.setattr(exporting, "LIMIT", len(Role))

    response = client.post(EXPORT, {"format": "csv", **REASON})

    assert len(csv_of(response.content)) == len(Role) + 1


@pytest.mark.usefixtures("few_at_once")
def test_a_long_list_becomes_a_file_of_the_person_who_asked(client, desk):
    job = asked_for(client, f"{EXPORT}?sort=-name")

    over = made(job)

    assert (over.title, over.state) == ("계정과 역할 목록 내려받기", "done")
    page = client.get(f"/staff/jobs/{job.uid}/")
    response = client.get(page.context["file"])
    assert [row[0] for row in csv_of(response.getvalue())[1:]] == sorted(
        seed.NAMES.values(), reverse=True
    )
    assert pages.log()[-1] == ("서관리", "download", "계정과 역할 목록", len(Role), "감사 자료")
    assert desk(Role.AUDITOR).get(page.context["file"]).status_code == 404


@pytest.mark.usefixtures("few_at_once")
def test_making_it_is_no_download_yet(client):
    made(asked_for(client))

    assert [line[1] for line in pages.log()] == []


@pytest.mark.usefixtures("few_at_once")
def test_what_may_be_seen_is_judged_when_it_is_made(client, keeper, tenant_a):
    job = asked_for(client)
    with tenant(tenant_a.pk):
        person = Person.objects.get(pk=keeper.person_id)
        other = actions.invite(
            Contact("다른관리", "other@a.example"), roles=["administrator"], reason="시험",
            actor=keeper, at=seed.AT,
        )  # fmt: skip
        assert other.pk
        actions.revoke(person, Role.ADMINISTRATOR, reason="시험", actor=keeper, at=seed.AT)

    over = made(job)

    with tenant(tenant_a.pk):
        assert not StoredFile.objects.exists()
    assert (over.state, over.error) == (
        "failed", "계정과 역할은 관리자와 감사 담당자만 볼 수 있습니다.",
    )  # fmt: skip


@pytest.mark.usefixtures("few_at_once")
def test_who_has_left_gets_no_file(client, keeper, tenant_a):
    job = asked_for(client)
    with tenant(tenant_a.pk):
        Person.objects.filter(pk=keeper.person_id).update(closed_at=job.asked_at)

    over = made(job)

    assert over.error == "요청한 사람의 계정이 닫혀 있어 파일을 만들지 않았습니다."


@pytest.mark.usefixtures("few_at_once")
def test_a_worker_that_stops_between_batches_leaves_nothing_half_made(client, tenant_a):
    job = asked_for(client)

    with pytest.raises(Interrupted):
        made(job, is_stopping=True)
    with tenant(tenant_a.pk):
        left = Job.objects.get(pk=job.pk)
        files_before = StoredFile.objects.count()
    over = made(job)

    assert (left.state, left.message, files_before) == ("queued", rules.STOPPED_CLEANLY, 0)
    assert over.state == "done"


@pytest.fixture
def long_jobs(client, tenant_a, few_at_once):
    """A long list under way: seven jobs, the newest first, and the one that writes them."""
    with tenant(tenant_a.pk):
        for hour in range(7):
            at = seed.AT + timedelta(hours=hour)
            Job.objects.create(
                task="none", title=f"일 {hour}", procrastinate_job_id=-hour, asked_at=at
            )
    client.post("/staff/jobs/export/", {"format": "csv"})
    with tenant(tenant_a.pk):
        return Job.objects.exclude(task="none").get()


def made_amid(job, change):
    """The job done, with something that happens once its first batch is written."""
    changes = iter((change,))

    def stops():
        if act := next(changes, None):
            with tenant(job.tenant_id):
                act()
        return False

    runner.run(TASKS[job.task], tenant_id=job.tenant_id, uid=job.uid, is_stopping=stops)
    assert next(changes, None) is None
    with tenant(job.tenant_id):
        return Job.objects.get(pk=job.pk)


def titles_in(client, job):
    page = client.get(f"/staff/jobs/{job.uid}/")
    return [row[0] for row in csv_of(client.get(page.context["file"]).getvalue())[1:]]


def test_a_row_that_goes_at_a_border_begins_the_file_anew(client, long_jobs):
    gone = Job.objects.filter(title="일 5")

    over = made_amid(long_jobs, gone.delete)

    assert over.state == "done"
    assert titles_in(client, over)[1:] == ["일 6", "일 4", "일 3", "일 2", "일 1", "일 0"]


def test_a_row_that_moves_while_it_is_read_stands_in_the_file_once(client, long_jobs):
    moved = Job.objects.filter(title="일 6")

    over = made_amid(long_jobs, lambda: moved.update(id=0))

    assert titles_in(client, over)[1:] == [f"일 {number}" for number in (6, 5, 4, 3, 2, 1, 0)]


@pytest.mark.usefixtures("few_at_once")
def test_a_list_that_is_no_more_says_so(client, tenant_a):
    job = asked_for(client)
    with tenant(tenant_a.pk):
        Job.objects.filter(pk=job.pk).update(arguments=job.arguments | {"route": "console:x"})

    over = made(job)

    assert over.error == ("이 목록은 더 이상 없습니다. 화면을 새로 열어 다시 요청해 주세요.")
