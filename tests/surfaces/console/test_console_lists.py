"""Lists: how they go on, how they are narrowed, and what leads to them."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from mokmin.foundation.access import actions as access
from mokmin.foundation.access.actions import Handled, Whence
from mokmin.foundation.access.models import AccessEntry
from mokmin.foundation.access.states import MEANING, Handling, Role
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.states import JobState
from mokmin.foundation.people import actions as people
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail import actions as trail_actions
from mokmin.foundation.trail import queries as trail
from mokmin.foundation.trail.models import Act
from mokmin.lib.korean import in_seoul
from mokmin.surfaces.console import tasks
from mokmin.surfaces.console import trail as pages_of_trail
from mokmin.surfaces.kit import pager
from mokmin.surfaces.kit.lists import asked as asked_of_lists
from tests import seed
from tests.surfaces.console import pages
from tests.surfaces.console.conftest import actor_of

LISTS = ("/staff/people/", "/staff/trail/", "/staff/access-log/", "/staff/jobs/")
TODAY = in_seoul(timezone.now()).date()


@pytest.fixture
def long_lists(desk, keeper, tenant_a, monkeypatch):
    """A client before lists of two rows a page, five rows of each at least."""
    monkeypatch.setattr(asked_of_lists, "SIZES", (2,))
    with tenant(tenant_a.pk):
        for number in range(5):
            handled = Handled(Handling.VIEW, page=f"시험 {number}", subject_uids=("u1",))
            access.log_access(handled, whence=Whence(keeper), at=seed.AT)
            jobs.enqueue(tasks.verify_trail, actor=keeper, at=seed.AT)
    return desk(Role.ADMINISTRATOR)


@pytest.mark.parametrize("page", LISTS)
def test_every_list_goes_on_behind_the_last_row_shown(long_lists, page):
    first = long_lists.get(page).context["shown"]
    second = long_lists.get(page + first.next_url).context["shown"]
    again = long_lists.get(page + second.previous_url).context["shown"]

    assert len({second.listing.key(row) for row in [*first.rows, *second.rows]}) == 4
    assert keys(again) == keys(first)
    assert first.summary.endswith("씩 보여 드립니다.")
    assert second.summary.startswith("이 쪽에 2")


def keys(shown):
    return [shown.listing.key(row) for row in shown.rows]


def test_no_number_of_a_row_stands_in_an_address(long_lists, tenant_a):
    with tenant(tenant_a.pk):
        number = AccessEntry.objects.order_by("-id")[1].pk

    url = long_lists.get("/staff/access-log/").context["shown"].next_url

    key = QueryDict(url.removeprefix("?"))["after"]
    assert pager.unsealed(key) == number
    assert key.partition(":")[0] != str(number)


def test_a_long_act_goes_on_behind_its_last_change(desk, tenant_a, monkeypatch):
    monkeypatch.setattr(pages_of_trail, "CHANGES", 1)
    with tenant(tenant_a.pk):
        uid = Act.objects.filter(verb="invite").order_by("id")[0].uid
        changes = trail.act(uid).changes
    client, page = desk(Role.AUDITOR), f"/staff/trail/{uid}/"

    first = client.get(page)
    second = client.get(page + first.context["pager"].next_url)

    titles = [response.context["changes"][0]["title"] for response in (first, second)]
    assert titles == [f"{change.table_label} {change.row_uid}".strip() for change in changes[:2]]


def test_a_row_is_named_by_its_uid_and_a_row_it_belongs_to_by_no_number(desk, keeper, tenant_a):
    with tenant(tenant_a.pk):
        person = seed.person_of(Role.OFFICER)
        people.grant(person, "legal", reason="겸임", actor=keeper, at=seed.AT)
        uid = Act.objects.get(verb="grant").uid

    page = pages.text(desk(Role.AUDITOR).get(f"/staff/trail/{uid}/"))

    assert "(이어진 행)" in page
    assert f"{person.pk}번" not in page


@pytest.fixture
def jobs_of_all_kinds(tenant_a):
    """A job that failed today, one that failed long ago, one that waits; all the officer's."""
    long_ago = timezone.now() - timedelta(days=40)
    with tenant(tenant_a.pk):
        actor = actor_of(Role.OFFICER)
        for at, has_failed in ((timezone.now(), True), (long_ago, True), (long_ago, False)):
            job = jobs.enqueue(tasks.verify_trail, actor=actor, at=at)
            if has_failed:
                Job.objects.filter(pk=job.pk).update(
                    state=JobState.FAILED, started_at=at, ended_at=at, attempts=1, error="끊김"
                )


@pytest.mark.usefixtures("jobs_of_all_kinds")
@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR], ids=str)
@pytest.mark.parametrize(
    ("asked", "count"),
    [({}, 3), ({"state": "failed"}, 2), ({"state": "queued"}, 1),
     ({"since": str(TODAY)}, 1), ({"state": "queued", "since": str(TODAY)}, 0)],
)  # fmt: skip
def test_jobs_are_narrowed_by_state_and_day(desk, role, asked, count):
    response = desk(role).get("/staff/jobs/", asked)

    assert len(response.context["shown"].rows) == count
    assert ("조건에 맞는 작업이 없습니다." in pages.text(response)) == (count == 0)


def test_only_an_administrator_chooses_whose_jobs(desk):
    offered = {
        role: "whose" in desk(role).get("/staff/jobs/").context["shown"].state.said
        for role in (Role.OFFICER, Role.ADMINISTRATOR)
    }

    assert offered == {Role.OFFICER: False, Role.ADMINISTRATOR: True}


@pytest.mark.usefixtures("jobs_of_all_kinds")
def test_a_figure_leads_to_the_rows_that_it_counts(desk):
    client = desk(Role.ADMINISTRATOR)
    client.get("/staff/people/")
    tiles = {tile.label: tile for tile in client.get("/staff/").context["tiles"]}

    led = {
        label: len(client.get(tiles[label].url).context["shown"].rows)
        for label in ("실패한 작업", "이번 달 접속기록")
    }

    assert led == {label: tiles[label].value for label in led}
    assert led == {"실패한 작업": 1, "이번 달 접속기록": 1}


def test_a_verdict_leads_only_those_who_may_read_it(desk, keeper, tenant_a):
    with tenant(tenant_a.pk):
        with trail_actions.act(tasks.VERIFIED, actor=keeper, at=seed.AT, reason="이상 없음"):
            pass
        uid = Act.objects.get(verb=tasks.VERIFIED).uid

    led = {
        role: [event.url for event in desk(role).get("/staff/trail/verify/").context["verdicts"]]
        for role in (Role.AUDITOR, Role.ADMINISTRATOR)
    }

    assert led == {Role.AUDITOR: [f"/staff/trail/{uid}/"], Role.ADMINISTRATOR: [""]}


def test_every_role_says_what_it_may_do():
    assert set(MEANING) == set(Role)
    assert [words for words in MEANING.values() if not words.endswith("니다.")] == []
