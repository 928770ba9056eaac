"""Settings, trail, access log, prints, jobs and the first page."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from mokmin.foundation.access import actions as access
from mokmin.foundation.access import queries as access_queries
from mokmin.foundation.access.actions import Handled, Whence
from mokmin.foundation.access.models import AccessReview
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.jobs import runner
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.states import JobState
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail import queries as trail
from mokmin.foundation.trail.models import Act
from mokmin.lib.korean import in_seoul
from mokmin.lib.period import Period
from mokmin.surfaces.console import tasks
from tests import seed
from tests.surfaces.console import pages
from tests.surfaces.console.conftest import actor_of

SETTINGS = {
    "session_minutes": "60", "access_log_days": "730", "notice_days": "365", "hand_over_days": "5",
    "draft_days": "30", "export_days": "7",
    "mfa_roles": [],
    "contact_unit": "총무과", "contact_phone": "055-940-1234", "word_council": "가람의회",
}  # fmt: skip
MONTH = Period.containing(in_seoul(timezone.now()).date(), months=1).previous()


def test_settings_are_saved_and_shown_with_their_history(desk, tenant_a):
    client = desk(Role.ADMINISTRATOR)

    response = client.post("/staff/settings/", SETTINGS)
    page = pages.text(client.get("/staff/settings/"))

    with tenant(tenant_a.pk):
        found = access_queries.settings()
    assert response.status_code == 303
    assert (found.session_minutes, found.contact_unit, found.words) == (
        60, "총무과", {"council": "가람의회"},
    )  # fmt: skip
    assert "자동 로그아웃 시간(분): 30 → 60" in page
    assert "기관 어휘: 없음 → 의회 가람의회" in page


def test_another_term_of_hand_overs_says_what_it_moves(desk):
    client = desk(Role.ADMINISTRATOR)

    answer = client.post("/staff/settings/", SETTINGS | {"hand_over_days": "7"}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        "기관 설정을 저장했습니다. 옮겨진 인계인수 확인 기한은 없습니다."
    ]


def test_every_wrong_setting_comes_back_at_once(desk):
    wrong = {**SETTINGS, "session_minutes": "많이", "access_log_days": "", "hand_over_days": "",
             "draft_days": "0", "export_days": "31",
             "contact_phone": "x",             "word_council": "가" * 11}  # fmt: skip

    response = desk(Role.ADMINISTRATOR).post("/staff/settings/", wrong)

    assert response.status_code == 422
    assert pages.errors(response) == {
        "session_minutes": "5에서 480 사이의 숫자로 적어 주세요.",
        "access_log_days": "366에서 3,650 사이의 숫자로 적어 주세요.",
        "hand_over_days": "1에서 30 사이의 숫자로 적어 주세요.",
        "draft_days": "1에서 180 사이의 숫자로 적어 주세요.",
        "export_days": "1에서 30 사이의 숫자로 적어 주세요.",
        "contact_phone": "숫자와 붙임표(-)로 적어 주세요. 예: 055-940-0000",
        "word_council": "10자까지 적을 수 있습니다.",
    }


def acts_on(response):
    return [act.verb_label for act in response.context["shown"].rows]


@pytest.fixture
def reviewed(tenant_a, desk):
    """One act that is neither of settings nor of accounts."""
    with tenant(tenant_a.pk):
        access.review_access_log(
            MONTH, finding="이상 없음", actor=actor_of(Role.AUDITOR), at=timezone.now()
        )
        return Act.objects.get(verb="review_access_log").uid


def test_administrators_see_the_trail_of_administration_only(desk, reviewed):
    administrator, auditor = desk(Role.ADMINISTRATOR), desk(Role.AUDITOR)

    seen = {
        role: ("접속기록 월 점검" in acts_on(client.get("/staff/trail/")),
               client.get(f"/staff/trail/{reviewed}/").status_code)
        for role, client in (("administrator", administrator), ("auditor", auditor))
    }  # fmt: skip

    assert seen == {"administrator": (False, 404), "auditor": (True, 200)}


def test_a_table_named_by_hand_does_not_widen_what_administrators_see(desk, reviewed):
    response = desk(Role.ADMINISTRATOR).get("/staff/trail/", {"table": "access_accessreview"})

    assert "접속기록 월 점검" not in acts_on(response)


@pytest.mark.parametrize(
    ("asked", "verbs"),
    [
        ({"verb": "change_settings"}, {"기관 설정 변경"}),
        ({"actor": "설치"}, {"계정 초대"}),
        ({"word": "첫 관리자"}, {"계정 초대"}),
        ({"table": "access_settings"}, {"기관 설정 변경"}),
        ({"until": "2020-01-01"}, set()),
    ],
)
def test_the_trail_is_narrowed(desk, asked, verbs):
    response = desk(Role.AUDITOR).get("/staff/trail/", asked)

    assert set(acts_on(response)) == verbs


def test_personal_values_are_shown_as_hashes_only(desk, keeper, tenant_a):
    with tenant(tenant_a.pk):
        person = seed.person_of(Role.OFFICER)
        people.change_contact(
            person, Contact("김비밀", "secret@a.example"), actor=keeper, at=seed.AT
        )
        uid = Act.objects.get(verb="change_contact").uid

    page = pages.text(desk(Role.AUDITOR).get(f"/staff/trail/{uid}/"))

    assert "해시로만 남습니다" in page
    assert "김비밀" not in page
    assert "secret@a.example" not in page


def test_a_verification_runs_as_a_job_and_its_verdict_stays(transactional_db, desk, tenant_a):
    client = desk(Role.AUDITOR)

    response = client.post("/staff/trail/verify/")
    with tenant(tenant_a.pk):
        job = Job.objects.get()
    again = client.post("/staff/trail/verify/")
    runner.run(tasks.verify_trail, tenant_id=tenant_a.pk, uid=job.uid, is_stopping=lambda: False)

    with tenant(tenant_a.pk):
        job.refresh_from_db()
    page = pages.text(client.get("/staff/trail/verify/"))
    assert response["Location"] == again["Location"] == f"/staff/jobs/{job.uid}/"
    assert (job.state, job.result["is_sound"]) == ("done", True)
    assert pages.last_act() == ("verify_trail", "강감사", job.result["sentence"])
    assert job.result["sentence"] in page


def test_a_cancelled_verification_stops(desk, tenant_a):
    client = desk(Role.AUDITOR)
    client.post("/staff/trail/verify/")
    with tenant(tenant_a.pk):
        job = Job.objects.get()

    response = client.post(f"/staff/jobs/{job.uid}/cancel/")

    with tenant(tenant_a.pk):
        job.refresh_from_db()
    assert (response.status_code, job.state) == (303, "cancelled")
    assert client.post(f"/staff/jobs/{job.uid}/cancel/").status_code == 409


def test_administrators_see_the_head_but_start_no_verification(desk, tenant_a):
    client = desk(Role.ADMINISTRATOR)

    page = pages.text(client.get("/staff/trail/verify/"))
    response = client.post("/staff/trail/verify/")

    with tenant(tenant_a.pk):
        assert trail.heads()[0].hash in page
        assert not Job.objects.exists()
    assert "변경 이력 검증은 감사 담당자만 시작할 수 있습니다." in page
    assert response.status_code == 409


def test_looking_into_the_log_is_logged(desk):
    client = desk(Role.AUDITOR)
    client.get("/staff/people/")

    response = client.get("/staff/access-log/")

    assert "계정과 역할 목록" in pages.text(response)
    assert "강감사 , 김주무 , 박과장 외 10명" in pages.text(response)
    assert pages.log()[-1] == ("강감사", "view", "개인정보 접속기록", 3, "")


def test_the_log_is_narrowed_to_the_name_of_whose_data_it_was(desk):
    client = desk(Role.AUDITOR)
    client.get("/staff/people/")

    found = client.get("/staff/access-log/?whose=박과장&handling=view")
    missed = client.get("/staff/access-log/?whose=없는사람")

    assert [line.entry.page for line in found.context["shown"].rows] == ["계정과 역할 목록"]
    assert list(missed.context["shown"].rows) == []


def test_the_log_is_downloaded_with_a_reason(desk):
    client = desk(Role.AUDITOR)
    client.get("/staff/people/")

    response = client.post("/staff/access-log/export/", {"format": "csv", "reason": "월 점검"})

    file = response.content.decode()
    names = {
        name
        for line in csv.DictReader(io.StringIO(file.removeprefix("\ufeff")))
        if line["화면과 사유"] == "계정과 역할 목록"
        for name in line["정보주체"].split(", ")
    }
    assert len(names) == 13
    assert {"강감사", "김주무", "박과장"} < names
    assert pages.log()[-1] == ("강감사", "download", "개인정보 접속기록", 13, "월 점검")


def test_an_auditor_records_the_monthly_check(desk, tenant_a):
    client = desk(Role.AUDITOR)
    before = pages.text(client.get("/staff/"))

    response = client.post(
        "/staff/access-log/reviews/", {"month": str(MONTH), "finding": "이상 없음을 확인함"}
    )

    after = pages.text(client.get("/staff/"))
    with tenant(tenant_a.pk):
        found = list(AccessReview.objects.values_list("month", "finding", "reviewer_name"))
    assert response.status_code == 303
    assert found == [(str(MONTH), "이상 없음을 확인함", "강감사")]
    assert f"{MONTH.label} 접속기록을 점검해 주세요." in before
    assert f"{MONTH.label} 접속기록을 점검해 주세요." not in after


def test_a_check_that_says_nothing_comes_back(desk):
    response = desk(Role.AUDITOR).post("/staff/access-log/reviews/", {"month": str(MONTH)})

    assert response.status_code == 422
    assert pages.errors(response) == {"finding": "무엇을 확인했는지 적어 주세요."}


def test_an_administrator_does_not_check_themselves(desk, tenant_a):
    client = desk(Role.ADMINISTRATOR)

    page = pages.text(client.get("/staff/access-log/reviews/"))
    response = client.post(
        "/staff/access-log/reviews/", {"month": str(MONTH), "finding": "이상 없음"}
    )

    with tenant(tenant_a.pk):
        assert not AccessReview.objects.exists()
    assert "접속기록 월 점검은 감사 담당자만 기록할 수 있습니다." in page
    assert response.status_code == 409


def test_a_print_is_logged_with_the_people_of_the_page(desk):
    client = desk(Role.ADMINISTRATOR)
    address = pages.print_log(client.get("/staff/people/"))

    response = client.post(address)

    assert response.status_code == 204
    assert pages.log()[-1] == ("서관리", "print", "계정과 역할 목록", len(Role), "")


@pytest.mark.parametrize("change", ["forged", "another's", "none"])
def test_a_print_of_a_page_that_was_not_shown_is_refused(desk, change):
    address = pages.print_log(desk(Role.ADMINISTRATOR).get("/staff/people/"))
    who = Role.AUDITOR if change == "another's" else Role.ADMINISTRATOR
    told = {"forged": f"{address}x", "another's": address, "none": address.split("?")[0]}[change]

    response = desk(who).post(told)

    assert response.status_code == 409
    assert [line[1] for line in pages.log()] == ["view"]


@pytest.fixture
def some_jobs(desk, tenant_a):
    """A job of the auditor's and one of the officer's."""
    found = {}
    with tenant(tenant_a.pk):
        for role in (Role.AUDITOR, Role.OFFICER):
            actor = actor_of(role)
            found[role] = jobs.enqueue(tasks.verify_trail, actor=actor, at=seed.AT).uid
    return found


def test_people_see_their_own_jobs_and_administrators_all(desk, some_jobs):
    seen = {
        role: len(desk(role).get("/staff/jobs/").context["shown"].rows)
        for role in (Role.OFFICER, Role.AUDITOR, Role.LEGAL, Role.ADMINISTRATOR)
    }

    assert seen == {Role.OFFICER: 1, Role.AUDITOR: 1, Role.LEGAL: 0, Role.ADMINISTRATOR: 2}
    assert len(desk(Role.ADMINISTRATOR).get("/staff/jobs/?whose=own").context["shown"].rows) == 0
    assert "요청한 작업이 없습니다." in pages.text(desk(Role.LEGAL).get("/staff/jobs/"))


def test_somebody_elses_job_is_not_found(desk, some_jobs):
    page = f"/staff/jobs/{some_jobs[Role.AUDITOR]}/"

    assert desk(Role.OFFICER).get(page).status_code == 404
    assert desk(Role.OFFICER).post(f"{page}cancel/").status_code == 404
    assert desk(Role.ADMINISTRATOR).get(page).status_code == 200


def test_an_open_job_asks_again_and_an_ended_one_does_not(desk, some_jobs):
    client, page = desk(Role.OFFICER), f"/staff/jobs/{some_jobs[Role.OFFICER]}/"

    waiting = client.get(page, headers={"HX-Request": "true"})
    client.post(f"{page}cancel/")
    ended = client.get(page, headers={"HX-Request": "true"})

    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert "hx-get" not in ended.content.decode()
    assert "<html" not in waiting.content.decode()
    assert "HX-Request" in waiting["Vary"]


def test_a_job_at_work_shows_how_far_it_is(desk, tenant_a, some_jobs):
    uid = some_jobs[Role.OFFICER]
    with tenant(tenant_a.pk):
        Job.objects.filter(uid=uid).update(
            state=JobState.RUNNING, started_at=seed.AT, attempts=1, done_steps=1, total_steps=4
        )

    page = desk(Role.OFFICER).get(f"/staff/jobs/{uid}/")

    assert "25%" in pages.text(page)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR], ids=str)
def test_the_first_page_greets_by_name_and_role(desk, role):
    page = pages.text(desk(role).get("/staff/"))

    assert f"안녕하세요, {seed.NAMES[role]}님" in page
    assert f"· {role.label} " in page


def test_whoever_has_nothing_to_do_reads_so(desk):
    assert "지금 할 일이 없습니다." in pages.text(desk(Role.OFFICER).get("/staff/"))


def test_an_administrator_reads_what_is_missing(desk, keeper, tenant_a):
    client = desk(Role.ADMINISTRATOR)
    with tenant(tenant_a.pk):
        access.change_settings({"mfa_roles": ["legal"]}, actor=keeper, at=seed.AT)

    page = pages.text(client.get("/staff/"))

    assert "관리자가 한 명뿐입니다." in page
    assert "2단계 인증을 등록하지 않은 사람이 1명 있습니다." in page
    assert "작업을 처리하는 프로그램이 돌고 있지 않습니다." in page


def fill(keeper, count):
    """That many people, entries, acts and jobs more."""
    for number in range(count):
        people.invite(
            Contact(f"사람{number}", f"p{number}@a.example"), roles=["officer", "legal"],
            reason="시험", actor=keeper, at=seed.AT,
        )  # fmt: skip
        handled = Handled(Handling.VIEW, page="시험", subject_uids=("u1",))
        access.log_access(handled, whence=Whence(keeper), at=seed.AT + timedelta(days=number))
        jobs.enqueue(tasks.verify_trail, actor=keeper, at=seed.AT)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.OFFICER], ids=str)
def test_a_page_costs_the_same_for_one_row_and_for_fifty(desk, keeper, tenant_a, role):
    client = desk(role)
    person, act = pages.uid_of(Role.OFFICER), _first_act(tenant_a)
    asked = ["/staff/", "/staff/jobs/", "/staff/people/", f"/staff/people/{person}/",
             "/staff/trail/", f"/staff/trail/{act}/", "/staff/trail/verify/",
             "/staff/access-log/", "/staff/access-log/reviews/", "/staff/settings/"]  # fmt: skip

    few = _costs(client, asked)
    with tenant(tenant_a.pk):
        fill(keeper, 50)
    many = _costs(client, asked)

    assert few == many
    assert {page: cost for page, cost in many.items() if cost > pages.SHELL + pages.OWN} == {}


def _costs(client, asked):
    found = {}
    for page in asked:
        with pages.counted() as reads:
            status = client.get(page).status_code
        if status == 200:
            found[page] = len(reads)
    return found


def _first_act(tenant_a):
    with tenant(tenant_a.pk):
        return Act.objects.order_by("id")[0].uid
