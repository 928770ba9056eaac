"""Until when a hand-over is acknowledged: each municipality's own term, counted again at once."""

from datetime import date

import pytest

from mokmin.foundation.access import actions as access
from mokmin.foundation.calendar.kinds import THINGS
from mokmin.foundation.orgs import actions
from mokmin.foundation.orgs.models import HandOver
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.foundation.trail.models import Act
from mokmin.lib.errors import Invalid
from mokmin.lib.working_days import WorkingDays
from tests.foundation.orgs.county import AT, DAY


@pytest.fixture
def term(county):
    def choose(days):
        return access.change_settings({"hand_over_days": days}, actor=county.actor, at=AT)

    return choose


def retire(county, name):
    sheet = OrderSheet("인사", DAY, (OrderEntry(name, OrderVerb.RETIRE),))
    return actions.order(sheet, actor=county.actor, at=AT).hand_overs[0]


def dues():
    return list(HandOver.objects.order_by("id").values_list("due_on", flat=True))


def test_a_sheet_is_due_by_the_municipalitys_own_term(county, term):
    term(3)

    retire(county, "바주무")

    assert dues() == [date(2026, 7, 6)]


def test_another_term_moves_the_open_sheets_and_says_how_many(county, term):
    retire(county, "바주무")
    retire(county, "사주무")

    said = term(10)

    assert said == ["함께 옮긴 인계인수 확인 기한: 2건."]
    assert dues() == [date(2026, 7, 15), date(2026, 7, 15)]
    assert Act.objects.order_by("-id").values_list("verb", flat=True)[0] == "change_settings"


def test_what_is_acknowledged_keeps_its_day(county, term):
    done = retire(county, "바주무")
    HandOver.objects.filter(pk=done.pk).update(
        acknowledged_at=AT, content=[], successor_id=retire(county, "사주무").leaver_id
    )

    said = term(10)

    assert said == ["함께 옮긴 인계인수 확인 기한: 1건."]
    assert dues() == [date(2026, 7, 8), date(2026, 7, 15)]


def test_where_nothing_is_open_nothing_moves_and_other_settings_move_nothing(county, term):
    said = term(10)
    others = access.change_settings({"session_minutes": 60}, actor=county.actor, at=AT)

    assert (said, others) == (["옮겨진 인계인수 확인 기한은 없습니다."], [])


@pytest.mark.parametrize("days", [None, 0, 31])
def test_a_term_beyond_its_bounds_is_refused(term, days):
    with pytest.raises(Invalid) as caught:
        term(days)

    assert caught.value.problems == {"hand_over_days": "1에서 30 사이의 숫자로 적어 주세요."}


def test_holidays_are_counted_with_the_term_that_holds(county, term):
    term(1)
    retire(county, "바주무")

    moves = THINGS["hand-over"].recount(WorkingDays({date(2026, 7, 2): "임시공휴일"}))

    assert [(move.before, move.after) for move in moves] == [(date(2026, 7, 2), date(2026, 7, 3))]
