"""Hand-overs: who sees which, what the leaver adds, and that the successor's word is the last."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions, actions_posts
from mokmin.foundation.orgs.actions_posts import NewHolding
from mokmin.foundation.orgs.models import HandOver
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import AssignmentKind, OrderVerb
from mokmin.foundation.people import actions as people
from tests import seed
from tests.foundation.orgs import county as small
from tests.surfaces.console import pages

LIST = "/staff/organisation/hand-overs/"


@pytest.fixture
def sheet(county, within, today):
    """The officer (김주무) leaves 재산2 for 재산팀장, and the finance officer comes."""
    with within():
        leaver, comes = seed.person_of(Role.OFFICER), seed.person_of(Role.FINANCE)
        actions_posts.assign(
            [NewHolding(leaver.uid, county.posts["재산2"], small.FOUNDED_ON)],
            reason="등록", actor=county.actor, at=timezone.now(),
        )  # fmt: skip
        entries = (
            OrderEntry(leaver.uid, OrderVerb.TRANSFER, post=county.posts["재산팀장"]),
            OrderEntry(comes.uid, OrderVerb.APPOINT, post=county.posts["재산2"]),
        )
        done = actions.order(
            OrderSheet("정기인사", today, entries), actor=county.actor, at=timezone.now()
        )
        [made] = done.hand_overs
        return made


def url_of(sheet, verb=""):
    return f"{LIST}{sheet.uid}/{verb}"


def test_the_sheet_is_made_by_itself(desk, sheet):
    response = desk(Role.FINANCE).get(url_of(sheet))

    titles = [section.title for section in response.context["sections"]]
    assert titles[0] == "담당 업무"
    assert response.context["sections"][0].count == 1
    assert "재산2 업무" in pages.text(response)
    assert response.context["sections"][0].lines[0].url.startswith("/staff/organisation/posts/")
    assert pages.log()[-1][1:4] == ("view", "인계인수서", 2)


def test_a_notice_that_names_the_leaver_is_in_the_access_log(desk, sheet):
    successor = desk(Role.FINANCE)

    page = successor.get("/staff/notices/")
    listed = pages.log()[-1]
    [notice] = [row for row in page.context["shown"].rows if row.about == sheet.uid]
    successor.get(f"/staff/notices/{notice.uid}/")

    assert listed[1:4] == ("view", "알림", 1)
    assert pages.log()[-1] == listed


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICER, 200), (Role.FINANCE, 200), (Role.ADMINISTRATOR, 200), (Role.AUDITOR, 200),
        (Role.LEGAL, 404), (Role.COORDINATOR, 404),
    ],
)  # fmt: skip
def test_a_sheet_is_for_those_whom_it_concerns(desk, sheet, role, status):
    assert desk(role).get(url_of(sheet)).status_code == status


def test_the_list_shows_what_one_may_see(desk, sheet):
    mine = desk(Role.OFFICER).get(LIST, {"is_mine": "1"}).context["shown"].rows
    others = desk(Role.LEGAL).get(LIST).context["shown"].rows

    assert ([row.uid for row in mine], others) == ([sheet.uid], [])


def test_the_leaver_adds_what_no_table_knows(desk, sheet):
    response = desk(Role.OFFICER).post(url_of(sheet, "remark/"), {"remark": "열쇠는 서랍에"})

    assert (response.status_code, response["Location"]) == (303, url_of(sheet))
    assert "열쇠는 서랍에" in pages.text(desk(Role.FINANCE).get(url_of(sheet)))


def test_nobody_else_writes_the_remark(desk, sheet):
    page = desk(Role.FINANCE).get(url_of(sheet, "remark/"))

    response = desk(Role.FINANCE).post(url_of(sheet, "remark/"), {"remark": "끼어들기"})

    assert "의견을 적을 수 없습니다" in pages.text(page)
    assert response.status_code == 409


def test_what_the_successor_acknowledges_stays_as_it_is(desk, sheet, county, within):
    response = desk(Role.FINANCE).post(url_of(sheet, "acknowledge/"))
    with within():
        actions_posts.change_post(
            county.post("재산2"), {"duties": "다른 업무"}, on=sheet.on, reason="조정",
            actor=county.actor, at=timezone.now(),
        )  # fmt: skip
        kept = HandOver.objects.select_related("successor").get(pk=sheet.pk)
    page = pages.text(desk(Role.OFFICER).get(url_of(sheet)))

    assert (response.status_code, kept.acknowledged_at is not None) == (303, True)
    assert "재산2 업무" in page
    assert f"에 {kept.successor.name}님이 확인한 내용 그대로입니다." in page


def test_the_leaver_does_not_acknowledge_for_the_successor(desk, sheet):
    page = desk(Role.OFFICER).get(url_of(sheet))

    assert desk(Role.OFFICER).post(url_of(sheet, "acknowledge/")).status_code == 409
    assert "인수 확인</button>" in page.content.decode()
    assert page.context["card"].why_not_acknowledge in pages.text(page)


def test_an_administrator_names_the_successor_for_a_reason(desk, sheet, within):
    client = desk(Role.ADMINISTRATOR)
    empty = client.post(url_of(sheet, "successor/"), {"person": "", "reason": ""})
    said = {"person": "윤법무", "reason": "업무 대행"}

    response = client.post(url_of(sheet, "successor/"), said)

    assert set(pages.errors(empty)) == {"person", "reason"}
    assert response.status_code == 303
    assert desk(Role.LEGAL).get(url_of(sheet)).status_code == 200


def test_who_cannot_take_over_is_told_at_the_field(desk, sheet):
    send = desk(Role.ADMINISTRATOR).post
    leaver = {"person": seed.NAMES[Role.OFFICER], "reason": "업무 대행"}

    itself = send(url_of(sheet, "successor/"), leaver)

    assert itself.status_code == 422
    assert pages.errors(itself) == {
        "person": "인계자 자신은 인수할 수 없습니다. 다른 사람을 골라 주세요."
    }


def test_whose_account_is_closed_takes_nothing_over(desk, sheet, county, within):
    with within():
        closed = seed.person_of(Role.LEGAL)
        people.close(closed, reason="퇴직", actor=county.actor, at=timezone.now())
    said = {"person": closed.uid, "reason": "업무 대행"}

    response = desk(Role.ADMINISTRATOR).post(url_of(sheet, "successor/"), said)

    assert (response.status_code, list(pages.errors(response))) == (422, ["person"])


@pytest.mark.parametrize("verb", ["", "remark/", "acknowledge/", "successor/"])
def test_a_sheet_that_never_was_is_not_found(desk, county, verb):
    assert desk(Role.ADMINISTRATOR).get(f"{LIST}0000000000/{verb}").status_code == 404


def todos(client):
    """What waits on the first page: title, state, where it leads."""
    found = client.get("/staff/").context["todos"]
    return [(todo.title, todo.word, todo.url) for todo in found]


def test_the_first_page_tells_both_what_waits_for_them(desk, sheet):
    name = "재무과 재산팀 주무관 2"

    assert todos(desk(Role.FINANCE)) == [
        (f"{name} 인수를 확인해 주세요.", "인계인수", url_of(sheet))
    ]
    assert todos(desk(Role.OFFICER)) == [
        (f"{name} 넘겨줄 것을 의견에 적어 주세요.", "인계인수", url_of(sheet))
    ]
    assert todos(desk(Role.LEGAL)) == []


def test_who_names_a_successor_is_told_that_there_is_none(desk, sheet, county, within):
    with within():
        head = NewHolding(
            seed.person_of(Role.LEGAL).uid, county.posts["재무과장"], small.FOUNDED_ON,
            AssignmentKind.ACTING,
        )  # fmt: skip
        actions_posts.assign([head], reason="대리", actor=county.actor, at=timezone.now())
        HandOver.objects.update(successor=None)
    asked = ("재무과 재산팀 주무관 2 인수자를 정해 주세요.", "인계인수", url_of(sheet))

    told = {role: todos(desk(role)) for role in (Role.LEGAL, Role.COORDINATOR, Role.AUDITOR)}

    assert asked in todos(desk(Role.ADMINISTRATOR))
    assert (told[Role.LEGAL], told[Role.COORDINATOR]) == ([asked], [])
    assert asked not in told[Role.AUDITOR]


def test_what_is_late_is_told_as_late(desk, sheet, within):
    with within():
        long_ago = small.FOUNDED_ON + timedelta(days=1)
        HandOver.objects.update(on=long_ago, due_on=long_ago)

    [(_, word, _)] = todos(desk(Role.FINANCE))
    page = pages.text(desk(Role.FINANCE).get(url_of(sheet)))

    assert word == "기한 지남"
    assert "확인 기한이 지났습니다." in page
    assert len(desk(Role.ADMINISTRATOR).get(LIST, {"state": "late"}).context["shown"].rows) == 1


def test_the_first_page_leads_to_ones_own_posts(desk, sheet):
    own = f"/staff/organisation/people/{pages.uid_of(Role.OFFICER)}/"

    assert own in desk(Role.OFFICER).get("/staff/").content.decode()
    assert "내 자리와 발령" not in desk(Role.LEGAL).get("/staff/").content.decode()


def test_a_file_of_the_list_says_how_far_each_has_come(desk, sheet):
    ask = {"format": "csv", "reason": "감사 자료"}

    response = desk(Role.ADMINISTRATOR).post(f"{LIST}export/", ask)

    title, line = response.content.decode("utf-8-sig").splitlines()
    assert (title.split(",")[-1], line.split(",")[-1]) == ("상태", "확인 기다림")
