"""The search: people, units, posts and records for one text, as far as one may see them."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.records import actions as records
from mokmin.foundation.records import kinds
from mokmin.foundation.records.states import Visibility
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.korean import date_text
from mokmin.surfaces.console import search
from mokmin.surfaces.kit import marks
from mokmin.surfaces.kit.http import today
from tests.foundation.orgs import hamlet
from tests.foundation.orgs.hamlet import Hamlet
from tests.surfaces.console import pages

BOX = '<input id="bar-search"'


@pytest.fixture
def place(tenant_a):
    """The hamlet, and records about a tree bank, one of them not for everybody."""
    with tenant(tenant_a.pk):
        made = Hamlet()
        records.register("order", "나무은행 담당 인사발령")
        records.register("order", "나무은행 비밀", visibility=Visibility.RESTRICTED)
    return made


def found(client, text, **more):
    asked = "&".join(f"{name}={quote(value)}" for name, value in {"q": text, **more}.items())
    return client.get(f"/staff/search/?{asked}")


def groups(response):
    return {group.slug: group for group in response.context["groups"]}


def test_one_word_finds_posts_by_their_duties_and_records(place, desk):
    response = found(desk(Role.OFFICER), "나무은행")

    assert list(groups(response)) == ["post", "order"]
    assert "나무은행 운영" in pages.text(response)
    assert "<mark>나무은행</mark>" in response.content.decode()


def test_people_and_units_are_found_with_where_they_are(place, desk):
    person = pages.text(found(desk(Role.OFFICER), "다팀장"))
    unit = pages.text(found(desk(Role.OFFICER), "예산팀"))

    assert "행정국 기획예산과 기획팀 기획팀장" in person
    assert "행정국 기획예산과" in unit


def test_what_is_registered_for_a_coming_day_is_found_with_that_day(place, desk, tenant_a):
    coming = today() + timedelta(days=40)
    with tenant(tenant_a.pk):
        change = hamlet.reorganise("새해 조직개편", coming)
        made = hamlet.unit("희망자활팀", under=place.planning, on=coming, opened_by=change)
        seat = hamlet.post(made, on=coming, opened_by=change)

    response = found(desk(Role.OFFICER), "희망자활팀")

    assert list(groups(response)) == ["coming"]
    assert pages.text(response).count(f"{date_text(coming)} 새해 조직개편") == 2
    for path in (f"units/{made.record.uid}", f"posts/{seat.uid}"):
        url = f"/staff/organisation/{path}/?on={coming}"
        assert f'href="{url}"' in response.content.decode()
        assert desk(Role.OFFICER).get(url).status_code == 200


def test_what_one_may_not_see_is_not_found(place, desk):
    officer, auditor = (
        found(desk(role), "나무은행").content.decode() for role in (Role.OFFICER, Role.AUDITOR)
    )

    assert ("</mark> 비밀" in officer, "</mark> 비밀" in auditor) == (False, True)


def test_an_administrator_finds_the_organisation_and_only_public_records(place, desk):
    assert list(groups(found(desk(Role.ADMINISTRATOR), "나무은행"))) == ["post"]


def test_one_kind_alone_is_shown_on_its_own(place, desk):
    response = found(desk(Role.OFFICER), "나무은행", kind="order")

    assert list(groups(response)) == ["order"]
    assert [chip.label for chip in response.context["chips"] if chip.is_current] == ["인사발령"]


def test_many_of_one_kind_do_not_hide_another(place, desk, tenant_a):
    with tenant(tenant_a.pk):
        records.register("reorganisation", "오래된 조직개편")
        records.register("unheard-of", "오래된 것")
        for number in range(60):
            records.register("order", f"오래된 인사 {number}")

    response = groups(found(desk(Role.OFFICER), "오래된"))

    assert {slug: group.count for slug, group in response.items()} == {
        "order": "8건 넘게", "reorganisation": "1건", "unheard-of": "1건",
    }  # fmt: skip


def test_a_kind_that_is_none_asks_for_all(place, desk):
    assert list(groups(found(desk(Role.OFFICER), "나무은행", kind="unit'"))) == ["post", "order"]


def test_records_of_a_kind_go_on_behind_the_last_one(place, desk, tenant_a, monkeypatch):
    monkeypatch.setattr(search, "MANY", 2)
    with tenant(tenant_a.pk):
        for number in range(3):
            records.register("order", f"공원 인사 {number}")

    first = found(desk(Role.OFFICER), "공원", kind="order")
    rest = desk(Role.OFFICER).get(f"/staff/search/{groups(first)['order'].pager.next_url}")

    assert "공원</mark> 인사 2" in first.content.decode()
    assert "공원</mark> 인사 0" in rest.content.decode()
    assert (groups(first)["order"].count, groups(rest)["order"].count) == ("2건 넘게", "1건")


def test_more_than_a_few_lead_to_the_rest(place, desk, tenant_a, monkeypatch):
    monkeypatch.setattr(search, "FEW", 1)

    response = found(desk(Role.OFFICER), "주무")

    assert groups(response)["person"].count == "1건 넘게"
    assert "모두 보기 (사람)" in pages.text(response)


def test_whose_names_were_shown_is_kept_in_the_access_log(place, desk, tenant_a):
    officer = desk(Role.OFFICER)
    before = len(pages.log())

    found(officer, "마주무")
    found(officer, "산림과")
    found(officer, "없는말")

    assert pages.log()[before:] == [
        ("김주무", "view", "검색", 1, "찾은 말: 마주무"),
        ("김주무", "view", "검색", 2, "찾은 말: 산림과"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "찾을 말을 적어 주세요."),
        ("  ", "찾을 말을 적어 주세요."),
        ("·!%", "글자나 숫자를 적어 주세요."),
        ("없는말", "찾은 것이 없습니다."),
        ("\0", "찾을 말을 적어 주세요."),
        ("가" * 5000, "찾은 것이 없습니다."),
    ],
)
def test_what_finds_nothing_says_why(place, desk, text, said):
    response = found(desk(Role.OFFICER), text)

    assert (response.status_code, said in pages.text(response)) == (200, True)


def test_signs_in_the_text_stay_signs(place, desk):
    response = found(desk(Role.OFFICER), '"><b>나무은행')

    assert "<b>나무" not in response.content.decode()
    assert 'value="&quot;&gt;&lt;b&gt;나무은행"' in response.content.decode()


def test_the_box_in_the_bar_leads_here_from_every_page(place, desk):
    shown = desk(Role.OFFICER).get("/staff/jobs/").content.decode()

    assert BOX in shown
    assert 'action="/staff/search/"' in shown


def test_every_kind_that_is_found_leads_to_its_page(place, desk):
    assert set(kinds.labels()) <= set(search.ADDRESSES)
    assert f'href="/staff/organisation/people/{place.people["마주무"].uid}/"' in (
        found(desk(Role.OFFICER), "마주무").content.decode()
    )


def test_another_municipality_finds_none_of_it(place, desk):
    assert groups(found(desk(Role.OFFICER, "b"), "나무은행")) == {}


def test_the_page_costs_as_much_for_much_as_for_little(place, desk, tenant_a, signed_in):
    client = desk(Role.OFFICER)
    with tenant(tenant_a.pk):
        for number in range(50):
            records.register("order", f"별난 공원 {number}")
    found(client, "별난")

    with pages.counted() as little:
        found(client, "없는말")
    with pages.counted() as much:
        found(client, "별난 공원")

    assert len(much) == len(little)


def test_every_kind_of_record_has_a_name(place):
    assert kinds.labels()["order"] == "인사발령"
    assert kinds.label("unheard-of") == "기록"


@pytest.mark.parametrize(
    ("text", "asked", "shown"),
    [
        ("국·도비 확보", "국도비", "<mark>국·도비</mark> 확보"),
        ("<b>공원</b>", "공원", "&lt;b&gt;<mark>공원</mark>&lt;/b&gt;"),
        ("청렴 마일리지", "마일리지 청렴", "<mark>청렴</mark> <mark>마일리지</mark>"),
        ("AI 행정", "ai", "<mark>AI</mark> 행정"),
        ("공원", "", "공원"),
        ("공원", "도로", "공원"),
    ],
)
def test_what_was_looked_for_is_marked(text, asked, shown):
    assert marks.marked(text, asked) == shown


def test_of_a_long_text_what_is_around_the_word_is_shown():
    said = marks.excerpt(f"{'가' * 100} 나무은행 운영 {'나' * 100}", "나무은행")

    assert (said[0], said[-1], "나무은행 운영" in said, len(said) < 110) == ("…", "…", True, True)
    assert marks.excerpt("짧은 글", "없는말") == "짧은 글"
