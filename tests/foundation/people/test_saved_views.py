"""Views of lists that a person keeps: for that person and list alone, one of them first."""

import pytest

from mokmin.foundation.access.actor import VISITOR
from mokmin.foundation.access.states import Role
from mokmin.foundation.people import queries_people as queries
from mokmin.foundation.people import rules, saved_views
from mokmin.foundation.people.models import SavedView
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act, Change
from mokmin.lib.errors import Denied, Invalid

PAGE = "console:people"
GONE = "그 이름의 보기가 없습니다. 다른 창에서 지웠거나 이름을 바꾸었을 수 있습니다."


@pytest.fixture
def officer(actor):
    return actor(Role.OFFICER)


def keep(who, name="법무", asked="role=legal", page=PAGE):
    saved_views.keep(page, name, asked, actor=who)


def kept(who, page=PAGE):
    return [(view.name, view.asked, view.is_first) for view in queries.saved_views(who, page)]


def test_a_view_is_there_by_its_name(officer):
    keep(officer, " 법무 ")
    keep(officer, "감사", "role=auditor")

    assert kept(officer) == [("감사", "role=auditor", False), ("법무", "role=legal", False)]


def test_a_view_of_the_same_name_is_replaced_and_stays_first(officer):
    keep(officer)
    saved_views.put_first(PAGE, "법무", actor=officer)

    keep(officer, asked="role=finance")

    assert kept(officer) == [("법무", "role=finance", True)]


def test_views_belong_to_one_person_and_one_list(officer, actor):
    keep(officer)

    assert kept(actor(Role.AUDITOR)) == []
    assert kept(officer, page="console:trail") == []


def test_another_municipality_sees_none(officer, tenant_b):
    keep(officer)

    with tenant(tenant_b.pk):
        assert kept(officer) == []


def test_one_view_is_first_and_none_when_that_is_wanted(officer):
    keep(officer)
    keep(officer, "감사", "role=auditor")

    saved_views.put_first(PAGE, "감사", actor=officer)
    saved_views.put_first(PAGE, "법무", actor=officer)
    first = kept(officer)
    saved_views.put_first(PAGE, "", actor=officer)

    assert first == [("법무", "role=legal", True), ("감사", "role=auditor", False)]
    assert [is_first for _, _, is_first in kept(officer)] == [False, False]


def test_a_view_gets_another_name(officer):
    keep(officer)

    saved_views.rename(PAGE, "법무", " 법무팀 ", actor=officer)

    assert kept(officer) == [("법무팀", "role=legal", False)]


def test_a_name_that_is_taken_is_refused(officer):
    keep(officer)
    keep(officer, "감사")

    with pytest.raises(Invalid) as caught:
        saved_views.rename(PAGE, "법무", "감사", actor=officer)

    assert caught.value.problems == {
        "name": "같은 이름의 보기가 이미 있습니다. 다른 이름을 적어 주세요."
    }
    assert len(kept(officer)) == 2


@pytest.mark.parametrize(
    ("name", "asked", "problems"),
    [
        ("  ", "", {"name": "보기의 이름을 적어 주세요."}),
        ("가" * 61, "", {"name": "보기의 이름은 60자까지 적을 수 있습니다."}),
        ("가", "a" * 2001,
         {"asked": "찾기 조건이 너무 길어 저장할 수 없습니다. 조건을 줄여 주세요."}),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_says_why(officer, name, asked, problems):
    with pytest.raises(Invalid) as caught:
        keep(officer, name, asked)

    assert caught.value.problems == problems


def test_a_menu_stays_readable(officer, monkeypatch):
    monkeypatch.setattr(rules, "MOST_VIEWS", 2)
    keep(officer, "하나")
    keep(officer, "둘")

    keep(officer, "둘", "word=3")
    with pytest.raises(Denied) as caught:
        keep(officer, "셋")

    assert caught.value.reason == (
        "한 목록에 보기를 2개까지 저장할 수 있습니다. 안 쓰는 보기를 지워 주세요."
    )


def test_visitors_keep_nothing(in_a):
    with pytest.raises(Denied) as caught:
        keep(VISITOR)

    assert caught.value.reason == "로그인한 사람만 보기를 저장할 수 있습니다."
    assert kept(VISITOR) == []


def test_forgetting_twice_is_the_same(officer):
    keep(officer)

    saved_views.forget(PAGE, "법무", actor=officer)
    saved_views.forget(PAGE, "법무", actor=officer)

    assert kept(officer) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda who: saved_views.rename(PAGE, "없음", "있음", actor=who),
        lambda who: saved_views.put_first(PAGE, "없음", actor=who),
    ],
)
def test_a_view_that_is_gone_says_so(officer, change):
    with pytest.raises(Denied) as caught:
        change(officer)

    assert caught.value.reason == GONE


def test_what_is_gone_leaves_the_first_one_alone(officer):
    keep(officer)
    saved_views.put_first(PAGE, "법무", actor=officer)

    with pytest.raises(Denied):
        saved_views.put_first(PAGE, "없음", actor=officer)

    assert kept(officer) == [("법무", "role=legal", True)]


def test_ones_own_choice_leaves_no_trace_in_the_trail(officer):
    before = (Act.objects.count(), Change.objects.count())

    keep(officer)
    saved_views.put_first(PAGE, "법무", actor=officer)

    assert (Act.objects.count(), Change.objects.count()) == before
    assert SavedView.objects.count() == 1
