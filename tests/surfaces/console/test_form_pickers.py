"""Picking units, people and posts: by address, by name, and by choosing among what is like it."""

import pytest
from django.urls import reverse

from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.context import tenant
from tests import seed
from tests.foundation.orgs import hamlet
from tests.foundation.orgs.hamlet import Hamlet
from tests.surfaces.console import pages

URL = "/staff/gallery/form/"
GOOD = {"title": "군정 협의회", "on": "2026-10-01"}


@pytest.fixture
def place(in_a):
    return Hamlet()


@pytest.fixture
def client(desk):
    return desk(Role.ADMINISTRATOR)


def send(client, **values):
    return client.post(URL, {**GOOD, **values})


def cleaned(response, name):
    """What a page would have got, had the form been wrong elsewhere."""
    return response.context["form"].cleaned_data[name]


def unfinished(client, **values):
    """Sent without its title, so that the form comes back."""
    return client.post(URL, {**GOOD, "title": "", **values})


def picker(response, name):
    return pages.picker(response.content.decode(), name)


def test_an_exact_name_is_taken(client, place):
    response = unfinished(client, unit="기획 예산과", post="행정국 기획예산과 기획팀 기획팀장")

    assert cleaned(response, "unit") == place.planning.record.uid
    assert cleaned(response, "post") == place.plans_head.uid


def test_what_was_taken_is_shown_by_its_name_with_its_address(client, place):
    response = unfinished(client, unit="기획 예산과")

    assert picker(response, "unit") == {
        "text": "기획예산과",
        "uid": place.planning.record.uid,
        "for": "기획예산과",
        "note": "행정국",
        "offers": [],
    }


def test_what_a_script_has_chosen_is_taken_by_its_address(client, place):
    uid = place.planning.record.uid

    response = unfinished(client, unit="기획예산과", unit__uid=uid, unit__for="기획예산과")

    assert cleaned(response, "unit") == uid


def test_a_name_that_was_changed_after_choosing_counts_as_written(client, place):
    response = unfinished(
        client, unit="산림과", unit__uid=place.planning.record.uid, unit__for="기획예산과"
    )

    assert cleaned(response, "unit") == place.forest.record.uid


def test_a_name_that_is_emptied_chooses_nothing(client, place):
    uid = place.planning.record.uid

    response = unfinished(client, unit="", unit__uid=uid, unit__for="기획예산과")

    assert cleaned(response, "unit") == ""


def test_what_is_like_the_name_is_offered_to_choose_from(client, place):
    response = send(client, unit="기획")

    assert response.status_code == 422
    assert pages.errors(response) == {
        "unit": "‘기획’이라는 부서가 없습니다. 비슷한 것을 아래에서 골라 주세요.",
    }
    assert picker(response, "unit")["offers"] == [
        (place.planning.record.uid, "기획예산과", "행정국"),
        (place.plans.record.uid, "기획팀", "행정국 기획예산과"),
    ]


def test_what_was_chosen_among_the_offers_is_taken(client, place):
    uid = place.plans.record.uid

    response = unfinished(client, unit="기획", unit__for="기획", unit__pick=uid)

    assert cleaned(response, "unit") == uid
    assert picker(response, "unit")["text"] == "기획팀"


def test_two_of_one_name_are_both_offered(client, place):
    hamlet.put(hamlet.person("라주무"), place.budget_head)

    response = send(client, people="라주무")

    assert pages.errors(response) == {"people": "‘라주무’는 2명입니다. 아래에서 골라 주세요."}
    assert [(label, note) for _, label, note in picker(response, "people")["offers"]] == [
        ("라주무", "행정국 기획예산과 기획팀 주무관"),
        ("라주무", "행정국 기획예산과 예산팀 예산팀장"),
    ]


def test_a_name_that_nothing_is_like_is_told(client, place):
    response = send(client, unit="없는과", post="없는 자리")

    assert pages.errors(response) == {
        "unit": "‘없는과’라는 부서가 없습니다. 이름을 확인해 주세요.",
        "post": "‘없는 자리’라는 자리가 없습니다. 이름을 확인해 주세요.",
    }


def test_an_address_that_is_not_there_on_the_day_is_refused(client, place):
    response = send(client, unit="산림과", unit__uid="0000000000", unit__for="산림과")

    assert pages.errors(response) == {"unit": "고른 부서가 그날에는 없습니다. 다시 골라 주세요."}


def test_several_people_are_chosen_by_chips_and_by_names(client, place):
    first, second, third = (place.people[name].uid for name in ("가군수", "나과장", "다팀장"))

    response = unfinished(client, people__uid=[first], people="나과장, 다팀장")

    assert cleaned(response, "people") == (first, second, third)
    chips = picker(response, "people")["chips"]
    assert [(uid, label) for uid, label, _ in chips] == [
        (first, "가군수"),
        (second, "나과장"),
        (third, "다팀장"),
    ]
    assert picker(response, "people")["text"] == ""


