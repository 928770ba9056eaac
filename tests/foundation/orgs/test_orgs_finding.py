"""Finding units, people and posts by words: for pickers, the search and pasted tables."""

from datetime import date

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import queries_finding
from mokmin.foundation.orgs.models import Assignment, Unit, UnitSpan
from mokmin.foundation.orgs.queries_finding import Option
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.models import Person
from mokmin.foundation.tenancy.context import tenant
from tests import seed
from tests.foundation.orgs import hamlet
from tests.foundation.orgs.hamlet import BEGIN, TODAY, Hamlet

CHANGE = date(2026, 1, 1)


@pytest.fixture
def place(in_a):
    return Hamlet()


def units(text, on=TODAY, **more):
    return [(each.label, each.note) for each in queries_finding.find_units(text, on=on, **more)]


def found_people(text, on=TODAY, **more):
    return [(each.label, each.note) for each in queries_finding.find_people(text, on=on, **more)]


def posts(text, on=TODAY, **more):
    return [(each.label, each.note) for each in queries_finding.find_posts(text, on=on, **more)]


# units


@pytest.mark.parametrize(
    "text", ["기획팀", "기획 팀", "기획예산과 기획팀", "기획예산과기획팀", "「기획팀」"]
)
def test_a_unit_is_found_by_name_with_or_without_its_superiors(place, text):
    assert units(text)[0] == ("기획팀", "행정국 기획예산과")


def test_units_that_begin_with_the_word_come_first(place):
    hamlet.unit("국토기획과", "department", place.top)

    assert [label for label, _ in units("기획")] == ["기획예산과", "기획팀", "국토기획과"]
    assert [label for label, _ in units("기획", limit=1)] == ["기획예산과"]


def test_a_superior_alone_does_not_find_what_stands_below(place):
    assert [label for label, _ in units("행정국")] == ["행정국"]
    assert units("군수") == [("군수", "")]


def test_a_former_name_leads_to_the_unit_and_says_so(place):
    UnitSpan.objects.filter(unit=place.trees).update(until_on=CHANGE)
    hamlet.span(place.trees, "산림녹지팀", "team", place.forest, CHANGE)

    assert units("산림팀") == [("산림녹지팀", "산림과 · 옛 이름: 산림팀")]
    assert units("산림녹지") == [("산림녹지팀", "산림과")]
    assert units("산림녹지", on=BEGIN) == []
    assert units("산림팀", on=BEGIN) == [("산림팀", "산림과")]


def test_a_unit_that_is_no_more_is_not_found(place):
    UnitSpan.objects.filter(unit=place.budget).update(until_on=CHANGE)
    Unit.objects.filter(pk=place.budget.pk).update(until_on=CHANGE)

    assert units("예산팀") == []
    assert units("예산팀", on=BEGIN) == [("예산팀", "행정국 기획예산과")]


@pytest.mark.parametrize("text", ["", " ", "·", "%", "\0", "'", "없는 부서", "가" * 1000])
@pytest.mark.parametrize("find", [units, found_people, posts])
def test_what_is_no_word_or_nowhere_finds_nothing(place, find, text):
    assert find(text) == []


# people


def test_a_person_is_found_by_name_with_the_own_post(place):
    assert found_people("다팀장") == [("다팀장", "행정국 기획예산과 기획팀 기획팀장")]
    assert found_people("주무") == [
        ("라주무", "행정국 기획예산과 기획팀 주무관"),
        ("마주무", "산림과 산림팀 주무관"),
        ("김주무", ""),
    ]


def test_name_and_unit_together_tell_people_apart(place):
    assert found_people("주무 산림팀") == [("마주무", "산림과 산림팀 주무관")]
    assert found_people("산림팀") == []


def test_residents_and_closed_accounts_are_not_found(place, actor):
    people.close(
        seed.person_of(Role.LEGAL), reason="퇴직", actor=actor(Role.ADMINISTRATOR), at=seed.AT
    )

    assert [found_people(seed.NAMES[role]) for role in (Role.RESIDENT, Role.EVALUATOR)] == [[], []]
    assert found_people(seed.NAMES[Role.LEGAL]) == []
    assert found_people(seed.NAMES[Role.FINANCE]) == [("조예산", "")]


def test_who_has_left_every_post_is_still_found(place):
    Assignment.objects.filter(person=place.people["마주무"]).update(until_on=CHANGE)

    assert found_people("마주무") == [("마주무", "")]


# posts


def test_a_post_is_found_by_unit_title_duties_and_holder(place):
    expected = [("산림과 산림팀 주무관", "마주무")]

    for text in ("산림팀 주무관", "나무은행", "나무 은행", "마주무", "주무관 마주무"):
        assert posts(text) == expected


