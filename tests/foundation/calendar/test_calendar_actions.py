from datetime import date
from threading import Thread

import pytest
from django.db import connection

from mokmin.foundation.access.states import Role
from mokmin.foundation.calendar import actions, queries
from mokmin.foundation.calendar.actions import HolidayEntry, TermEntry
from mokmin.foundation.calendar.models import ElectedTerm, Holiday
from mokmin.foundation.calendar.states import HolidayKind
from mokmin.foundation.people import queries as people
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act
from mokmin.lib.errors import Denied, Invalid
from tests import seed

TODAY = date(2026, 11, 20)
THURSDAY = date(2026, 11, 26)
DECREE = HolidayEntry("임시공휴일", HolidayKind.TEMPORARY, "2026. 11. 17. 국무회의 의결")


def add(actor, day=THURSDAY, entry=DECREE, reason="국무회의 의결"):
    return actions.add_holiday(day, entry, reason=reason, actor=actor, at=seed.AT)


def remove(actor, day=THURSDAY):
    return actions.remove_holiday(day, reason="의결 취소", actor=actor, at=seed.AT)


def acts():
    return list(Act.objects.order_by("-id").values_list("verb", "reason", "actor_name")[:1])


def test_a_public_holiday_is_added_with_its_reason(administrator):
    moved = add(administrator)

    row = queries.holiday(THURSDAY)
    assert (row.name, row.kind, row.added_by) == ("임시공휴일", HolidayKind.TEMPORARY, "서관리")
    assert moved == []
    assert acts() == [("add_holiday", "국무회의 의결", "서관리")]


def test_the_year_of_an_added_day_keeps_its_lawful_days(administrator):
    add(administrator)

    assert queries.holidays(date(2026, 12, 1), date(2026, 12, 31)) == {
        date(2026, 12, 25): "기독탄신일"
    }


def test_adding_moves_what_is_counted_in_working_days(administrator, papers):
    papers.take("a1", date(2026, 11, 20), queries.working_days(THURSDAY, THURSDAY))

    moved = add(administrator)

    assert [each.summary for each in moved] == ["서류 기한 1건"]
    assert papers.due == {"a1": date(2026, 11, 30)}
    assert papers.shifted == [("a1", "서관리", seed.AT)]


def test_removing_moves_it_back(administrator, papers):
    papers.take("a1", date(2026, 11, 20), queries.working_days(THURSDAY, THURSDAY))
    add(administrator)

    moved = remove(administrator)

    assert [(m.before, m.after) for m in moved[0].moves] == [
        (date(2026, 11, 30), date(2026, 11, 27))
    ]
    assert papers.due == {"a1": date(2026, 11, 27)}
    assert queries.holiday(THURSDAY) is None


def test_what_was_taken_out_can_be_entered_again(administrator):
    add(administrator)
    remove(administrator)

    add(administrator)

    assert queries.holiday(THURSDAY).name == "임시공휴일"
    assert Holiday.objects.filter(on=THURSDAY).count() == 1


def test_correcting_a_name_moves_nothing_and_is_no_prediction_any_more(administrator, papers):
    actions.seed(today=TODAY, at=seed.AT)

    actions.change_holiday(
        date(2027, 5, 13),
        HolidayEntry("부처님 오신 날", HolidayKind.STATUTORY, "월력요항"),
        reason="공표",
        actor=administrator,
        at=seed.AT,
    )

    row = queries.holiday(date(2027, 5, 13))
    assert (row.name, row.is_predicted, row.changed_by) == ("부처님 오신 날", False, "서관리")
    assert papers.shifted == []


def test_every_wrong_field_is_told_at_once(administrator):
    with pytest.raises(Invalid) as caught:
        add(
            administrator, day=date(2026, 12, 25), entry=HolidayEntry("", "birthday", ""), reason=""
        )

    assert caught.value.problems == {
        "on": "2026. 12. 25.은 이미 공휴일입니다(기독탄신일).",
        "name": "공휴일 이름을 적어 주세요.",
        "kind": "종류는 공휴일, 대체공휴일, 임시공휴일, 지방공휴일 가운데 하나를 골라 주세요.",
        "source": "근거를 적어 주세요. 예: 2026. 8. 4. 국무회의 의결",
        "reason": "사유를 적어 주세요. 기록에 남습니다.",
    }


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (None, "날짜를 골라 주세요."),
        (date(2017, 5, 9), "2018년부터 2099년까지의 날짜를 골라 주세요."),
        (date(2100, 1, 4), "2018년부터 2099년까지의 날짜를 골라 주세요."),
    ],
)
def test_a_day_must_be_one_that_the_table_can_hold(day, sentence, administrator):
    with pytest.raises(Invalid) as caught:
        add(administrator, day=day)

    assert caught.value.problems == {"on": sentence}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.COORDINATOR])
