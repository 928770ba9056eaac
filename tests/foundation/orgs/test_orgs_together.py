"""Two administrators at once, what rooms above are told, and titles that follow the day."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection

from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions, signals, tasks
from mokmin.foundation.orgs.models import Assignment, PersonnelOrder
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb, UnitKind
from mokmin.foundation.orgs.steps import CreateUnit, NewUnit, RenameUnit, ReorganisationPlan
from mokmin.foundation.people import queries as people
from mokmin.foundation.records.models import Record
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act
from mokmin.lib.errors import Invalid
from tests import seed
from tests.foundation.orgs import county as small
from tests.foundation.orgs.county import AT, DAY

MORNING = datetime(2026, 6, 30, 15, 5, tzinfo=UTC)
"""Five past midnight of the day, in Seoul."""


@pytest.mark.usefixtures("transactional_db")
def test_two_administrators_do_not_put_two_people_into_one_post():
    said = []
    whose = seed.tenant_of("a").pk
    with tenant(whose):
        account = seed.person_of(Role.ADMINISTRATOR).account
        administrator = people.actor_of(account)
        county = small.found(administrator)

    def enter(name):
        sheet = OrderSheet(
            "인사", DAY, (OrderEntry(name, OrderVerb.TRANSFER, county.posts["재산2"]),)
        )
        try:
            with tenant(whose):
                actions.order(sheet, actor=administrator, at=AT)
            said.append("done")
        except Invalid as refusal:
            said.append(refusal.problems["rows.1.post"])
        finally:
            connection.close()

    threads = [Thread(target=enter, args=[name]) for name in ("바주무", "사주무")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with tenant(whose):
        came = [held.person.name for held in Assignment.objects.filter(from_on=DAY)]
        assert PersonnelOrder.objects.count() == 1
    other = {"바주무": "사주무", "사주무": "바주무"}[came[0]]
    assert sorted(said) == [
        "done",
        f"재무과 재산팀 주무관 자리에 본직이 2026. 7. 1.에 둘이 됩니다({came[0]}, {other}).",
    ]


def test_rooms_above_are_told_what_is_entered_and_taken_back(county):
    told = []

    def listener(name):
        def listen(*, at, units=None, order=None, reorganisation=None, **_signal):
            told.append((name, (order or reorganisation).title, len(units or [])))

        return listen

    names = ("reorganised", "reorganisation_undone", "order_registered", "order_undone")
    listeners = {name: listener(name) for name in names}
    for name, listen in listeners.items():
        getattr(signals, name).connect(listen)
    plan = ReorganisationPlan(
        "개편",
        DAY,
        (
            RenameUnit(county.units["계약팀"], "구매팀"),
            CreateUnit(NewUnit("new", UnitKind.TEAM, "새팀", county.units["재무과"])),
        ),
    )
    done = actions.reorganise(plan, actor=county.actor, at=AT).reorganisation
    sheet = OrderSheet("인사", DAY, (OrderEntry("바주무", OrderVerb.RETIRE),))
    order = actions.order(sheet, actor=county.actor, at=AT).order
    actions.undo_order(order, reason="철회", actor=county.actor, at=AT)
    actions.undo_reorganisation(done, reason="철회", actor=county.actor, at=AT)
    for name, listen in listeners.items():
        getattr(signals, name).disconnect(listen)

    assert told == [
        ("reorganised", "개편", 2),
        ("order_registered", "인사", 0),
        ("order_undone", "인사", 0),
        ("reorganisation_undone", "개편", 2),
    ]


def test_a_units_record_takes_its_new_name_on_the_day(county, tenant_a):
    plan = ReorganisationPlan("개편", DAY, (RenameUnit(county.units["계약팀"], "구매팀"),))
    actions.reorganise(plan, actor=county.actor, at=AT)

    tasks.retitle_units(tenant_a.pk, MORNING - timedelta(days=1))
    before = Record.objects.get(uid=county.units["계약팀"]).title
    tasks.retitle_units(tenant_a.pk, MORNING)

    assert (before, Record.objects.get(uid=county.units["계약팀"]).title) == ("계약팀", "구매팀")
    assert Act.objects.order_by("-id").values_list("verb", "actor_name").first() == (
        "retitle_units", "시스템",
    )  # fmt: skip


def test_where_every_name_is_right_nothing_is_written(county, tenant_a):
    acts = Act.objects.count()

    tasks.retitle_units(tenant_a.pk, MORNING)

    assert Act.objects.count() == acts
