"""First set-up, and posts that come, change and go without a reorganisation."""

from datetime import date, timedelta

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions, actions_posts, loading
from mokmin.foundation.orgs.actions_posts import NewHolding
from mokmin.foundation.orgs.models import Assignment, Post, Unit
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import AssignmentKind, OrderVerb, PostRank, UnitKind
from mokmin.foundation.orgs.steps import (
    MergeUnits,
    MovePost,
    NewPost,
    NewUnit,
    ReorganisationPlan,
)
from mokmin.foundation.people.models import Person
from mokmin.foundation.trail.models import Act
from mokmin.lib.errors import Denied, Invalid
from tests.foundation.orgs.county import AT, DAY, FOUNDED_ON, TODAY

LATER = DAY + timedelta(days=10)


@pytest.fixture
def change(county):
    def enter(key, on=DAY, reason="사무분장", **changes):
        return actions_posts.change_post(
            county.post(key), changes, on=on, reason=reason, actor=county.actor, at=AT
        )

    return enter


@pytest.fixture
def take_back(county):
    def enter(post, on=DAY, at=AT):
        actions_posts.take_back_post(post, on=on, reason="착오", actor=county.actor, at=at)

    return enter


def spans_of(county, key):
    spans = loading.whole_organisation().spans_of_post[county.posts[key]]
    return [(span.from_on, span.until_on, span.duties) for span in spans]


def new_post(county, **more):
    return NewPost("more", county.units["기획팀"], PostRank.OFFICER, "주무관", **more)


def test_a_whole_county_is_set_up_in_few_statements(administrator, django_assert_max_num_queries):
    departments = [NewUnit(f"d{n}", UnitKind.DEPARTMENT, f"{n}과", "root") for n in range(25)]
    teams = [NewUnit(f"t{n}", UnitKind.TEAM, f"{n}팀", f"d{n % 25}") for n in range(177)]
    posts = [NewPost(f"p{n}", f"t{n % 177}", PostRank.OFFICER, "주무관") for n in range(640)]
    people = Person.objects.bulk_create(Person(name=f"사람{n}", joined_at=AT) for n in range(615))
    root = NewUnit("root", UnitKind.HEAD, "군수", None)
    asked = {"reason": "첫 등록", "actor": administrator, "at": AT}

    with django_assert_max_num_queries(1 + 25 + 177 + 40):
        made = actions_posts.set_up([root, *departments, *teams], posts, on=FOUNDED_ON, **asked)
        holdings = [
            NewHolding(person.uid, made.posts[f"p{n}"], FOUNDED_ON)
            for n, person in enumerate(people)
        ]
        actions_posts.assign(holdings, **asked)

    assert (Unit.objects.count(), Post.objects.count()) == (203, 640)
    assert Assignment.objects.count() == 615


def test_what_is_wrong_with_a_set_up_is_told_row_by_row(county):
    with pytest.raises(Invalid) as caught:
        actions_posts.set_up(
            [NewUnit("a", UnitKind.TEAM, "기획팀", county.units["기획과"])],
            [NewPost("b", "a", PostRank.OFFICER, "")],
            on=date(2025, 1, 1), reason="", actor=county.actor, at=AT,
        )  # fmt: skip

    assert caught.value.problems == {
        "reason": "사유를 적어 주세요. 기록에 남습니다.",
        "steps.2.post.title": "직위를 적어 주세요.",
    }


def test_what_is_wrong_with_first_holders_is_told_row_by_row(county):
    vacant, taken = county.posts["재산2"], county.posts["기획1"]
    someone, other = county.person("새주무"), county.person("또주무")
    rows = [
        NewHolding("없는사람", vacant, DAY),
        NewHolding(someone, "없는자리", DAY),
        NewHolding(someone, vacant, DAY, until_on=DAY),
        NewHolding(other, taken, DAY),
    ]

    with pytest.raises(Invalid) as caught:
        actions_posts.assign(rows, reason="이관", actor=county.actor, at=AT)

    assert caught.value.problems == {
        "rows.1.person": "없는 사람입니다.",
        "rows.2.post": "없는 자리입니다.",
        "rows.3.until_on": "끝나는 날은 시작하는 날보다 뒤여야 합니다.",
        "rows.4": "기획과 기획팀 주무관 자리에 본직이 2026. 7. 1.에 둘이 됩니다(바주무, 또주무).",
    }


def test_nobody_is_put_anywhere_without_a_reason(county):
    with pytest.raises(Invalid) as caught:
        actions_posts.assign([], reason=" ", actor=county.actor, at=AT)

    assert caught.value.problems == {"reason": "사유를 적어 주세요. 기록에 남습니다."}


