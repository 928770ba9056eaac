import pytest

from mokmin.foundation.access.actor import VISITOR
from mokmin.foundation.access.states import Role
from mokmin.foundation.notices import actions, queries
from mokmin.foundation.notices.models import CalendarFeed
from mokmin.foundation.people import actions as people
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act, Change
from mokmin.lib.errors import Denied
from tests import seed


def verbs():
    return list(Act.objects.order_by("-id").values_list("verb", "actor_name")[:1])


def test_a_secret_opens_its_persons_calendar(officer, person_of):
    token = actions.open_feed(actor=officer, at=seed.AT)

    assert queries.feed_of(token).person == person_of(Role.OFFICER)
    assert len(token) == 43
    assert verbs() == [("open_feed", "김주무")]


def test_only_the_hash_of_the_secret_is_kept(officer):
    token = actions.open_feed(actor=officer, at=seed.AT)

    kept = CalendarFeed.objects.get()
    assert kept.token_hash == queries.hash_of(token)
    written = [str(change.after) for change in Change.objects.all()]
    assert [text for text in written if token in text or kept.token_hash in text] == []


def test_a_new_secret_makes_the_old_one_useless(officer):
    old = actions.open_feed(actor=officer, at=seed.AT)

    new = actions.open_feed(actor=officer, at=seed.AT)

    assert queries.feed_of(old) is None
    assert queries.feed_of(new).person_id == officer.person_id


def test_a_closed_subscription_opens_nothing(officer):
    token = actions.open_feed(actor=officer, at=seed.AT)

    actions.close_feed(actor=officer, at=seed.AT)

    assert queries.feed_of(token) is None
    assert queries.feed(officer) is None
    assert verbs() == [("close_feed", "김주무")]


def test_what_was_never_opened_cannot_be_closed(officer):
    with pytest.raises(Denied, match="만들어 둔 구독 주소가 없습니다"):
        actions.close_feed(actor=officer, at=seed.AT)


def test_a_secret_opens_nothing_in_another_municipality(officer, tenant_b):
    token = actions.open_feed(actor=officer, at=seed.AT)

    with tenant(tenant_b.pk):
        assert queries.feed_of(token) is None


def test_a_secret_of_somebody_who_left_opens_nothing(officer, person_of, actor):
    token = actions.open_feed(actor=officer, at=seed.AT)

    people.close(
        person_of(Role.OFFICER), reason="퇴직", actor=actor(Role.ADMINISTRATOR), at=seed.AT
    )

    assert queries.feed_of(token) is None


def test_a_visitor_has_no_subscription(in_a):
    with pytest.raises(Denied, match="로그인한 사람만"):
        actions.open_feed(actor=VISITOR, at=seed.AT)
