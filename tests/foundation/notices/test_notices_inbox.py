from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mokmin.foundation.access.actor import SYSTEM, VISITOR
from mokmin.foundation.access.states import Role
from mokmin.foundation.notices import actions, kinds, queries
from mokmin.foundation.notices.kinds import NoticeKind
from mokmin.foundation.notices.models import Notice
from mokmin.foundation.orgs import queries_people
from mokmin.foundation.people import actions as people
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Window
from mokmin.foundation.trail.models import Act
from tests import seed

WAITING = Window("-waiting")


def titles(actor, window=WAITING, **conditions):
    return [row.title for row in queries.inbox(actor, window=window, **conditions)]


def test_people_are_told_once_each(in_a, person_of, tell, actor):
    officer, head = person_of(Role.OFFICER), person_of(Role.TEAM_HEAD)

    count = tell("발령", officer, head, officer)

    assert count == 2
    assert titles(actor(Role.OFFICER)) == ["발령"]
    assert titles(actor(Role.TEAM_HEAD)) == ["발령"]
    assert titles(actor(Role.UNIT_HEAD)) == []


def test_whoever_is_closed_is_not_told(in_a, person_of, tell, actor):
    officer = person_of(Role.OFFICER)
    people.close(officer, reason="퇴직", actor=actor(Role.ADMINISTRATOR), at=seed.AT)

    assert tell("발령", officer) == 0


def test_the_newest_word_about_a_thing_replaces_what_was_not_read(person_of, tell, officer):
    person = person_of(Role.OFFICER)
    tell("기한이 12. 1.입니다.", person, about="aaaaaaaaaa")
    tell("다른 일입니다.", person, about="bbbbbbbbbb", minutes=1)

    tell("기한이 12. 2.입니다.", person, about="aaaaaaaaaa", minutes=2)

    assert titles(officer) == ["기한이 12. 2.입니다.", "다른 일입니다."]


def test_what_was_read_stays_beside_the_newer_word(person_of, tell, officer):
    person = person_of(Role.OFFICER)
    tell("기한이 12. 1.입니다.", person, about="aaaaaaaaaa")
    actions.mark_all_read(actor=officer, at=seed.AT)

    tell("기한이 12. 2.입니다.", person, about="aaaaaaaaaa", minutes=2)

    assert titles(officer) == ["기한이 12. 2.입니다.", "기한이 12. 1.입니다."]


def test_what_was_not_read_comes_first(person_of, tell, officer):
    for number in range(4):
        tell(f"알림 {number}", person_of(Role.OFFICER), minutes=number)
    third = queries.inbox(officer, window=WAITING)[0]

    actions.mark_read([third.uid], actor=officer, at=seed.AT + timedelta(hours=1))

    assert titles(officer) == ["알림 2", "알림 1", "알림 0", "알림 3"]
    assert titles(officer, Window("-at")) == ["알림 3", "알림 2", "알림 1", "알림 0"]
    assert queries.own(officer).filter(read_at=None).count() == 3


def test_the_inbox_goes_on_behind_a_notice(person_of, tell, officer):
    for number in range(5):
        tell(f"알림 {number}", person_of(Role.OFFICER), minutes=number)
    first = queries.inbox(officer, window=Window("-waiting", limit=2))

    assert titles(officer, Window("-waiting", after=first[-1].uid, limit=2)) == ["알림 2", "알림 1"]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"state": "unread"}, ["실패", "발령"]),
        ({"state": "read"}, ["개편"]),
        ({"kind": "job-failed"}, ["실패"]),
        ({"since": (seed.AT + timedelta(days=1)).date()}, ["실패"]),
    ],
)
def test_the_inbox_is_narrowed(conditions, found, person_of, tell, officer):
    person = person_of(Role.OFFICER)
    tell("개편", person, kind=kinds.REORGANISATION)
    actions.mark_all_read(actor=officer, at=seed.AT)
    tell("발령", person)
    tell("실패", person, kind=kinds.JOB_FAILED, minutes=60 * 24)

    assert titles(officer, **conditions) == found


def test_nobody_reads_or_marks_what_another_was_told(person_of, tell, actor):
    tell("발령", person_of(Role.OFFICER))
    row = queries.inbox(actor(Role.OFFICER), window=WAITING)[0]
    other = actor(Role.ADMINISTRATOR)

    assert queries.notice(other, row.uid) is None
    assert actions.mark_read([row.uid], actor=other, at=seed.AT) == 0
    assert queries.own(actor(Role.OFFICER)).filter(read_at=None).count() == 1


@pytest.mark.parametrize("nobody", [VISITOR, SYSTEM], ids=["visitor", "system"])
def test_nobody_in_particular_has_no_inbox(nobody, in_a, tell, person_of):
    tell("발령", person_of(Role.OFFICER))

    assert titles(nobody) == []


def test_the_bell_costs_no_query_of_its_own(person_of, tell, actor):
    person = person_of(Role.OFFICER)
    tell("발령", person)
    tell("개편", person, kind=kinds.REORGANISATION)
    account, on = person.account, seed.AT.date()

    with CaptureQueriesContext(connection) as captured:
        found, unread = queries.actor_and_unread(account, on=on)

    assert len(captured) == 1
    assert (found, unread) == (queries_people.actor_of(account, on=on), 2)


def test_an_account_that_is_nobody_here_has_no_notices(person_of, tenant_b, tell):
    account = person_of(Role.OFFICER).account

    with tenant(tenant_b.pk):
        assert queries.actor_and_unread(account, on=seed.AT.date()) == (None, 0)


def test_notices_past_their_time_go(person_of, tell, officer):
    person = person_of(Role.OFFICER)
    tell("오래된 것", person)
    tell("새것", person, minutes=60 * 24 * 10)

    count = actions.forget(before=seed.AT + timedelta(days=1))

    assert count == 1
    assert titles(officer) == ["새것"]


def test_telling_leaves_nothing_in_the_trail(person_of, tell):
    before = Act.objects.count()

    tell("발령", person_of(Role.OFFICER))

    assert Act.objects.count() == before


def test_a_long_title_is_cut_to_what_the_table_holds(person_of, tell):
    tell("가" * 300, person_of(Role.OFFICER))

    assert len(Notice.objects.get().title) == 200


def test_two_kinds_do_not_share_a_slug():
    with pytest.raises(ValueError, match="declared twice"):
        kinds.declare(NoticeKind("order", "다른 것"))


def test_a_kind_that_is_gone_reads_as_itself():
    assert kinds.label("long-gone") == "long-gone"