def test_a_holding_may_end_on_a_known_day(county):
    uid = county.person("새주무")
    row = NewHolding(uid, county.posts["재산2"], DAY, AssignmentKind.ACTING, LATER)

    actions_posts.assign([row], reason="이관", actor=county.actor, at=AT)

    assert [held.until_on for held in county.now().held_by(uid, DAY)] == [LATER]


ACTS = {
    "set_up": lambda _, **who: actions_posts.set_up([], [], on=DAY, reason="까닭", **who),
    "assign": lambda _, **who: actions_posts.assign([], reason="까닭", **who),
    "add_post": lambda county, **who: actions_posts.add_post(
        new_post(county), on=DAY, reason="까닭", **who
    ),
    "close_post": lambda county, **who: actions_posts.close_post(
        county.post("재산2"), on=DAY, reason="까닭", **who
    ),
    "change_post": lambda county, **who: actions_posts.change_post(
        county.post("재산2"), {}, on=DAY, reason="까닭", **who
    ),
    "take_back": lambda county, **who: actions_posts.take_back_post(
        county.post("재산2"), on=DAY, reason="까닭", **who
    ),
    "change_unit": lambda _, **who: actions_posts.change_unit(
        Unit.objects.earliest("id"), phone="", position=0, **who
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_administrators_change_posts(county, actor, act):
    with pytest.raises(Denied) as caught:
        ACTS[act](county, actor=actor(Role.COORDINATOR), at=AT)

    assert caught.value.reason == "조직과 발령은 관리자만 바꿀 수 있습니다."


def test_a_post_more_is_there_from_its_day_on(county):
    post = actions_posts.add_post(
        new_post(county, duties="통계"), on=DAY, reason="정원 조정", actor=county.actor, at=AT
    )

    assert county.now().post_name(post.uid, DAY) == "기획과 기획팀 주무관"
    assert county.now(TODAY).post(post.uid, TODAY) is None
    assert Act.objects.order_by("-id").values_list("verb", "reason").first() == (
        "add_post", "정원 조정",
    )  # fmt: skip


def test_a_post_that_nobody_holds_is_closed(county):
    actions_posts.close_post(
        county.post("재산2"), on=DAY, reason="정원 감축", actor=county.actor, at=AT
    )

    assert county.now().post(county.posts["재산2"], DAY) is None
    assert county.post("재산2").until_on == DAY


def test_a_post_that_somebody_holds_is_not_closed(county):
    with pytest.raises(Denied) as caught:
        actions_posts.close_post(
            county.post("재산1"), on=DAY, reason="정원 감축", actor=county.actor, at=AT
        )

    assert caught.value.reason == (
        "2026. 7. 1.에 차주무의 자리입니다. 먼저 인사발령으로 다른 자리에 보내 주세요."
    )


def test_duties_are_others_from_a_day_on(county, change):
    changed = change("기획1", duties=" 인구정책 ", phone="055-940-1234")

    assert changed is True
    assert spans_of(county, "기획1") == [
        (FOUNDED_ON, DAY, "기획1 업무"), (DAY, None, "인구정책"),
    ]  # fmt: skip


def test_what_changes_twice_on_one_day_is_one_change(county, change):
    change("기획1", duties="인구정책")

    change("기획1", duties="균형발전")

    assert spans_of(county, "기획1")[1:] == [(DAY, None, "균형발전")]


def test_what_is_planned_later_follows_where_it_read_the_same(county, change):
    plan = ReorganisationPlan(
        "개편", LATER, (MovePost(county.posts["기획1"], county.units["예산팀"]),)
    )
    actions.reorganise(plan, actor=county.actor, at=AT)

    change("기획1", duties="인구정책")

    assert spans_of(county, "기획1") == [
        (FOUNDED_ON, DAY, "기획1 업무"), (DAY, LATER, "인구정책"), (LATER, None, "인구정책"),
    ]  # fmt: skip


def test_the_same_again_is_no_change(county, change):
    acts = Act.objects.count()

    assert change("기획1", duties="기획1 업무") is False
    assert spans_of(county, "기획1") == [(FOUNDED_ON, None, "기획1 업무")]
    assert Act.objects.count() == acts


@pytest.mark.parametrize(
    ("asked", "problems"),
    [
        ({"title": " "}, {"title": "직위를 적어 주세요."}),
        ({"position": -1}, {"position": "순서는 0에서 32767까지의 숫자로 적어 주세요."}),
        ({"on": date(2020, 1, 1)}, {"on": "2020. 1. 1.에 없는 자리입니다. 날짜를 확인해 주세요."}),
        (
            {"on": date(2026, 1, 1), "reason": "", "duties": "새"},
            {"reason": "사유를 적어 주세요. 기록에 남습니다."},
        ),
    ],
)
def test_what_cannot_be_of_a_post_is_told(change, asked, problems):
    with pytest.raises(Invalid) as caught:
        change("기획1", **asked)

    assert caught.value.problems == problems


def test_a_post_has_nothing_else_to_change(change):
    with pytest.raises(ValueError, match="a post has no unit to change"):
        change("기획1", unit="다른곳")


def test_what_is_entered_of_a_post_for_a_coming_day_is_taken_back(county, change, take_back):
    before = loading.whole_organisation()
    added = actions_posts.add_post(
        new_post(county), on=DAY, reason="정원", actor=county.actor, at=AT
    )
    change("기획1", duties="인구정책")
    actions_posts.close_post(county.post("재산2"), on=DAY, reason="감축", actor=county.actor, at=AT)

    for post in (added, county.post("기획1"), county.post("재산2")):
        take_back(post)

    assert set(loading.whole_organisation().posts) == set(before.posts)
    assert Post.objects.get(pk=added.pk).until_on == DAY
    assert county.post("재산2").until_on is None


def test_what_cannot_be_taken_back_of_a_post_says_why(county, change, take_back):
    plan = ReorganisationPlan(
        "개편", DAY, (MovePost(county.posts["기획2"], county.units["예산팀"]),)
    )
    actions.reorganise(plan, actor=county.actor, at=AT)
    added = actions_posts.add_post(
        new_post(county), on=DAY, reason="정원", actor=county.actor, at=AT
    )
    sheet = OrderSheet("인사", LATER, (OrderEntry("바주무", OrderVerb.TRANSFER, added.uid),))
    actions.order(sheet, actor=county.actor, at=AT)
    actions_posts.change_post(
        added, {"duties": "나중"}, on=LATER, reason="", actor=county.actor, at=AT
    )

    def why_not(post, on=DAY):
        with pytest.raises(Denied) as caught:
            take_back(post, on=on)
        return caught.value.reason

    assert why_not(county.post("기획1")) == "2026. 7. 1.에 바뀌도록 등록된 것이 없습니다."
    assert why_not(county.post("기획1"), FOUNDED_ON) == (
        "시행일(2024. 1. 1.)이 되어 취소할 수 없습니다. "
        "되돌리려면 새 조직개편이나 발령으로 등록해 주세요."
    )
    assert why_not(county.post("기획2")) == (
        "조직개편으로 바뀌는 자리입니다. 그 조직개편을 취소해 주세요."
    )
    assert why_not(added) == ("그 뒤에 바뀌도록 등록된 것이 있습니다. 그것을 먼저 취소해 주세요.")
    take_back(added, LATER)
    assert why_not(added) == "바주무가 맡는 자리가 2026. 7. 11.에 없습니다."


def test_a_units_telephone_and_place_are_corrected(county):
    unit = Unit.objects.get(record__uid=county.units["기획팀"])

    actions_posts.change_unit(unit, phone="055-940-2000", position=7, actor=county.actor, at=AT)

    span = county.now(TODAY).unit(county.units["기획팀"], TODAY)
    assert (span.phone, span.position, span.from_on) == ("055-940-2000", 7, FOUNDED_ON)


def test_a_wrong_telephone_of_a_unit_is_told(county):
    unit = Unit.objects.get(record__uid=county.units["기획팀"])

    with pytest.raises(Invalid) as caught:
        actions_posts.change_unit(unit, phone="없음", position=-1, actor=county.actor, at=AT)

    assert caught.value.problems == {
        "phone": "전화는 숫자와 붙임표(-)로 적어 주세요. 예: 055-940-0000",
        "position": "순서는 0에서 32767까지의 숫자로 적어 주세요.",
    }


def test_a_unit_that_is_no_more_is_not_corrected(county):
    unit = Unit.objects.get(record__uid=county.units["재산팀"])
    plan = ReorganisationPlan(
        "개편", TODAY, (MergeUnits((county.units["재산팀"],), county.units["계약팀"]),)
    )
    actions.reorganise(plan, actor=county.actor, at=AT)

    with pytest.raises(Denied, match="없어진 부서입니다"):
        actions_posts.change_unit(unit, phone="", position=1, actor=county.actor, at=AT)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (" ", "사유를 적어 주세요. 기록에 남습니다."),
        ("가" * 301, "사유는 300자까지 적을 수 있습니다."),
    ],
)
def test_taking_a_post_back_needs_a_reason(county, reason, said):
    with pytest.raises(Invalid) as caught:
        actions_posts.take_back_post(
            county.post("기획1"), on=DAY, reason=reason, actor=county.actor, at=AT
        )

    assert caught.value.problems == {"reason": said}
