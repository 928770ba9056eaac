from datetime import UTC, date, datetime, timedelta

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.notices import actions, kinds, queries, rules
from mokmin.foundation.notices.models import Digest
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.actions import Contact
from mokmin.lib.korean import SEOUL
from tests import seed

ON = date(2026, 7, 2)
UNTIL = datetime(2026, 7, 2, 8, tzinfo=SEOUL)


def recipients(on=ON, until=UNTIL):
    return queries.digest_recipients(on, until_at=until)


def send(person, on=ON, until=UNTIL):
    begun = actions.begin_digest(person.pk, on=on, until_at=until, at=until)
    if begun:
        actions.end_digest(begun, at=until)
    return [row.title for row in begun.notices] if begun else None


def test_the_letter_tells_what_is_unread_oldest_first(person_of, tell):
    person = person_of(Role.OFFICER)
    tell("발령", person)
    tell("개편", person, kind=kinds.REORGANISATION, minutes=5)

    assert recipients() == [person.pk]
    assert send(person) == ["발령", "개편"]


def test_there_is_no_letter_about_nothing(person_of, tell, officer):
    person = person_of(Role.OFFICER)
    tell("발령", person)
    actions.mark_all_read(actor=officer, at=seed.AT)

    assert recipients() == []
    assert send(person) is None


def test_some_kinds_stay_out_of_the_letter(person_of, tell):
    tell("끝", person_of(Role.OFFICER), kind=kinds.JOB_DONE)

    assert recipients() == []


def test_what_comes_after_eight_waits_for_the_next_letter(person_of, tell):
    person = person_of(Role.OFFICER)
    late = (UNTIL - seed.AT) // timedelta(minutes=1) + 1
    tell("아침 알림", person, minutes=late)

    assert recipients() == []
    assert recipients(date(2026, 7, 3), UNTIL + timedelta(days=1)) == [person.pk]


def test_nobody_gets_two_letters_on_a_day(person_of, tell):
    person = person_of(Role.OFFICER)
    tell("발령", person)
    send(person)

    assert recipients() == []
    assert send(person) is None


def test_the_next_letter_tells_only_what_is_new(person_of, tell):
    person = person_of(Role.OFFICER)
    tell("발령", person)
    send(person)
    tell("개편", person, minutes=60 * 24)

    assert send(person, date(2026, 7, 3), UNTIL + timedelta(days=1)) == ["개편"]


def test_what_is_committed_after_the_letter_of_its_moment_is_in_the_next(person_of, tell):
    person = person_of(Role.OFFICER)
    tell("먼저 알림", person)
    send(person)
    before_eight = (UNTIL - seed.AT) // timedelta(minutes=1)
    tell("늦게 나타난 알림", person, minutes=before_eight)

    next_day, eight = date(2026, 7, 3), UNTIL + timedelta(days=1)
    assert recipients(next_day, eight) == [person.pk]
    assert send(person, next_day, eight) == ["늦게 나타난 알림"]
    assert recipients(date(2026, 7, 6), UNTIL + timedelta(days=4)) == []


def test_a_letter_whose_fate_is_unknown_is_not_sent_again_that_day(person_of, tell):
    person = person_of(Role.OFFICER)
    tell("발령", person)
    actions.begin_digest(person.pk, on=ON, until_at=UNTIL, at=UNTIL)

    assert recipients() == []
    assert send(person) is None
    assert send(person, date(2026, 7, 3), UNTIL + timedelta(days=1)) == ["발령"]


def test_a_letter_that_the_server_did_not_take_is_tried_again(person_of, tell):
    person = person_of(Role.OFFICER)
    tell("발령", person)
    begun = actions.begin_digest(person.pk, on=ON, until_at=UNTIL, at=UNTIL)

    actions.give_back_digest(begun.id)

    assert recipients() == [person.pk]
    assert send(person) == ["발령"]


def test_a_letter_that_has_gone_cannot_be_given_back(person_of, tell):
    person = person_of(Role.OFFICER)
    tell("발령", person)
    begun = actions.begin_digest(person.pk, on=ON, until_at=UNTIL, at=UNTIL)
    actions.end_digest(begun, at=UNTIL)

    actions.give_back_digest(begun.id)

    assert Digest.objects.count() == 1


def test_whoever_does_not_want_it_gets_no_letter(person_of, tell, officer):
    tell("발령", person_of(Role.OFFICER))

    actions.choose(has_digest=False, actor=officer)

    assert recipients() == []
    assert queries.has_digest(officer) is False


def test_a_choice_can_be_taken_back(person_of, tell, officer):
    person = person_of(Role.OFFICER)
    tell("발령", person)
    actions.choose(has_digest=False, actor=officer)

    actions.choose(has_digest=True, actor=officer)

    assert recipients() == [person.pk]
    assert queries.has_digest(officer) is True


def test_whoever_is_closed_or_has_no_address_gets_no_letter(person_of, tell, actor):
    officer, head = person_of(Role.OFFICER), person_of(Role.TEAM_HEAD)
    tell("발령", officer, head)
    administrator = actor(Role.ADMINISTRATOR)
    people.close(officer, reason="퇴직", actor=administrator, at=seed.AT)
    type(head).objects.filter(pk=head.pk).update(email="")

    assert recipients() == []
    assert send(officer) is None


def test_the_letter_goes_to_the_address_for_notices(person_of, tell, actor):
    person = person_of(Role.OFFICER)
    people.change_contact(
        person, Contact("김주무", "desk@a.example"), actor=actor(Role.ADMINISTRATOR), at=seed.AT
    )
    tell("발령", person)

    begun = actions.begin_digest(person.pk, on=ON, until_at=UNTIL, at=UNTIL)

    assert (begun.name, begun.email) == ("김주무", "desk@a.example")


def test_the_last_letter_is_remembered(person_of, tell, officer):
    tell("발령", person_of(Role.OFFICER))
    send(person_of(Role.OFFICER))

    found = queries.last_digest(officer)

    assert (found.on, found.notice_count, found.sent_at) == (ON, 1, UNTIL)


PLANNED = datetime(2026, 7, 1, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "works", "why"),
    [
        (PLANNED, True, None),
        (PLANNED + timedelta(hours=4), True, None),
        (PLANNED + timedelta(hours=4, seconds=1), True, "보낼 때가 지났습니다."),
        (PLANNED - timedelta(seconds=1), True, "아직 보낼 때가 아닙니다."),
        (PLANNED, False, "근무일이 아닙니다."),
    ],
)
def test_letters_are_written_in_the_morning_of_working_days(now, works, why):
    assert rules.why_no_digest(PLANNED, now=now, is_working_day=works) == why


@pytest.mark.parametrize("minutes", [0, 20, 40])
def test_every_attempt_of_a_morning_writes_the_same_letter(minutes):
    assert rules.digest_moment(PLANNED + timedelta(minutes=minutes)) == PLANNED