def test_only_administrators_change_the_calendar(role, actor):
    why = "공휴일, 회계연도, 민선 기수는 관리자만 고칠 수 있습니다."

    with pytest.raises(Denied, match=why):
        add(actor(role))
    with pytest.raises(Denied, match=why):
        remove(actor(role), date(2026, 12, 25))


def test_an_ordinary_day_cannot_be_taken_out(administrator):
    with pytest.raises(Denied, match="공휴일이 아닌 날입니다"):
        remove(administrator)


def test_closing_days_of_a_fiscal_year_are_set(administrator):
    actions.change_fiscal_year(
        2026,
        closes_on=date(2027, 1, 20),
        settled_on=date(2027, 2, 10),
        reason="일시차입금 상환",
        actor=administrator,
        at=seed.AT,
    )

    assert queries.fiscal_year(date(2026, 3, 1)).closes_on == date(2027, 1, 20)
    assert acts() == [("change_fiscal_year", "일시차입금 상환", "서관리")]


def test_wrong_closing_days_are_refused(administrator):
    with pytest.raises(Invalid) as caught:
        actions.change_fiscal_year(
            2026,
            closes_on=None,
            settled_on=date(2027, 2, 10),
            reason="",
            actor=administrator,
            at=seed.AT,
        )

    assert caught.value.problems == {
        "closes_on": "출납폐쇄기한을 골라 주세요.",
        "reason": "사유를 적어 주세요. 기록에 남습니다.",
    }


def test_an_elected_term_is_named(administrator):
    actions.seed(today=TODAY, at=seed.AT)

    actions.change_elected_term(
        9,
        TermEntry(date(2026, 7, 1), date(2030, 7, 1), " 홍길동 "),
        reason="당선",
        actor=administrator,
        at=seed.AT,
    )

    assert queries.elected_term(date(2026, 11, 20)).mayor_name == "홍길동"
    assert [each.number for each in queries.elected_terms(TODAY)] == [10, 9, 8, 7]


def test_a_term_that_meets_another_is_refused(administrator):
    actions.seed(today=TODAY, at=seed.AT)

    with pytest.raises(Invalid) as caught:
        actions.change_elected_term(
            9,
            TermEntry(date(2026, 6, 30), date(2030, 7, 1)),
            reason="당선",
            actor=administrator,
            at=seed.AT,
        )

    assert caught.value.problems == {"from_on": "다른 민선 기수의 임기와 겹칩니다."}


WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.mark.usefixtures("transactional_db")
def test_two_who_enter_terms_that_meet_are_told_and_nothing_breaks():
    whose = seed.tenant_of("a").pk
    with tenant(whose):
        administrator = people.actor_of(seed.person_of(Role.ADMINISTRATOR).account)
    said = []

    def enter(number, year):
        entry = TermEntry(date(year, 7, 1), date(2034, 7, 1))
        actions.change_elected_term(number, entry, reason="당선", actor=administrator, at=seed.AT)

    def second():
        try:
            with tenant(whose):
                enter(11, 2031)
        except Invalid as refusal:
            said.append(refusal.problems)
        finally:
            connection.close()

    other = Thread(target=second)
    with tenant(whose):
        enter(10, 2030)
        other.start()
        while other.is_alive() and not _is_anybody_waiting():
            pass
    other.join()

    assert said == [{"from_on": "다른 민선 기수의 임기와 겹칩니다."}]


def _is_anybody_waiting():
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


def test_seeding_does_not_meet_terms_that_were_entered(administrator):
    actions.change_elected_term(
        8,
        TermEntry(date(2022, 7, 1), date(2026, 7, 2)),
        reason="다른 임기",
        actor=administrator,
        at=seed.AT,
    )

    actions.seed(today=TODAY, at=seed.AT)

    written = ElectedTerm.objects.order_by("number").values_list("number", flat=True)
    assert list(written) == [7, 8]
