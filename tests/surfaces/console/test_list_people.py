"""One list in detail: order, columns, conditions, saved views, several rows at once."""

import re

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.people import actions, queries
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Grant, Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.surfaces.kit.lists import asked
from tests import seed
from tests.surfaces.console import pages

PEOPLE = "/staff/people/"
LAST = "마지막 관리자입니다. 다른 사람에게 관리자 역할을 먼저 부여해 주세요."


@pytest.fixture
def client(desk):
    return desk(Role.ADMINISTRATOR)


def names(response):
    return [line.person.name for line in response.context["shown"].rows]


def titles(response):
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', response.content.decode(), re.DOTALL)
    bare = [re.sub(r"<(svg|span).*?</\1>|<[^>]+>", "", head).strip() for head in heads]
    return [title for title in bare if title]


def sort_link(response, key):
    return re.search(rf'id="sort-{key}" href="([^"]*)"', response.content.decode())[1]


def ticked(*roles):
    with tenant(seed.tenant_of("a").pk):
        return [seed.person_of(role).uid for role in roles]


def test_the_order_is_that_of_the_address(client):
    up, down = client.get(PEOPLE), client.get(f"{PEOPLE}?sort=-name")

    assert names(up) == sorted(seed.NAMES.values())
    assert names(down) == names(up)[::-1]


def test_a_heading_tells_the_order_and_leads_to_the_other(client):
    up, down = client.get(PEOPLE), client.get(f"{PEOPLE}?sort=-name&role=officer")

    assert 'aria-sort="ascending"' in up.content.decode()
    assert sort_link(up, "name") == "?sort=-name"
    assert 'aria-sort="descending"' in down.content.decode()
    assert sort_link(down, "name") == "?role=officer&amp;sort=name"
    assert sort_link(down, "email") == "?role=officer&amp;sort=email"


def test_an_order_begins_at_the_first_page(client, monkeypatch):
    monkeypatch.setattr(asked, "SIZES", (2,))
    first = client.get(PEOPLE)

    second = client.get(PEOPLE + first.context["shown"].next_url)

    assert "after=" not in sort_link(second, "email")


def test_chosen_columns_are_shown_in_the_lists_own_order(client):
    response = client.get(f"{PEOPLE}?cols=phone&cols=email,none")

    assert titles(response) == ["이름", "전자우편", "전화"]
    assert "cols=name%2Cemail%2Cphone" in response.context["shown"].state.query


def test_columns_that_are_none_show_the_usual_ones(client):
    response = client.get(f"{PEOPLE}?cols=none")

    assert titles(response) == [
        "이름", "전자우편", "역할", "2단계 인증", "마지막 로그인", "상태",
    ]  # fmt: skip
    assert response.context["shown"].state.query == ""


def test_a_condition_that_cannot_be_read_is_said_beside_its_field(client):
    response = client.get(f"{PEOPLE}?role=king&word=감사")

    text = response.content.decode()
    assert names(response) == ["강감사"]
    assert 'name="role" aria-invalid="true" aria-describedby="find-role-error"' in text
    assert '<p class="mk-error" id="find-role-error">' in text
    assert "목록에 없는 값입니다. 다시 골라 주세요." in pages.text(response)
    assert "읽을 수 없는 조건은 빼고 보여 드립니다." in pages.text(response)


def test_what_is_typed_is_only_text(client):
    response = client.get(f"{PEOPLE}?word=%22%3E%3Cscript%3E")

    assert 'value="&quot;&gt;&lt;script&gt;"' in response.content.decode()


def test_on_paper_the_conditions_are_said(client):
    response = client.get(f"{PEOPLE}?role=officer")

    said = re.search(r'<p class="mk-print-only">(.*?)</p>', response.content.decode())[1]
    assert said.startswith("찾기 조건 역할: 담당 · 차례: 이름 · 칸: 이름, 전자우편")