def test_a_post_says_who_is_in_it_and_how(place):
    assert posts("예산팀장") == [("행정국 기획예산과 예산팀 예산팀장", "다팀장(겸임)")]
    assert posts("산림과장") == [("산림과 산림과장", "나과장(직무대리)")]
    Assignment.objects.filter(post=place.trees_officer).delete()
    assert posts("산림팀 주무관") == [("산림과 산림팀 주무관", "비어 있음")]


def test_a_post_that_was_found_brings_its_duties_and_whom_it_names(place):
    (found,) = queries_finding.find_posts("나무은행", on=TODAY)
    (vacant,) = queries_finding.posts_of(
        [hamlet.post(place.trees, "빈자리").uid], on=TODAY
    ).values()

    assert (found.duties, found.people) == ("나무은행 운영", (place.people["마주무"].uid,))
    assert (vacant.note, vacant.people) == ("비어 있음", ())


def test_posts_of_one_name_in_one_unit_are_numbered(place):
    hamlet.post(place.trees, "주무관", position=1)
    hamlet.post(place.trees, "주무관", position=2)

    found = queries_finding.find_posts("산림팀", on=TODAY)

    assert [each.label for each in found] == [
        "산림과 산림팀 주무관",
        "산림과 산림팀 주무관 2",
        "산림과 산림팀 주무관 3",
    ]


# what is chosen, and what is typed or pasted


def test_what_is_chosen_is_named_by_its_address(place):
    unit, who = place.plans.record.uid, place.people["마주무"].uid
    resident, mayor = seed.person_of(Role.RESIDENT).uid, place.people["가군수"].uid

    assert queries_finding.units_of([unit, "0000000000"], on=TODAY) == {
        unit: Option(unit, "기획팀", "행정국 기획예산과")
    }
    assert queries_finding.people_of([who, resident], on=TODAY) == {
        who: Option(who, "마주무", "산림과 산림팀 주무관", (who,))
    }
    assert queries_finding.posts_of([place.mayor.uid], on=TODAY) == {
        place.mayor.uid: Option(place.mayor.uid, "군수", "가군수", (mayor,))
    }


def labels(named):
    return {word: [each.label for each in options] for word, options in named.items()}


def test_units_named_in_a_table_are_those_of_just_that_name(place):
    words = ["기획팀", "기획예산과 기획팀", "행정국 기획예산과 기획팀", "기획", "행정국 기획팀", ""]

    assert labels(queries_finding.units_named(words, on=TODAY)) == {
        "기획팀": ["기획팀"],
        "기획예산과 기획팀": ["기획팀"],
        "행정국 기획예산과 기획팀": ["기획팀"],
        "기획": [],
        "행정국 기획팀": [],
        "": [],
    }


def test_people_named_in_a_table_may_be_several(place):
    twin = hamlet.person("마주무")
    Person.objects.filter(pk=twin.pk).update(email="twin@a.example")
    hamlet.put(twin, place.budget_head)

    named = queries_finding.people_named(
        ["마주무", "TWIN@a.example", "마주무(산림과 산림팀 주무관)", "\0"], on=TODAY
    )

    assert [each.note for each in named["마주무"]] == [
        "산림과 산림팀 주무관",
        "행정국 기획예산과 예산팀 예산팀장",
    ]
    assert [each.uid for each in named["TWIN@a.example"]] == [twin.uid]
    assert [each.uid for each in named["마주무(산림과 산림팀 주무관)"]] == [
        place.people["마주무"].uid
    ]
    assert named["\0"] == ()


def test_posts_named_in_a_table_may_be_several(place):
    second = hamlet.post(place.trees, "주무관", position=1)

    named = queries_finding.posts_named(
        ["산림팀 주무관", "산림과 산림팀 주무관 2", "산림과 산림팀 주무관 마주무", second.uid],
        on=TODAY,
    )

    assert [[each.uid for each in options] for options in named.values()] == [
        [place.trees_officer.uid, second.uid],
        [second.uid],
        [place.trees_officer.uid],
        [second.uid],
    ]


def test_each_answer_costs_one_query(place, django_assert_num_queries):
    for ask in (units, found_people, posts):
        with django_assert_num_queries(1):
            ask("기획")
    with django_assert_num_queries(1):
        queries_finding.people_named([f"이름{number}" for number in range(200)], on=TODAY)


def test_another_municipality_has_none_of_them(place, tenant_b):
    with tenant(tenant_b.pk):
        assert (units("기획"), found_people("다팀장"), posts("나무은행")) == ([], [], [])