def test_a_person_is_chosen_once(client, place):
    uid = place.people["가군수"].uid

    response = unfinished(client, people__uid=[uid, uid], people="가군수")

    assert cleaned(response, "people") == (uid,)


def test_of_several_names_the_known_ones_stay_and_the_others_are_told(client, place):
    response = send(client, people="가군수, 없는이")

    assert pages.errors(response) == {
        "people": "‘없는이’라는 사람이 없습니다. 이름을 확인해 주세요."
    }
    shown = picker(response, "people")
    assert [label for _, label, _ in shown["chips"]] == ["가군수"]
    assert shown["text"] == "없는이"


def test_several_are_chosen_among_the_offers(client, place):
    other = hamlet.person("라주무")
    hamlet.put(other, place.budget_head)
    both = [place.people["라주무"].uid, other.uid]

    response = unfinished(client, people="라주무", people__for="라주무", people__pick=both)

    assert cleaned(response, "people") == tuple(both)


def test_an_identifier_with_a_mark_that_none_has_is_refused_at_its_field(client):
    response = client.post(URL, {**GOOD, "unit": "가", "unit__for": "가", "unit__uid": "가\0"})

    assert pages.errors(response) == {"unit": "고른 부서가 그날에는 없습니다. 다시 골라 주세요."}


def test_a_draft_shows_what_was_chosen_and_what_was_only_typed(client, place):
    uid = place.people["가군수"].uid
    sent = {"unit": "기획", "people__uid": [uid], "people": "나과", "_draft": ""}
    client.post(URL, sent, headers={"X-Mokmin-Draft": "keep"})

    response = client.get(URL)

    assert picker(response, "unit")["text"] == "기획"
    shown = picker(response, "people")
    assert ([label for _, label, _ in shown["chips"]], shown["text"]) == (["가군수"], "나과")


def test_people_whom_a_form_shows_are_noted(client, place):
    unfinished(client, people="가군수")

    assert pages.log()[-1][1:4] == ("view", "양식에 고른 사람", 1)


def test_whoever_holds_a_post_that_a_form_shows_is_noted(client, place):
    unfinished(client, post="행정국 기획예산과 기획팀 기획팀장")

    assert pages.log()[-1][1:4] == ("view", "양식에 고른 사람", 1)


def found(client, kind, text, **more):
    response = client.get(reverse(f"console:options-{kind}"), {"q": text, **more})
    assert response.status_code == 200
    return [(each["label"], each["note"]) for each in response.json()["options"]]


def test_while_somebody_types_what_is_like_it_is_answered(client, place):
    assert found(client, "unit", "기획") == [
        ("기획예산과", "행정국"),
        ("기획팀", "행정국 기획예산과"),
    ]
    assert found(client, "person", "라주")[0][0] == "라주무"
    assert found(client, "post", "기획팀장")[0][0].endswith("기획팀장")


@pytest.mark.parametrize("text", ["", " ", "기", "\0"])
def test_next_to_nothing_finds_nothing(client, place, text):
    assert found(client, "unit", text) == []


def test_the_day_of_which_a_form_speaks_may_be_asked_for(client, place):
    assert found(client, "unit", "산림과", on="2020-01-01") == []
    assert found(client, "unit", "산림과", on="어제") == [("산림과", "")]


def test_whose_names_were_shown_is_noted(client, place):
    found(client, "person", "라주무")

    assert pages.log()[-1][1:4] == ("view", "사람 고르기", 1)


def test_whoever_holds_a_post_that_was_listed_is_noted(client, place):
    found(client, "post", "기획팀")

    assert pages.log()[-1][1:4] == ("view", "자리 고르기", 2)


def test_a_post_that_nobody_holds_names_nobody(client, place):
    hamlet.post(place.trees, "산림팀장", "team_head")
    before = pages.log()

    found(client, "post", "산림팀장")

    assert pages.log() == before


def test_a_list_of_units_names_nobody(client, place):
    before = pages.log()

    found(client, "unit", "기획")

    assert pages.log() == before


def test_nothing_of_another_municipality_is_found(client, place, tenant_b):
    with tenant(tenant_b.pk):
        hamlet.unit("나래과", "department", None)

    assert found(client, "unit", "나래과") == []
    assert found(client, "person", seed.NAMES[Role.OFFICER]) == [("김주무", "")]


def test_the_lists_are_for_staff(signed_in):
    for kind in ("unit", "person", "post"):
        assert signed_in(Role.RESIDENT).get(reverse(f"console:options-{kind}")).status_code == 403