def test_the_log_knows_whom_the_page_showed(client):
    client.get(f"{PEOPLE}?word=감사")
    client.get(f"{PEOPLE}?word=없는사람")

    assert pages.log() == [("서관리", "view", "계정과 역할 목록", 1, "")]


def test_more_rows_on_one_page_when_wanted(client, keeper, tenant_a):
    with tenant(tenant_a.pk):
        for number in range(60):
            actions.invite(
                Contact(f"하나{number:02}", f"p{number}@a.example"), roles=["officer"],
                reason="시험", actor=keeper, at=seed.AT,
            )  # fmt: skip

    shown = client.get(f"{PEOPLE}?rows=100").context["shown"]

    assert (len(shown.rows), shown.next_url) == (60 + len(Role), "")


def test_views_are_kept_renamed_and_forgotten(client):
    views = f"{PEOPLE}views/"
    client.post(views, {"name": "법무", "asked": "role=legal&unknown=1&after=x"})
    client.post(views, {"do": "rename", "view": "법무", "name": "법무팀"})
    kept = client.get(f"{PEOPLE}?role=legal")
    client.post(views, {"do": "delete", "view": "법무팀"})

    assert re.search(
        r'<a href="/staff/people/\?role=legal" aria-current="true">법무팀</a>',
        kept.content.decode(),
    )
    assert "아직 저장한 보기가 없습니다." in pages.text(client.get(views))


def test_a_condition_that_cannot_be_read_is_not_kept(client):
    views = f"{PEOPLE}views/"

    client.post(views, {"name": "법무", "asked": f"role=gone&word={'가' * 201}&sort=-name"})

    assert 'href="/staff/people/?sort=-name">법무</a>' in client.get(PEOPLE).content.decode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "보기의 이름을 적어 주세요."),
        ("가" * 61, "보기의 이름은 60자까지 적을 수 있습니다."),
        ("감사", "같은 이름의 보기가 이미 있습니다. 다른 이름을 적어 주세요."),
    ],
)
def test_a_wrong_new_name_of_a_view_comes_back_where_it_was_written(client, name, said):
    views = f"{PEOPLE}views/"
    for kept in ("감사", "법무"):
        client.post(views, {"name": kept, "asked": "role=legal"})

    response = client.post(views, {"do": "rename", "view": "법무", "name": name})

    html = response.content.decode()
    [opened] = re.findall(r'<details class="mk-views-rename" open>.*?</details>', html, re.DOTALL)
    assert response.status_code == 422
    assert 'name="view" value="법무"' in opened
    assert f'name="name" value="{name}"' in opened or not name
    assert re.findall(r'class="mk-error" id="id_name-again_error">.*?<span>(.*?)</span>', html) == [
        said
    ]


@pytest.mark.parametrize("do", ["rename", "delete", "first"])
def test_a_mark_that_no_name_can_have_is_borne(client, do):
    asked = {"do": do, "view": "법무\0", "name": "법무\0팀"}

    response = client.post(f"{PEOPLE}views/", asked)

    assert response.status_code == {"rename": 422, "delete": 303, "first": 409}[do]


def test_in_front_of_rows_that_are_gone_there_is_a_way_to_the_first(client):
    whole = client.get(f"{PEOPLE}?role=legal").context["shown"]

    before = asked.mark(whole.listing, whole.rows[0])
    response = client.get(f"{PEOPLE}?role=legal&before={before}")

    shown = response.context["shown"]
    assert (list(shown.rows), shown.nothing) == ([], "더 없습니다.")
    assert 'id="list-first" href="?role=legal&amp;sort=name"' in response.content.decode()


def test_a_view_without_a_name_comes_back(client):
    response = client.post(f"{PEOPLE}views/?role=legal", {"name": " ", "asked": "role=legal"})

    assert response.status_code == 422
    assert pages.errors(response) == {"name": "보기의 이름을 적어 주세요."}


def test_the_page_of_views_says_what_would_be_kept(client):
    response = client.get(f"{PEOPLE}views/?role=legal&sort=-email&cols=name")

    assert list(response.context["told"]) == [
        ("역할", "법무"), ("차례", "전자우편 거꾸로"), ("칸", "이름"),
    ]  # fmt: skip


