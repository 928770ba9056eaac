"""Who answers for a hand-over when the unit in which the post stood is no more."""

import pytest

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions, actions_hand_over, queries_hand_overs
from mokmin.foundation.orgs.models import HandOver, Unit
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb, UnitKind
from mokmin.foundation.orgs.steps import AbolishUnit, MergeUnits, NewUnit, ReorganisationPlan
from mokmin.foundation.people.models import Person
from mokmin.foundation.tenancy.keyset import Window
from mokmin.lib.errors import Denied
from tests.foundation.orgs.county import AT, DAY

WINDOW = Window("on", limit=10)


@pytest.fixture
def left(county):
    """자주무 leaves 계약팀 before it is no more, and nobody comes."""
    sheet = OrderSheet("인사", DAY, (OrderEntry("자주무", OrderVerb.RETIRE),))
    return actions.order(sheet, actor=county.actor, at=AT).hand_overs[0]


def reorganise(county, *steps):
    plan = ReorganisationPlan("개편", DAY, steps)
    return actions.reorganise(plan, actor=county.actor, at=AT)


def heads(uid):
    """Whoever heads this unit and nothing else."""
    unit = Unit.objects.get(record__uid=uid)
    return Actor(name="나과장", roles=frozenset({Role.TEAM_HEAD}), headed=frozenset({unit.pk}))


def seen(actor):
    rows = queries_hand_overs.hand_overs(actor, today=DAY, window=WINDOW)
    return sorted(row.leaver.name for row in rows)


def test_the_head_of_the_unit_that_it_was_merged_into(county, left):
    units = county.units
    made = NewUnit("new", UnitKind.TEAM, "계약재산팀", units["재무과"])
    done = reorganise(county, MergeUnits((units["계약팀"], units["재산팀"]), "new", made))

    heir = heads(done.made["new"])

    assert seen(heir) == ["자주무"]
    assert (seen(heads(units["재무과"])), seen(heads(units["기획팀"]))) == ([], [])


def test_the_head_of_a_unit_into_which_that_one_went_in_turn(county, left):
    units = county.units
    reorganise(
        county,
        MergeUnits((units["계약팀"], units["재산팀"]), units["재산팀"]),
        MergeUnits((units["재산팀"], units["예산팀"]), units["예산팀"]),
    )

    assert seen(heads(units["예산팀"])) == ["자주무"]


def test_the_head_above_where_nothing_came_in_its_place(county, left):
    units = county.units
    reorganise(county, AbolishUnit(units["계약팀"]))

    assert seen(heads(units["재무과"])) == ["마팀장", "자주무"]
    assert seen(heads(units["재산팀"])) == []


def test_the_heir_names_who_takes_over_and_others_do_not(county, left):
    units = county.units
    reorganise(county, MergeUnits((units["계약팀"], units["재산팀"]), units["재산팀"]))
    other = Person.objects.get(uid=county.people["차주무"])

    def name(actor):
        actions_hand_over.name_successor(left, other, reason="업무대행", actor=actor, at=AT)

    heir = heads(units["재산팀"])
    card = queries_hand_overs.hand_over(left.uid, heir, today=DAY)
    name(heir)

    assert card.why_not_name_successor is None
    assert HandOver.objects.get(pk=left.pk).successor == other
    with pytest.raises(Denied, match="인수자는 그 부서의 부서장과 팀장, 관리자만"):
        name(heads(units["기획팀"]))
