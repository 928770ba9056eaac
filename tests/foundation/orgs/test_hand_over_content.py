"""Whom a hand-over sheet names: known to the access log, frozen or not."""

from datetime import UTC, datetime

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.orgs import actions, actions_hand_over, handover
from mokmin.foundation.orgs.handover import HandOverLine
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb
from tests.foundation.orgs.county import AT, DAY

THEN = datetime(2026, 7, 2, 3, tzinfo=UTC)


def left_by_a_head(county):
    """What 마팀장, whose officer is 자주무, leaves to 라팀장."""
    entries = (
        OrderEntry("마팀장", OrderVerb.TRANSFER, county.posts["재산팀장"]),
        OrderEntry("라팀장", OrderVerb.TRANSFER, county.posts["계약팀장"]),
    )
    done = actions.order(OrderSheet("인사", DAY, entries), actor=county.actor, at=AT)
    return next(each for each in done.hand_overs if each.leaver.name == "마팀장")


def named(sheet):
    return [who for part in handover.content(sheet) for line in part.lines for who in line.people]


def test_whom_a_sheet_names_is_known_for_the_log_also_when_it_is_frozen(county):
    sheet = left_by_a_head(county)
    then = named(sheet)

    actions_hand_over.acknowledge(
        sheet, actor=Actor(person_id=sheet.successor_id, name="라팀장"), at=THEN
    )
    sheet.refresh_from_db()

    assert then == named(sheet) == [county.people["자주무"]]


def test_a_sheet_frozen_before_people_were_kept_is_still_read(county):
    sheet = left_by_a_head(county)
    line = {"text": "기획1 업무", "kind": "", "uid": ""}
    sheet.content = [{"title": "담당 업무", "lines": [line]}]

    assert [each.lines for each in handover.content(sheet)] == [(HandOverLine("기획1 업무"),)]