def test_several_are_closed_at_once_and_each_refusal_is_told(client):
    uids = ticked(Role.OFFICER, Role.ADMINISTRATOR, Role.LEGAL)
    asked_for = client.get(f"{PEOPLE}bulk/", {"do": "close", "uid": uids, "back": "role=legal"})

    answer = client.post(
        f"{PEOPLE}bulk/", {"do": "close", "uid": uids, "reason": "퇴직", "back": "role=legal"}
    )
    told = client.get(answer["Location"])

    assert [name for _, name in asked_for.context["rows"]] == ["김주무", "서관리", "윤법무"]
    assert answer.status_code == 303
    assert told.context["done"] == ["김주무", "윤법무"]
    assert told.context["refused"] == [("서관리", LAST)]
    assert told.context["back"] == f"{PEOPLE}?role=legal"
    with tenant(seed.tenant_of("a").pk):
        closed = set(Person.objects.filter(closed_at__isnull=False).values_list("name", flat=True))
    assert closed == {"김주무", "윤법무"}
    assert ("서관리", "update", "계정과 역할 목록 계정 닫기", 2, "") in pages.log()


def test_what_was_entered_wrongly_changes_nobody(client):
    said = {"do": "grant", "uid": ticked(Role.OFFICER, Role.LEGAL), "role": "", "reason": ""}

    response = client.post(f"{PEOPLE}bulk/", said)

    assert response.status_code == 422
    assert pages.errors(response) == {
        "role": "역할을 골라 주세요.", "reason": "사유를 적어 주세요. 기록에 남습니다.",
    }  # fmt: skip
    with tenant(seed.tenant_of("a").pk):
        assert Grant.objects.count() == len(Role)


def test_a_role_is_given_to_several(client):
    uids = ticked(Role.OFFICER, Role.LEGAL)

    client.post(f"{PEOPLE}bulk/", {"do": "grant", "uid": uids, "role": "finance", "reason": "겸임"})

    with tenant(seed.tenant_of("a").pk):
        held = [Role.FINANCE in queries.person(uid).roles for uid in uids]
    assert held == [True, True]


@pytest.mark.parametrize("uids", [[], ["zzzzzzzzzz"], ["\0"]])
def test_nothing_ticked_says_so(client, uids):
    response = client.get(f"{PEOPLE}bulk/", {"do": "close", "uid": uids})

    assert "고른 줄이 없습니다." in pages.text(response)


@pytest.mark.parametrize("send", ["get", "post"])
def test_more_rows_than_can_be_done_at_once_are_refused(client, send):
    said = {"do": "close", "uid": [f"{number:010}" for number in range(101)], "reason": "퇴직"}

    response = getattr(client, send)(f"{PEOPLE}bulk/", said)

    assert response.status_code == 409
    assert "한 번에 100명까지 할 수 있습니다. 표시를 줄여 주세요." in pages.text(response)


def test_people_of_another_municipality_cannot_be_ticked(client, tenant_b):
    with tenant(tenant_b.pk):
        foreign = seed.person_of(Role.OFFICER).uid

    response = client.post(f"{PEOPLE}bulk/", {"do": "close", "uid": [foreign], "reason": "퇴직"})

    assert response.status_code == 422
    with tenant(tenant_b.pk):
        assert seed.person_of(Role.OFFICER).closed_at is None


def test_what_cannot_be_done_is_not_there(client, desk):
    auditor = desk(Role.AUDITOR)

    assert client.get(f"{PEOPLE}bulk/?do=fly").status_code == 404
    assert auditor.get(f"{PEOPLE}bulk/?do=close").status_code == 403
    assert "list-bulk" not in auditor.get(PEOPLE).content.decode()


def test_a_result_is_told_to_who_did_it(client):
    answer = client.get(f"{PEOPLE}bulk/?done=1")

    assert (answer.status_code, answer["Location"]) == (302, PEOPLE)
